import Foundation
import Storage
import Values

/// The rows of jobs: written by the process that works on one, read by all.
enum JobStore {
    /// A process elsewhere that has not said anything for so long is gone.
    static let silence: Int64 = 15_000
    /// Milliseconds for which a job is kept after its last word, and with it the answer of a long question.
    static let kept: Int64 = 3_600_000

    /// A job as its process tells it.
    struct Line: Sendable {
        var job: Job
        /// What it found, for other processes; nil where they have to look themselves.
        var found: String?
    }

    private static let columns: SQL = """
        j.id, j.kind, j.subject, j.choices, j.title, j.actor, j.role, j.region, j.position, j.is_long, j.process, j.state, j.failure, j.stage,
        j.file, j.done, j.total, j.seen_at
        """

    /// Tells the state of some jobs; answers those of them that somebody wants stopped.
    static func tell(_ lines: [Line], of process: ProcessMark, _ session: any Session) throws -> Set<String> {
        let now = try session.engineTime().milliseconds
        try session.run("delete from job where seen_at < \(now - kept)")
        for line in lines { try write(line, process, now, session) }
        let rows = try session.rows("select id from job where process = \(process.text) and wants_stop = 1")
        return Set(rows.map { $0.text(0) })
    }

    private static func write(_ line: Line, _ process: ProcessMark, _ now: Int64, _ session: any Session) throws {
        let (job, wish, told) = (line.job, line.job.wish, line.job.told)
        let (state, failure) = try words(job.state)
        try session.run(
            """
            insert into job (id, kind, subject, choices, title, actor, role, region, position, is_long, process, state, failure, stage, file,
                done, total, found, wants_stop, began_at, seen_at)
            values (\(job.id), \(wish.kind), \(wish.subject), \(wish.choices), \(wish.title), \(wish.actor.name), \(wish.actor.role.rawValue),
                \(wish.actor.region), \(wish.position), \(wish.isLong ? 1 : 0), \(process.text), \(state), \(failure), \(told.stage), \(told.file),
                \(told.done), \(told.total), \(line.found), 0, \(now), \(now))
            on conflict (id) do update set state = excluded.state, failure = excluded.failure, stage = excluded.stage, file = excluded.file,
                done = excluded.done, total = excluded.total, found = excluded.found, seen_at = excluded.seen_at
            """)
    }

    static func find(_ id: String, _ session: any Session) throws -> Line? {
        try line(try session.row("select \(columns) from job as j where j.id = \(id)"), session)
    }

    /// The latest job of a subject, or of one of its kinds.
    static func latest(_ subject: String, kind: String?, _ session: any Session) throws -> Line? {
        var sql: SQL = "select \(columns) from job as j where j.subject = \(subject)"
        if let kind { sql += " and j.kind = \(kind)" }
        return try line(try session.row(sql + " order by j.began_at desc, j.id limit 1"), session)
    }

    /// The latest job of the same wish.
    static func same(as wish: JobWish, _ session: any Session) throws -> Line? {
        try line(
            try session.row(
                """
                select \(columns) from job as j where j.subject = \(wish.subject) and j.kind = \(wish.kind) and j.choices = \(wish.choices)
                order by j.began_at desc, j.id limit 1
                """), session)
    }

    /// What a finished job found, where its process left it for others.
    static func found(_ id: String, _ session: any Session) throws -> String? {
        try session.row("select found from job where id = \(id) and state = 'finished'")?.optionalText(0)
    }

    /// The subjects of some kinds that are being worked on.
    static func openSubjects(kinds: [String], _ session: any Session) throws -> Set<String> {
        let rows = try session.rows(
            """
            select \(columns) from job as j where j.state in ('waiting', 'running') and j.kind in \(SQL.list(kinds.map(Value.text)))
            order by j.began_at
            """)
        let lines = try rows.compactMap { try line($0, session) }
        return Set(lines.filter(\.job.isOpen).map(\.job.wish.subject))
    }

    /// How many jobs are worked on and how many wait; those of processes that are gone do not count.
    static func countOpen(_ session: any Session) throws -> (running: Int, waiting: Int) {
        let rows = try session.rows("select \(columns) from job as j where j.state in ('waiting', 'running')")
        let states = try rows.compactMap { try line($0, session)?.job.state }
        return (states.count { $0 == .running }, states.count { $0 == .waiting })
    }

    /// Asks the process that works on a job to stop it.
    static func wantStop(_ id: String, _ session: any Session) throws {
        try session.run("update job set wants_stop = 1 where id = \(id)")
    }

    private static func line(_ row: Row?, _ session: any Session) throws -> Line? {
        guard let row, let role = Role(rawValue: row.text(6)) else { return nil }
        let actor = Actor(name: row.text(5), role: role, region: row.optionalInteger(7))
        let wish = JobWish(
            row.text(1), row.text(2), choices: row.text(3), title: row.text(4), actor: actor, position: row.integer(8),
            isLong: row.integer(9) == 1)
        let told = JobProgress.Told(stage: row.text(13), file: row.optionalText(14), done: row.integer(15), total: row.optionalInteger(16))
        var job = Job(id: row.text(0), wish: wish, state: state(row.text(11), row.optionalText(12)), told: told)
        if job.isOpen, try !runs(row.text(10), seenAt: row.integer(17), session) { job.state = .brokenOff }
        return Line(job: job)
    }

    /// On the same machine the process is looked for; elsewhere its last word counts.
    private static func runs(_ process: String, seenAt: Int64, _ session: any Session) throws -> Bool {
        if let runs = ProcessMark(text: process)?.runsHere { return runs }
        return try session.engineTime().milliseconds - seenAt < silence
    }

    private struct FailureText: Codable {
        let kind, code, message: String
        let cure: String?
    }

    private static func words(_ state: Job.State) throws -> (state: String, failure: String?) {
        switch state {
        case .waiting: return ("waiting", nil)
        case .running: return ("running", nil)
        case .finished: return ("finished", nil)
        case .cancelled: return ("cancelled", nil)
        case .brokenOff: return ("broken-off", nil)
        case .failed(let failure):
            let text = FailureText(kind: failure.kind.rawValue, code: failure.code, message: failure.message, cure: failure.cure)
            return ("failed", String(decoding: try JSONEncoder().encode(text), as: UTF8.self))
        }
    }

    private static func state(_ word: String, _ failure: String?) -> Job.State {
        switch word {
        case "waiting": return .waiting
        case "running": return .running
        case "finished": return .finished
        case "cancelled": return .cancelled
        default:
            let told = failure.flatMap { try? JSONDecoder().decode(FailureText.self, from: Data($0.utf8)) }
            guard let told else { return .brokenOff }
            let kind = Failure.Kind(rawValue: told.kind) ?? .internal
            return .failed(Failure(kind, told.code, told.message, cure: told.cure))
        }
    }
}
