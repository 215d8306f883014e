import Foundation
package import Storage
package import Values

/// Works on this process' jobs and knows those of the others.
///
/// What takes no longer than a page waits is told to nobody. A job that takes longer is told to the store, once a second until it ends, so that
/// any process shows it and can ask for its end. In this process what is in memory counts: a file's one writer may be busy with a long act.
package actor JobDesk<Found: Sendable> {
    package typealias Work = @Sendable (JobProgress) async throws -> Found

    private struct Entry {
        var job: Job
        let progress: JobProgress
        var work: Work?
        var task: Task<Void, Never>?
        var found: Found?
        /// Whether it took longer than a page waits.
        var isSlow = false
        /// Whether others are told of it, have been told the latest, and whether the store has it at all.
        var isPublic = false
        var isTold = false
        var isKnown = false
    }

    private static var most: Int { 50 }
    private static var between: Duration { .seconds(1) }
    private static var firstLook: Duration { .milliseconds(120) }
    /// How long a page waits for the store to know of a job before it names it.
    private static var untilKnown: Duration { .milliseconds(500) }

    private let store: Store
    private let patience: Duration
    private let atOnce: Int
    /// What is left in the store of what a job found; nil where another process has to look itself.
    private let text: @Sendable (Found) -> String?
    private var entries: [Entry] = []
    private var running = 0
    private var telling: Task<Void, Never>?

    /// - Parameters:
    ///   - patience: how long a page waits for a job before it shows how far it is.
    ///   - atOnce: how many long jobs are worked on at once; the short ones never wait.
    package init(
        _ store: Store, patience: Duration, atOnce: Int, text: @escaping @Sendable (Found) -> String? = { _ in nil }
    ) {
        self.store = store
        self.patience = patience
        self.atOnce = atOnce
        self.text = text
    }

    /// Does what is wished, or finds it done or being done, here or in another process; waits a moment for it.
    ///
    /// - Parameters:
    ///   - again: do it although it was done before.
    ///   - isTold: tell other processes at once, because it must not be done twice.
    ///   - mostOpen: how many of this kind one person may have open in this process.
    /// - Throws: what the job failed by; `job.too-many`.
    package func ask(
        _ wish: JobWish, again: Bool = false, isTold: Bool = false, mostOpen: Int? = nil,
        reuses: @Sendable (_ done: Job, _ wasSlow: Bool) -> Bool = { _, _ in true },
        _ work: @escaping Work
    ) async throws -> Job {
        if known(wish, again, reuses) == nil, let elsewhere = try await elsewhere(wish, again) { return try await awaited(elsewhere) }
        let known = known(wish, again, reuses)
        if known == nil, let mostOpen { try admit(wish, mostOpen) }
        let id = known ?? begin(wish, work)
        if isTold { await publish(id) }
        return try await awaited(id)
    }

    /// A job with how far it is, whichever process works on it.
    package func job(_ id: String) async throws -> Job? {
        if let own = own(id) { return own }
        return try await store.read { try JobStore.find(id, $0)?.job }
    }

    /// What a job of this process found.
    package func found(_ id: String) -> Found? { entry(id)?.found }

    /// What a job found, as it was left in the store.
    package func foundText(_ id: String) async throws -> String? { try await store.read { try JobStore.found(id, $0) } }

    /// The latest job of a subject, or of one of its kinds: one that is still open before others.
    package func latest(_ subject: String, kind: String? = nil) async throws -> Job? {
        let last = entries.last { $0.job.wish.subject == subject && (kind == nil || $0.job.wish.kind == kind) }
        let own = last.flatMap { self.own($0.job.id) }
        if let own, own.isOpen { return own }
        let told = try await store.read { try JobStore.latest(subject, kind: kind, $0)?.job }
        guard let told, entry(told.id) == nil, own == nil || told.isOpen else { return own ?? told.flatMap { self.own($0.id) } }
        return told
    }

    /// The subjects that are being worked on.
    package func openSubjects(kinds: [String]) async throws -> Set<String> {
        let told = try await store.read { try JobStore.openSubjects(kinds: kinds, $0) }
        return entries.filter(\.job.isOpen).reduce(into: told) { $0.insert($1.job.wish.subject) }
    }

    /// Ends a job; nothing of it is written.
    package func stop(_ id: String) async throws {
        if entry(id) == nil { return try await store.note { try JobStore.wantStop(id, $0) } }
        stopHere(id)
    }

    private func stopHere(_ id: String) {
        guard let place = place(id), entries[place].job.isOpen else { return }
        entries[place].progress.stop()
        // Also while no word comes: whatever it waits for is left.
        entries[place].task?.cancel()
        entries[place].work = nil
        entries[place].job.state = .cancelled
        entries[place].isTold = false
        tellOthers()
        next()
    }

    // MARK: Finding

    private func place(_ id: String) -> Int? { entries.firstIndex { $0.job.id == id } }
    private func entry(_ id: String) -> Entry? { place(id).map { entries[$0] } }

    private func own(_ id: String) -> Job? {
        guard let entry = entry(id) else { return nil }
        var job = entry.job
        job.told = entry.progress.told
        return job
    }

    private func known(_ wish: JobWish, _ again: Bool, _ reuses: (Job, Bool) -> Bool) -> String? {
        guard let same = entries.last(where: { $0.job.wish.isSame(as: wish) }) else { return nil }
        if same.job.isOpen { return same.job.id }
        return same.found != nil && !again && reuses(same.job, same.isSlow) ? same.job.id : nil
    }

    /// A job of another process that does the same, or has done it and left what it found.
    private func elsewhere(_ wish: JobWish, _ again: Bool) async throws -> String? {
        try await store.read { session in
            guard let line = try JobStore.same(as: wish, session) else { return nil }
            if line.job.isOpen { return line.job.id }
            return try !again && JobStore.found(line.job.id, session) != nil ? line.job.id : nil
        }
    }

    private func awaited(_ id: String) async throws -> Job {
        let began = ContinuousClock.now
        let step = Duration.milliseconds(entry(id) == nil ? 100 : 10)
        while let job = try await job(id), job.isOpen, isWorthWaiting(for: job, since: began) { try await Task.sleep(for: step) }
        if own(id)?.isOpen == true { await publish(id) }
        guard let job = try await job(id) else { throw Job.gone }
        if case .failed(let failure) = job.state { throw failure }
        return job
    }

    /// After a first look a page waits only for what will be there in time, at the pace it has had since the page began to wait.
    private func isWorthWaiting(for job: Job, since began: ContinuousClock.Instant) -> Bool {
        let waited = ContinuousClock.now - began
        guard waited < patience else { return false }
        guard waited >= Self.firstLook, job.wish.isLong else { return true }
        guard job.state == .running, let total = job.told.total, job.told.done > 0 else { return job.state == .running }
        return waited * (Double(total) / Double(job.told.done)) <= patience
    }

    // MARK: Working

    private func admit(_ wish: JobWish, _ mostOpen: Int) throws {
        let open = entries.count { $0.job.isOpen && $0.job.wish.kind == wish.kind && $0.job.wish.actor.isSame(as: wish.actor) }
        guard open < mostOpen else {
            throw Failure(.busy, "job.too-many", "您已有 \(mostOpen) 项统计在进行或等待，没有再开始一项", cure: "等其中一项完成，或在统计任务页取消不再需要的")
        }
    }

    private func begin(_ wish: JobWish, _ work: @escaping Work) -> String {
        let id = UUID().uuidString.lowercased()
        entries.append(Entry(job: Job(id: id, wish: wish, state: .waiting), progress: JobProgress(), work: work))
        while entries.count > Self.most, let old = entries.firstIndex(where: { !$0.job.isOpen && ($0.isTold || !$0.isPublic) }) {
            entries.remove(at: old)
        }
        next()
        return id
    }

    /// Begins what has waited longest; short ones never wait for long ones.
    private func next() {
        for place in entries.indices where entries[place].job.state == .waiting {
            let (job, progress) = (entries[place].job, entries[place].progress)
            guard !job.wish.isLong || running < atOnce, let work = entries[place].work else { continue }
            entries[place].work = nil
            entries[place].job.state = .running
            entries[place].isTold = false
            if job.wish.isLong { running += 1 }
            // Nobody's browser waits for what is done here.
            entries[place].task = WaitingLimit.$current.withValue(nil) {
                Task {
                    let began = ContinuousClock.now
                    let outcome: Result<Found, any Error>
                    do { outcome = .success(try await work(progress)) } catch { outcome = .failure(error) }
                    finish(job, outcome, took: ContinuousClock.now - began)
                }
            }
        }
    }

    private func finish(_ job: Job, _ outcome: Result<Found, any Error>, took: Duration) {
        if job.wish.isLong { running -= 1 }
        if let place = place(job.id) {
            entries[place].task = nil
            entries[place].isSlow = took > patience
            entries[place].isTold = false
            if entries[place].job.isOpen { entries[place].job.state = Self.state(outcome) }
            if case .success(let found) = outcome {
                // What was done in spite of a late stop is said as it is.
                entries[place].found = found
                entries[place].job.state = .finished
            }
        }
        tellOthers()
        next()
    }

    private static func state(_ outcome: Result<Found, any Error>) -> Job.State {
        switch outcome {
        case .success: .finished
        case .failure(let failure as Failure): .failed(failure)
        case .failure(let error):
            .failed(Failure(.internal, "job.broken", "没有做完：\(error)", cure: "重做一次；仍不行时告诉维护人员"))
        }
    }

    // MARK: Telling others

    private func publish(_ id: String) async {
        guard let place = place(id) else { return }
        entries[place].isPublic = true
        entries[place].isTold = false
        tellOthers()
        let deadline = ContinuousClock.now + Self.untilKnown
        while let entry = entry(id), !entry.isKnown, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(5)) }
    }

    private var isAnythingToTell: Bool { entries.contains { $0.isPublic && (!$0.isTold || $0.job.isOpen) } }

    private func tellOthers() {
        guard telling == nil, isAnythingToTell else { return }
        telling = Task {
            while isAnythingToTell { await tell() }
            telling = nil
        }
    }

    /// Tells all that is public, hears what is to be stopped, and waits a while unless something new has happened.
    private func tell() async {
        let lines = entries.filter { $0.isPublic && (!$0.isTold || $0.job.isOpen) }.map { entry in
            JobStore.Line(job: own(entry.job.id) ?? entry.job, found: entry.found.flatMap(text))
        }
        for line in lines { if let place = place(line.job.id) { entries[place].isTold = true } }
        do {
            let stopped = try await store.note { try JobStore.tell(lines, of: .own, $0) }
            for line in lines { if let place = place(line.job.id) { entries[place].isKnown = true } }
            for id in stopped { stopHere(id) }
        } catch {
            // The store is away for a while; what happened meanwhile is told when it is back.
            for line in lines { if let place = place(line.job.id) { entries[place].isTold = false } }
            try? await Task.sleep(for: Self.between)
        }
        let deadline = ContinuousClock.now + Self.between
        while entries.allSatisfy({ !$0.isPublic || $0.isTold }), isAnythingToTell, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension Job {
    /// There is no such job, or it is long over.
    package static let gone = Failure(.missing, "job.gone", "这项后台任务不在了：已过保留时间", cure: "重新查询，或重新打开原来的页面")
}
