package import Storage
import Synchronization
package import Values

/// Who saw confidential values (查阅记录): actor, page, time, purpose where one was given.
package struct SeenPage: Sendable, Hashable {
    package let time: Moment
    package let actor: String
    package let role: String
    /// The address with its query, shortened.
    package let page: String
    package let purpose: String?

    package init(time: Moment, actor: Actor, page: String, purpose: String?) {
        self.init(time: time, actor: actor.name, role: actor.role.rawValue, page: page, purpose: purpose)
    }

    init(time: Moment, actor: String, role: String, page: String, purpose: String?) {
        self.time = time
        self.actor = actor
        self.role = role
        self.page = String(page.prefix(500))
        self.purpose = purpose.map { String($0.prefix(200)) }
    }
}

/// Keeps the record beside the answers: a page costs a line in memory, and each second what has gathered is written in the store's turn.
///
/// What is not written yet is lost when the process is killed: a second's pages, or those of a long act under way. A stop that is not a kill writes
/// them first.
package final class ReadingRecord: Sendable {
    private struct State {
        var gathered: [SeenPage] = []
        var isDue = false
        /// Pages that found no room.
        var left = 0
    }

    /// Lines that may wait for a long act; more are counted, not kept.
    private static let most = 200_000
    private let state = Mutex(State())
    private let store: Store
    /// How long lines are kept at least, in months: the law's six, or what the rules of sign-in say.
    private let months: @Sendable () -> Int
    private let pause: Duration

    package init(_ store: Store, pause: Duration = .seconds(1), months: @escaping @Sendable () -> Int) {
        self.store = store
        self.pause = pause
        self.months = months
    }

    package func note(_ page: SeenPage) {
        let begins = state.withLock { state in
            if state.gathered.count < Self.most { state.gathered.append(page) } else { state.left += 1 }
            defer { state.isDue = true }
            return !state.isDue
        }
        guard begins else { return }
        Task {
            try? await Task.sleep(for: pause)
            await flush()
        }
    }

    /// Writes what has gathered; what cannot be written waits for the next time.
    package func flush() async {
        let (pages, left) = state.withLock { state in
            defer { state = State() }
            return (state.gathered, state.left)
        }
        guard !pages.isEmpty else { return }
        let oldest = (pages.last?.time.milliseconds ?? 0) - Int64(max(6, months())) * 31 * 86_400_000
        do {
            try await store.keep(waits: true) { try SeenPageStore.add(pages, left: left, oldest: oldest, $0) }
        } catch {
            state.withLock { state in
                state.gathered = pages + state.gathered
                state.left += left
            }
        }
    }
}

package enum SeenPageStore {
    static let migration = Migration(
        "accounts-0002",
        [
            "create table seen_page (id {id}, time {int} not null, actor {text} not null, role {text} not null, page {text} not null, purpose {text}) {strict}",
            "create index seen_page_actor on seen_page (actor, id)", "create index seen_page_time on seen_page (time)",
        ])

    static func add(_ pages: [SeenPage], left: Int, oldest: Int64, _ session: any Session) throws {
        var id = try session.integer("select coalesce(max(id), 0) from seen_page")
        var rows: [[Value]] = []
        for page in pages {
            id += 1
            rows.append(
                [.integer(id), .integer(page.time.milliseconds), .text(page.actor), .text(page.role), .text(page.page), Value(page.purpose)])
        }
        if left > 0, let last = pages.last {
            rows.append([.integer(id + 1), .integer(last.time.milliseconds), .text("…"), .text(""), .text("+\(left)"), .null])
        }
        try session.insert(into: "seen_page", columns: ["id", "time", "actor", "role", "page", "purpose"], rows: rows)
        // 31 days a month: never a day less than the months that the law counts.
        try session.run("delete from seen_page where time < \(oldest)")
    }

    /// The latest lines before a number, of one actor or of all.
    package static func page(
        before: Int64 = .max, actor: String? = nil, limit: Int = 50, _ session: any Session
    ) throws -> [(id: Int64, seen: SeenPage)] {
        var sql: SQL = "select id, time, actor, role, page, purpose from seen_page where id < \(before)"
        if let actor { sql += " and actor = \(actor)" }
        return try session.rows(sql + " order by id desc limit \(limit)").map { row in
            let time = Moment(milliseconds: row.integer(1))
            return (
                row.integer(0),
                SeenPage(time: time, actor: row.text(2), role: row.text(3), page: row.text(4), purpose: row.optionalText(5))
            )
        }
    }
}
