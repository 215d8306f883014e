import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import TestSupport
import Testing
import Values
import WebSupport

@testable import Accounts

/// A browser that keeps its session's cookie.
private final class Visit: Sendable {
    private let client: any TestClientProtocol
    private let session = Mutex("")

    init(_ client: any TestClientProtocol) { self.client = client }

    struct Answer: Sendable {
        let status: Int
        let location: String?
        let text: String
        let session: String?
    }

    var token: String { session.withLock { $0 } }

    func get(_ uri: String) async throws -> Answer { try await send(uri, .get, nil) }

    /// Sends a form that was opened on `page`.
    func post(_ uri: String, from page: String, _ fields: [(String, String)] = []) async throws -> Answer {
        let hidden = SiteBrowser.hidden(in: try await get(page).text)
        let body = (hidden.map { ($0.name, $0.value) } + fields).map { name, value in
            name + "=" + (value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        }
        return try await send(uri, .post, body.joined(separator: "&"))
    }

    private func send(_ uri: String, _ method: HTTPRequest.Method, _ body: String?) async throws -> Answer {
        var fields: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .userAgent: "Test/1"]
        if !token.isEmpty { fields[.cookie] = "hallmark_session=" + token }
        let response = try await client.execute(uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
        let set = response.headers[.setCookie]?.split(separator: ";").first?.split(separator: "=").last.map(String.init)
        if let set { session.withLock { $0 = set } }
        return Answer(
            status: Int(response.status.code), location: response.headers[.location], text: String(buffer: response.body), session: set)
    }
}

@Suite("Pages of sign-in and accounts")
struct AccountPagesTests {
    private func site(
        _ engine: TestEngine = .sqlite, rules: SignInRules = AccountBench.rules,
        _ body: @escaping @Sendable (AccountBench, Visit) async throws -> Void
    ) async throws {
        try await AccountBench.with(engine, rules: rules) { bench in
            let configuration = WebConfiguration(
                publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory, clock: bench.clock.clock,
                logger: Logger(label: "test"), doorkeeper: bench.door,
                frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
            let application = try WebServer.build(routes: AccountRoutes.table(bench.office, base: "http://x"), configuration: configuration)
            try await application.test(.router) { client in try await body(bench, Visit(client)) }
        }
    }

    @Test(
        "what browsers say of themselves is told in two words",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
                "Chrome 120 · Windows"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2",
                "Edge 120 · Windows"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Safari/604.1",
                "Safari 17 · iPhone"
            ),
            ("curl/8.0", "curl/8.0"), ("", "—"),
        ])
    func browsers(_ said: String, _ told: String) { #expect(BrowserName.short(said) == told) }

    @Test("the first start, sign-in, an account for another, sign-out", arguments: TestEngine.available)
    func journey(_ engine: TestEngine) async throws {
        try await site(engine) { bench, visit in
            let link = "/link/" + (try #require(try await AccountLink.first(bench.office)))
            #expect(try await visit.get(link).text.contains("首次启动"))
            let fields = [("account", "admin"), ("name", "管理员甲"), ("new", AccountBench.password)]
            let differs = try await visit.post(link, from: link, fields + [("again", "x")])
            #expect(differs.status == 422 && differs.text.contains("两遍不一样") && !differs.text.contains(AccountBench.password))
            #expect(
                try await visit.post(link, from: link, [("account", "admin"), ("name", "甲"), ("new", "short"), ("again", "short")]).text
                    .contains("密码不足 10 位"))
            #expect(
                try await visit.post(link, from: link, fields + [("again", AccountBench.password)]).location == "/sign-in?done=password")
            #expect(try await visit.get(link).status == 410)

            let asked = try await visit.get("/accounts?x=1")
            #expect(asked.status == 303 && asked.location == "/sign-in?back=%2Faccounts%3Fx%3D1")
            let wrong = try await visit.post("/sign-in", from: "/sign-in", [("account", "admin"), ("password", "nonsense-1A")])
            #expect(wrong.status == 422 && wrong.text.contains("账号名或密码不对。") && !wrong.text.contains("nonsense-1A"))
            let planted = visit.token
            let entered = try await visit.post(
                "/sign-in", from: "/sign-in", [("account", "Admin"), ("password", AccountBench.password), ("back", "/accounts")])
            #expect(entered.location == "/accounts" && entered.session != nil && entered.session != planted)
            #expect(try await visit.get("/accounts").text.contains("GB/T") == false)
            #expect(try await visit.get("/accounts").text.contains("管理员甲"))
            #expect(try await visit.get("/account").text.contains("Test/1"))

            let made = try await visit.post(
                "/accounts", from: "/accounts/new", [("account", "li"), ("name", "李"), ("role", "town-officer"), ("town", "11")])
            let own = try #require(made.text.firstMatch(of: /http:\/\/x(\/link\/[0-9a-f]{64})/)?.output.1)
            #expect(
                try await visit.post("/accounts/2", from: "/accounts/2", [("name", "李四"), ("role", "leader")]).location == "/accounts/2")
            #expect(
                try await visit.post(
                    "/organisations", from: "/organisations/new",
                    [("kind", "department"), ("name", "质监局"), ("parent", "1"), ("from", "2020-01-01")]
                ).location == "/organisations")
            #expect(try await visit.get("/organisations?on=2026-03-02").text.contains("质监局"))
            let out = try await visit.post("/sign-out", from: "/account")
            #expect(out.location == "/sign-in")
            #expect(try await visit.get("/account").status == 303)

            #expect(
                try await visit.post(String(own), from: String(own), [("new", AccountBench.password), ("again", AccountBench.password)])
                    .status == 303)
            _ = try await visit.post("/sign-in", from: "/sign-in", [("account", "li"), ("password", AccountBench.password)])
            #expect(try await visit.get("/account").text.contains("李四"))
            for path in ["/accounts", "/accounts/new", "/accounts/1", "/organisations"] { #expect(try await visit.get(path).status == 403) }
            #expect(try await visit.post("/accounts/1/state", from: "/account", [("enabled", "no")]).status == 403)
            #expect(try await visit.post("/accounts/1/link", from: "/account").status == 403)
        }
    }

    @Test("a merger shows what follows before anything changes, asks for its document, and is taken back on the page of the one that ended")
    func merger() async throws {
        try await site { bench, visit in
            try await bench.found()
            _ = try await visit.post("/sign-in", from: "/sign-in", [("account", "admin"), ("password", AccountBench.password)])
            for name in ["质监局", "工商局"] {
                _ = try await visit.post(
                    "/organisations", from: "/organisations/new",
                    [("kind", "department"), ("name", name), ("parent", "1"), ("from", "2020-01-01")])
            }
            _ = try await visit.post(
                "/accounts", from: "/accounts/new",
                [("account", "li"), ("name", "李"), ("role", "department-officer"), ("organisation", "3")])
            #expect(try await visit.get("/organisations").text.contains("看看合并后怎样"))
            let empty = try await visit.get("/organisations/merging?from=3&day=2026-03-01")
            #expect(empty.status == 200 && empty.text.contains("选出并入的机构") && !empty.text.contains("确认合并"))
            let itself = try await visit.get("/organisations/merging?from=3&into=3&day=2026-03-01")
            #expect(itself.text.contains("不能并入自己") && itself.text.contains("重新选择") && !itself.text.contains("确认合并"))
            let chosen = "/organisations/merging?from=3&into=2&day=2026-03-01"
            let shown = try await visit.get(chosen).text
            #expect(shown.contains("确认合并") && shown.contains("那天已到") && shown.contains("工商局"))
            let ahead = try await visit.get("/organisations/merging?from=3&into=2&day=2030-01-01").text
            #expect(ahead.contains("那天还没到"))
            let fields = [("from", "3"), ("into", "2"), ("day", "2026-03-01")]
            for (name, value) in fields { #expect(shown.contains("name=\"\(name)\" value=\"\(value)\"")) }
            let none = try await visit.post("/organisations/merge", from: chosen, fields + [("reason", "")])
            #expect(none.status == 422 && none.text.contains("确认合并"))
            let done = try await visit.post("/organisations/merge", from: chosen, fields + [("reason", "机构改革方案")])
            #expect(done.location == "/organisations?on=2026-03-01")
            #expect(try await visit.get("/accounts").text.contains("工商局（质监局）"))
            let ended = try await visit.get("/organisations/3").text
            #expect(ended.contains("合并沿革") && ended.contains("撤回合并"))
            let heir = try await visit.get("/organisations/2").text
            #expect(heir.contains("合并沿革") && !heir.contains("撤回合并"))
            let why = try await visit.post("/organisations/3/take-back-merger", from: "/organisations/3", [("why", "")])
            #expect(why.status == 422)
            let back = try await visit.post("/organisations/3/take-back-merger", from: "/organisations/3", [("why", "选错了")])
            #expect(back.location == "/organisations/3")
            #expect(try await visit.get("/accounts").text.contains("工商局（质监局）") == false)
            let again = try await visit.post("/organisations/3/take-back-merger", from: "/organisations/3", [("why", "选错了")])
            #expect(again.status == 422 && again.text.contains("没有并入别的机构"))
        }
    }

    @Test("a role that must have a second factor sees nothing else before it has one")
    func errand() async throws {
        var rules = AccountBench.rules
        rules.secondFactor = [.administrator]
        try await site(rules: rules) { bench, visit in
            try await bench.found()
            let entered = try await visit.post("/sign-in", from: "/sign-in", [("account", "admin"), ("password", AccountBench.password)])
            #expect(entered.location == "/account/second-factor")
            for path in ["/accounts", "/account", "/account/password"] {
                #expect(try await visit.get(path).location == "/account/second-factor", "\(path)")
            }
            #expect(
                try await visit.post("/account/second-factor", from: "/account/second-factor", [("password", AccountBench.password)]).status
                    == 303)
            let page = try await visit.get("/account/second-factor").text
            let secret = try #require(page.firstMatch(of: /secret=([A-Z2-7]+)&amp;issuer/)?.output.1)
            let code = TimedCode(secret: try #require(Base32.bytes(String(secret)))).code(step: TimedCode.step(bench.office.now))
            let wrong = try await visit.post("/account/second-factor/confirm", from: "/account/second-factor", [("code", "000")])
            #expect(wrong.status == 422 && wrong.text.contains("验证码不对"))
            let half = visit.token
            let done = try await visit.post("/account/second-factor/confirm", from: "/account/second-factor", [("code", code)])
            #expect(done.text.contains("恢复码") && visit.token != half)
            #expect(try await visit.get("/accounts").status == 200)
        }
    }
}
