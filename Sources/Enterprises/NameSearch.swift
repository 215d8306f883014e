import Storage
import Values

/// Searching firms by any part of a current or former name: pairs of characters in the engine's text index, then the exact test.
///
/// A pair is indexed as the numbers of its characters, because the engines' word rules would cut or drop signs such as `&`.
/// The two engines' spellings stand here and nowhere else. What is found stands in the order of the names' numbers, which is the order in
/// which the index gives them, so that a page of a frequent pair (公司) is full after as many names as it shows.
enum NameSearch {
    /// The words under which a name is indexed.
    static func indexed(_ name: String) -> String { plain(name) ?? NameFolding.pairs(name).map(word).joined(separator: " ") }

    /// The same for a name of ideographs, digits, small letters and brackets alone, which nearly all are: nothing in it is folded.
    private static func plain(_ name: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count * 4)
        var seen: [UInt64] = []
        var before: UInt32?
        for scalar in name.unicodeScalars where scalar != "(" && scalar != ")" {
            guard NameFolding.isPlain(scalar) else { return nil }
            defer { before = scalar.value }
            guard let first = before else { continue }
            let pair = UInt64(first) << 32 | UInt64(scalar.value)
            if seen.contains(pair) { continue }
            seen.append(pair)
            if !bytes.isEmpty { bytes.append(32) }
            bytes.append(UInt8(ascii: "g"))
            add(hexadecimal: first, &bytes)
            bytes.append(UInt8(ascii: "z"))
            add(hexadecimal: scalar.value, &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func add(hexadecimal number: UInt32, _ bytes: inout [UInt8]) {
        var shift = number < 0x100 ? 4 : 12
        while shift >= 0 {
            let digit = UInt8(number >> UInt32(shift) & 15)
            bytes.append(digit < 10 ? 48 + digit : 87 + digit)
            shift -= 4
        }
    }

    private static func word(_ pair: String) -> String {
        "g" + pair.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: "z")
    }

    /// Puts names into the index by their words; `id` is the number of the name's row. Names are never taken out: the exact test reads current
    /// rows.
    static func add(_ names: [(id: Int64, words: String)], _ session: any Session) throws {
        let rows = names.compactMap { $0.words.isEmpty ? nil : [Value.integer($0.id), .text($0.words)] }
        try session.insert(into: "enterprise_search", columns: ["rowid", "text"], rows: rows)
    }

    /// Fills an empty index from the names, in the order of their numbers.
    static func make(_ session: any Session) throws {
        var waiting: [(id: Int64, words: String)] = []
        let names: SQL = """
            select n.id, n.name from enterprise_name as n
            where n.known_from = (select min(o.known_from) from enterprise_name as o where o.id = n.id) order by n.id
            """
        try session.forEach(names) { row in
            waiting.append((row.integer(0), indexed(row.text(1))))
            guard waiting.count == 10_000 else { return }
            try add(waiting, session)
            waiting.removeAll(keepingCapacity: true)
        }
        try add(waiting, session)
    }

    /// Numbers of name and firm, one a firm: its first name that holds every piece; after the filter's cursor, in the order of the names.
    static func hits(_ query: NameQuery, _ filter: EnterpriseFilter, limit: Int, dialect: Dialect) -> SQL {
        var sql: SQL
        if query.pairs.isEmpty {
            sql = "select n.id, n.enterprise_id from enterprise_name as n cross join enterprise as e where n.id > \(filter.after)"
        } else {
            sql = """
                select n.id, n.enterprise_id from enterprise_search as s cross join enterprise_name as n cross join enterprise as e
                where \(matches(query, dialect)) and s.rowid > \(filter.after) and n.id = s.rowid
                """
        }
        sql += " and " + conditions(query, filter)
        return sql + (query.pairs.isEmpty ? " order by n.id limit \(limit)" : " order by s.rowid limit \(limit)")
    }

    /// The first name that holds every piece, of each firm that meets the conditions on `e`; for filters that leave few firms.
    static func firstNames(_ query: NameQuery, _ conditions: [SQL]) -> SQL {
        "select min(n.id), e.id from enterprise as e join enterprise_name as n on n.enterprise_id = e.id where "
            + conditions.joined(" and ") + " and " + holds(query, "n", at: nil) + " group by e.id"
    }

    /// The numbers of the first names that the index gives, before the exact test.
    static func candidates(_ query: NameQuery, limit: Int, dialect: Dialect) -> SQL {
        "select s.rowid from enterprise_search as s where \(matches(query, dialect)) order by s.rowid limit \(limit)"
    }

    /// How many of the first candidates are hits.
    static func countAmong(_ query: NameQuery, _ filter: EnterpriseFilter, limit: Int, dialect: Dialect) -> SQL {
        """
        select count(*) from (\(candidates(query, limit: limit, dialect: dialect))) as s cross join enterprise_name as n cross join enterprise as e
        where n.id = s.rowid and
        """ + " " + conditions(query, filter)
    }

    private static func conditions(_ query: NameQuery, _ filter: EnterpriseFilter) -> SQL {
        let earlier: SQL = """
            not exists (select 1 from enterprise_name as o where o.enterprise_id = e.id and o.id < n.id and \(holds(query, "o", at: filter.known)))
            """
        let firm = EnterpriseStore.conditions(filter).joined(" and ")
        return holds(query, "n", at: filter.known) + " and e.id = n.enterprise_id and " + firm + " and " + earlier
    }

    /// Known at the position and holding every piece.
    private static func holds(_ query: NameQuery, _ alias: Identifier, at position: Int64?) -> SQL {
        var sql = RecordTable.known(alias, at: position)
        let folded: SQL = "\(alias).folded"
        for piece in query.pieces { sql += " and " + SQL.holds(folded, piece) }
        return sql
    }

    private static func matches(_ query: NameQuery, _ dialect: Dialect) -> SQL {
        let words = query.pairs.map(word)
        // A pair that most names have is found by walking the names, a rare one by the index.
        return switch dialect {
        case .sqlite: "s.enterprise_search match \(words.joined(separator: " "))"
        case .postgres: ("s.grams @@ to_tsquery('simple', \(words.joined(separator: " & ")))" as SQL).plannedAnew()
        }
    }
}
