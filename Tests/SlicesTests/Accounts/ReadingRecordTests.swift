import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("The record of who read confidential pages")
struct ReadingRecordTests {
    private func page(_ bench: AccountBench, _ name: String, _ path: String, purpose: String? = nil) -> SeenPage {
        SeenPage(time: bench.clock.clock.now(), actor: Actor(name: name, role: .departmentOfficer), page: path, purpose: purpose)
    }

    @Test("is written beside the answers, in order, with who, when, what and why", arguments: TestEngine.available)
    func written(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let record = ReadingRecord(bench.store, pause: .milliseconds(20)) { 6 }
            record.note(page(bench, "li", "/enterprises/1"))
            record.note(page(bench, "wang", "/questions/account/export?format=csv", purpose: "年报"))
            record.note(page(bench, "li", "/enterprises/2"))
            try await EndingTests.until { try await bench.store.read { try SeenPageStore.page($0).count } == 3 }
            let (all, own) = try await bench.store.read { session in
                (try SeenPageStore.page(session).map(\.seen), try SeenPageStore.page(actor: "li", limit: 1, session))
            }
            #expect(all.map(\.page) == ["/enterprises/2", "/questions/account/export?format=csv", "/enterprises/1"])
            #expect(all[1].purpose == "年报" && all[1].role == "department-officer" && all[1].time == bench.clock.clock.now())
            #expect(own.map(\.seen.page) == ["/enterprises/2"])
        }
    }

    @Test("keeps six months whatever the rules say, and lets older lines go", arguments: TestEngine.available)
    func kept(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let record = ReadingRecord(bench.store) { 1 }
            record.note(page(bench, "li", "/old"))
            await record.flush()
            bench.clock.move(days: 184)
            record.note(page(bench, "li", "/new"))
            await record.flush()
            let both = try await bench.store.read { try SeenPageStore.page($0).map(\.seen.page) }
            #expect(both == ["/new", "/old"])
            bench.clock.move(days: 10)
            record.note(page(bench, "li", "/newer"))
            await record.flush()
            #expect(try await bench.store.read { try SeenPageStore.page($0).map(\.seen.page) } == ["/newer", "/new"])
            #expect(try await bench.store.verify().findings == [])
        }
    }
}
