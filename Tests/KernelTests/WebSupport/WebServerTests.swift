import Foundation
import Hummingbird
import Logging
import Testing
import Values

@testable import WebSupport

/// Accounts of which nobody is signed in, or one with an errand.
private struct SomeAccounts: Doorkeeper {
    var errand: Address?
    var entrance: Address? { Address("sign-in") }
    var knowsAccounts: Bool { true }
    func visitor(session token: String) -> Visitor {
        errand.map { Visitor(actor: Actor(name: "x", role: .visitor), name: "x", account: 1, errand: $0) } ?? .stranger
    }
}

@Suite("The server answers only its own machine, and says no politely")
struct WebServerTests {
    @Test(
        "Every answer carries the security headers",
        arguments: ["/", "/nowhere", "/public/styles.css", "/failing/unknown", "/exports/rows"])
    func headers(_ path: String) async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.get(path)
            #expect(
                answer.header("Content-Security-Policy")
                    == "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
            )
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Referrer-Policy") == "same-origin")
            #expect(answer.header("X-Request-Id")?.count == 12)
            #expect(answer.header("Cache-Control") == (path.hasPrefix("/public") ? "no-cache" : "no-store"))
        }
    }

    @Test(
        "Only this machine's names are hosts",
        arguments: [
            ("127.0.0.1:8080", true), ("LOCALHOST", true), ("[::1]:8080", true), ("127.0.0.1:9999", false),
            ("localhost.evil.example", false),
            ("evil.example", false), ("127.0.0.1:8080@evil.example", false), ("127.0.0.1:+8080", false), ("", false), ("127.0.0.1:", false),
        ])
    func hosts(_ authority: String, _ isAllowed: Bool) { #expect(AllowedHosts(port: 8080).contains(authority) == isAllowed) }

    @Test("A request under another name is refused")
    func foreignHost() async throws {
        var configuration = DemoSite.configuration(publicFolder: WebProbe.publicFolder)
        configuration.port = 8080
        let application = try WebServer.build(routes: DemoSite.routes, configuration: configuration)
        let responder = try #require(try await application.responder as? FrontDoor)
        for (host, status) in [("evil.example", 403), ("127.0.0.1:8080", 200)] {
            let request = Request(
                head: HTTPRequest(method: .get, scheme: "http", authority: host, path: "/"), body: RequestBody(buffer: ByteBuffer()))
            let context = WebContext(
                source: await WebContextSource(
                    request: request, remote: nil, logger: Logger(label: "test"), environment: responder.environment))
            let response = try await responder.responder.respond(to: request, context: context)
            #expect(response.status.code == status)
            #expect(response.headers[.contentSecurityPolicy] != nil)
        }
    }

    @Test(
        "Another site cannot send our forms",
        arguments: [
            ["origin": "http://evil.example"], ["origin": "null"], ["origin": "https://localhost"], ["origin": "http://localhost/x"],
            ["sec-fetch-site": "cross-site"], ["sec-fetch-site": "same-site"],
            ["origin": "http://localhost", "sec-fetch-site": "cross-site"],
        ])
    func foreignOrigin(_ headers: [String: String]) async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.post("/language", headers, body: "_token=\(probe.token)&language=en")
            #expect(answer.status == 403)
            #expect(answer.text.contains("该提交来自其他网站，已拒绝，没有保存任何内容。"))
            #expect(answer.text.contains("在本系统的页面中重新填写并提交。"))
        }
    }

    @Test("The language switch sets its cookie and returns to the page, never to another site")
    func language() async throws {
        try await WebProbe.site { probe in
            let own = ["origin": "http://localhost", "sec-fetch-site": "same-origin"]
            let answer = try await probe.post("/language", own, body: "_token=\(probe.token)&language=en&back=%2Fenterprises%3Fq%3Dx")
            #expect(answer.status == 303)
            #expect(answer.header("Location") == "/enterprises?q=x")
            #expect(answer.header("Set-Cookie")?.hasPrefix("hallmark_language=en; Path=/;") == true)
            let elsewhere = try await probe.post("/language", own, body: "_token=\(probe.token)&language=zh&back=%2F%2Fevil.example")
            #expect(elsewhere.header("Location") == "/")
            let unknown = try await probe.post("/language", own, body: "_token=\(probe.token)&language=xx")
            #expect(unknown.text.contains("没有这种界面语言。"))
            let english = try await probe.get("/", ["cookie": "hallmark_language=en"])
            #expect(english.text.contains("<html lang=\"en\">") && english.text.contains("Search"))
        }
    }

    @Test("A new reader gets a session that scripts cannot read; a known one keeps it")
    func session() async throws {
        try await WebProbe.site { probe in
            let cookie = try #require(try await probe.get("/", ["cookie": "hallmark_session=short"]).header("Set-Cookie"))
            #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
            #expect(cookie.count == "hallmark_session=".count + 64 + "; Path=/; HttpOnly; SameSite=Lax".count)
            let known = try await probe.get("/")
            #expect(known.header("Set-Cookie") == nil)
            let style = try await probe.get("/public/styles.css", ["cookie": ""])
            #expect(style.header("Set-Cookie") == nil)
        }
    }

    @Test(
        "Each kind of failure has its status, page and JSON",
        arguments: [
            (Failure.Kind.refused, 403), (.invalid, 422), (.conflict, 409), (.missing, 404), (.gone, 410), (.busy, 503), (.internal, 500),
        ])
    func failures(_ kind: Failure.Kind, _ status: Int) async throws {
        try await WebProbe.site { probe in
            let page = try await probe.get("/failing/\(kind.rawValue)")
            #expect(page.status == status)
            #expect(page.text.contains("demo.\(kind.rawValue)"))
            if kind != .internal {
                #expect(page.text.contains("示例错误") && page.text.contains("名单.xls「Sheet1」第4行") && page.text.contains("示例办法"))
            }
            #expect((page.header("Retry-After") != nil) == (kind == .busy))
            let json = try await probe.get("/failing/\(kind.rawValue)", ["accept": "application/json"])
            #expect(json.status == status)
            #expect(json.header("Content-Type") == "application/json; charset=utf-8")
            #expect(json.text.contains("\"code\":\"demo.\(kind.rawValue)\"") && json.text.contains("\"kind\":\"\(kind.rawValue)\""))
        }
    }

    @Test("The API answers errors in JSON whatever it is asked for")
    func api() async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.get("/api/v1/failing", ["accept": "text/html"])
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(
                answer.text.hasPrefix(
                    "{\"code\":\"demo.missing\",\"cure\":\"核对代码\",\"detail\":\"没有这家企业\",\"instance\":\"urn:hallmark:request:"))
            #expect(answer.text.hasSuffix("\"status\":404,\"title\":\"没有找到\",\"type\":\"urn:hallmark:problem:demo.missing\"}"))
            #expect(answer.header("Set-Cookie") == nil)
            let post = try await probe.send("/api/v1/failing", .post, [:], nil)
            #expect(post.status == 405 && post.header("Allow") == "GET, HEAD" && post.text.contains("request.method"))
            #expect(try await probe.send("/language", .get, [:], nil).header("Allow") == "POST")
            #expect(try await probe.get("/api/v1/nothing").status == 404)
            let token = try await probe.get("/api/v1/failing", ["authorization": "Bearer x"])
            #expect(token.status == 404, "an address that tells nothing asks for no token")
        }
    }

    @Test("A fault of the program shows its request id and nothing else")
    func unknownError() async throws {
        try await WebProbe.site { probe in
            for accept in ["text/html", "application/json"] {
                let answer = try await probe.get("/failing/unknown", ["accept": accept])
                #expect(answer.status == 500)
                #expect(!answer.text.contains("hunter2") && !answer.text.contains("DemoFault"))
                #expect(answer.text.contains(try #require(answer.header("X-Request-Id"))))
                #expect(answer.text.contains("系统内部出错，没有保存本次操作。"))
                #expect(answer.text.contains("稍后重试；如仍出错，请把请求编号告诉维护人员。"))
            }
        }
    }

    @Test("When not even the navigation can be had, the error page still comes")
    func brokenFrame() async throws {
        try await WebProbe.site({ $0.frame = { _ in throw DemoFault(secret: "") } }) { probe in
            let answer = try await probe.get("/")
            #expect(answer.status == 500)
            #expect(answer.text.contains("系统内部出错"))
        }
    }

    @Test("Pages that do not exist, wrong numbers and wrong dates are explained")
    func wrongAddresses() async throws {
        try await WebProbe.site { probe in
            for path in ["/nowhere", "/enterprises/0", "/enterprises/abc", "/places/%FF"] {
                let answer = try await probe.get(path)
                #expect(answer.status == 404)
                #expect(answer.text.contains("没有这个页面或这条记录。") && answer.text.contains("核对地址，或从左侧导航重新进入。"))
            }
            let wrongDay = try await probe.get("/?on=2007-02-29")
            #expect(wrongDay.text.contains("地址中的日期“2007-02-29”不是有效日期。"))
            let named = try await probe.get("/places/%E7%94%B2%E8%A1%97")
            #expect(named.text.contains("<h1>甲街</h1>"))
            let head = try await probe.send("/", .head, [:], nil)
            #expect(head.status == 200)
        }
    }

    @Test("A role that is not named may not")
    func roles() async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.get("/leaders")
            #expect(answer.status == 403)
            #expect(answer.text.contains("您的岗位无权使用此功能。") && answer.text.contains("如确需使用，请质强办提出，由系统管理员开通。"))
        }
    }

    @Test("Every route names who may use it, and no address is answered twice")
    func table() throws {
        #expect(DemoSite.routes.routes.allSatisfy { route in Role.allCases.contains { route.may.reach(of: $0) != nil } })
        var twice = DemoSite.routes
        twice.get("/enterprises/{other}", may: .anyone) { _ in .seeOther(Address()) }
        let failure = #expect(throws: Failure.self) { try twice.checked() }
        #expect(failure?.description == "地址 GET /enterprises/{other} 登记了两次或写法不对。")
    }

    @Test(
        "Public files are found by name only; nothing else of the disk can be had",
        arguments: [
            "/public/../Package.swift", "/public/%2e%2e/Package.swift", "/public/..%2fPackage.swift", "/public//etc/passwd", "/public/",
            "/public/%00", "/public/.hidden", "/public/styles.css/",
        ])
    func traversal(_ path: String) async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.get(path)
            #expect(answer.status == 404)
        }
    }

    @Test("Public files are kept for good under their hash, asked again otherwise")
    func caching() async throws {
        try await WebProbe.site { probe in
            let page = try await probe.get("/").text
            let address = try #require(page.split(separator: "\"").first { $0.hasPrefix("/public/styles.css?v=") })
            let pinned = try await probe.get(String(address))
            #expect(pinned.header("Cache-Control") == "public, max-age=31536000, immutable")
            #expect(pinned.header("Content-Type") == "text/css; charset=utf-8")
            #expect(pinned.text.utf8.count < 30_000)
            let tag = try #require(pinned.header("ETag"))
            let again = try await probe.get("/public/styles.css", ["if-none-match": tag])
            #expect(again.status == 304)
            let script = try await probe.get("/public/page.js")
            #expect(script.text.utf8.count < 3000)
            let posted = try await probe.post("/public/styles.css", body: "")
            #expect(posted.status == 404)
        }
    }

    @Test("Downloads keep Chinese names and stream to the last row")
    func downloads() async throws {
        try await WebProbe.site { probe in
            let answer = try await probe.get("/exports/rows")
            #expect(
                answer.header("Content-Disposition")
                    == "attachment; filename=\"__ _____.csv\"; filename*=UTF-8''%E9%BE%99%E6%B9%BE%20%E4%B8%8A%E6%A6%9C%22%E5%90%8D%E5%8D%95.csv"
            )
            #expect(answer.text.hasSuffix("第19999行\r\n"))
        }
        #expect(!Download(name: "a\r\nX: y\"/../b", kind: .csv, bytes: []).disposition.contains("\r"))
    }

    @Test(
        "The server listens beyond this machine only with accounts and behind a proxy",
        arguments: ["0.0.0.0", "::", "192.168.1.2", "example.com", "", "127.0.0.1.evil"])
    func binds(_ host: String) throws {
        var configuration = DemoSite.configuration(publicFolder: WebProbe.publicFolder)
        configuration.host = host
        let failure = #expect(throws: Failure.self) { try ServerBind.host(configuration) }
        #expect(
            failure?.description
                == "不能在地址 \(host) 上提供服务：本机以外的访问要有真实账号，并由带 TLS 的代理转发。处理办法：只在本机用时写 127.0.0.1；供单位使用时加 --behind-proxy https://域名，不用示范账号。"
        )
        configuration.doorkeeper = SomeAccounts()
        #expect(throws: Failure.self) { try ServerBind.host(configuration) }
        configuration.origin = PublicOrigin("https://example.gov.cn")
        #expect(try ServerBind.host(configuration) == host)
        configuration.doorkeeper = LocalOperator()
        let unproven = #expect(throws: Failure.self) { try ServerBind.host(configuration) }
        #expect(unproven?.code == "server.proxy")
    }

    @Test("Behind a proxy its name is a host, its pages alone send forms, and cookies are held to it")
    func behindProxy() async throws {
        let origin = try #require(PublicOrigin("https://Biaogan.example.gov.cn/"))
        let hosts = AllowedHosts(port: 8080, origin: origin)
        #expect(
            hosts.contains("biaogan.example.gov.cn") && !hosts.contains("biaogan.example.gov.cn:81") && hosts.contains("127.0.0.1:8080"))
        #expect(hosts.isOurs(origin: "https://biaogan.example.gov.cn"))
        for other in ["http://biaogan.example.gov.cn", "http://127.0.0.1:8080", "https://x.example.gov.cn", "null"] {
            #expect(!hosts.isOurs(origin: other), "\(other)")
        }
        for wrong in ["http://a.example", "https://", "https://a b", "https://a/b", "https://a:1:2", "ftp://a"] {
            #expect(PublicOrigin(wrong) == nil, "\(wrong)")
        }
        try await WebProbe.site { configuration in
            configuration.origin = origin
            configuration.doorkeeper = SomeAccounts()
        } _: { probe in
            let answer = try await probe.get("/")
            #expect(answer.status == 303)
            #expect(answer.header("Location") == "/sign-in")
            let cookie = try #require(answer.header("Set-Cookie"))
            #expect(cookie.hasPrefix("__Host-hallmark_session=") && cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
            #expect(answer.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains")
        }
    }

    @Test("Who has not signed in is led there with the way back, callers of the API are told, and an errand comes first")
    func admission() async throws {
        try await WebProbe.site {
            $0.doorkeeper = SomeAccounts()
        } _: { probe in
            let page = try await probe.get("/enterprises?q=x")
            #expect(page.status == 303)
            #expect(page.header("Location") == "/sign-in?back=%2Fenterprises%3Fq%3Dx")
            #expect(try await probe.get("/enterprises", ["accept": "application/json"]).status == 401)
            #expect(try await probe.post("/imports", body: "_token=\(probe.token)").status == 401)
            #expect(try await probe.get("/api/v1/failing").status == 404)
        }
        try await WebProbe.site {
            $0.doorkeeper = SomeAccounts(errand: Address("account", "password"))
        } _: { probe in
            let page = try await probe.get("/enterprises")
            #expect(page.header("Location") == "/account/password")
            let act = try await probe.post("/imports", body: "_token=\(probe.token)")
            #expect(act.status == 403)
        }
    }

    @Test("A missing style folder is said at start")
    func noPublicFolder() {
        let failure = #expect(throws: Failure.self) { try PublicFiles(folder: URL(fileURLWithPath: "/nowhere/public")) }
        #expect(failure?.description == "/nowhere/public：找不到页面样式目录。处理办法：在程序目录中运行，或用参数指明 public 目录。")
    }
}
