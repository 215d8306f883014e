package import Evidence
import Foundation
package import Storage
package import Values
package import WebSupport

/// Questions that take longer than a page may wait (统计任务): on half of the processors at most, each with its progress, each can be stopped.
///
/// A job is asked at one journal position, so that its answer stays right whatever is written meanwhile. Answers are kept while the
/// process runs; the question's page finds them by question and position.
package actor QuestionJobs {
    package struct Job: Sendable {
        package enum State: Sendable {
            case waiting, running, finished, cancelled
            case failed(Failure)
        }

        package let id: String
        /// With its position.
        package let question: Question
        /// The question in one line.
        package let sentence: String
        /// The page that shows the answer, at the job's position.
        package let page: Address
        package let actor: Values.Actor
        package internal(set) var state: State
        /// Record numbers walked so far, and the last one; nil before it begins.
        package internal(set) var progress: (done: Int64, total: Int64)?
    }

    /// What a page was to show, or the job that reads it first.
    package enum Reading<Value: Sendable>: Sendable {
        case read(Value)
        case waits(Job)
    }

    /// What reads a page: told how to ask, and the position it is pinned to; nil stands for the page's own.
    package typealias Body<Value> = @Sendable (Asking, Int64?, any Storage.Session) throws -> Value

    private struct Entry {
        var job: Job
        let stop: JobProgress
        let work: @Sendable (any Storage.Session) throws -> Void
    }

    private static let keptJobs = 50
    /// Open jobs of one person.
    static let mostOpen = 6
    /// How long a page waits for an answer before it shows the job instead.
    private let patience: Duration
    /// After this a page waits only for what will be there in time.
    private static let firstLook = Duration.milliseconds(120)
    private let atOnce: Int
    private let store: Store
    private let answers = KeptAnswers()
    private var jobs: [String: Entry] = [:]
    private var order: [String] = []
    private var running = 0

    package init(
        _ store: Store, patience: Duration = .seconds(2), atOnce: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    ) {
        self.atOnce = atOnce
        self.store = store
        self.patience = patience
    }

    /// Reads a page at once where counters or few rows answer all that it asks; else a job reads it, and the page is there when the job is done.
    package func read<Value: Sendable>(
        _ question: Question, sentence: String, page: Address, asking: Asking, _ body: @escaping Body<Value>
    ) async throws -> Reading<Value> {
        let shelf = answers.shelf(of: asking.viewer.actor)
        let kept = asking.keeping(shelf)
        do { return .read(try await store.read { try body(kept.refusing, nil, $0) }) } catch is LongQuestion {}
        let position = try await question.known.orHead(of: store)
        let id = try start(question.at(position), sentence, page.replacing("known", position), asking.viewer.actor) { progress, session in
            _ = try body(kept.walking { done, total in try progress.tell(done, total) }, position, session)
        }
        var waited = Duration.zero
        while waited < patience, let job = self[id], job.isOpen, waited < Self.firstLook || job.isNear(after: waited, within: patience) {
            try await Task.sleep(for: .milliseconds(20))
            waited += .milliseconds(20)
        }
        guard let job = self[id], job.isOpen || job.isCancelled else {
            if case .failed(let failure) = self[id]?.state { throw failure }
            return .read(try await store.read { try body(kept, position, $0) })
        }
        return .waits(job)
    }

    /// A job with how far it is; nil where there is none, or it is another person's.
    package func job(_ id: String, of actor: Values.Actor) -> Job? { self[id].flatMap { $0.actor == actor ? $0 : nil } }

    package func cancel(_ id: String, of actor: Values.Actor) {
        guard let entry = jobs[id], entry.job.actor == actor, entry.job.isOpen else { return }
        entry.stop.stop()
        jobs[id]?.job.state = .cancelled
    }

    private subscript(_ id: String) -> Job? {
        guard let entry = jobs[id] else { return nil }
        var job = entry.job
        job.progress = entry.stop.progress
        return job
    }

    private func start(
        _ question: Question, _ sentence: String, _ page: Address, _ actor: Values.Actor,
        _ work: @escaping @Sendable (JobProgress, any Storage.Session) throws -> Void
    ) throws -> String {
        if let same = order.last(where: { jobs[$0]?.job.page == page && jobs[$0]?.job.actor == actor && jobs[$0]?.job.isOpen == true }) {
            return same
        }
        guard jobs.values.count(where: { $0.job.actor == actor && $0.job.isOpen }) < Self.mostOpen else {
            throw Failure(
                .busy, "question.jobs.too-many", "您已有 \(Self.mostOpen) 项统计在进行或等待，没有再开始一项", cure: "等其中一项完成，或在统计任务页取消不再需要的")
        }
        let id = UUID().uuidString.lowercased()
        let stop = JobProgress()
        jobs[id] = Entry(
            job: Job(id: id, question: question, sentence: sentence, page: page, actor: actor, state: .waiting), stop: stop,
            work: { try work(stop, $0) })
        order.append(id)
        forget()
        next()
        return id
    }

    private func forget() {
        while order.count > Self.keptJobs, let old = order.firstIndex(where: { jobs[$0]?.job.isOpen != true }) {
            jobs[order.remove(at: old)] = nil
        }
    }

    /// Begins the jobs that have waited longest.
    private func next() {
        while running < atOnce, let id = order.first(where: { jobs[$0]?.job.isWaiting == true }), let entry = jobs[id] {
            jobs[id]?.job.state = .running
            running += 1
            let store = store
            Task {
                do {
                    try await store.readLong { try entry.work($0) }
                    finish(id, .finished)
                } catch let failure as Failure {
                    finish(id, .failed(failure))
                } catch {
                    finish(id, .failed(Failure(.internal, "question.job", "统计没有完成：\(error)", cure: "重新查询")))
                }
            }
        }
    }

    private func finish(_ id: String, _ state: Job.State) {
        running -= 1
        if jobs[id]?.job.isOpen == true { jobs[id]?.job.state = state }
        next()
    }
}

extension Int64? {
    /// The position, or the latest one.
    fileprivate func orHead(of store: Store) async throws -> Int64 {
        if let self { return self }
        return try await store.read { try JournalQuery.head($0).position }
    }
}

extension QuestionJobs.Job {
    /// Whether it is still to be answered.
    package var isOpen: Bool {
        switch state {
        case .waiting, .running: true
        case .finished, .cancelled, .failed: false
        }
    }

    /// Whether it will be done in time, at the pace it has had since the page began to wait.
    func isNear(after waited: Duration, within patience: Duration) -> Bool {
        guard !isWaiting, let (done, total) = progress, done > 0 else { return !isWaiting }
        return waited * (Double(total) / Double(done)) <= patience
    }

    var isWaiting: Bool { if case .waiting = state { true } else { false } }
    var isCancelled: Bool { if case .cancelled = state { true } else { false } }
}

/// How far a job is, told from the engine's thread and read from pages.
private final class JobProgress: Sendable {
    private let lock = NSLock()
    // Only touched under the lock.
    nonisolated(unsafe) private var isStopped = false
    nonisolated(unsafe) private var told: (done: Int64, total: Int64)?

    var progress: (done: Int64, total: Int64)? { lock.withLock { told } }

    func stop() { lock.withLock { isStopped = true } }

    func tell(_ done: Int64, _ total: Int64) throws {
        try lock.withLock {
            if isStopped { throw Failure(.refused, "question.cancelled", "统计已取消", cure: "需要时重新查询") }
            told = (done, total)
        }
    }
}
