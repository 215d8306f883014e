import Storage
import Values

/// What the import pages wait for: files being read, compared or written. A short one is answered at once; for a long one the page shows how
/// far it is. Nothing of it outlives the process, because only the last step writes, and that in one act.
actor ImportJobs {
    enum Step: String, Sendable { case check, preview, commit }

    /// What came of a step.
    enum Found: Sendable {
        case sheets(ImportLook)
        case rows(ImportReport)
        case committed
        /// Nothing was written, because rows have errors.
        case refused
    }

    struct Job: Sendable {
        enum State: Sendable {
            case waiting, running
            case done(Found)
            case failed(Failure)
        }

        let id: Int
        let run: ID<ImportRecord>
        let step: Step
        /// What it reads: the same choices find the same.
        let choices: ImportChoices
        /// The journal's head when it was begun.
        let position: Int64
        /// One of many rows, of which one at a time is worked on.
        let isLarge: Bool
        let progress = ImportProgress()
        fileprivate(set) var state = State.waiting
        /// Whether it took longer than a page waits; what it found is then shown although something else was written since.
        fileprivate(set) var wasSlow = false

        var isOpen: Bool {
            switch state {
            case .waiting, .running: true
            case .done, .failed: false
            }
        }

        var found: Found? { if case .done(let found) = state { found } else { nil } }
        fileprivate var isWaiting: Bool { if case .waiting = state { true } else { false } }
    }

    /// What is asked for.
    struct Wish: Sendable {
        let record: ImportRecord
        let step: Step
        let position: Int64
        let isLarge: Bool
        /// Do it although it was done before.
        var again = false
    }

    typealias Work = @Sendable (ImportProgress) async throws -> Found

    private static let kept = 12
    private let patience: Duration
    private var jobs: [Job] = []
    private var works: [Int: Work] = [:]
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var last = 0
    private var hasLarge = false

    init(patience: Duration) { self.patience = patience }

    /// Does it, or finds it done; answers the job, which is still open where it takes longer than a page waits.
    func ask(_ wish: Wish, _ work: @escaping Work) async throws -> Job {
        let id = known(wish) ?? begin(wish, work)
        let deadline = ContinuousClock.now + patience
        while let job = job(id), job.isOpen, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        guard let job = job(id) else { throw ImportProgress.stopped }
        if case .failed(let failure) = job.state { throw failure }
        return job
    }

    /// The latest job of a run, or of one of its steps.
    func latest(_ run: ID<ImportRecord>, _ step: Step? = nil) -> Job? {
        jobs.last { $0.run == run && (step == nil || $0.step == step) }
    }

    /// The runs that are being worked on.
    var open: Set<ID<ImportRecord>> { Set(jobs.filter(\.isOpen).map(\.run)) }

    /// Ends what is done for a run; nothing is written.
    func stop(_ run: ID<ImportRecord>) {
        for place in jobs.indices where jobs[place].run == run && jobs[place].isOpen {
            jobs[place].progress.stop()
            // Also while no row comes: the reading child is ended.
            tasks[jobs[place].id]?.cancel()
            guard jobs[place].isWaiting else { continue }
            works[jobs[place].id] = nil
            jobs[place].state = .failed(ImportProgress.stopped)
        }
    }

    private func job(_ id: Int) -> Job? { jobs.first { $0.id == id } }

    private func known(_ wish: Wish) -> Int? {
        let same = jobs.last { $0.run == wish.record.id && $0.step == wish.step && $0.choices.sheets == wish.record.choices.sheets }
        guard let same else { return nil }
        if same.isOpen { return same.id }
        guard same.found != nil, wish.step != .commit, !wish.again, same.wasSlow || same.position == wish.position else { return nil }
        return same.id
    }

    private func begin(_ wish: Wish, _ work: @escaping Work) -> Int {
        last += 1
        jobs.append(
            Job(
                id: last, run: wish.record.id, step: wish.step, choices: wish.record.choices, position: wish.position,
                isLarge: wish.isLarge))
        works[last] = work
        while jobs.count > Self.kept, let old = jobs.firstIndex(where: { !$0.isOpen }) { jobs.remove(at: old) }
        next()
        return last
    }

    /// Begins what has waited longest; short ones never wait for a long one.
    private func next() {
        for place in jobs.indices where jobs[place].isWaiting && !(jobs[place].isLarge && hasLarge) {
            let job = jobs[place]
            guard let work = works.removeValue(forKey: job.id) else { continue }
            jobs[place].state = .running
            if job.isLarge { hasLarge = true }
            tasks[job.id] = Task {
                let began = ContinuousClock.now
                let state: Job.State
                do {
                    state = .done(try await work(job.progress))
                } catch let failure as Failure where !job.progress.isStopped {
                    state = .failed(failure)
                } catch  where job.progress.isStopped {
                    state = .failed(ImportProgress.stopped)
                } catch {
                    state = .failed(Failure(.internal, "import.broken-off", "导入没有做完：\(error)", cure: "重做一次；仍不行时告诉维护人员"))
                }
                finish(job, state, took: ContinuousClock.now - began)
            }
        }
    }

    private func finish(_ job: Job, _ state: Job.State, took: Duration) {
        tasks[job.id] = nil
        if job.isLarge { hasLarge = false }
        if let place = jobs.firstIndex(where: { $0.id == job.id }) {
            jobs[place].state = state
            jobs[place].wasSlow = took > patience
        }
        next()
    }
}
