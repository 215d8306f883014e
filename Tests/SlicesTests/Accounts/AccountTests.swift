import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Accounts and organisations")
struct AccountTests {
    @Test("the first link makes one administrator, once, in its time, and the last one made alone counts", arguments: TestEngine.available)
    func first(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let old = try #require(try await AccountLink.first(bench.office))
            let new = try #require(try await AccountLink.first(bench.office))
            func use(_ token: String) async -> String? {
                await bench.refusal {
                    try await UseLink(bench.office, token: token).found(account: "admin", name: "甲", password: AccountBench.password)
                }?.code
            }
            #expect(await use(old) == "link.over")
            bench.clock.move(days: 1)
            #expect(await use(new) == "link.over")
            let fresh = try #require(try await AccountLink.first(bench.office))
            #expect(await use(fresh) == nil)
            #expect(await use(fresh) == "link.over")
            #expect(try await AccountLink.first(bench.office) == nil)
            #expect(try await bench.enter("admin").stage == .full)
            #expect(try await bench.store.read { try OrganisationStore.tree($0).all.map(\.name) } == ["示例区"])
        }
    }

    @Test(
        "administrators alone manage accounts; names are never given twice; one administrator always stays", arguments: TestEngine.available
    )
    func manage(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            for role in Role.allCases where role != .administrator {
                let other = ManageAccounts(bench.office, by: Actor(name: "x", role: role))
                #expect(await bench.refusal { try await other.setEnabled(false, admin.id, request: "\(role)") }?.code == "access.role")
            }
            let manage = ManageAccounts(bench.office, by: admin.actor)
            func create(_ draft: PersonDraft) async -> String? {
                await bench.refusal { _ = try await manage.create(draft, request: UUID().uuidString) }?.code
            }
            #expect(await create(PersonDraft(account: "ADMIN", name: "乙", role: .leader)) == "account.taken")
            #expect(await create(PersonDraft(account: "a b", name: "乙", role: .leader)) == "account.name")
            for taken in ["local", "token-2", "demo-town-3"] {
                #expect(await create(PersonDraft(account: taken, name: "乙", role: .leader)) == "account.name")
            }
            #expect(await create(PersonDraft(account: "town", name: "乙", role: .townOfficer)) == "account.town")
            #expect(await create(PersonDraft(account: "town", name: "乙", role: .leader, region: 11)) == "account.town")
            #expect(await create(PersonDraft(account: "town", name: "乙", role: .townOfficer, region: 99)) == "account.no-town")
            #expect(await create(PersonDraft(account: "lost", name: "乙", organisation: ID(99), role: .leader)) == "account.organisation")
            #expect(await create(PersonDraft(account: "all", name: "乙", role: .visitor)) == "account.role")
            #expect(
                await bench.refusal { try await manage.setEnabled(false, admin.id, request: "z") }?.code == "account.last-administrator")
            let demoted = PersonDraft(account: "admin", name: "甲", role: .leader)
            let refusal = await bench.refusal { try await manage.change(admin.id, to: demoted, readVersion: nil, request: "y") }
            #expect(refusal?.code == "account.last-administrator")
            let stale = PersonDraft(account: "admin", name: "甲甲", role: .administrator)
            #expect(
                await bench.refusal { try await manage.change(admin.id, to: stale, readVersion: 999, request: "w") }?.code
                    == "account.changed")
            let second = try await bench.open("second", .administrator, by: admin)
            #expect(await bench.refusal { try await manage.setEnabled(false, admin.id, request: "own") }?.code == "account.own")
            try await ManageAccounts(bench.office, by: second.actor).setEnabled(false, admin.id, request: "v")
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test("a link that was given out dies with the account's disabling and with a changed password", arguments: TestEngine.available)
    func links(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let person = try await bench.open("li", .leader, by: admin)
            let manage = ManageAccounts(bench.office, by: admin.actor)
            func code(_ token: String) async -> String? {
                await bench.refusal { try await UseLink(bench.office, token: token).setPassword("Another-Horse-8") }?.code
            }
            let first = try await manage.issueLink(person.id)
            try await manage.setEnabled(false, person.id, request: "a")
            try await manage.setEnabled(true, person.id, request: "b")
            #expect(await code(first) == "link.over")
            let second = try await manage.issueLink(person.id)
            #expect(
                await bench.refusal { try await UseLink(bench.office, token: second).setPassword(AccountBench.password) }?.code
                    == "password.same")
            let token = try await bench.enter("li").token
            _ = try await OwnAccount(bench.office, person.id, token: token, browser: "").changePassword(
                from: AccountBench.password, to: "Another-Horse-8")
            #expect(await code(second) == "link.over")
        }
    }

    @Test("an administrator sees who is locked out, and lets them try again at once", arguments: TestEngine.available)
    func unlocking(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let person = try await bench.open("li", .leader, by: admin)
            for _ in 0..<3 { _ = await bench.refusal { _ = try await bench.enter("li", "Wrong-Horse-7") } }
            let now = bench.office.now
            func locks() async throws -> [String: Moment] {
                try await bench.store.read { try SignInStore.locks(["admin", "li"], at: now, $0) }
            }
            #expect(try await locks().keys.sorted() == ["li"])
            #expect(await bench.refusal { _ = try await bench.enter("li") }?.code == "sign-in.locked")
            #expect(
                await bench.refusal { try await ManageAccounts(bench.office, by: person.actor).unlock(person.id, request: "x") }?.code
                    == "access.role")
            try await ManageAccounts(bench.office, by: admin.actor).unlock(person.id, request: "u")
            #expect(try await locks().isEmpty)
            _ = try await bench.enter("li")
            #expect(try await bench.store.read { try $0.integer("select count(*) from journal where action = 'accounts.unlock'") } == 1)
        }
    }

    @Test("a repeated request makes one account and shows no second link", arguments: TestEngine.available)
    func once(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let manage = ManageAccounts(bench.office, by: admin.actor)
            let draft = PersonDraft(account: "li", name: "李", role: .leader)
            let first = try await manage.create(draft, request: "same")
            let second = try await manage.create(draft, request: "same")
            #expect(first.id == second.id && first.token != nil && second.token == nil)
        }
    }

    @Test(
        "an organisation needs a name, days in order, a place in the tree and, as a town's, the town for itself",
        arguments: TestEngine.available)
    func organisation(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let root = try #require(admin.organisation)
            let organisations = ManageOrganisations(bench.office, by: admin.actor)
            let start = try #require(Day("2020-01-01"))
            func found(_ name: String, _ kind: OrganisationKind = .department, town: Int64? = nil, parent: ID<Organisation>? = root)
                async throws -> ID<Organisation>
            {
                try await organisations.found(
                    .init(kind: kind, name: name, parent: parent, region: town, from: start), request: UUID().uuidString)
            }
            let quality = try await found("质监局")
            let lab = try await found("检测所", parent: quality)
            let below = await bench.refusal {
                try await organisations.change(
                    root, to: .init(kind: .district, name: "示例区", parent: lab, region: nil, from: start), request: "o")
            }
            #expect(below?.code == "organisation.parent")
            #expect(await bench.refusal { _ = try await found("质监局") }?.code == "organisation.taken")
            #expect(await bench.refusal { _ = try await found("") }?.code == "organisation.name")
            let jia = try await found("甲镇", .town, town: 11)
            let second = await bench.refusal { _ = try await found("甲街道", .town, town: 11) }
            #expect(second?.code == "organisation.town-taken" && second?.message.contains("甲镇") == true)
            let other = await bench.refusal {
                _ = try await ManageAccounts(bench.office, by: admin.actor).create(
                    PersonDraft(account: "yi", name: "乙", organisation: jia, role: .townOfficer, region: 12), request: "yi")
            }
            #expect(other?.code == "account.town-differs")
            _ = try await ManageAccounts(bench.office, by: admin.actor).create(
                PersonDraft(account: "jia", name: "甲", organisation: jia, role: .townOfficer, region: 11), request: "jia")
            let moved = await bench.refusal {
                try await organisations.change(
                    jia, to: .init(kind: .town, name: "甲镇", parent: root, region: 12, from: start), request: "p")
            }
            #expect(moved?.code == "organisation.officers" && moved?.message.contains("jia") == true)
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test("the rules' file is whole, and a number out of its bounds is refused by name")
    func rules() throws {
        let rules = try SignInRules.load(root: ProjectFiles.root)
        #expect(rules.auditMonths >= 6)
        #expect(rules.secondFactor.contains(.administrator))
        #expect(rules.settings.allSatisfy { !$0.clause.isEmpty && !$0.says.isEmpty })
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent(SignInRules.file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let text = try String(contentsOf: ProjectFiles.url(SignInRules.file), encoding: .utf8)
        try text.replacing("value: 6, unit: 个月", with: "value: 5, unit: 个月").write(to: url, atomically: true, encoding: .utf8)
        let failure = #expect(throws: Failure.self) { try SignInRules.load(root: folder) }
        #expect(failure?.message == "登录规则“audit-months”缺少，或不在 6 到 240 之间")
    }
}
