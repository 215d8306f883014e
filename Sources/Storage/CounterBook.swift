/// What the rows of one act add to the counters, gathered by the keys of whole rows before cubes are thought of.
struct CounterBook: Sendable {
    /// The rows of one table.
    struct Page: Sendable {
        let table: RecordTable
        let reader: TallyReader
        fileprivate(set) var leaves = LeafCodes()
        /// What the rows of each leaf add, one leaf after the other.
        fileprivate var amounts: [Int64] = []
        /// For every way of naming things the rows that belong to any.
        fileprivate(set) var touched: [[TouchedRow]]

        init(_ table: RecordTable, _ reader: TallyReader) {
            self.table = table
            self.reader = reader
            touched = reader.namings.map { _ in [] }
        }
    }

    private var byTable: [Identifier: Page] = [:]
    private let countsThings: Bool

    /// - Parameter things: whether it is also gathered which things the rows belong to.
    init(things: Bool = true) { countsThings = things }

    var pages: some Sequence<Page> { byTable.values }

    /// Adds a row that opened (`sign` 1) or closed (-1).
    mutating func add(_ table: RecordTable, id: Int64, row: [Value], sign: Int64) {
        guard let reader = table.reader, reader.counts(row) else { return }
        byTable[table.name, default: Page(table, reader)].add(id: id, row, sign: sign, things: countsThings)
    }

    /// Adds what another book gathered of the same act.
    mutating func add(_ other: CounterBook) {
        for (name, page) in other.byTable { byTable[name, default: Page(page.table, page.reader)].add(page) }
    }

    /// The cells of all cubes; those that come to nothing are left out.
    var cells: [CounterKey: Int64] {
        var cells: [CounterKey: Int64] = [:]
        for page in byTable.values { page.add(to: &cells) }
        return cells.filter { $0.value != 0 }
    }
}

extension CounterBook.Page {
    fileprivate mutating func add(id: Int64, _ row: [Value], sign: Int64, things: Bool) {
        let leaf = leaf(reader.leaf(row))
        let added = reader.amounts(row)
        for place in added.indices { amounts[Int(leaf) * added.count + place] += sign * added[place] }
        guard things else { return }
        for naming in reader.namings.indices {
            if let row = TouchedRow(reader, naming, id: id, row, leaf: leaf, sign: Int32(sign)) { touched[naming].append(row) }
        }
    }

    fileprivate mutating func add(_ other: CounterBook.Page) {
        let width = reader.tally.parts.count
        var codes: [Int32] = []
        for (place, keys) in other.leaves.all.enumerated() {
            let leaf = leaf(keys)
            codes.append(leaf)
            for part in 0..<width { amounts[Int(leaf) * width + part] += other.amounts[place * width + part] }
        }
        for naming in touched.indices {
            touched[naming] += other.touched[naming].map { row in
                var row = row
                row.leaf = codes[Int(row.leaf)]
                return row
            }
        }
    }

    private mutating func leaf(_ keys: [String]) -> Int32 {
        let code = leaves.code(keys)
        let needed = leaves.all.count * reader.tally.parts.count
        if amounts.count < needed { amounts += Array(repeating: 0, count: needed - amounts.count) }
        return code
    }

    fileprivate func add(to cells: inout [CounterKey: Int64]) {
        let names = reader.tally.parts.map(\.name)
        for cube in reader.cubes {
            for (place, leaf) in leaves.all.enumerated() {
                let keys = cube.keys.map { leaf[$0] }
                for part in cube.parts {
                    let amount = amounts[place * names.count + part]
                    if amount != 0 { cells[CounterKey(cube.name, keys, names[part]), default: 0] += amount }
                }
            }
        }
    }
}

/// The keys of rows, each list of them kept once and known by a small number.
struct LeafCodes: Sendable {
    private(set) var all: [[String]] = []
    private var codes: [[String]: Int32] = [:]

    mutating func code(_ leaf: [String]) -> Int32 {
        if let code = codes[leaf] { return code }
        let code = Int32(all.count)
        codes[leaf] = code
        all.append(leaf)
        return code
    }
}

/// A row that belongs to a thing, as the counters see it.
struct TouchedRow: Sendable {
    let thing: ThingName
    /// The number of its keys among the page's leaves.
    var leaf: Int32
    /// 1 for a row that opened, -1 for one that closed.
    let sign: Int32
    /// The sorts of things that it takes part in, and those in which it misses: a bit for each.
    let takes: UInt16
    let misses: UInt16

    /// nil where the row takes part in none.
    init?(_ reader: TallyReader, _ naming: Int, id: Int64, _ row: [Value], leaf: Int32, sign: Int32) {
        let parts = reader.parts(naming, row)
        guard parts.takes != 0, let thing = reader.thing(naming, id: id, row) else { return nil }
        self.thing = thing
        self.leaf = leaf
        self.sign = sign
        (takes, misses) = parts
    }
}
