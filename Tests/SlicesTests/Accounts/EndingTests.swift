import Foundation
import Storage
import Synchronization
import TestSupport
import Testing
import Values
import WebSupport

@testable import Accounts

@Suite("Ends of sessions while a long act is under way")
struct EndingTests {
    /// Holds the store's writing turn until told otherwise.
    private final class LongAct: Sendable {
        private let isOver = Mutex(false)
        private let hasBegun = Mutex(false)

        func run(_ store: Store, _ body: () async throws -> Void) async throws {
            let act = Task {
                try await store.act("test.long", by: .local) { _ in
                    self.hasBegun.withLock { $0 = true }
                    while !self.isOver.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.01) }
                }
            }
            while !hasBegun.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            try await body()
            isOver.withLock { $0 = true }
            _ = try await act.value
        }
    }

    @Test("hold at once here, answer within a page's patience, and are in the store afterwards", arguments: TestEngine.available)
    func ends(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine, patience: .seconds(2)) { bench in
            let admin = try await bench.found()
            let person = try await bench.open("li", .leader, by: admin)
            let (out, kept, other) = (
                try await bench.enter("admin").token, try await bench.enter("admin").token, try await bench.enter("li").token
            )
            try await LongAct().run(bench.store) {
                // The act ends after this: whatever is answered here did not wait for it.
                let left = try await SignOut(bench.office).leave(token: out)
                #expect(left == .waits)
                #expect(try await bench.door.visitor(session: out) == .stranger)
                #expect(try await ManageAccounts(bench.office, by: admin.actor).setEnabled(false, person.id, request: "off") == .waits)
                #expect(try await bench.door.visitor(session: other) == .stranger)
                #expect(try await bench.door.visitor(session: kept).account == admin.id.number)
            }
            try await Self.until {
                try await bench.store.read {
                    try $0.integer("select count(*) from web_session") == 1 && !PersonStore.person(person.id, $0).isEnabled
                }
            }
            bench.office.shelf.clear()
            #expect(try await bench.door.visitor(session: out) == .stranger)
            #expect(try await bench.door.visitor(session: kept).account == admin.id.number)
        }
    }

    @Test("that are refused let the sessions live on", arguments: TestEngine.available)
    func refused(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let token = try await bench.enter("admin").token
            let last = await bench.refusal {
                try await ManageAccounts(bench.office, by: admin.actor).setEnabled(false, admin.id, request: "x")
            }
            #expect(last?.code == "account.last-administrator")
            #expect(try await bench.door.visitor(session: token).account == admin.id.number)
            try await SignOut(bench.office).leave(token: token)
            #expect(try await bench.door.visitor(session: token) == .stranger)
            try await Self.until { try await bench.store.read { try $0.integer("select count(*) from web_session") } == 0 }
        }
    }

    static func until(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<30_000 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not happen within ten minutes")
    }
}

@Suite("The own account's password")
struct OwnPasswordTests {
    @Test("is asked before a second factor is set up, and guesses lock the account and are journaled", arguments: TestEngine.available)
    func factor(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let (token, second) = (try await bench.enter("admin").token, try await bench.enter("admin").token)
            let own = OwnAccount(bench.office, admin.id, token: token, browser: "")
            var codes: [String?] = []
            for _ in 0..<4 { codes.append(await bench.refusal { try await own.beginFactor(password: "nonsense-1A") }?.code) }
            #expect(codes == ["password.wrong", "password.wrong", "password.wrong", "sign-in.locked"])
            #expect(await bench.refusal { try await own.beginFactor(password: AccountBench.password) }?.code == "sign-in.locked")
            #expect(try await own.factor().pending == nil)
            try await EndingTests.until {
                try await bench.store.read { try $0.integer("select count(*) from journal where action = 'accounts.lock'") } == 1
            }
            bench.clock.move(milliseconds: 30 * 60_000)
            let third = try await bench.enter("admin").token
            try await OwnAccount(bench.office, admin.id, token: third, browser: "").beginFactor(password: AccountBench.password)
            #expect(try await own.factor().pending != nil)
            // Whoever holds another session is not shown the key.
            for token in [token, second] { #expect(try await bench.door.visitor(session: token).account == nil) }
        }
    }

    @Test("is not taken while the account is locked, also where the lock came while it was being hashed", arguments: TestEngine.available)
    func race(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let token = try await bench.enter("admin").token
            let own = OwnAccount(bench.office, admin.id, token: token, browser: "")
            let answers = await withTaskGroup(of: String?.self) { group in
                for _ in 0..<8 { group.addTask { await bench.refusal { try await own.beginFactor(password: "nonsense-1A") }?.code } }
                return await group.reduce(into: [String: Int]()) { $0[$1 ?? "in", default: 0] += 1 }
            }
            // No more guesses are answered than the rules allow, however many come at once.
            #expect(answers == ["password.wrong": 3, "sign-in.locked": 5])
        }
    }
}

@Suite("A name that nobody has")
struct UnknownNameTests {
    @Test("costs as many statements as one that somebody has", arguments: TestEngine.available)
    func alike(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            let counting = CountingDatabase(database)
            let store = try await Store(counting, schema: AccountBench.schema, clock: TestClock().clock)
            let bench = AccountBench(store: store, clock: TestClock(), office: AccountBench.office(store))
            let admin = try await bench.found()
            let off = try await bench.open("off", .leader, by: admin)
            _ = try await ManageAccounts(bench.office, by: admin.actor).setEnabled(false, off.id, request: "1")
            // On a slow machine the act is written after the answer; its statements are not those of a sign-in.
            while try await store.read({ try PersonStore.person(off.id, $0).isEnabled }) { try await Task.sleep(for: .milliseconds(10)) }
            var counts: [Int] = []
            for name in ["admin", "nobody", "off"] {
                counting.count.withLock { $0 = 0 }
                #expect(await bench.refusal { _ = try await bench.enter(name, "nonsense-1A") }?.code == "sign-in.wrong")
                counts.append(counting.count.withLock { $0 })
            }
            #expect(Set(counts).count == 1, "\(counts)")
            #expect(try await store.read { try $0.integer("select count(*) from sign_in where person_id = 0") } == 0)
        }
    }
}
