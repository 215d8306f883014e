package import Evidence
import Foundation
package import Storage
package import Values

/// Questions that take longer than a page may wait (统计任务): at most two are worked on at once, each with its progress, each can be stopped.
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
        package let actor: Values.Actor
        package internal(set) var state: State
        /// Record numbers walked so far, and the last one; nil before it begins.
        package internal(set) var progress: (done: Int64, total: Int64)?
    }

    private static let atOnce = 2
    private static let keptJobs = 50
    /// How long a page waits for an answer before it shows the job instead.
    private let patience: Duration
    private let store: Store
    private let answers = KeptAnswers()
    private var jobs: [String: (job: Job, stop: JobProgress, asking: Asking)] = [:]
    private var order: [String] = []
    private var running = 0

    package init(_ store: Store, patience: Duration = .seconds(2)) {
        self.store = store
        self.patience = patience
    }

    /// The viewer's asking with the answers of finished jobs.
    package nonisolated func asking(_ asking: Asking) -> Asking {
        let (answers, actor) = (answers, asking.viewer.actor)
        return asking.keeping { answers[$0, actor] }
    }

    /// The job of a long question once it is clear that its answer takes longer than a page waits; nil where the page can answer at once.
    package func job(for question: Question, sentence: String, asking: Asking) async throws -> Job? {
        let (pinned, isLong) = try await store.read { session in
            var pinned = question
            pinned.known = try question.known ?? JournalQuery.head(session).position
            return (pinned, try asking.isLong(question, session))
        }
        guard isLong, answers[pinned, asking.viewer.actor] == nil else { return nil }
        let id = start(pinned, sentence, asking)
        var waited = Duration.zero
        while waited < patience, let job = jobs[id]?.job, job.isOpen {
            try await Task.sleep(for: .milliseconds(20))
            waited += .milliseconds(20)
        }
        guard let job = self[id] else { return nil }
        if case .finished = job.state { return nil }
        if case .failed(let failure) = job.state { throw failure }
        return job
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

    private func start(_ question: Question, _ sentence: String, _ asking: Asking) -> String {
        let actor = asking.viewer.actor
        if let same = order.last(where: { jobs[$0]?.job.question == question && jobs[$0]?.job.actor == actor && jobs[$0]?.job.isOpen == true }) {
            return same
        }
        let id = UUID().uuidString.lowercased()
        jobs[id] = (Job(id: id, question: question, sentence: sentence, actor: actor, state: .waiting), JobProgress(), asking)
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
        while running < Self.atOnce, let id = order.first(where: { jobs[$0]?.job.isWaiting == true }), let entry = jobs[id] {
            jobs[id]?.job.state = .running
            running += 1
            let store = store
            let asking = entry.asking.walking { done, total in try entry.stop.tell(done, total) }
            Task {
                let result: Result<Answer, Failure>
                do { result = .success(try await store.read { try asking.ask(entry.job.question, $0) }) } catch let failure as Failure {
                    result = .failure(failure)
                } catch {
                    result = .failure(Failure(.internal, "question.job", "统计没有完成：\(error)", cure: "重新查询"))
                }
                finish(id, result)
            }
        }
    }

    private func finish(_ id: String, _ result: Result<Answer, Failure>) {
        running -= 1
        if let job = jobs[id]?.job, job.isOpen {
            switch result {
            case .success(let answer):
                answers.keep(answer, job.question, job.actor)
                jobs[id]?.job.state = .finished
            case .failure(let failure): jobs[id]?.job.state = .failed(failure)
            }
        }
        next()
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

    var isWaiting: Bool { if case .waiting = state { true } else { false } }
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

/// Answers of finished jobs, the oldest forgotten first.
private final class KeptAnswers: Sendable {
    private struct Key: Hashable {
        let question: Question
        let actor: Values.Actor
    }

    private static let most = 200
    private let lock = NSLock()
    // Only touched under the lock.
    nonisolated(unsafe) private var answers: [Key: Answer] = [:]
    nonisolated(unsafe) private var order: [Key] = []

    subscript(_ question: Question, _ actor: Values.Actor) -> Answer? {
        lock.withLock { answers[Key(question: question, actor: actor)] }
    }

    func keep(_ answer: Answer, _ question: Question, _ actor: Values.Actor) {
        let key = Key(question: question, actor: actor)
        lock.withLock {
            if answers.updateValue(answer, forKey: key) == nil { order.append(key) }
            while order.count > Self.most { answers[order.removeFirst()] = nil }
        }
    }
}
