import Spreadsheets
import Values

/// The rows of a long table, read into values.
struct LongRows {
    private(set) var table: LongTableReading
    private(set) var reading: RowReading
    private let sheet: SortedSheet
    private let vocabulary: HeadingVocabulary
    private let fields: Set<String>?
    private var blocks = 1

    init(_ table: LongTableReading, sheet: SortedSheet, vocabulary: HeadingVocabulary, fields: Set<String>?) throws {
        self.table = table
        self.sheet = sheet
        self.vocabulary = vocabulary
        self.fields = fields
        reading = try RowReading(
            layouts: table.table.layouts, vocabulary: vocabulary, title: sheet.title, impliedVerdict: sheet.impliedVerdict, fields: fields)
    }

    /// The rows of data that are whole by now, not yet read. Before a further block of the sheet `changes` is called: what came until then is
    /// read by the reading that was.
    mutating func data(_ event: SheetEvent, changes: (RowReading) throws -> Void = { _ in }) throws -> [DataRow] {
        let rows = table.take(event)
        if table.table.layouts.count != blocks {
            try changes(reading)
            blocks = table.table.layouts.count
            reading = try RowReading(
                layouts: table.table.layouts, vocabulary: vocabulary, title: sheet.title, impliedVerdict: sheet.impliedVerdict,
                fields: fields)
        }
        return rows
    }

    /// The rows of certain numbers, read.
    mutating func take(_ event: SheetEvent, only wanted: Set<Int>) throws -> [ReadRow] {
        try data(event).filter { wanted.contains($0.number) }.map { reading.read($0) }
    }
}

/// What comes through the passage from the reading of a long table.
enum RowParcel<Entry: Sendable>: Sendable {
    case rows(Pending<[WindowRow<Entry>]>)
    /// After the last row: what is to be said of the table as a whole, and its blocks.
    case end([RowIssue], [TableLayout])
}

/// What comes to the thread that writes.
enum WindowParcel<Entry: Sendable, Draft: Sendable>: Sendable {
    /// nil where the store must be asked what the rows mean.
    case window([WindowRow<Entry>], LaidWindow<Draft>?)
    case issues([RowIssue])
}

/// What a window does, row by row, and what it will write.
struct LaidWindow<Draft: Sendable>: Sendable {
    let planned: [PlannedRow]
    let drafts: [Draft]

    init(_ laid: (planned: [PlannedRow], drafts: [Draft])) { (planned, drafts) = laid }
}

/// Gathers the rows of a long table and hands them to the shares that read them.
struct RowPass<Reader: EntryReader> {
    /// Rows that go to a share at a time.
    static var usual: Int { 400 }

    private var rows: LongRows
    private let shares: ReadingShares<Reader>
    let size: Int
    private var waiting: [DataRow] = []
    private var place = 0

    init(rows: LongRows, shares: ReadingShares<Reader>, size: Int) {
        self.rows = rows
        self.shares = shares
        self.size = size
    }

    mutating func take(_ event: SheetEvent, _ put: (RowParcel<Reader.Entry>) throws -> Void) throws {
        var before: RowReading?
        let more = try rows.data(event) { before = $0 }
        if let before { try hand(by: before, put) }
        waiting += more
        if waiting.count >= size { try hand(by: rows.reading, put) }
    }

    private mutating func hand(by reading: RowReading, _ put: (RowParcel<Reader.Entry>) throws -> Void) throws {
        guard !waiting.isEmpty else { return }
        let some = waiting
        waiting = []
        waiting.reserveCapacity(size)
        try put(.rows(shares.read(some, from: place, by: reading)))
        place += some.count
    }

    mutating func finish(_ put: (RowParcel<Reader.Entry>) throws -> Void) throws {
        try hand(by: rows.reading, put)
        try put(.end(rows.table.issues + shares.tableIssues(), rows.table.table.layouts))
    }
}
