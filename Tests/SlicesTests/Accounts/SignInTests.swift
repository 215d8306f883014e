import Foundation
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Accounts

@Suite("Signing in")
struct SignInTests {
    @Test(
        "an unknown name, a wrong password and a disabled account get the same answer, and are locked alike",
        arguments: TestEngine.available)
    func sameAnswer(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let off = try await bench.open("off", .leader, by: admin)
            try await ManageAccounts(bench.office, by: admin.actor).setEnabled(false, off.id, request: "1")
            for (name, password) in [("admin", "wrong"), ("nobody", AccountBench.password), ("off", AccountBench.password)] {
                var codes: [String?] = []
                for _ in 0..<4 { codes.append(await bench.refusal { _ = try await bench.enter(name, password) }?.code) }
                #expect(codes == ["sign-in.wrong", "sign-in.wrong", "sign-in.wrong", "sign-in.locked"], "\(name)")
            }
            #expect(await bench.refusal { _ = try await bench.enter("admin") }?.message == "错误次数过多，30 分钟后才能再试。")
            bench.clock.move(milliseconds: 30 * 60_000)
            #expect(try await bench.enter("  ADMIN ").stage == .full)
            try await Self.until {
                try await bench.store.read { try $0.integer("select count(*) from journal where action = 'accounts.lock'") } == 1
            }
        }
    }

    /// Locks are written beside the answer.
    private static func until(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<200 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not happen within four seconds")
    }

    @Test(
        "the store holds a digest of the session, never the token; neither journal nor store holds a password",
        arguments: TestEngine.available)
    func secrets(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let (_, link) = try await ManageAccounts(bench.office, by: admin.actor).create(
                PersonDraft(account: "li", name: "李", role: .leader), request: "1")
            let token = try await bench.enter("admin").token
            let texts = try await bench.store.read { session in
                try [
                    "select detail || reason || subject from journal", "select answer || id from request", "select digest from web_session",
                    "select digest from account_link", "select password from credential", "select digest from sign_in",
                    "select value from setting",
                ].flatMap { (sql: SQL) in try session.rows(sql).map { $0.text(0) } }
            }
            for secret in [token, try #require(link), AccountBench.password] {
                #expect(!texts.contains { $0.contains(secret) })
            }
            #expect(texts.contains(AccountOffice.digest(token)))
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test("a hash is made anew at sign-in when the cost has risen", arguments: TestEngine.available)
    func cost(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            var rules = AccountBench.rules
            rules.passwordCost = 6
            let later = AccountBench.office(bench.store, rules)
            _ = try await SignIn(later, browser: "").enter(name: "admin", password: AccountBench.password)
            let kept = try await bench.store.read { try CredentialStore.credential(admin.id, $0)?.password }
            #expect(kept?.hasPrefix("scrypt$6$") == true)
            #expect(try await bench.enter("admin").stage == .full)
        }
    }

    @Test("a code counts once, a recovery code too, and wrong codes lock", arguments: TestEngine.available)
    func secondFactor(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let first = try await bench.enter("admin")
            let own = OwnAccount(bench.office, admin.id, token: first.token, browser: "")
            try await own.beginFactor(password: AccountBench.password)
            let secret = try #require(try await own.factor().pending)
            let codes = TimedCode(secret: try #require(Base32.bytes(secret)))
            func now() -> String { codes.code(step: TimedCode.step(bench.office.now)) }
            let (recovery, token) = try await own.confirmFactor(code: now())
            #expect(token != first.token && recovery.count == 10)
            #expect(try await bench.door.visitor(session: first.token).account == nil)
            #expect(try await bench.door.visitor(session: token).errand == nil)

            let half = try await bench.enter("admin")
            #expect(half.stage == .code)
            let visitor = try await bench.door.visitor(session: half.token)
            #expect(visitor.actor.role == .visitor && visitor.errand?.description == "/sign-in/code")
            let signIn = SignIn(bench.office, browser: "")
            #expect(await bench.refusal { _ = try await signIn.confirm(code: now(), token: half.token) }?.code == "sign-in.wrong-code")
            bench.clock.move(milliseconds: 30_000)
            let full = try await signIn.confirm(code: now(), token: half.token)
            #expect(full.stage == .full && full.token != half.token)
            #expect(await bench.refusal { _ = try await signIn.confirm(code: now(), token: half.token) }?.code == "access.sign-in")

            let second = try await bench.enter("admin")
            _ = try await signIn.confirm(code: recovery[0].uppercased(), token: second.token)
            let third = try await bench.enter("admin")
            for code in [recovery[0], "000", "001"] {
                #expect(await bench.refusal { _ = try await signIn.confirm(code: code, token: third.token) }?.code == "sign-in.wrong-code")
            }
            #expect(await bench.refusal { _ = try await signIn.confirm(code: recovery[1], token: third.token) }?.code == "sign-in.locked")
        }
    }

    @Test("a known password does not buy new guesses at the code", arguments: TestEngine.available)
    func guesses(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            try await bench.store.keep {
                try CredentialStore.setFactor(
                    AccountBench.keys.seal("MZXW6YTBOI", of: admin.id, random: AccountBench.random), step: 0, of: admin.id, $0)
            }
            let signIn = SignIn(bench.office, browser: "")
            var refused: [String?] = []
            for _ in 0..<4 {
                refused.append(
                    await bench.refusal {
                        let half = try await bench.enter("admin")
                        _ = try await signIn.confirm(code: "1", token: half.token)
                    }?.code)
            }
            #expect(refused == ["sign-in.wrong-code", "sign-in.wrong-code", "sign-in.wrong-code", "sign-in.locked"])
        }
    }

    @Test("roles that must have a second factor are led to it, and an old password to its change", arguments: TestEngine.available)
    func stages(_ engine: TestEngine) async throws {
        var rules = AccountBench.rules
        rules.secondFactor = [.administrator]
        try await AccountBench.with(engine, rules: rules) { bench in
            let admin = try await bench.found()
            #expect(try await bench.enter("admin").stage == .enrol)
            bench.clock.move(days: 90)
            let due = try await bench.enter("admin")
            #expect(due.stage == .password)
            let own = OwnAccount(bench.office, admin.id, token: due.token, browser: "")
            let token = try await own.changePassword(from: AccountBench.password, to: "Another-Horse-8")
            #expect(try await bench.door.visitor(session: token).errand?.description == "/account/second-factor")
            #expect(await bench.refusal { _ = try await bench.enter("admin") }?.code == "sign-in.wrong")
        }
    }

    @Test("records of sign-ins are kept for the law's months and no longer", arguments: TestEngine.available)
    func audit(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            _ = await bench.refusal { _ = try await bench.enter("admin", "wrong") }
            bench.clock.move(days: 184)
            func outcomes() async throws -> [SignInRecord.Outcome] {
                try await bench.store.read { try SignInStore.records(of: admin.id, limit: 9, $0).map(\.outcome) }
            }
            _ = try await bench.enter("admin")
            #expect(try await outcomes() == [.entered, .wrongPassword])
            bench.clock.move(days: 3)
            _ = try await bench.enter("admin")
            #expect(try await outcomes() == [.entered, .entered])
        }
    }
}
