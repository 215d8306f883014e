package import Storage

/// An import whose rows can be taken a window at a time, so that a file of any length needs no more room than a short one.
///
/// What makes it right: all rows that may be about one record stand in one window (`RowGroups`), so that no window depends on what
/// another one wrote, no record is written twice in one act, and the size of the windows cannot be seen in the result.
package protocol WindowedTarget: ImportTarget {
    /// A row read as far as it can be without the store.
    associatedtype Entry: Sendable
    associatedtype Reader: EntryReader where Reader.Entry == Entry
    /// What is asked of the store once, before the first window.
    associatedtype Known: Sendable
    /// What a window will write.
    associatedtype Draft: Sendable

    /// The fields that `marks` looks at.
    var keyFields: Set<String> { get }

    /// - Parameter keysOnly: the entries are only asked for their marks.
    func reader(of table: CheckedTable, keysOnly: Bool) -> Reader

    func known(_ session: any Session) throws -> Known

    /// For each entry the hashes of everything by which it may meet another entry: its own keys, and the stored records they lead to.
    func marks(_ entries: [Entry], known: Known, _ session: any Session) throws -> [[UInt64]]

    /// Compares a window with the store; one planned row for each entry, in their order.
    func lay(_ window: [WindowRow<Entry>], of table: CheckedTable, known: Known, _ session: any Session) throws -> (
        planned: [PlannedRow], drafts: [Draft]
    )

    /// The same where what is known of the store is enough, so that it can be done beside the writing; nil where the store must be asked.
    func lay(_ window: [WindowRow<Entry>], of table: CheckedTable, known: Known) -> (planned: [PlannedRow], drafts: [Draft])?

    func write(_ drafts: [Draft], _ transaction: Transaction) throws
}

/// Reads the rows of one table into entries and remembers what is to be said of the table as a whole.
package protocol EntryReader: Sendable {
    associatedtype Entry: Sendable
    mutating func entry(_ row: ReadRow) -> Entry
    /// Takes over what another reader noticed in other rows of the same table.
    mutating func absorb(_ other: Self)
    /// Known once all rows have been read.
    var tableIssues: [RowIssue] { get }
}

/// An entry on its way through a window.
package struct WindowRow<Entry: Sendable>: Sendable {
    /// The place among the rows of the table, from 0.
    package let place: Int
    package let entry: Entry
    /// Whether the row itself was read without an error.
    package let isGood: Bool
    /// What was noticed while reading it.
    package let issues: [RowIssue]

    package init(place: Int, entry: Entry, isGood: Bool, issues: [RowIssue]) {
        self.place = place
        self.entry = entry
        self.isGood = isGood
        self.issues = issues
    }

    init(place: Int, entry: Entry, row: ReadRow) { self.init(place: place, entry: entry, isGood: row.isGood, issues: row.issues) }
}

/// How many rows are held at a time.
package struct WindowSize: Sendable {
    /// A file with more rows is read in windows; a shorter one is held whole.
    package var held = 20_000
    /// The rows by which the sheets of a long file are judged.
    package var head = 2_000
    /// Rows of a window; rows of one record stay together, so that it may be a few more.
    package var window = 2_000
    /// What one import may hold of lists that are compared as a whole, and of short registers together; the longest published list has
    /// some thousand rows.
    package var whole = Held(rows: 100_000, bytes: 256 << 20)

    /// Rows, and bytes as they lie in memory.
    package struct Held: Sendable {
        package var rows: Int
        package var bytes: Int
    }

    package init() {}
}

extension WindowedTarget {
    /// Takes a table that is held whole: compares, and writes where there is a transaction.
    package func take(_ table: CheckedTable, window: Int, _ session: any Session, writing transaction: Transaction?) throws -> [PlannedRow]
    {
        var reader = reader(of: table, keysOnly: false)
        let rows = table.rows.enumerated().map { WindowRow(place: $0, entry: reader.entry($1), row: $1) }
        let known = try known(session)
        var marks = RowMarks()
        var rest = rows[...]
        while !rest.isEmpty {
            for found in try self.marks(rest.prefix(window).map(\.entry), known: known, session) { marks.add(found) }
            rest = rest.dropFirst(window)
        }
        var sorter = WindowSorter<Entry>(groups: marks.groups(), size: window)
        var planned = [PlannedRow?](repeating: nil, count: rows.count)
        func take(_ window: [WindowRow<Entry>]) throws {
            let laid = try lay(window, of: table, known: known) ?? lay(window, of: table, known: known, session)
            for (row, plan) in zip(window, laid.planned) { planned[row.place] = plan }
            if let transaction { try write(laid.drafts, transaction) }
        }
        for row in rows { if let full = sorter.add(row) { try take(full) } }
        if let last = sorter.rest() { try take(last) }
        var result = planned.compactMap { $0 }
        if let first = result.first {
            result[0] = PlannedRow(number: first.number, outcome: first.outcome, issues: reader.tableIssues + first.issues)
        }
        return result
    }
}
