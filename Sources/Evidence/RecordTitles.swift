package import Storage
import Values

/// Where the text of a record's number stands: a publication's title, a firm's name.
package struct RecordTitles: Sendable {
    let table: Identifier
    let column: Identifier

    package init(_ table: RecordTable, _ column: Identifier) {
        self.table = table.name
        self.column = column
    }

    /// The texts as known at a position; a record that did not exist then has none.
    func names(_ numbers: Set<Int64>, known: Int64?, _ session: any Session) throws -> [String: String] {
        var found: [String: String] = [:]
        let all = numbers.sorted()
        for start in stride(from: 0, to: all.count, by: 500) {
            let list = SQL.list(all[start..<min(start + 500, all.count)].map(Value.integer))
            let sql: SQL = "select n.id, n.\(column) from \(table) as n where n.id in \(list) and \(RecordTable.known("n", at: known))"
            for row in try session.rows(sql) { found[String(row.integer(0))] = row.optionalText(1) }
        }
        return found
    }
}

/// The texts of the records that groups are made by, read once for all groups.
struct GroupNames {
    private var texts: [Int: [String: String]] = [:]

    init(dimensions: [Dimension], groups: [Answer.Group], known: Int64?, _ session: any Session) throws {
        for (place, dimension) in dimensions.enumerated() {
            guard let names = dimension.names else { continue }
            texts[place] = try names.names(Set(groups.compactMap { Int64($0.keys[place]) }), known: known, session)
        }
    }

    func name(_ key: String, at place: Int) -> String? { texts[place]?[key] }
}
