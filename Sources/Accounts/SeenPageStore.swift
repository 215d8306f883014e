package import Storage
import Values

/// Writes and reads the record of readings.
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
                [
                    .integer(id), .integer(page.time.milliseconds), .text(page.actor), .text(page.role), .text(page.page),
                    Value(page.purpose),
                ])
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
