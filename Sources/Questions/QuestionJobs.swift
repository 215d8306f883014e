package import Evidence
import Foundation
package import Jobs
package import Storage
package import Values
package import WebSupport

/// Questions that take longer than a page may wait (统计任务): on half of the processors at most, each with its progress, each can be stopped.
///
/// A job is asked at one journal position, so that its answer stays right whatever is written meanwhile. What it found is left in the store for an
/// hour: the question's page shows it in any process without walking again.
package struct QuestionJobs: Sendable {
    static let kind = "question"

    /// What a page was to show, or the job that reads it first.
    package enum Reading<Value: Sendable>: Sendable {
        case read(Value)
        case waits(Job)
    }

    /// What reads a page: told how to ask, and the position it is pinned to; nil stands for the page's own.
    package typealias Body<Value> = @Sendable (Asking, Int64?, any Storage.Session) throws -> Value

    /// Open jobs of one person.
    static let mostOpen = 6
    private let store: Store
    private let answers = KeptAnswers()
    private let desk: JobDesk<AnswerBundle>

    /// - Parameter patience: how long a page waits for an answer before it shows the job instead.
    package init(
        _ store: Store, patience: Duration = .seconds(2), atOnce: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    ) {
        self.store = store
        desk = JobDesk(store, patience: patience, atOnce: atOnce) { $0.text }
    }

    /// Reads a page at once where counters or few rows answer all that it asks; else a job reads it, and the page is there when the job is done.
    package func read<Value: Sendable>(
        _ question: Question, sentence: String, page: Address, asking: Asking, _ body: @escaping Body<Value>
    ) async throws -> Reading<Value> {
        let divisions = asking.regions.lastChange(until: asking.regions.today)
        let kept = asking.keeping(answers.shelf(of: asking.viewer.actor, divisions: divisions))
        do { return .read(try await store.read { try body(kept.refusing, nil, $0) }) } catch is LongQuestion {}
        let position = try await question.known.orHead(of: store)
        let actor = asking.viewer.actor
        let wish = JobWish(
            Self.kind, page.replacing("known", position).description,
            choices:
                "\(actor.name) \(actor.role.rawValue) \(actor.region ?? 0) \(actor.heldRegions.sorted()) \(actor.duties?.codes.sorted() ?? [])",
            title: sentence,
            actor: actor, position: position,
            isLong: true)
        let job = try await desk.ask(wish, mostOpen: Self.mostOpen) { [store] progress in
            let recorder = AnswerRecorder()
            try await store.readLong { session in
                _ = try body(kept.recording(recorder).walking { try progress.walked($0, of: $1) }, position, session)
            }
            return recorder.bundle
        }
        guard job.state == .finished else { return .waits(job) }
        let known = kept.having(try await found(job, asking.catalogue))
        return .read(try await store.read { try body(known, position, $0) })
    }

    /// What a job found, here or in another process; nothing where that has been forgotten meanwhile.
    private func found(_ job: Job, _ catalogue: FactCatalogue) async throws -> AnswerBundle {
        if let own = await desk.found(job.id) { return own }
        return try await desk.foundText(job.id).flatMap { AnswerBundle(text: $0, catalogue: catalogue) } ?? AnswerBundle()
    }

    /// A job with how far it is; nil where there is none, or it is another person's.
    package func job(_ id: String, of actor: Values.Actor) async throws -> Job? {
        guard let job = try await desk.job(id), job.wish.kind == Self.kind, job.wish.actor.isSame(as: actor) else { return nil }
        return job
    }

    package func cancel(_ id: String, of actor: Values.Actor) async throws {
        if let job = try await job(id, of: actor), job.isOpen { try await desk.stop(id) }
    }
}

extension Int64? {
    /// The position, or the latest one.
    fileprivate func orHead(of store: Store) async throws -> Int64 {
        if let self { return self }
        return try await store.read { try JournalQuery.head($0).position }
    }
}

extension Job {
    /// The page that shows the answer, at the job's position.
    package var page: Address { Address(returnedBy: wish.subject) ?? Address("questions") }
}

extension JobProgress {
    /// - Throws: `question.cancelled`.
    fileprivate func walked(_ done: Int64, of total: Int64) throws {
        guard tell({ ($0.done, $0.total) = (done, total) }) else {
            throw Failure(.refused, "question.cancelled", "统计已取消", cure: "需要时重新查询")
        }
    }
}
