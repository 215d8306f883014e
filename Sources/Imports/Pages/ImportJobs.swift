import Jobs
import Storage
import Values

/// What the import pages wait for: files being read, compared or written. A short one is answered at once; for a long one the page shows how
/// far it is, in whichever process it is worked on. What was found stays with that process: another one reads the files itself.
struct ImportJobs: Sendable {
    enum Step: String, Sendable, CaseIterable {
        case check, preview, commit

        var kind: String { "import." + rawValue }
        init?(kind: String) { self.init(rawValue: String(kind.dropFirst("import.".count))) }
    }

    /// What came of a step.
    enum Found: Sendable {
        case sheets(ImportLook)
        case rows(ImportReport)
        case committed
        /// Nothing was written, because rows have errors.
        case refused
    }

    /// A step with what it found, if it is done and was done here.
    struct Done: Sendable {
        let run: ID<ImportRecord>
        let job: Job
        let found: Found?

        var isOpen: Bool { job.isOpen }
    }

    /// What is asked for.
    struct Wish: Sendable {
        let record: ImportRecord
        let step: Step
        let actor: Actor
        let position: Int64
        let isLarge: Bool
        /// Do it although it was done before.
        var again = false
    }

    private let desk: JobDesk<Found>

    /// Large files are read one at a time.
    init(_ store: Store, patience: Duration) { desk = JobDesk(store, patience: patience, atOnce: 1) }

    /// Does it, or finds it done; answers the job, which is still open where it takes longer than a page waits.
    ///
    /// What was found at an earlier position is used again only where finding it took longer than a page waits: the page says so.
    func ask(_ wish: Wish, _ work: @escaping @Sendable (ImportProgress) async throws -> Found) async throws -> Done {
        let wanted = JobWish(
            wish.step.kind, Self.subject(wish.record.id), choices: try Self.choices(wish), actor: wish.actor, position: wish.position,
            isLong: wish.isLarge)
        let job = try await desk.ask(
            wanted, again: wish.again, isTold: wish.step == .commit,
            reuses: { done, wasSlow in wish.step != .commit && (wasSlow || done.wish.position == wish.position) }
        ) { progress in try await work(ImportProgress(progress)) }
        if job.state == .cancelled { throw ImportProgress.stopped }
        return Done(run: wish.record.id, job: job, found: await desk.found(job.id))
    }

    /// What the same files may be read by in different ways: as which list, with which sheets and headings, for whose columns.
    private static func choices(_ wish: Wish) throws -> String {
        ([wish.record.kind.rawValue, try wish.record.choices.digest] + (wish.actor.duties?.codes.sorted() ?? [])).joined(separator: " ")
    }

    /// The latest job of a run, or of one of its steps.
    func latest(_ run: ID<ImportRecord>, _ step: Step? = nil) async throws -> Done? {
        guard let job = try await desk.latest(Self.subject(run), kind: step?.kind) else { return nil }
        return Done(run: run, job: job, found: await desk.found(job.id))
    }

    /// The runs that are being worked on.
    func open() async throws -> Set<ID<ImportRecord>> {
        let subjects = try await desk.openSubjects(kinds: Step.allCases.map(\.kind))
        return Set(subjects.compactMap { Int64($0.dropFirst("import/".count)).map { ID($0) } })
    }

    /// Ends what is done for a run; nothing is written.
    func stop(_ run: ID<ImportRecord>) async throws {
        for step in Step.allCases {
            if let job = try await desk.latest(Self.subject(run), kind: step.kind), job.isOpen { try await desk.stop(job.id) }
        }
    }

    private static func subject(_ run: ID<ImportRecord>) -> String { "import/\(run)" }
}

extension Job {
    var step: ImportJobs.Step { ImportJobs.Step(kind: wish.kind) ?? .check }
}
