import Enterprises
import Foundation
import Places
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite("An enterprise user sees the own dossier and asks for corrections")
struct OwnEnterpriseTests {
    private static let user = Actor(name: "qy", role: .enterprise)
    private static let isUser: BindUser.AccountCheck = { account, _ in ["qy", "qy2"].contains(account) }

    /// Firms 1 and 2; `qy` is bound to firm 1 unless told otherwise.
    private func open(
        _ engine: TestEngine, as actor: Actor = user, bound: Bool = true,
        _ steps: @escaping @Sendable (RegisterOffice, SiteBrowser) async throws -> Void
    ) async throws {
        try await RegisterOffice.with(engine) { office in
            try await office.take(
                "企业名称,统一社会信用代码,地址,年度,年销售额（万元）", "示例甲厂,91330300145024081C,浙江省温州市龙湾区永中街道示例路1号,2006,4321",
                "示例乙厂,,浙江省温州市龙湾区状元街道示例路3号,2006,8765")
            if bound {
                try await BindUser.run("qy", to: ID(1), isUser: Self.isUser, office: office.office, actor: .local, request: "bind")
            }
            let routes = EnterpriseRoutes.table(office.office, isUser: Self.isUser)
            try await SiteBrowser.open(routes, clock: office.office.clock, doorkeeper: OneVisitor(actor: actor)) { browser in
                try await steps(office, browser)
            }
        }
    }

    @Test("whole, with its own figures and nothing of others, whatever stands in the address", arguments: TestEngine.available)
    func reads(_ engine: TestEngine) async throws {
        try await open(engine) { _, browser async throws in
            for tab in ["", "?tab=accounts", "?tab=products", "?tab=holdings", "?tab=history"] {
                let page = try await browser.get("/my-enterprise" + tab)
                #expect(page.status == 200 && page.text.contains("示例甲厂"), "\(tab)")
                #expect(!page.text.contains("示例乙厂") && !page.text.contains("8,765"), "\(tab)")
                for closed in ["/questions/", "\"/journal", "\"/enterprises/", "\"/fill-ins"] {
                    #expect(!page.text.contains(closed), "\(tab) \(closed)")
                }
            }
            #expect(try await browser.get("/my-enterprise?tab=accounts").text.contains("4,321"))
            for path in ["/enterprises", "/enterprises/1", "/enterprises/2", "/enterprises/99", "/correction-requests", "/fill-ins"] {
                #expect(try await browser.get(path).status == 403, "\(path)")
            }
            #expect(try await browser.get("/my-enterprise?id=2&enterprise=2").text.contains("示例甲厂"))
        }
    }

    @Test("not before the office has bound the account, and not after it was taken back", arguments: TestEngine.available)
    func binding(_ engine: TestEngine) async throws {
        try await open(engine, bound: false) { office, browser async throws in
            let page = try await browser.get("/my-enterprise")
            #expect(page.status == 200 && page.text.contains("还没有关联企业档案") && !page.text.contains("示例甲厂"))
            #expect(try await browser.get("/my-enterprise/requests/new").status == 403)
            func bind(_ account: String, _ firm: Int64, by actor: Actor = .local) async -> Failure? {
                do {
                    try await BindUser.run(
                        account, to: ID(firm), isUser: Self.isUser, office: office.office, actor: actor, request: UUID().uuidString)
                    return nil
                } catch { return error as? Failure }
            }
            #expect(await bind("nobody", 1)?.message == "没有名为“nobody”的企业用户账号")
            #expect(await bind("qy", 1, by: Actor(name: "x", role: .departmentOfficer))?.code == "access.role")
            #expect(await bind("qy", 1) == nil)
            #expect(await bind("qy", 2)?.message == "账号“qy”已关联企业档案1")
            #expect(try await browser.get("/my-enterprise").text.contains("示例甲厂"))
            let wrong = await #expect(throws: Failure.self) {
                try await BindUser.remove("qy", from: ID(2), office: office.office, actor: .local, request: "w")
            }
            #expect(wrong?.code == "enterprise-user.missing")
            try await BindUser.remove("qy", from: ID(1), office: office.office, actor: .local, request: "r")
            let after = try await browser.get("/my-enterprise").text
            #expect(!after.contains("示例甲厂"))
            #expect(try await office.office.store.verify().findings == [])
        }
    }

    @Test("also when it was merged into another, and again when that is taken back", arguments: TestEngine.available)
    func merged(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            let merging = MergeDossiers(office.office)
            try await merging.merge(ID(1), into: ID(2), by: .local, reason: "同一家")
            let page = try await browser.get("/my-enterprise")
            #expect(page.status == 200 && page.text.contains("示例乙厂"))
            try await merging.undo(ID(1), by: .local, reason: "不是同一家")
            let after = try await browser.get("/my-enterprise").text
            #expect(!after.contains("示例乙厂"))
        }
    }

    /// Sends the form and answers what came back.
    private static func ask(_ browser: SiteBrowser, _ field: String, _ value: String, reason: String = "变更登记") async throws
        -> SiteBrowser.Answer
    {
        try await browser.post(
            "/my-enterprise/requests", from: "/my-enterprise/requests/new", [("field", field), ("value", value), ("reason", reason)])
    }

    @Test("a request changes nothing until somebody accepts it; then it is a correction like any other", arguments: TestEngine.available)
    func requests(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            #expect(try await Self.ask(browser, "address", "浙江省温州市龙湾区永中街道示例路9号").status == 303)
            #expect(try await office.dossier(ID(1)).firm.address?.contains("示例路1号") == true)
            #expect(try await browser.get("/my-enterprise").text.contains("待答复"))
            for (field, value, said) in [
                ("code", "不是代码", "写不进「统一社会信用代码」"), ("registered", "去年", "写不进「注册日期」"), ("name", "示例甲厂", "已经是“示例甲厂”"),
            ] {
                let again = try await Self.ask(browser, field, value)
                #expect(again.status == 422 || again.status == 400, "\(field) \(again.status)")
                #expect(again.text.contains(said), "\(field)")
            }
            func decide(_ actor: Actor, request: String = UUID().uuidString) async -> Failure? {
                do {
                    try await DecideRequest.accept(ID(1), answer: nil, request: request, office: office.office, actor: actor)
                    return nil
                } catch { return error as? Failure }
            }
            let other = Actor(name: "zy", role: .townOfficer, region: try office.office.regions.find("状元街道").id.number)
            #expect(await decide(other)?.code == "correction-request.missing")
            let tax = try DutyTests.officer("tax")
            #expect(await decide(tax)?.code == "duty.not-yours")
            #expect(await decide(Self.user)?.code == "access.role")
            let own = Actor(name: "yz", role: .townOfficer, region: try office.office.regions.find("永中街道").id.number)
            #expect(await decide(own) == nil)
            #expect(await decide(.local)?.code == "correction-request.decided")
            #expect(try await office.dossier(ID(1)).firm.address == "浙江省温州市龙湾区永中街道示例路9号")
            #expect(try await browser.get("/my-enterprise").text.contains("已采纳"))
            let entry = try await office.office.store.read { session in
                try JournalQuery.entry(session, at: try JournalQuery.head(session).position)
            }
            #expect(entry?.action == "enterprises.accept-request" && entry?.reason == "企业申请更正：变更登记" && entry?.actor == "yz")
            #expect(try await office.office.store.verify().findings == [])
        }
    }

    @Test("the office lists what waits, declines with a reason, and the firm reads it", arguments: TestEngine.available)
    func declined(_ engine: TestEngine) async throws {
        try await open(engine) { office, browser async throws in
            _ = try await Self.ask(browser, "industry", "制鞋业")
            let routes = EnterpriseRoutes.table(office.office, isUser: Self.isUser)
            try await SiteBrowser.open(routes, clock: office.office.clock) { clerk in
                let page = try await clerk.get("/correction-requests")
                #expect(page.text.contains("示例甲厂") && page.text.contains("制鞋业") && page.text.contains("采纳并更正"))
                let without = try await clerk.post("/correction-requests/1/decline", from: "/correction-requests", [("answer", "")])
                #expect(without.status == 400 || without.status == 422)
                let sent = try await clerk.post("/correction-requests/1/decline", from: "/correction-requests", [("answer", "与登记不符")])
                #expect(sent.status == 303)
                let left = try await clerk.get("/correction-requests").text
                #expect(!left.contains("制鞋业"))
                let bound = try await clerk.get("/enterprises/1").text
                #expect(bound.contains("企业用户账号") && bound.contains(">qy<"))
            }
            let page = try await browser.get("/my-enterprise").text
            #expect(page.contains("未采纳") && page.contains("与登记不符"))
            #expect(try await office.dossier(ID(1)).firm.industry == nil)
        }
    }
}
