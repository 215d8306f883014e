import Foundation
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Accounts

@Suite("Sessions")
struct SessionTests {
    @Test("end by idleness and after their longest time", arguments: TestEngine.available)
    func ends(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            try await bench.found()
            let idle = try await bench.enter("admin").token
            bench.clock.move(milliseconds: 30 * 60_000 - 1)
            let used = try await bench.enter("admin").token
            #expect(try await bench.door.visitor(session: idle).account != nil)
            // Until the use is noted in the store, beside the answer.
            for _ in 0..<1000 {
                let seen = try await bench.store.read { session in
                    try session.integer("select count(*) from web_session where seen_at = \(bench.office.now.milliseconds)")
                }
                if seen == 2 { break }
                try await Task.sleep(for: .milliseconds(20))
            }
            bench.clock.move(milliseconds: 29 * 60_000)
            bench.office.shelf.clear()
            #expect(try await bench.door.visitor(session: idle).account != nil)
            #expect(try await bench.door.visitor(session: used).account != nil)
            bench.clock.move(milliseconds: 31 * 60_000)
            #expect(try await bench.door.visitor(session: used).account == nil)
            let long = try await bench.enter("admin").token
            for _ in 0..<24 {
                bench.clock.move(milliseconds: 29 * 60_000)
                _ = try await bench.door.visitor(session: long)
                try await bench.store.keep { try WebSessionStore.see(AccountOffice.digest(long), at: bench.office.now, $0) }
                bench.office.shelf.clear()
            }
            #expect(try await bench.door.visitor(session: long).account != nil)
            bench.clock.move(milliseconds: 25 * 60_000)
            #expect(try await bench.door.visitor(session: long).account == nil)
        }
    }

    @Test("end when the account is disabled: here at once, in another process within seconds", arguments: TestEngine.available)
    func disabled(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let person = try await bench.open("li", .leader, by: admin)
            let token = try await bench.enter("li").token
            let elsewhere = AccountDoor(AccountBench.office(bench.store))
            #expect(try await elsewhere.visitor(session: token).actor == person.actor)
            try await ManageAccounts(bench.office, by: admin.actor).setEnabled(false, person.id, request: "off")
            #expect(try await bench.door.visitor(session: token) == .stranger)
            try await Task.sleep(for: SessionShelf.lifetime)
            #expect(try await elsewhere.visitor(session: token) == .stranger)
            try await ManageAccounts(bench.office, by: admin.actor).setEnabled(true, person.id, request: "on")
            bench.office.shelf.clear()
            #expect(try await bench.door.visitor(session: token) == .stranger)
        }
    }

    @Test("end when role or town changes, and the others when the password does", arguments: TestEngine.available)
    func changes(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let person = try await bench.open("li", .townOfficer, town: 11, by: admin)
            let manage = ManageAccounts(bench.office, by: admin.actor)
            let first = try await bench.enter("li").token
            #expect(try await bench.door.visitor(session: first).actor == Actor(name: "li", role: .townOfficer, region: 11))
            try await manage.change(
                person.id, to: PersonDraft(account: "li", name: "李", role: .townOfficer, region: 11), readVersion: nil, request: "a")
            #expect(try await bench.door.visitor(session: first).account != nil)
            try await manage.change(
                person.id, to: PersonDraft(account: "li", name: "李", role: .townOfficer, region: 12), readVersion: nil, request: "b")
            #expect(try await bench.door.visitor(session: first).account == nil)
            let (second, third) = (try await bench.enter("li").token, try await bench.enter("li").token)
            let fresh = try await OwnAccount(bench.office, person.id, token: third, browser: "").changePassword(
                from: AccountBench.password, to: "Another-Horse-8")
            for (token, isIn) in [(second, false), (third, false), (fresh, true)] {
                #expect(try await bench.door.visitor(session: token).account == (isIn ? person.id.number : nil))
            }
            let other = try await bench.enter("li", "Another-Horse-8").token
            try await SignOut(bench.office).end(nil, of: person.id, keeping: other)
            #expect(try await bench.door.visitor(session: fresh).account == nil)
            try await SignOut(bench.office).leave(token: other)
            #expect(try await bench.door.visitor(session: other).account == nil)
        }
    }

    @Test("a key for codes that somebody was shown and never confirmed is forgotten at the next sign-in", arguments: TestEngine.available)
    func pending(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            func own(_ token: String) -> OwnAccount { OwnAccount(bench.office, admin.id, token: token, browser: "") }
            let first = own(try await bench.enter("admin").token)
            try await first.beginFactor(password: AccountBench.password)
            #expect(try await first.factor().pending != nil)
            #expect(try await own(try await bench.enter("admin").token).factor().pending == nil)
        }
    }

    @Test("are read from the store once in a while, not at every page", arguments: TestEngine.available)
    func cheap(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            try await bench.found()
            let token = try await bench.enter("admin").token
            _ = try await bench.door.visitor(session: token)
            // Past the shelf, the store would say otherwise.
            _ = try await bench.store.keep { try $0.run("delete from web_session") }
            #expect(try await bench.door.visitor(session: token).account != nil)
            bench.office.shelf.clear()
            #expect(try await bench.door.visitor(session: token).account == nil)
        }
    }
}
