import Enterprises
import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Duties of departments")
struct DutyTests {
    static let columns = DossierColumn.allCases.map { column in
        DutyFile.Column(
            column.rawValue, label: column.label.chinese,
            shows: column == .classBasis ? AccountFigure.allCases.map(\.column.rawValue) : [])
    }

    static let shipped = Result { try DutyFile.load(root: ProjectFiles.root, columns: columns) }

    /// An officer of some departments of the shipped file.
    static func officer(_ codes: String..., name: String = "bm") throws -> Actor { try officer(Set(codes), name: name) }

    static func officer(_ codes: Set<String>, name: String) throws -> Actor {
        Actor(name: name, role: .departmentOfficer, duties: DepartmentDuties(codes, of: try shipped.get()))
    }

    @Test("the shipped file is read whole; tax is the tax office's, spot checks the quality department's, and what is not listed nobody's")
    func shippedFile() throws {
        let table = try Self.shipped.get()
        #expect(table.owners(of: "account.tax") == ["tax"])
        #expect(table.owners(of: "spotcheck.result") == ["quality"])
        #expect(table.owners(of: "classification.basis") == [])
        #expect(table.owners(ofHolding: "发明专利") == ["science"])
        #expect(table.owners(ofHolding: "环境管理体系认证") == ["environment"], "the longest word decides")
        #expect(table.owners(ofHolding: "中国驰名商标") == ["commerce"])
        #expect(table.owners(ofHolding: "五一奖状") == [])
        #expect(table.names(table.owners(of: "account.sales")) == "统计、经贸（经信）")
        #expect(table.names([]) == "质强办")
        #expect(table.owners(of: DutyTable.target("suzhou-2017", "robots")) == ["economy"])
        #expect(table.owners(of: DutyTable.target("nanhai-2017", "village-zones")) == [], "what no department answers for")
        let economy = DepartmentDuties(["economy"], of: table)
        #expect(economy.own(DutyTable.anyTarget))
        #expect(!DepartmentDuties(["tax"], of: table).own(DutyTable.anyTarget))
    }

    private static let good = """
        title: 部门职责
        departments:
          tax: { name: 税务, document: d, clause: c, says: s }
        columns:
          account.tax: { owners: [tax], basis: chosen, document: d, clause: c, says: s }
        targets:
          p/sales: { title: t, owners: [tax], basis: chosen, document: d, clause: c, says: s }
        """

    @Test(
        "a file that says what nobody understands is refused with the line",
        arguments: [
            ("owners: [tax]", "owners: [taxes]", "duties.department"), ("account.tax:", "account.taxes:", "duties.column"),
            ("basis: chosen", "basis: guessed", "duties.form"), ("owners: [tax]", "owners: []", "duties.form"),
            (", says: s }\ncolumns", " }\ncolumns", "duties.form"),
            ("clause: c, says: s }\ncolumns", "clause: c, says: s, more: x }\ncolumns", "duties.form"),
            ("account.tax:", "classification.basis:", "duties.shows"), ("title: 部门职责", "titel: 部门职责", "duties.form"),
            ("p/sales:", "p-sales:", "duties.form"), ("p/sales:", "p/:", "duties.form"), ("title: t, owners", "owners", "duties.form"),
        ])
    func strict(_ change: (String, String, String)) throws {
        #expect(try DutyFile.read(Self.good, columns: Self.columns).lines.count == 2)
        let failure = #expect(throws: Failure.self) {
            _ = try DutyFile.read(Self.good.replacing(change.0, with: change.1), columns: Self.columns)
        }
        #expect(failure?.code == change.2)
        #expect(failure?.place.file == DutyFile.file)
    }

    @Test(
        "an account answers for what its organisation is bound to, by the office above it, and after a merger",
        arguments: TestEngine.available)
    func binding(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench async throws in
            let office = AccountBench.office(bench.store, duties: try Self.shipped.get())
            let admin = try await bench.found()
            let organisations = ManageOrganisations(office, by: admin.actor)
            let start = try #require(Day("2020-01-01"))
            func found(_ name: String, _ parent: ID<Organisation>?, _ duty: String?, from: Day = start) async throws -> ID<Organisation> {
                try await organisations.found(
                    .init(kind: .department, name: name, parent: parent, region: nil, from: from, duty: duty), request: UUID().uuidString)
            }
            let (quality, trade) = (
                try await found("质监局", admin.organisation, "quality"), try await found("工商局", admin.organisation, "commerce")
            )
            let section = try await found("质量科", quality, nil)
            let (id, _) = try await ManageAccounts(office, by: admin.actor).create(
                PersonDraft(account: "li", name: "李", organisation: section, role: .departmentOfficer), request: "li")
            func codes(_ day: Day) async throws -> Set<String>? {
                try await bench.store.read { session in
                    try PersonStore.person(id, session).actor(office.duties, on: day, session).duties?.codes
                }
            }
            let today = bench.store.clock.today
            #expect(try await codes(today) == ["quality"])
            let merged = try await found("市场监管局", admin.organisation, nil, from: today.adding(days: -10))
            try await organisations.merge(Merger(of: [quality, trade], into: merged, on: today), reason: "机构改革", request: "m")
            #expect(try await codes(today) == ["quality", "commerce"])
            try await organisations.change(
                section, to: .init(kind: .department, name: "质量科", parent: merged, region: nil, from: start, duty: "statistics"),
                request: "c")
            #expect(try await codes(today) == ["statistics"])
            let wrong = await bench.refusal { _ = try await found("某局", nil, "police") }
            #expect(wrong?.code == "organisation.duty")
            let town = await bench.refusal {
                _ = try await organisations.found(
                    .init(kind: .town, name: "甲镇", parent: nil, region: 11, from: start, duty: "tax"), request: "t")
            }
            #expect(town?.code == "organisation.duty")
            #expect(try await bench.store.verify().findings == [])
        }
    }
}
