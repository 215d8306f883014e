import Accounts
import Enterprises
import Foundation
import Metrics
import Places
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Interface

@Suite("Tokens of the interface")
struct TokenTests {
    @Test("open exactly the operations whose right they name, and nothing else", arguments: TestEngine.available)
    func rights(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            let outside = Actor(name: "", role: .outsideSystem)
            let grantable = AccessToken.grantable(to: outside)
            #expect(grantable.count > 6)
            for right in grantable {
                let token = try await bench.token([right.name])
                for route in bench.routes.routes where route.method == .get && route.path.hasPrefix("/api/v1") && route.may != .anyone {
                    let answer = try await bench.ask(route.path.replacing(/\{[a-z]+\}/, with: "1"), token: token)
                    #expect((answer.status != 403) == (route.may == right), "\(right.name): \(route.path) → \(answer.status)")
                    #expect(answer.status < 500, "\(route.path): \(answer.text)")
                }
            }
            let whole = try await bench.wholeToken()
            for path in ["/tokens", "/tokens/queries", "/account/tokens"] {
                #expect(
                    try await bench.ask(path, token: whole, ["Accept": "application/json"]).status == 401, "no page takes a token: \(path)")
            }
            #expect(try await bench.ask("/api/v1/journal", token: whole).status == 403, "the journal names people")
        }
    }

    @Test("of another system show no confidential figure, and one of a town its own firms alone", arguments: TestEngine.available)
    func scope(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            let whole = try await bench.wholeToken()
            let dossier = try await bench.ask("/api/v1/enterprises/1", token: whole).json()
            #expect(dossier["name"] as? String == "示例甲厂" && dossier["accounts"] is NSNull)
            let office = try await bench.ask("/api/v1/enterprises/1", as: .local).json()
            #expect((office["accounts"] as? [[String: Any]])?.first?["salesFen"] as? Int == 10_000_000)
            let rows = try await bench.ask("/api/v1/bulk/account", token: whole)
            #expect(rows.status == 200 && rows.text.contains("2006") && !rows.text.contains("10000000"))
            #expect(try await bench.ask("/api/v1/bulk/account", as: .local).text.contains("10000000"))
            let single = try await bench.ask("/api/v1/questions/account?metric=sales&where=enterprise%3D1", token: whole).json()
            #expect(single["value"] is NSNull, "what one firm sells is not told")
            let town = try bench.office.regions.find("永中街道").id.number
            let limited = try await bench.token(["enterprises.read", "questions.ask"], region: town)
            for uri in [
                "/api/v1/enterprises", "/api/v1/questions/enterprise/rows", "/api/v1/bulk/enterprise",
                "/api/v1/enterprises?region=%E7%8A%B6%E5%85%83%E8%A1%97%E9%81%93",
            ] {
                let answer = try await bench.ask(uri, token: limited)
                #expect(answer.status == 200 && !answer.text.contains("示例乙厂") && !answer.text.contains("示例丙厂"), "\(uri)")
            }
            #expect(try await bench.ask("/api/v1/enterprises", token: limited).text.contains("示例甲厂"))
            #expect(try await bench.ask("/api/v1/enterprises/2", token: limited).status == 404)
            let count = try await bench.ask("/api/v1/questions/enterprise", token: limited).json()["value"] as? Int
            #expect(count == 1)
        }
    }

    @Test("end when they expire or are revoked; the store never knows them, and a cookie beside one counts for nothing")
    func ends() async throws {
        try await InterfaceBench.with { bench in
            let token = try await bench.token(["questions.ask"], days: 3)
            #expect(token.hasPrefix("hmk_") && token.count == 68)
            #expect(try await bench.ask("/api/v1/facts", token: token).status == 200)
            #expect(try await bench.ask("/api/v1/enterprises", token: token, as: .local).status == 403)
            #expect(try await bench.ask("/api/v1/facts", token: "hmk_x", as: .local).status == 401)
            #expect(try await bench.ask("/api/v1/facts", as: .local, ["Authorization": "Basic eDp5"]).status == 401)
            let rows = try await bench.office.store.read { try $0.rows("select digest from access_token_key") }
            #expect(rows.map { $0.text(0) } == [sha256(Array(token.utf8))])
            bench.clock.move(days: 3)
            #expect(try await bench.ask("/api/v1/facts", token: token).status == 200, "the last day is a good one")
            bench.clock.move(days: 1)
            #expect(try await bench.ask("/api/v1/facts", token: token).status == 401)
            let second = try await bench.token(["questions.ask"])
            let id = try #require(try await bench.tokens.list().first?.token.id)
            try await RevokeToken(id).perform(on: bench.tokens, by: InterfaceBench.administrator, request: "revoke")
            #expect(try await bench.ask("/api/v1/facts", token: second).status == 401)
            #expect(try await bench.office.store.verify().findings == [])
        }
    }

    @Test("are issued within rights, purpose and days alone; a repeated request shows no token again")
    func issuing() async throws {
        try await InterfaceBench.with { bench in
            func code(_ issue: IssueToken, by actor: Actor = InterfaceBench.administrator) async -> String? {
                do {
                    _ = try await issue.forSystem(bench.tokens, by: actor, request: UUID().uuidString)
                    return nil
                } catch { return (error as? Failure)?.code }
            }
            let good = IssueToken(title: "甲", purpose: "乙", rights: ["questions.ask"], days: 366)
            #expect(await code(good) == nil)
            #expect(await code(good, by: .local) == "access.role")
            #expect(await code(IssueToken(title: "", purpose: "乙", rights: ["questions.ask"], days: 1)) == "token.title")
            #expect(await code(IssueToken(title: "甲", purpose: "", rights: ["questions.ask"], days: 1)) == "token.purpose")
            #expect(await code(IssueToken(title: "甲", purpose: "乙", rights: [], days: 1)) == "token.rights")
            #expect(await code(IssueToken(title: "甲", purpose: "乙", rights: ["questions.read-journal"], days: 1)) == "token.rights")
            #expect(await code(IssueToken(title: "甲", purpose: "乙", rights: ["questions.ask"], days: 367)) == "token.days")
            #expect(await code(IssueToken(title: "甲", purpose: "乙", rights: ["questions.ask"], region: 5, days: 1)) == "token.region")
            let first = try await good.forSystem(bench.tokens, by: InterfaceBench.administrator, request: "same")
            let repeated = try await good.forSystem(bench.tokens, by: InterfaceBench.administrator, request: "same")
            #expect(first != nil && repeated == nil)
        }
    }

    @Test("are issued and revoked on pages, shown once; a form with something wrong comes back")
    func pages() async throws {
        try await InterfaceBench.with { bench in
            let door = OneVisitor(actor: InterfaceBench.administrator)
            try await SiteBrowser.open(bench.routes, clock: bench.office.clock, doorkeeper: door) { browser in
                let fields = [("title", "<b>平台</b>"), ("purpose", "核对"), ("right", "questions.ask"), ("days", "10")]
                let wrong = try await browser.post("/tokens", from: "/tokens", Array(fields.dropLast(2)) + [("days", "400")])
                #expect(wrong.status == 422 && wrong.text.contains("至少选一项") && wrong.text.contains("请填写 1 到 366 之间的数"))
                let made = try await browser.post("/tokens", from: "/tokens", fields)
                let token = try #require(made.text.firstMatch(of: /hmk_[0-9a-f]{64}/)).output
                #expect(made.status == 200)
                let list = try await browser.get("/tokens").text
                #expect(!list.contains(token) && list.contains("&lt;b&gt;平台") && !list.contains("<b>平台") && list.contains("2026-03-12"))
                #expect(try await browser.post("/tokens/1/revoke", from: "/tokens", []).status == 303)
                #expect(try await browser.get("/tokens").text.contains("已撤销"))
                #expect(try await bench.ask("/api/v1/facts", token: String(token)).status == 401)
            }
        }
    }

    @Test("of one's own reach as far as one does that day, and end with the account")
    func own() async throws {
        try await InterfaceBench.with { bench in
            var accounts = AccountOffice(
                store: bench.office.store, rules: AccountBench.rules, clock: bench.office.store.clock, random: bench.tokens.random,
                places: { _ in AccountPlaces(government: nil, towns: []) })
            accounts.endTokens = PersonTokens.end
            let manage = ManageAccounts(accounts, by: InterfaceBench.administrator)
            let (id, _) = try await manage.create(PersonDraft(account: "li", name: "李四", role: .programmeOffice), request: "make")
            let person = try await bench.office.store.read { try PersonStore.person(id, $0) }
            let issue = IssueToken(title: "脚本", purpose: "月报", rights: ["questions.ask", "enterprises.read"], days: 10)
            let token = try #require(try await issue.forOneself(bench.tokens, person: id, by: person.actor, request: "own"))
            let dossier = try await bench.ask("/api/v1/enterprises/1", token: token).json()
            #expect(dossier["accounts"] is [Any], "the office sees what is its own")
            await #expect(throws: Failure.self) {
                try await IssueToken(title: "脚本", purpose: "月报", rights: ["interface.read-metrics"], days: 10)
                    .forOneself(bench.tokens, person: id, by: person.actor, request: "more")
            }
            try await manage.change(id, to: PersonDraft(account: "li", name: "李四", role: .leader), readVersion: nil, request: "demote")
            #expect(try await bench.ask("/api/v1/enterprises/1", token: token).status == 403)
            try await manage.setEnabled(false, id, request: "off")
            #expect(try await bench.ask("/api/v1/facts", token: token).status == 401)
            try await manage.setEnabled(true, id, request: "on")
            #expect(try await bench.ask("/api/v1/facts", token: token).status == 401, "what was ended does not come back")
            let listed = try await bench.tokens.list()
            #expect(listed.allSatisfy(\.token.isRevoked) && listed.contains { $0.usedAt != nil }, "its last use is still told")
            for end in ["link", "sessions", "own"] {
                try await manage.change(
                    id, to: PersonDraft(account: "li", name: "李四", role: .programmeOffice), readVersion: nil, request: end)
                let again = try #require(try await issue.forOneself(bench.tokens, person: id, by: person.actor, request: "again" + end))
                #expect(try await bench.ask("/api/v1/facts", token: again).status == 200)
                switch end {
                case "link": try await UseLink(accounts, token: manage.issueLink(id)).setPassword("Another-Horse-8")
                case "sessions": _ = try await SignOut(accounts).endAll(of: id, by: InterfaceBench.administrator, request: "all")
                default:
                    let opened = try await SignIn(accounts, browser: "").enter(name: "li", password: "Another-Horse-8")
                    _ = try await OwnAccount(accounts, id, token: opened.token, browser: "").changePassword(
                        from: "Another-Horse-8", to: "Third-Horse-9")
                }
                #expect(try await bench.ask("/api/v1/facts", token: again).status == 401, "\(end)")
            }
            #expect(try await bench.office.store.verify().findings == [])
            await #expect(throws: Failure.self) {
                try await RevokeToken(ID(1)).perform(on: bench.tokens, by: person.actor, person: ID(99), request: "not mine")
            }
        }
    }

    @Test("leave a record of every query with its purpose, refused ones too, that auditors read", arguments: TestEngine.available)
    func record(_ engine: TestEngine) async throws {
        try await InterfaceBench.with(engine) { bench in
            let token = try await bench.token(["questions.ask"])
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<12 { group.addTask { try await bench.ask("/api/v1/facts", token: token).status } }
                for try await status in group { #expect(status == 200) }
            }
            _ = try await bench.ask("/api/v1/enterprises?q=%E7%94%B2", token: token, ["Purpose": "%E5%A4%8D%E6%A0%B8"])
            _ = try await bench.ask("/api/v1/facts", as: .local)
            let page = try await bench.ask("/tokens/queries", as: Actor(name: "a", role: .auditor))
            #expect(page.status == 200 && page.text.contains("复核") && page.text.contains("/api/v1/enterprises?q="))
            #expect(page.text.matches(of: /核对抽查结果/).count == 12, "a session's own reading is no outside query")
            #expect(page.text.contains(">403<"))
            #expect(try await bench.ask("/tokens/queries", as: .local).status == 403)
            let listed = try await bench.ask("/tokens", as: InterfaceBench.administrator)
            #expect(listed.text.contains("征信平台") && listed.text.contains("2026-03-02 12:00") && !listed.text.contains(token))
            bench.clock.move(days: 187)
            _ = try await bench.ask("/api/v1/facts", token: try await bench.token(["questions.ask"]))
            let left = try await bench.office.store.read { try $0.integer("select count(*) from outside_query") }
            #expect(left == 1, "kept for the months that the rules name, no longer")
        }
    }

    @Test("leave a record where the requests' clock is not the machine's, as in a demonstration")
    func otherClock() async throws {
        try await InterfaceBench.with { bench in
            let yearsAgo = Moment(milliseconds: bench.tokens.clock.now().milliseconds - 20 * 365 * 86_400_000)
            let query = OutsideQuery(
                time: yearsAgo, token: 1, purpose: "核对", route: "/api/v1/facts", address: "/api/v1/facts", status: 200, request: "r1")
            try await TokenDoor(bench.tokens).record(query)
            #expect(try await bench.office.store.read { try $0.integer("select count(*) from outside_query") } == 1)
        }
    }

    @Test("have a burst of a minute's requests, and then each its share of the minute")
    func burst() throws {
        let allowance = RequestAllowance(perMinute: 3)
        let start = ContinuousClock.now
        for _ in 0..<3 { try allowance.take("one", now: start) }
        for (seconds, isTaken) in [(1, false), (19, false), (20, true), (21, false), (41, true)] {
            let outcome = Result { try allowance.take("one", now: start + .seconds(seconds)) }
            #expect(((try? outcome.get()) != nil) == isTaken, "after \(seconds) s")
        }
        try allowance.take("other", now: start)
    }

    @Test("are held to so many requests a minute; others go on")
    func allowance() async throws {
        try await InterfaceBench.with(perMinute: 1) { bench in
            let (one, other) = (try await bench.token(["questions.ask"]), try await bench.token(["questions.ask"]))
            #expect(try await bench.ask("/api/v1/facts", token: one).status == 200)
            let refused = try await bench.ask("/api/v1/facts", token: one)
            #expect(refused.header("Retry-After") == "10" && refused.text.contains("request.too-many") && refused.status == 429)
            #expect(try await bench.ask("/api/v1/facts", token: other).status == 200)
        }
    }

    @Test("health and readiness are told to anybody, metrics behind a proxy to a token of that scope")
    func watching() async throws {
        try await InterfaceBench.with { bench in
            #expect(try await bench.ask("/health").text == "{\"status\":\"alive\"}")
            #expect(try await bench.ask("/ready").text == "{\"status\":\"ready\",\"position\":1}")
            #expect(try await bench.ask("/metrics").text == "hallmark_up 1\n")
            let origin = "https://biaogan.example"
            #expect(try await bench.ask("/metrics", origin: origin).status == 403)
            let (token, other) = (try await bench.token(["interface.read-metrics"]), try await bench.token(["questions.ask"]))
            #expect(try await bench.ask("/metrics", token: token, origin: origin).status == 200)
            #expect(try await bench.ask("/metrics", token: other, origin: origin).status == 403)
            try await bench.office.store.keep { _ = try $0.run("insert into migration (name, checksum) values ('newer-0001', 'x')") }
            let unready = try await bench.ask("/ready")
            #expect(unready.status == 503 && unready.text.contains("store.newer"))
        }
    }

    @Test("measurements are written as Prometheus reads them")
    func prometheus() {
        let metrics = PrometheusText()
        metrics.makeTimer(label: "hallmark_test_seconds", dimensions: [("kind", "a\"b")]).recordNanoseconds(30_000_000)
        metrics.makeTimer(label: "hallmark_test_seconds", dimensions: [("kind", "a\"b")]).recordNanoseconds(60_000_000_000)
        metrics.makeCounter(label: "other_count", dimensions: []).increment(by: 1)
        let text = metrics.text(gauges: [("hallmark_memory_bytes", 5)])
        #expect(text.hasPrefix("# TYPE hallmark_test_seconds histogram\nhallmark_test_seconds_bucket{kind=\"a\\\"b\",le=\"0.005\"} 0\n"))
        #expect(text.contains("le=\"0.05\"} 1\n") && text.contains("le=\"10\"} 1\n") && text.contains("le=\"+Inf\"} 2\n"))
        #expect(
            text.contains("hallmark_test_seconds_count{kind=\"a\\\"b\"} 2\n")
                && text.hasSuffix("# TYPE hallmark_memory_bytes gauge\nhallmark_memory_bytes 5\n"))
        #expect(!text.contains("other"))
    }
}
