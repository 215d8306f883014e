/// Moves the things that an act touched from the cells they stood in to those they stand in now, as their rows say after it.
struct MoveThings {
    let session: any Session
    /// Whether the page's table had rows before the act; where it had none, what the act opened is all there is.
    let hasEarlierRows: Bool
    private let page: CounterBook.Page
    private let reader: TallyReader
    private let columns: SQL
    private var leaves: LeafCodes
    private var cells: ThingCells
    private var moved: [ThingCell: Int64] = [:]

    /// How many things are looked up by one statement.
    private static let atOnce = 64

    init(_ page: CounterBook.Page, hasEarlierRows: Bool, _ session: any Session) {
        self.session = session
        self.hasEarlierRows = hasEarlierRows
        self.page = page
        // Only the columns that are counted by are read.
        let used = page.table.columns.filter { page.reader.used.contains($0) }
        reader = TallyReader(page.reader.tally, columns: used)
        columns = (["t.id"] + used.map { "t.\($0)" as SQL }).joined(", ")
        leaves = page.leaves
        cells = ThingCells(page.reader)
    }

    /// Adds to the cells what the act moved.
    mutating func add(to sums: inout [CounterKey: Int64]) throws {
        for naming in page.touched.indices {
            let touched = page.touched[naming].sorted { $0.thing < $1.thing }
            var start = 0
            while start < touched.count {
                let end = Self.end(after: start, in: touched)
                try move(touched[start..<end], naming)
                start = end
            }
        }
        for (cell, count) in moved where count != 0 { sums[cells.key(cell), default: 0] += count }
    }

    /// Where some things end whose rows lie together.
    private static func end(after start: Int, in touched: [TouchedRow]) -> Int {
        var (end, things) = (start, 0)
        while end < touched.count {
            if end == start || touched[end].thing != touched[end - 1].thing {
                if things == atOnce { return end }
                things += 1
            }
            end += 1
        }
        return end
    }

    private mutating func move(_ touched: ArraySlice<TouchedRow>, _ naming: Int) throws {
        let standing = try hasEarlierRows ? rows(of: touched, naming) : [:]
        var start = touched.startIndex
        while start < touched.endIndex {
            let thing = touched[start].thing
            var end = start + 1
            while end < touched.endIndex, touched[end].thing == thing { end += 1 }
            let changes = touched[start..<end]
            let isAlone = !hasEarlierRows || thing.value == nil
            let now = isAlone ? changes.filter { $0.sign == 1 } : standing[thing] ?? []
            cells.move(now: now, changes: changes, leaves) { moved[$0, default: 0] += $1 }
            start = end
        }
    }

    /// The rows that things have now.
    private mutating func rows(of touched: ArraySlice<TouchedRow>, _ naming: Int) throws -> [ThingName: [TouchedRow]] {
        var names = Set(touched.map(\.thing)).sorted().compactMap(\.value)
        guard let last = names.last else { return [:] }
        // A few lengths, so that few statements are prepared.
        let length = [1, 8, Self.atOnce].first { $0 >= names.count } ?? names.count
        names += Array(repeating: last, count: length - names.count)
        var found: [ThingName: [TouchedRow]] = [:]
        for row in try session.rows(statement(names, reader.namings[naming].naming.columns)) {
            let values = Array(row.values.dropFirst())
            guard reader.counts(values) else { continue }
            let leaf = leaves.code(reader.leaf(values))
            if let row = TouchedRow(reader, naming, id: row.integer(0), values, leaf: leaf, sign: 1) {
                found[row.thing, default: []].append(row)
            }
        }
        return found
    }

    /// The current rows whose first column that says something is among the names; each part by the column's own index.
    private func statement(_ names: [Value], _ naming: [Identifier]) -> SQL {
        let current: SQL = page.table.isVersioned ? " and \(RecordTable.current("t"))" : ""
        return naming.indices.map { place in
            let before = naming[..<place].map { " and (t.\($0) is null or t.\($0) = '')" as SQL }.joined("")
            return "select \(columns) from \(page.table.name) as t where t.\(naming[place]) in \(SQL.list(names))" + before + current
        }.joined(" union all ")
    }
}
