import Foundation
import Places
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Enterprises

@Suite("A firm fills in its own row")
struct OwnFillInTests {
    private static let user = Actor(name: "qy", role: .enterprise)
    private static let isUser: BindUser.AccountCheck = { account, _ in ["qy", "qy2"].contains(account) }

    /// Firms 1 and 2 without sales of 2006; `qy` is bound to firm 1, `qy2` to none unless told otherwise. Fill-in 1 asks both for sales, tax and address.
    private func open(
        _ engine: TestEngine, _ steps: @escaping @Sendable (RegisterOffice, SiteBrowser) async throws -> Void
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,统一社会信用代码,地址", "示例甲厂,91330300145024081C,浙江省温州市龙湾区永中街道示例路1号", "示例乙厂,,浙江省温州市龙湾区状元街道示例路3号")
            try await BindUser.run("qy", to: ID(1), isUser: Self.isUser, office: office.office, actor: .local, request: "bind")
            _ = try await IssueFillIn.run(
                title: "2006年补报", region: nil, year: 2006, fields: [.sales, .tax, .address], office: office.office, actor: .local)
            let routes = EnterpriseRoutes.table(office.office, isUser: Self.isUser)
            try await SiteBrowser.open(routes, clock: office.office.clock, doorkeeper: OneVisitor(actor: Self.user)) { browser in
                try await steps(office, browser)
            }
        }
    }

    private static let form = "/my-enterprise/fill-ins/1"

    private static func send(_ browser: SiteBrowser, _ fields: (String, String)...) async throws -> SiteBrowser.Answer {
        try await browser.post(form, from: form, fields)
    }

    private static func refusal(_ body: () async throws -> Void) async -> Failure? {
        do {
            try await body()
            return nil
        } catch { return error as? Failure }
    }

    private static func town(_ name: String, _ office: RegisterOffice) throws -> Actor {
        Actor(name: name, role: .townOfficer, region: try office.office.regions.find(name).id.number)
    }

    @Test("it sees what is asked of it, with what is on file, and nothing of others", arguments: TestEngine.available)
    func sees(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            #expect(try await browser.get("/my-enterprise").text.contains("有 1 份补报待填写"))
            let list = try await browser.get("/my-enterprise/fill-ins").text
            #expect(list.contains("2006年补报") && list.contains("2 栏待填写") && !list.contains("示例乙厂"))
            let page = try await browser.get(Self.form).text
            #expect(page.contains("name=\"sales\"") && page.contains("name=\"tax\"") && !page.contains("name=\"address\""))
            #expect(page.contains("永中街道示例路1号") && page.contains("档案已有") && !page.contains("示例乙厂"))
            _ = try await IssueFillIn.run(
                title: "只问状元", region: try office.office.regions.find("状元街道").id.number, year: 2006, fields: [.sales],
                office: office.office,
                actor: .local)
            let after = try await browser.get("/my-enterprise/fill-ins").text
            #expect(!after.contains("只问状元"))
            for path in ["/my-enterprise/fill-ins/2", "/my-enterprise/fill-ins/9"] { #expect(try await browser.get(path).status == 404) }
            let foreign = await Self.refusal {
                try await AnswerFillIn.run(ID(2), [.sales: "1"], request: "x", office: office.office, actor: Self.user)
            }
            #expect(foreign?.code == "fill-in.unknown")
            let unbound = await Self.refusal {
                try await AnswerFillIn.run(
                    ID(1), [.sales: "1"], request: "y", office: office.office, actor: Actor(name: "qy2", role: .enterprise))
            }
            #expect(unbound?.code == "correction-request.unbound")
            for other in [Actor.local, Actor(name: "l", role: .leader)] {
                let refused = await Self.refusal {
                    try await AnswerFillIn.run(ID(1), [.sales: "1"], request: "z", office: office.office, actor: other)
                }
                #expect(refused?.code == "access.role")
            }
        }
    }

    @Test("what it fills in waits, can be changed, and enters the dossier when its town accepts", arguments: TestEngine.available)
    func accepted(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            #expect(try await Self.send(browser, ("sales", "4321"), ("tax", "")).status == 303)
            #expect(try await office.dossier(ID(1)).accounts.isEmpty)
            #expect(try await Self.send(browser, ("sales", "4321.5")).status == 303)
            let page = try await browser.get(Self.form).text
            #expect(page.contains("4,321.5") && page.contains("待答复") && page.contains("待填写"))
            let store = office.office.store
            #expect(
                try await store.read { try $0.integer("select count(*) from fill_in_answer where known_to = 9223372036854775807") } == 1)
            func decide(_ actor: Actor, _ id: Int64 = 1) async -> Failure? {
                await Self.refusal {
                    try await DecideAnswer.accept(ID(id), request: UUID().uuidString, office: office.office, actor: actor)
                }
            }
            #expect(await decide(try Self.town("状元街道", office))?.code == "fill-in-answer.missing", "another town's firm")
            #expect(await decide(try DutyTests.officer("tax"))?.code == "duty.not-yours", "another department's column")
            #expect(await decide(Self.user)?.code == "access.role")
            #expect(await decide(try Self.town("永中街道", office)) == nil)
            #expect(await decide(.local)?.code == "fill-in-answer.decided")
            let accounts = try await office.dossier(ID(1)).accounts
            #expect(accounts.count == 1 && accounts[0].year == 2006 && accounts[0].figures == [.sales: Fen(4_321_500_000)])
            #expect(accounts[0].region != nil)
            #expect(try await Self.send(browser, ("tax", "12")).status == 303)
            #expect(await decide(.local, 2) == nil)
            let both = try await office.dossier(ID(1)).accounts
            #expect(both.count == 1 && both[0].figures == [.sales: Fen(4_321_500_000), .tax: Fen(12_000_000)])
            #expect(try await browser.get("/my-enterprise/fill-ins").text.contains("档案已有"))
            let towns = try await store.read { try FillInStore.towns(FillInStore.one(ID(1), $0), $0) }
            #expect(towns.reduce(0) { $0 + $1.answered } == 1)
            let details = try await store.read { try $0.rows("select detail from journal").map { $0.text(0) } }
            #expect(
                !details.contains { $0.contains("4321") || $0.contains("4,321") }, "the journal's readers do not see single firms' figures")
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("an answer that the firm changed after it was shown is neither accepted nor declined unseen", arguments: TestEngine.available)
    func changedSinceShown(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            #expect(try await Self.send(browser, ("sales", "4321")).status == 303)
            let (store, regions) = (office.office.store, office.office.regions)
            func waiting(_ actor: Actor = .local) async throws -> [FillInAnswerStore.Waiting] {
                try await store.read { try FillInAnswerStore.open(to: actor, regions, $0) }
            }
            let seen = try #require(try await waiting().first?.answer.version)
            #expect(try await waiting(Self.town("永中街道", office)).count == 1)
            #expect(try await waiting(Self.town("状元街道", office)).isEmpty)
            #expect(try await waiting(DutyTests.officer("tax")).isEmpty, "another department's column")
            #expect(try await Self.send(browser, ("sales", "432100")).status == 303)
            let accepted = await Self.refusal {
                try await DecideAnswer.accept(ID(1), shown: seen, request: "a", office: office.office, actor: .local)
            }
            let declined = await Self.refusal {
                try await DecideAnswer.decline(ID(1), shown: seen, remark: "不符", request: "b", office: office.office, actor: .local)
            }
            #expect(accepted?.code == "fill-in-answer.changed" && declined?.code == "fill-in-answer.changed")
            #expect(try await office.dossier(ID(1)).accounts.isEmpty)
            let now = try #require(try await waiting().first?.answer.version)
            try await DecideAnswer.accept(ID(1), shown: now, request: "c", office: office.office, actor: .local)
            #expect(try await office.dossier(ID(1)).accounts.first?.figures == [.sales: Fen(432_100_000_000)])
        }
    }

    @Test("what cannot be taken is said beside the field, and a field that is on file is not written over", arguments: TestEngine.available)
    func refused(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            for (value, said) in [("很多", "不是「销售额」的数"), ("-5", "不是「销售额」的数"), ("", "至少填写一栏")] {
                let again = try await Self.send(browser, ("sales", value))
                #expect(again.status == 422 && again.text.contains(said), "\(value)")
            }
            #expect(try await Self.send(browser, ("sales", "4321")).status == 303)
            try await office.take("企业名称,统一社会信用代码,年度,年销售额（万元）", "示例甲厂,91330300145024081C,2006,4000")
            let late = await Self.refusal { try await DecideAnswer.accept(ID(1), request: "a", office: office.office, actor: .local) }
            #expect(late?.message == "档案里已经有「销售额」了")
            let known = await Self.refusal {
                try await AnswerFillIn.run(ID(1), [.address: "别处"], request: "b", office: office.office, actor: Self.user)
            }
            #expect(known?.code == "fill-in.known")
            #expect(try await office.dossier(ID(1)).accounts[0].figures == [.sales: Fen(4_000_000_000)])
        }
    }

    @Test(
        "the office sees what waits where it decides about corrections; declining needs a reason, which the firm reads and may answer anew",
        arguments: TestEngine.available)
    func declined(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            _ = try await Self.send(browser, ("sales", "4321"))
            let routes = EnterpriseRoutes.table(office.office, isUser: Self.isUser)
            try await SiteBrowser.open(routes, clock: office.office.clock) { clerk in
                #expect(try await clerk.get("/fill-ins/1").text.contains("有 1 栏企业补报等待采纳"))
                let page = try await clerk.get("/correction-requests").text
                #expect(page.contains("企业补报：销售额") && page.contains("4,321 万元") && page.contains("采纳并写入档案"))
                let without = try await clerk.post("/fill-in-answers/1/decline", from: "/correction-requests", [("answer", "")])
                #expect(without.status == 400 || without.status == 422)
                let sent = try await clerk.post("/fill-in-answers/1/decline", from: "/correction-requests", [("answer", "与报税不符")])
                #expect(sent.status == 303)
            }
            let page = try await browser.get(Self.form).text
            #expect(page.contains("未采纳") && page.contains("与报税不符"))
            #expect(try await Self.send(browser, ("sales", "4000")).status == 303)
            try await SiteBrowser.open(routes, clock: office.office.clock) { clerk in
                #expect(try await clerk.post("/fill-in-answers/2/accept", from: "/correction-requests", []).status == 303)
                let left = try await clerk.get("/correction-requests").text
                #expect(!left.contains("企业补报：销售额"))
            }
            #expect(try await office.dossier(ID(1)).accounts[0].figures == [.sales: Fen(4_000_000_000)])
            #expect(try await office.office.store.verify().findings == [])
        }
    }

    @Test("a code and an address enter as corrections do", arguments: TestEngine.available)
    func dossierFields(_ engine: TestEngine) async throws {
        try await open(engine) { office, _ async throws in
            try await BindUser.run("qy2", to: ID(2), isUser: Self.isUser, office: office.office, actor: .local, request: "bind2")
            let actor = Actor(name: "qy2", role: .enterprise)
            let id = try await IssueFillIn.run(title: "代码", region: nil, year: 2006, fields: [.code], office: office.office, actor: .local)
            func answer(_ text: String) async -> Failure? {
                await Self.refusal {
                    try await AnswerFillIn.run(id, [.code: text], request: UUID().uuidString, office: office.office, actor: actor)
                }
            }
            #expect(await answer("不是代码")?.code == "correction-request.value")
            #expect(await answer("91330300145024081C") == nil)
            let taken = await Self.refusal { try await DecideAnswer.accept(ID(1), request: "t", office: office.office, actor: .local) }
            #expect(taken?.code == "enterprise.code-taken")
            #expect(try await office.dossier(ID(2)).firm.code == nil)
        }
    }
}
