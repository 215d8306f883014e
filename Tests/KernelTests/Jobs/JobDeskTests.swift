import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Jobs

/// Jobs of one process as another one sees them: two desks, each with an engine of its own on one store.
@Suite("Jobs in several processes")
struct JobDeskTests {
    /// Work that ends when the test says so.
    private final class Gate: Sendable {
        private let open = DispatchSemaphore(value: 0)
        func wait() async {
            await withCheckedContinuation { done in
                DispatchQueue.global().async {
                    self.open.wait()
                    done.resume()
                }
            }
        }
        func release() { open.signal() }
    }

    private static let wish = JobWish("question", "/questions/batch?known=4", title: "按产品", actor: .local, position: 4, isLong: true)

    private func with(
        _ engine: TestEngine, patience: Duration = .milliseconds(50),
        _ body: (_ here: JobDesk<String>, _ there: JobDesk<String>, _ store: Store) async throws -> Void
    ) async throws {
        try await TestStores.withPlace(engine) { _, reopen in
            let databases = [try reopen(), try reopen()]
            var desks: [JobDesk<String>] = []
            var stores: [Store] = []
            for database in databases {
                let store = try await Store(database, schema: .kernel + .jobs, clock: TestClock().clock)
                stores.append(store)
                desks.append(JobDesk(store, patience: patience, atOnce: 1) { $0 })
            }
            try await body(desks[0], desks[1], stores[1])
            for database in databases { await database.close() }
        }
    }

    private func until(_ isSo: () async throws -> Bool) async throws {
        for _ in 0..<6000 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it does not come to that")
    }

    @Test("one asked for again elsewhere is found there, with its progress, and then with what it found", arguments: TestEngine.available)
    func shown(_ engine: TestEngine) async throws {
        try await with(engine) { here, there, _ in
            let gate = Gate()
            let job = try await here.ask(Self.wish) { progress in
                _ = progress.tell { $0 = JobProgress.Told(stage: "walking", done: 10, total: 40) }
                await gate.wait()
                return "forty"
            }
            #expect(job.isOpen)
            // On a slow machine the page is answered before the store knows of the job.
            try await until { try await there.job(job.id) != nil }
            let seen = try await there.ask(Self.wish) { _ in
                Issue.record("walked twice")
                return ""
            }
            #expect(seen.id == job.id && seen.isOpen && seen.wish.title == "按产品")
            try await until { try await there.job(job.id)?.told == JobProgress.Told(stage: "walking", done: 10, total: 40) }
            #expect(try await there.openSubjects(kinds: ["question"]) == [Self.wish.subject])
            gate.release()
            try await until { try await there.job(job.id)?.state == .finished }
            #expect(try await there.foundText(job.id) == "forty")
            #expect(await here.found(job.id) == "forty")
            #expect(try await there.ask(Self.wish) { _ in "walked twice" }.id == job.id)
        }
    }

    @Test("what is short is told to nobody", arguments: TestEngine.available)
    func short(_ engine: TestEngine) async throws {
        try await with(engine, patience: .seconds(3600)) { here, _, store in
            let job = try await here.ask(Self.wish) { _ in "at once" }
            #expect(job.state == .finished)
            let told = try await store.read { try $0.integer("select count(*) from job") }
            #expect(told == 0)
        }
    }

    @Test("every process tells how much is worked on and how much waits, whichever process does it", arguments: TestEngine.available)
    func gauges(_ engine: TestEngine) async throws {
        try await with(engine) { here, _, store in
            #expect(await JobGauges.read(store).map(\.value) == [0, 0])
            let gate = Gate()
            for number in 1...3 {
                let wish = JobWish("question", "/questions/\(number)", title: "按产品", actor: .local, position: 4, isLong: true)
                _ = try await here.ask(wish) { _ in
                    await gate.wait()
                    return ""
                }
            }
            try await until { await JobGauges.read(store).map(\.value) == [1, 2] }
            #expect(await JobGauges.read(store).map(\.name) == ["hallmark_jobs_running", "hallmark_jobs_waiting"])
            for _ in 1...3 { gate.release() }
            try await until { await JobGauges.read(store).map(\.value) == [0, 0] }
        }
    }

    @Test("any process can stop it; the one that works on it hears that", arguments: TestEngine.available)
    func stopped(_ engine: TestEngine) async throws {
        try await with(engine) { here, there, _ in
            let job = try await here.ask(Self.wish) { progress in
                while progress.tell({ $0.done += 1 }) { try? await Task.sleep(for: .milliseconds(5)) }
                throw Failure(.refused, "test.stopped", "停了")
            }
            // Nobody stops what is not shown there yet.
            try await until { try await there.job(job.id) != nil }
            try await there.stop(job.id)
            try await until { try await there.job(job.id)?.state == .cancelled }
            #expect(try await here.job(job.id)?.state == .cancelled)
        }
    }

    @Test("what it failed by is told with its sentence and cure", arguments: TestEngine.available)
    func failed(_ engine: TestEngine) async throws {
        let failure = Failure(.conflict, "test.failed", "第4行不对", cure: "改第4行")
        try await with(engine) { here, there, _ in
            let gate = Gate()
            let job = try await here.ask(Self.wish) { _ in
                await gate.wait()
                throw failure
            }
            gate.release()
            try await until { try await there.job(job.id)?.state == .failed(failure) }
        }
    }

    @Test("one whose process has ended is broken off, and is taken up by whoever asks for it", arguments: TestEngine.available)
    func brokenOff(_ engine: TestEngine) async throws {
        try await with(engine, patience: .seconds(3600)) { _, there, store in
            let own = ProcessMark.own
            let dead = ProcessMark(place: own.place, number: own.number, began: "1")
            let far = ProcessMark(place: "elsewhere", number: 7, began: "1")
            let job = Job(id: "a", wish: Self.wish, state: .running)
            _ = try await store.note { try JobStore.tell([JobStore.Line(job: job)], of: dead, $0) }
            #expect(try await there.job("a")?.state == .brokenOff)
            #expect(try await there.openSubjects(kinds: ["question"]) == [])
            #expect(try await there.ask(Self.wish) { _ in "taken up" }.state == .finished)

            // Of a process on another machine only its last word is known.
            let distant = Job(id: "b", wish: Self.wish, state: .running)
            _ = try await store.note { try JobStore.tell([JobStore.Line(job: distant)], of: far, $0) }
            #expect(try await there.job("b")?.state == .running)
            _ = try await store.note { try $0.run("update job set seen_at = seen_at - 20000 where id = 'b'") }
            #expect(try await there.job("b")?.state == .brokenOff)
            _ = try await store.note { try $0.run("update job set seen_at = seen_at - 3600000") }
            _ = try await store.note { try JobStore.tell([], of: own, $0) }
            #expect(try await store.read { try $0.integer("select count(*) from job") } == 0)
        }
    }

    @Test("long ones wait for each other, short ones for nobody; a waiting one that is stopped never begins")
    func order() async throws {
        try await with(.sqlite) { here, _, _ in
            let gate = Gate()
            let first = try await here.ask(Self.wish) { _ in
                await gate.wait()
                return "first"
            }
            let other = JobWish("question", "/other", actor: .local, position: 4, isLong: true)
            let second = try await here.ask(other) { _ in
                Issue.record("it began")
                return ""
            }
            #expect(first.state == .running && second.state == .waiting)
            let short = JobWish("import.check", "import/1", actor: .local, position: 4, isLong: false)
            let brief = try await here.ask(short) { _ in "short" }
            try await until { try await here.job(brief.id)?.state == .finished }
            #expect(try await here.job(first.id)?.state == .running)
            try await here.stop(second.id)
            gate.release()
            try await until { try await here.job(first.id)?.state == .finished }
            #expect(try await here.job(second.id)?.state == .cancelled)
        }
    }
}
