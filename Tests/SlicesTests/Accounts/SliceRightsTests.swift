import Accounts
import Enterprises
import Evidence
import Imports
import Interface
import Panels
import Programmes
import Published
import Questions
import Returns
import SpotChecks
import Targets
import Testing
import Values

@Suite("Rights as the slices declare them")
struct SliceRightsTests {
    static let all =
        AccountRights.all + EnterpriseRights.all + SpotCheckRights.all + ImportRights.all + ProgrammeRights.all + TargetRights.all
        + QuestionRights.all + ReturnRights.all + InterfaceRights.all + PanelRights.all

    @Test("have a name of their own, words in both languages, and are denied to whoever is not named")
    func declared() {
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
        for right in Self.all {
            #expect(right.title.english != nil, "\(right.name)")
            #expect(!right.isHeld(by: .stranger), "\(right.name) is the public's")
            #expect(!right.isHeld(by: Actor(name: "x", role: .townOfficer)), "\(right.name): a town officer without a town")
        }
    }

    @Test("leave to the public what was published, and nothing else")
    func published() {
        #expect(PublicRights.all.map(\.name) == ["public.read"])
        #expect(PublicRights.all.allSatisfy { $0.isHeld(by: .stranger) && $0.holders == .everybody })
    }

    @Test("give administrators no business, auditors no act, leaders and enterprises no rows")
    func separated() {
        func held(by role: Role) -> [String] { Self.all.filter { $0.isHeld(by: Actor(name: "x", role: role)) }.map(\.name).sorted() }
        #expect(
            held(by: .administrator) == [
                "accounts.manage", "accounts.read", "accounts.read-duties", "interface.manage-tokens", "interface.read-metrics",
                "interface.read-queries",
                "interface.read-tokens",
            ])
        #expect(
            held(by: .auditor) == [
                "accounts.read", "accounts.read-duties", "accounts.read-readings", "interface.read-changes", "interface.read-queries",
                "interface.read-tokens",
                "programmes.read", "questions.read-journal",
            ])
        #expect(held(by: .leader) == ["programmes.read", "targets.read"])
        #expect(held(by: .assessor) == ["panels.own", "programmes.read"])
        #expect(held(by: .enterprise) == ["enterprises.answer-fill-ins", "enterprises.read-own", "enterprises.request-correction"])
        #expect(
            held(by: .outsideSystem) == [
                "enterprises.read", "interface.read-changes", "interface.read-metrics", "programmes.read",
                "questions.ask", "spotchecks.read-lists", "targets.read",
            ])
        #expect(held(by: .visitor) == [])
    }

    @Test("let nobody ask freely who may not see single firms: every confidential sum has fixed cells, and is some column's")
    func differencing() {
        for fact in EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all {
            for metric in fact.metrics where metric.isConfidential {
                #expect(fact.guarded != nil, "\(fact.name).\(metric.name)")
                #expect(!metric.columns.isEmpty && metric.columns.allSatisfy { DossierColumn(rawValue: $0)?.isConfidential ?? false })
            }
            for column in fact.columns { if let seen = column.seenBy { #expect(DossierColumn(rawValue: seen)?.isConfidential ?? false) } }
        }
        let unbound = Actor(name: "x", role: .departmentOfficer)
        for column in DossierColumn.allCases { #expect(!unbound.sees(column.rawValue) && !unbound.answers(for: column)) }
    }

    @Test("that ask for a department's duty ask for a column that there is")
    func duties() {
        for right in Self.all {
            guard let column = right.duty(of: .departmentOfficer) else { continue }
            #expect(DossierColumn(rawValue: column) != nil || column == DutyTable.anyTarget, "\(right.name)")
        }
        #expect(TargetRights.state.duty(of: .departmentOfficer) == DutyTable.anyTarget)
        #expect(ImportRights.right(.results).duty(of: .departmentOfficer) == DossierColumn.spotCheckResults.rawValue)
        #expect(ImportRights.right(.followups).duty(of: .departmentOfficer) == DossierColumn.followUps.rawValue)
    }

    @Test("of a town officer end at the town, also where a right is the whole store's")
    func town() {
        let officer = Actor(name: "x", role: .townOfficer, region: 11)
        #expect(EnterpriseRights.read.isHeld(by: officer))
        #expect(!SpotCheckRights.readLists.isHeld(by: officer))
        #expect(!EnterpriseRights.read.isHeld(by: Actor(name: "x", role: .programmeOffice, region: 11)))
        #expect(throws: Failure.self) { try ImportRights.load.require(officer) }
    }
}
