/// How the things of one table moved from cell to cell with every act, made from its versions alone.
struct ThingMoves {
    private struct Change: Hashable {
        let cell: Int32
        let position: Int64
    }

    private let table: RecordTable
    private let reader: TallyReader
    private var leaves = LeafCodes()
    private var cells: ThingCells
    private var codes: [ThingCell: Int32] = [:]
    private var byCode: [ThingCell] = []
    private var changes: [Change: Int64] = [:]

    /// Walks the versions of the table, thing by thing; nil where it counts none.
    init?(_ table: RecordTable, _ session: any Session) throws {
        guard let reader = table.reader, !reader.namings.isEmpty else { return nil }
        self.table = table
        self.reader = reader
        cells = ThingCells(reader)
        for naming in reader.namings.indices { try walk(naming, session) }
    }

    /// Hands out every cell with what it came to after each act that changed it, positions ascending.
    func forEachCell(_ take: (CounterKey, [(position: Int64, value: Int64)]) throws -> Void) rethrows {
        let ordered = changes.filter { $0.value != 0 }.sorted { ($0.key.cell, $0.key.position) < ($1.key.cell, $1.key.position) }
        var start = 0
        while start < ordered.count {
            var (end, total, values) = (start, Int64(0), [(position: Int64, value: Int64)]())
            while end < ordered.count, ordered[end].key.cell == ordered[start].key.cell {
                total += ordered[end].value
                values.append((ordered[end].key.position, total))
                end += 1
            }
            try take(cells.key(byCode[Int(ordered[start].key.cell)]), values)
            start = end
        }
    }

    private mutating func walk(_ naming: Int, _ session: any Session) throws {
        var held: [(position: Int64, row: TouchedRow)] = []
        try session.forEach(statement(naming)) { row in
            let values = Array(row.values.dropFirst(4))
            guard reader.counts(values) else { return }
            let leaf = leaves.code(reader.leaf(values))
            guard let touched = TouchedRow(reader, naming, id: row.integer(3), values, leaf: leaf, sign: Int32(row.integer(2))) else {
                return
            }
            if let last = held.last, last.row.thing != touched.thing { settle(&held) }
            held.append((row.integer(1), touched))
        }
        settle(&held)
    }

    private mutating func settle(_ held: inout [(position: Int64, row: TouchedRow)]) {
        cells.follow(held, leaves) { cell, position, count in
            let code = codes[cell] ?? Int32(byCode.count)
            if code == byCode.count {
                codes[cell] = code
                byCode.append(cell)
            }
            changes[Change(cell: code, position: position), default: 0] += count
        }
        held.removeAll(keepingCapacity: true)
    }

    /// Openings and closings of all versions: the thing, the position, the sign, the row's number and columns, in the order of things and positions.
    private func statement(_ naming: Int) -> SQL {
        let columns = table.columns.map { reader.used.contains($0) ? $0.sql : "null" as SQL }.joined(", ")
        let thing = Self.thing(reader.namings[naming].naming)
        let opened: SQL = "select \(thing) as thing, known_from as position, 1 as sign, \(table.key) as id, \(columns) from \(table.name)"
        let closed: SQL =
            table.isVersioned
            ? " union all select \(thing), known_to, -1, \(table.key), \(columns) from \(table.name) where known_to <> 9223372036854775807"
            : ""
        return "select * from (" + opened + closed + ") as change order by thing, case when thing is null then id end, position"
    }

    private static func thing(_ naming: Tally.Naming) -> SQL {
        switch naming {
        case .number(let column): column.sql
        case .name(let columns), .nameOrRow(let columns): "coalesce(" + columns.map { "nullif(\($0), '')" as SQL }.joined(", ") + ", null)"
        }
    }
}
