import Enterprises
import Evidence
import Foundation
import Storage
import Testing
import Values

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

    @Test("what counters have, or a small table, is no job")
    func short() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero)
        #expect(try await jobs.job(for: Question("batch"), sentence: "", asking: asking(fixture)) == nil)
        #expect(try await jobs.job(for: Self.question, sentence: "", asking: asking(fixture, rowsAtOnce: 100)) == nil)
    }

    @Test("a job answers as the rows do, keeps its position, and is not worked on twice")
    func answer() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero)
        let asking = asking(fixture)
        let job = try #require(try await jobs.job(for: Self.question, sentence: "按产品", asking: asking))
        #expect(job.question.known == 4)
        var now = job
        for _ in 0..<500 where now.isOpen {
            try await Task.sleep(for: .milliseconds(10))
            now = try #require(await jobs.job(job.id, of: .local))
        }
        guard case .finished = now.state else { 
            Issue.record("\(now.state)")
            return
        }
        #expect(now.progress?.done == 4)
        #expect(try await jobs.job(for: job.question, sentence: "", asking: asking) == nil)
        let kept = jobs.asking(asking)
        let plain = asking
        let (found, counted) = try await fixture.office.store.read { session in
            (try kept.ask(job.question, session), try plain.ask(job.question, session))
        }
        #expect(found.groups.map(\.figure) == counted.groups.map(\.figure))
        #expect(found.figure == counted.figure)
        #expect(await jobs.job(job.id, of: Actor(name: "别人", role: .townOfficer)) == nil)
    }

    @Test("at most two are worked on; a waiting one can be cancelled and never begins")
    func limit() async throws {
        let fixture = try await QuestionFixture()
        let jobs = QuestionJobs(fixture.office.store, patience: .zero)
        let gate = DispatchSemaphore(value: 0)
        let held = asking(fixture, rowsAtOnce: 0).keeping { question in
            if question.by == ["product"] { gate.wait() }
            return nil
        }
        var ids: [String] = []
        for known in 1...3 as ClosedRange<Int64> {
            var question = Self.question
            question.known = known
            guard let job = try await jobs.job(for: question, sentence: "\(known)", asking: held) else { continue }
            ids.append(job.id)
        }
        #expect(ids.count == 3)
        let states = await withTaskGroup(of: (Int, Bool).self) { group in
            for (place, id) in ids.enumerated() { group.addTask { (place, await jobs.job(id, of: .local)?.isWaiting ?? false) } }
            return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
        }
        #expect(states == [0: false, 1: false, 2: true])
        await jobs.cancel(ids[2], of: .local)
        for _ in 0..<6 { gate.signal() }
        guard case .cancelled = await jobs.job(ids[2], of: .local)?.state else { 
            Issue.record("not cancelled")
            return
        }
    }

    @Test("a job tells scripts how far it is; one that is not there is said so")
    func page() async throws {
        let job = QuestionJobs.Job(
            id: "a", question: Self.question, sentence: "抽查批次 · 按产品", actor: .local, state: .running, progress: (2_500_000, 10_000_000))
        #expect(JobPages.json(job).text.contains(#""state":"running","done":2500000,"total":10000000"#))
        let missing = try await QuestionFixture().get("/jobs/none")
        #expect(missing.status == 404 && missing.text.contains("没有这项统计"))
    }
}
