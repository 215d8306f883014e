import Storage
import Values

/// Reads and keeps tokens and the record of what was asked with them.
enum TokenStore {
    private static let columns: SQL = "t.id, t.kind, t.title, t.purpose, t.person_id, t.rights, t.region_id, t.last_day, t.revoked"

    static func find(digest: String, _ session: any Session) throws -> AccessToken? {
        try session.row(
            """
            select \(columns) from access_token_key as k join access_token as t on t.id = k.token_id
            where k.digest = \(digest) and \(RecordTable.current("t"))
            """
        ).flatMap(token)
    }

    static func token(_ id: ID<AccessToken>, _ session: any Session) throws -> AccessToken? {
        try session.row("select \(columns) from access_token as t where t.id = \(id) and \(RecordTable.current("t"))").flatMap(token)
    }

    /// All tokens, or one person's; the newest first.
    static func all(of person: Int64? = nil, _ session: any Session) throws -> [ListedToken] {
        var sql: SQL =
            """
            select \(columns), coalesce((select max(k.used_at) from access_token_key as k where k.token_id = t.id),
                    (select max(q.time) from outside_query as q where q.token_id = t.id)),
                (select j.actor from access_token as f join journal as j on j.position = f.known_from where f.id = t.id order by f.known_from limit 1)
            from access_token as t where \(RecordTable.current("t"))
            """
        if let person { sql += " and t.person_id = \(person)" }
        return try session.rows(sql + " order by t.id desc").compactMap { row in
            token(row).map {
                ListedToken(token: $0, usedAt: row.optionalInteger(9).map(Moment.init(milliseconds:)), holder: row.optionalText(10) ?? "")
            }
        }
    }

    static func keep(digest: String, of token: ID<AccessToken>, _ session: any Session) throws {
        try session.run("insert into access_token_key (digest, token_id) values (\(digest), \(token))")
    }

    /// After this nothing in the store knows the token any more.
    static func forget(_ token: ID<AccessToken>, _ session: any Session) throws {
        try session.run("delete from access_token_key where token_id = \(token)")
    }

    private static func token(_ row: Row) -> AccessToken? {
        guard let kind = AccessToken.Kind(rawValue: row.text(1)), let lastDay = row.day(7) else { return nil }
        return AccessToken(
            id: row.id(0), kind: kind, title: row.text(2), purpose: row.text(3), person: row.optionalInteger(4),
            rights: row.text(5).split(separator: " ").map(String.init), region: row.optionalInteger(6), lastDay: lastDay,
            isRevoked: row.integer(8) == 1)
    }

    // MARK: Outside queries

    static func record(_ queries: [OutsideQuery], keptFrom oldest: Moment, _ session: any Session) throws {
        try session.insert(
            into: "outside_query", columns: ["request", "time", "token_id", "purpose", "route", "address", "status"],
            rows: queries.map { query in
                [
                    .text(query.request), .integer(query.time.milliseconds), .integer(query.token), .text(query.purpose),
                    .text(query.route),
                    .text(query.address), Value(query.status),
                ]
            })
        for (token, used) in Dictionary(queries.map { ($0.token, $0.time.milliseconds) }, uniquingKeysWith: max).sorted(by: {
            $0.key < $1.key
        }) {
            try session.run("update access_token_key set used_at = \(used) where token_id = \(token)")
        }
        try session.run("delete from outside_query where time < \(oldest.milliseconds)")
    }

    /// The latest queries after a place in the list, with the titles of their tokens.
    static func queries(
        of token: Int64?, after place: QueryPlace, limit: Int, _ session: any Session
    ) throws -> [(query: OutsideQuery, title: String)] {
        var sql: SQL =
            """
            select q.time, q.token_id, q.purpose, q.route, q.address, q.status, q.request, t.title
            from outside_query as q left join access_token as t on t.id = q.token_id and \(RecordTable.current("t"))
            where (q.time < \(place.time) or (q.time = \(place.time) and q.request > \(place.request)))
            """
        if let token { sql += " and q.token_id = \(token)" }
        return try session.rows(sql + " order by q.time desc, q.request limit \(limit)").map { row in
            (
                OutsideQuery(
                    time: Moment(milliseconds: row.integer(0)), token: row.integer(1), purpose: row.text(2), route: row.text(3),
                    address: row.text(4), status: Int(row.integer(5)), request: row.text(6)), row.optionalText(7) ?? ""
            )
        }
    }
}

/// Where a page of the record ends: its last query.
struct QueryPlace: Sendable, Hashable {
    var time = Int64.max
    var request = ""

    init() {}

    init(_ query: OutsideQuery) {
        time = query.time.milliseconds
        request = query.request
    }

    /// As an address has it; the beginning where it is none.
    init(text: String?) {
        let parts = (text ?? "").split(separator: "-")
        guard parts.count == 2, let time = Int64(parts[0]) else { return }
        (self.time, request) = (time, String(parts[1]))
    }

    var text: String { "\(time)-\(request)" }
}
