import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import Synchronization
import TestSupport
import Testing
import Values
import WebSupport

@testable import Accounts

/// Sign-in through an OpenID Connect provider that the test starts: Authlib's, over HTTP, with PKCE demanded.
@Suite(
    "sign-in through a provider", .blocking, .serialized,
    .enabled(if: IdentityProvider.isPresent, Comment(rawValue: IdentityProvider.missing)))
struct ProviderSignInTests {
    private static let base = "http://127.0.0.1:8080"

    private final class Held: Sendable {
        private let kept: Mutex<String>
        init(_ text: String) { kept = Mutex(text) }
        var text: String {
            get { kept.withLock { $0 } }
            set { kept.withLock { $0 = newValue } }
        }
    }

    private final class Ahead: Sendable {
        private let milliseconds = Mutex<Int64>(0)
        var now: Moment { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) + milliseconds.withLock { $0 }) }
        func move(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
    }

    /// A browser on the server's routes, and the provider.
    private struct Walk: Sendable {
        let client: any TestClientProtocol
        let provider: IdentityProvider
        let bench: AccountBench
        /// How far the connection's clock runs ahead.
        let ahead: Ahead
        let session = Held(String(repeating: "ab", count: 32))

        struct Answer {
            let status: Int
            let location: String
            let text: String
        }

        func get(_ uri: String) async throws -> Answer {
            let cookie = "hallmark_session=" + session.text
            let answer = try await client.execute(uri: uri, method: .get, headers: [.cookie: cookie])
            if let set = answer.headers[.setCookie]?.firstMatch(of: /hallmark_session=([0-9a-f]{64})/) {
                session.text = String(set.output.1)
            }
            return Answer(status: Int(answer.status.code), location: answer.headers[.location] ?? "", text: String(buffer: answer.body))
        }

        /// Goes to the provider, signs in there as somebody and comes back.
        func come(_ subject: String, back: String = "", fault: String = "") async throws -> Answer {
            let away = try await get("/sign-in/provider" + (back.isEmpty ? "" : "?back=" + back))
            #expect(away.status == 303, "\(away.text)")
            if !fault.isEmpty { try provider.misbehave(fault) }
            let returned = try provider.signIn(subject, at: away.location)
            #expect(returned.hasPrefix(base + "/sign-in/provider/return?"))
            return try await get(String(returned.dropFirst(base.count)))
        }

        var visitor: Visitor { get async throws { try await bench.door.visitor(session: session.text) } }
    }

    private func walk(
        claim: String? = "preferred_username", factors: Set<String> = ["mfa"], rules: SignInRules = AccountBench.rules,
        _ body: @escaping @Sendable (Walk, Person) async throws -> Void
    ) async throws {
        let provider = try #require(try IdentityProvider())
        defer { provider.stop() }
        try await AccountBench.with(.sqlite, rules: rules) { bench in
            let administrator = try await bench.found()
            var office = bench.office
            let settings = ProviderSettings(
                issuer: provider.issuer, client: "hallmark", secret: IdentityProvider.secret, title: "统一身份认证", claim: claim,
                factors: factors)
            let ahead = Ahead()
            office.provider = ProviderConnection(settings, clock: Clock { ahead.now }, secret: Array("secret".utf8))
            let configuration = WebConfiguration(
                publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory, clock: bench.clock.clock,
                logger: Logger(label: "test"), doorkeeper: bench.door,
                frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
            let application = try WebServer.build(routes: AccountRoutes.table(office, base: Self.base), configuration: configuration)
            try await application.test(.router) { client in
                try await body(Walk(client: client, provider: provider, bench: bench, ahead: ahead), administrator)
            }
        }
    }

    @Test("leads to the page that was wanted, as the account that an administrator bound, in a new session")
    func bound() async throws {
        try await walk(claim: nil) { walk, administrator in
            let leader = try await walk.bench.open("li.si", .leader, by: administrator)
            #expect(try await walk.get("/sign-in").text.contains("统一身份认证"))
            let stranger = try await walk.come("subject-1")
            #expect(stranger.status == 403 && stranger.text.contains("统一身份认证里的这个人在本系统没有可用的账号"))
            let bind = BindIdentity(walk.bench.office, by: administrator.actor)
            try await bind.bind(leader.id, issuer: walk.provider.issuer, subject: "subject-1", request: UUID().uuidString)
            let before = walk.session.text
            let come = try await walk.come("subject-1", back: "/targets%3Fon=2007-03-31")
            #expect(come.status == 303 && come.location == "/targets?on=2007-03-31")
            #expect(walk.session.text != before)
            #expect(try await walk.visitor.account == leader.id.number)
            try await bind.unbind(leader.id, request: UUID().uuidString)
            #expect(try await walk.visitor == .stranger, "sessions that came through the binding end with it")
            #expect(try await walk.come("subject-1").status == 403)
        }
    }

    @Test("binds an account at its first use by the claim that the settings trust; another person with the same claim does not get it")
    func claimed() async throws {
        try await walk { walk, administrator in
            let leader = try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "Wang.Wu"}"#)
            #expect(try await walk.come("subject-1").status == 303)
            #expect(try await walk.visitor.account == leader.id.number)
            #expect(try await walk.come("subject-2").status == 403)
            try walk.provider.claim(#"{"preferred_username": "another"}"#)
            #expect(try await walk.come("subject-1").status == 303, "bound by subject, whatever it is called later")
            try await ManageAccounts(walk.bench.office, by: administrator.actor).setEnabled(false, leader.id, request: UUID().uuidString)
            #expect(try await walk.come("subject-1").status == 403)
            #expect(try await walk.visitor == .stranger)
        }
    }

    @Test(
        "a token with one thing wrong is refused with its sentence, and nobody is signed in",
        arguments: [
            ("issuer", "不是所设的统一身份认证系统签发的"), ("audience", "是签发给别的系统的"), ("party", "是签发给别的系统的"), ("expired", "身份凭据已过期"),
            ("old", "签发时间不在这次登录期间"), ("nonce", "不是为这次登录签发的"), ("no-nonce", "不是为这次登录签发的"), ("key", "身份凭据的签名不对"),
            ("unknown-key", "签名密钥不是统一身份认证系统公布的"), ("none", "签名方法不被接受"), ("secret", "签名方法不被接受"),
        ])
    func wrong(_ fault: String, _ sentence: String) async throws {
        try await walk { walk, administrator in
            try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "wang.wu"}"#)
            let answer = try await walk.come("subject-1", fault: fault)
            #expect(answer.status == 403 && answer.text.contains(sentence), "\(answer.text)")
            #expect(try await walk.visitor == .stranger)
            #expect(try await walk.come("subject-1").status == 303, "the next one is good again")
        }
    }

    @Test("the way back holds in the browser that began it alone, for ten minutes, and its code once")
    func state() async throws {
        try await walk { walk, administrator in
            try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "wang.wu"}"#)
            let began = walk.session.text
            let returned = try walk.provider.signIn("subject-1", at: try await walk.get("/sign-in/provider").location)
            let way = String(returned.dropFirst(Self.base.count))
            walk.session.text = String(repeating: "cd", count: 32)
            let foreign = try await walk.get(way)
            #expect(foreign.status == 403 && foreign.text.contains("不是从这个浏览器开始的"))
            walk.session.text = began
            #expect(try await walk.get(way.replacing("state=", with: "state=1")).status == 403)
            #expect(try await walk.get("/sign-in/provider/return?code=x").status == 403)
            walk.bench.clock.move(milliseconds: 601_000)
            #expect(try await walk.get(way).status == 403)
            walk.bench.clock.move(milliseconds: -601_000)
            #expect(try await walk.get(way).status == 303)
            walk.session.text = began
            let again = try await walk.get(way)
            #expect(again.status == 403 && again.text.contains("没有承认这次登录"), "the provider takes a code once")
            let denied = try await walk.get(way.replacing("code=", with: "error=access_denied&x="))
            #expect(denied.status == 403 && denied.text.contains("没有同意这次登录"))
        }
    }

    @Test("leads nowhere but into this server", arguments: ["//evil.example/", "https://evil.example/", "/%5Cevil.example"])
    func openRedirect(_ back: String) async throws {
        try await walk { walk, administrator in
            try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "wang.wu"}"#)
            #expect(try await walk.come("subject-1", back: back).location == "/")
        }
    }

    @Test("a new key is found at once; keys are asked for once an hour otherwise, and not again and again for keys that nobody has")
    func rotation() async throws {
        try await walk { walk, administrator in
            try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "wang.wu"}"#)
            let before = try walk.provider.timesAsked()
            for _ in 0..<3 { #expect(try await walk.come("subject-1").status == 303) }
            #expect(try walk.provider.timesAsked() == before + 1)
            for _ in 0..<3 { #expect(try await walk.come("subject-1", fault: "unknown-key").status == 403) }
            #expect(try walk.provider.timesAsked() == before + 1, "half a minute has not passed")
            try walk.provider.rotateKey()
            walk.ahead.move(seconds: 31)
            #expect(try await walk.come("subject-1").status == 303)
            #expect(try walk.provider.timesAsked() == before + 2)
        }
    }

    @Test("a role that needs a second factor gets in by the provider's, or by its own code, or not at all")
    func factors() async throws {
        var rules = AccountBench.rules
        rules.secondFactor = [.auditor]
        try await walk(rules: rules) { walk, administrator in
            let auditor = try await walk.bench.open("zhao.liu", .auditor, by: administrator)
            try walk.provider.claim(#"{"preferred_username": "zhao.liu", "amr": ["pwd"]}"#)
            let weak = try await walk.come("subject-1")
            #expect(weak.status == 403 && weak.text.contains("您的岗位登录要有第二因素"))
            try walk.provider.claim(#"{"preferred_username": "zhao.liu", "amr": ["pwd", "mfa"]}"#)
            #expect(try await walk.come("subject-1").location == "/")
            #expect(try await walk.visitor.account == auditor.id.number)
        }
    }

    @Test("a provider that is away, or names other hosts, is told in a sentence; passwords go on working")
    func away() async throws {
        try await walk { walk, administrator in
            try await walk.bench.open("wang.wu", .leader, by: administrator)
            try walk.provider.misbehave("elsewhere")
            let elsewhere = try await walk.get("/sign-in/provider")
            #expect(elsewhere.status == 503 && elsewhere.text.contains("公布的地址不能用"))
            walk.provider.stop()
            let answer = try await walk.get("/sign-in/provider")
            #expect(answer.status == 503 && answer.text.contains("统一身份认证系统没有应答"))
            #expect(try await walk.bench.enter("wang.wu").stage == .full)
        }
    }

    @Test("settings: https or this machine, a secret that not everybody may read, no entry that is not known")
    func settings() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, secret) = (folder.appendingPathComponent("provider.yaml"), folder.appendingPathComponent("secret"))
        func load(_ text: String) throws -> ProviderSettings {
            try Data(text.utf8).write(to: file)
            return try ProviderSettings.load(path: file.path)
        }
        try Data("geheim\n".utf8).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
        let good = "issuer: https://sso.example.gov.cn/\nclient: hallmark\nsecret-file: secret\nsecond-factor: [mfa]\n"
        #expect(try load(good).issuer == "https://sso.example.gov.cn" && load(good).factors == ["mfa"] && load(good).claim == nil)
        #expect(throws: Failure.self) { try load(good + "clam: email\n") }
        #expect(throws: Failure.self) { try load(good.replacing("https", with: "http")) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret.path)
        #expect(throws: Failure.self) { try load(good) }
    }
}
