import Enterprises
import Evidence
import Foundation
import Jobs
import Storage
import Synchronization
import Testing
import Values
import WebSupport

@testable import Questions

@Suite("Long questions")
struct QuestionJobsTests {
    private static let question = Question("batch", metric: "pass-rate", by: ["product"])

    private func asking(_ fixture: QuestionFixture, rowsAtOnce: Int64 = 2) -> Asking {
        var asking = Asking(catalogue: QuestionFixture.catalogue, viewer: Viewer(.local), regions: fixture.office.regions)
        asking.rowsAtOnce = rowsAtOnce
        asking.stretch = 1
        return asking
    }

    private func read(_ jobs: QuestionJobs, _ question: Question = question, _ asking: Asking) async throws -> QuestionJobs.Reading<Answer>
    {
        try await jobs.read(question, sentence: "", page: Address("questions", question.fact), asking: asking) { asking, known, session in
            try asking.ask(question.at(known ?? question.known), session)
        }
    }

    /// The same, held back until the gate opens.
    private func read(_ jobs: QuestionJobs, _ asking: Asking, _ gate: DispatchSemaphore) async throws -> QuestionJobs.Reading<Answer> {
        try await jobs.read(Self.question, sentence: "", page: Address("questions", "batch"), asking: asking) { asking, known, session in
            if known != nil { gate.wait() }
            return try asking.ask(Self.question.at(known), session)
        }
    }

    @Test("what counters have, or a small table, is no job")
    func short() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero)
        guard case .read = try await read(jobs, Question("batch"), asking(fixture)) else { throw Waited() }
        guard case .read = try await read(jobs, Self.question, asking(fixture, rowsAtOnce: 100)) else { throw Waited() }
    }

    @Test("a job answers as the rows do, keeps its position, and its page is read at once when it is done")
    func answer() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero)
        let asking = asking(fixture)
        let gate = DispatchSemaphore(value: 0)
        guard case .waits(let job) = try await read(jobs, asking, gate) else { throw Waited() }
        for _ in 0..<4 { gate.signal() }
        #expect(job.wish.position == 4)
        #expect(job.page.description == "/questions/batch?known=4")
        var now = job
        for _ in 0..<500 where now.isOpen {
            try await Task.sleep(for: .milliseconds(10))
            now = try #require(try await jobs.job(job.id, of: .local))
        }
        guard case .finished = now.state else {
            Issue.record("\(now.state)")
            return
        }
        #expect(now.told.done == 4)
        let pinned = Self.question.at(4)
        guard case .read(let found) = try await read(jobs, pinned, asking) else { throw Waited() }
        let counted = try await fixture.office.store.read { try asking.ask(pinned, $0) }
        #expect(found.groups.map(\.figure) == counted.groups.map(\.figure))
        #expect(found.figure == counted.figure)
        #expect(try await jobs.job(job.id, of: Actor(name: "别人", role: .townOfficer)) == nil)
    }

    @Test("another process shows the job, and its answer without walking again")
    func elsewhere() async throws {
        let fixture = try await QuestionFixture()
        let (here, there) = (QuestionJobs(fixture.office.store, patience: .zero), QuestionJobs(fixture.office.store, patience: .zero))
        let gate = DispatchSemaphore(value: 0)
        guard case .waits(let job) = try await read(here, asking(fixture), gate) else { throw Waited() }
        for _ in 0..<4 { gate.signal() }
        for _ in 0..<500 where try await there.job(job.id, of: .local)?.isOpen != false { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try await there.job(job.id, of: .local)?.state == .finished)
        #expect(try await there.job(job.id, of: Actor(name: "别人", role: .townOfficer)) == nil)
        let walks = Walks()
        let reading = try await there.read(
            Self.question.at(4), sentence: "", page: Address("questions", "batch"), asking: asking(fixture)
        ) { asking, known, session in
            walks.note()
            return try asking.ask(Self.question.at(known ?? 4), session)
        }
        guard case .read(let found) = reading else { throw Waited() }
        // Once refused as long, once with what the other process had left.
        #expect(walks.count == 2)
        let counted = try await fixture.office.store.read { try asking(fixture).ask(Self.question.at(4), $0) }
        #expect(found.groups.map(\.figure) == counted.groups.map(\.figure) && found.figure == counted.figure)
    }

    private final class Walks: Sendable {
        private let number = Mutex(0)
        var count: Int { number.withLock { $0 } }
        func note() { number.withLock { $0 += 1 } }
    }

    @Test("a page that waits a moment for a short job shows the answer itself")
    func patience() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .seconds(20))
        guard case .read(let found) = try await read(jobs, Self.question, asking(fixture)) else { throw Waited() }
        #expect(!found.groups.isEmpty)
    }

    @Test("at most so many are worked on; a waiting one can be cancelled and never begins")
    func limit() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero, atOnce: 2)
        let gate = DispatchSemaphore(value: 0)
        var ids: [String] = []
        for known in 1...3 as ClosedRange<Int64> {
            let reading = try await jobs.read(
                Self.question.at(known), sentence: "", page: Address("questions", "batch"), asking: asking(fixture, rowsAtOnce: 0)
            ) { asking, position, session in
                if position != nil { gate.wait() }
                return try asking.ask(Self.question.at(known), session)
            }
            guard case .waits(let job) = reading else { continue }
            ids.append(job.id)
        }
        #expect(ids.count == 3)
        var waiting: [Bool] = []
        for id in ids { waiting.append(try await jobs.job(id, of: .local)?.state == .waiting) }
        #expect(waiting == [false, false, true])
        try await jobs.cancel(ids[2], of: .local)
        for _ in 0..<6 { gate.signal() }
        #expect(try await jobs.job(ids[2], of: .local)?.state == .cancelled)
    }

    @Test("a job tells scripts how far it is; one that is not there is said so")
    func page() async throws {
        let wish = JobWish("question", "/questions/batch", title: "抽查批次 · 按产品", actor: .local, position: 4, isLong: true)
        let job = Job(id: "a", wish: wish, state: .running, told: JobProgress.Told(done: 2_500_000, total: 10_000_000))
        #expect(JobPages.json(job).text.contains(#""state":"running","done":2500000,"total":10000000"#))
        let missing = try await QuestionFixture().get("/jobs/none")
        #expect(missing.status == 404 && missing.text.contains("没有这项统计"))
    }

    /// A page that was to be there at once.
    private struct Waited: Error {}
}
