import Storage
import Values

/// Searching firms by any part of a current or former name: pairs of characters in the engine's text index, then the exact test.
///
/// A pair is indexed as the numbers of its characters, because the engines' word rules would cut or drop signs such as `&`.
/// The two engines' spellings stand here and nowhere else.
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

    /// Puts names into the index; `id` is the number of the name's row. Names are never taken out: the exact test reads current rows.
    static func add(_ names: [(id: Int64, name: String)], _ session: any Session) throws {
        let rows = names.compactMap { name in
            let words = indexed(name.name)
            return words.isEmpty ? nil : [Value.integer(name.id), .text(words)]
        }
        try session.insert(into: "enterprise_search", columns: ["rowid", "text"], rows: rows)
    }

    /// The numbers of the firms one of whose names, as known at a position, contains every piece of the query.
    static func firms(_ query: NameQuery, at position: Int64?, dialect: Dialect) -> SQL {
        var sql: SQL = "select n.enterprise_id from enterprise_name as n where \(RecordTable.known("n", at: position))"
        if !query.pairs.isEmpty { sql += " and n.id in (\(matches(query.pairs.map(word), dialect)))" }
        for piece in query.pieces { sql += " and n.folded like \(pattern(piece)) escape '!'" }
        return sql
    }

    private static func matches(_ words: [String], _ dialect: Dialect) -> SQL {
        switch dialect {
        case .sqlite: "select rowid from enterprise_search where enterprise_search match \(words.joined(separator: " "))"
        case .postgres: "select rowid from enterprise_search where grams @@ to_tsquery('simple', \(words.joined(separator: " & ")))"
        }
    }

    private static func pattern(_ piece: String) -> String {
        "%" + piece.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_") + "%"
    }
}
