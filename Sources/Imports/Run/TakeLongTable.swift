import Spreadsheets
import Storage
import Values

extension ImportRun {
    /// Takes a long table through the store: once for the keys, once in windows. The file is read beside, on the other processor.
    ///
    /// - Parameter writing: the act and the file that it keeps; nil only looks.
    func take<Target: WindowedTarget>(
        _ long: LongTable, _ table: CheckedTable, _ target: Target, _ session: any Session,
        writing act: (transaction: Transaction, file: OpenedFile)?, mode: CommitMode, report: inout ImportReport
    ) throws {
        guard let sheet = table.sheet.table else { return }
        let known = try target.known(session)
        try progress.begin(.matching, file: table.file, total: long.rows)
        let first = try groups(long, table, target, known, session)
        // Further blocks of the sheet are known after the first reading.
        var whole = sheet
        whole.layouts = first.layouts
        let reader = target.reader(of: table.with(whole), keysOnly: false)
        try progress.begin(act == nil ? .comparing : .writing, file: table.file, total: long.rows)
        var pass = WindowPass(
            rows: try reading(long, table, fields: nil), entries: reader,
            windows: WindowSorter<Target.Entry>(groups: first.groups, size: size.window))
        let parcels = beside(long) { event, put in
            guard let event else { return try pass.finish(put) }
            try pass.take(event, put)
        }
        defer { parcels.close() }
        var isWriting = act != nil
        while let parcel = try parcels.next() {
            switch parcel {
            case .window(let window):
                let laid = try target.lay(window, of: table, known: known, session)
                report.add(table, window, laid.planned)
                if mode == .all, report.hasErrors { isWriting = false }
                guard isWriting, let act else { continue }
                try target.write(laid.drafts, act.transaction)
                if laid.planned.contains(where: \.writes) { try keep(act.file, act.transaction) }
            case .issues(let issues): for issue in issues { report.add(issue, table) }
            }
        }
    }

    /// The first reading: which rows may be about one record.
    private func groups<Target: WindowedTarget>(
        _ long: LongTable, _ table: CheckedTable, _ target: Target, _ known: Target.Known, _ session: any Session
    ) throws -> (groups: RowGroups, layouts: [TableLayout]) {
        var pass = KeyPass(
            rows: try reading(long, table, fields: target.keyFields), entries: target.reader(of: table, keysOnly: true), size: size.window)
        let parcels = beside(long) { event, put in
            guard let event else { return try pass.finish(put) }
            try pass.take(event, put)
        }
        defer { parcels.close() }
        var marks = RowMarks()
        var layouts: [TableLayout] = []
        while let parcel = try parcels.next() {
            switch parcel {
            case .entries(let entries): for found in try target.marks(entries, known: known, session) { marks.add(found) }
            case .layouts(let found): layouts = found
            }
        }
        return (marks.groups(), layouts)
    }

    private func reading(_ long: LongTable, _ table: CheckedTable, fields: Set<String>?) throws -> LongRows {
        guard let sheet = table.sheet.table,
            let rows = LongTableReading(long, table: sheet, reader: TableReader(vocabulary: vocabulary), corrections: table.corrections)
        else { throw Failure(.invalid, "import.no-heading", "没有认出表头，不能读取各行。", cure: "检查表头一行的栏目名称，或手工指定对应关系。") }
        return try LongRows(rows, sheet: table.sheet, vocabulary: vocabulary, fields: fields)
    }

    /// The rows of certain numbers, read once more: what a page shows of a table that is not held.
    func rows(_ wanted: Set<Int>, of long: LongTable, _ table: CheckedTable) throws -> [ReadRow] {
        guard !wanted.isEmpty else { return [] }
        var pass = (rows: try reading(long, table, fields: nil), left: wanted)
        let parcels: Passage<[ReadRow]> = beside(long) { event, put in
            guard let event else { return }
            let found = try pass.rows.take(event, only: wanted)
            guard !found.isEmpty else { return }
            try put(found)
            pass.left.subtract(found.map(\.number))
            // The rest of the file need not be read.
            if pass.left.isEmpty { throw CancellationError() }
        }
        defer { parcels.close() }
        var rows: [ReadRow] = []
        while rows.count < wanted.count, let found = try parcels.next() { rows += found }
        return rows
    }

    /// Reads the file on a thread of its own and hands on what the body makes of it; the body gets nil after the last event.
    private func beside<Parcel: Sendable>(
        _ long: LongTable, _ body: @escaping (SheetEvent?, (Parcel) throws -> Void) throws -> Void
    ) -> Passage<Parcel> {
        let passage = Passage<Parcel>()
        let file = OutsideFile(path: long.path, name: long.file, reader: reader, limits: limits)
        // Called by one thread alone, one event after the other.
        nonisolated(unsafe) let body = body
        let progress = progress
        Task.detached {
            do {
                _ = try await file.fold(into: 0) { rows, event in
                    if case .row = event {
                        rows += 1
                        if rows % 1000 == 0 { try progress.tell(rows) }
                    }
                    try body(event, passage.put)
                }
                try body(nil, passage.put)
                passage.finish()
            } catch {
                passage.finish(error)
            }
        }
        return passage
    }
}

/// The rows of a long table, read into values.
struct LongRows {
    private(set) var table: LongTableReading
    private var reading: RowReading
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

    /// - Parameter only: the numbers of the rows that are wanted; nil for all.
    mutating func take(_ event: SheetEvent, only wanted: Set<Int>? = nil) throws -> [ReadRow] {
        var rows = table.take(event)
        if let wanted { rows.removeAll { !wanted.contains($0.number) } }
        if table.table.layouts.count != blocks {
            blocks = table.table.layouts.count
            reading = try RowReading(
                layouts: table.table.layouts, vocabulary: vocabulary, title: sheet.title, impliedVerdict: sheet.impliedVerdict,
                fields: fields)
        }
        return rows.map { reading.read($0) }
    }
}

/// The first reading: entries with nothing but their keys.
private struct KeyPass<Reader: EntryReader> {
    enum Parcel: Sendable { case entries([Reader.Entry]), layouts([TableLayout]) }

    var rows: LongRows
    var entries: Reader
    let size: Int
    private var window: [Reader.Entry] = []

    init(rows: LongRows, entries: Reader, size: Int) {
        self.rows = rows
        self.entries = entries
        self.size = size
    }

    mutating func take(_ event: SheetEvent, _ put: (Parcel) throws -> Void) throws {
        for row in try rows.take(event) { window.append(entries.entry(row)) }
        guard window.count >= size else { return }
        try put(.entries(window))
        window = []
    }

    mutating func finish(_ put: (Parcel) throws -> Void) throws {
        try put(.entries(window))
        try put(.layouts(rows.table.table.layouts))
    }
}

/// The second reading: whole entries, sorted into windows.
private struct WindowPass<Reader: EntryReader> {
    enum Parcel: Sendable { case window([WindowRow<Reader.Entry>]), issues([RowIssue]) }

    var rows: LongRows
    var entries: Reader
    var windows: WindowSorter<Reader.Entry>
    private var place = 0

    init(rows: LongRows, entries: Reader, windows: WindowSorter<Reader.Entry>) {
        self.rows = rows
        self.entries = entries
        self.windows = windows
    }

    mutating func take(_ event: SheetEvent, _ put: (Parcel) throws -> Void) throws {
        for row in try rows.take(event) {
            if let full = windows.add(WindowRow(place: place, entry: entries.entry(row), row: row)) { try put(.window(full)) }
            place += 1
        }
    }

    mutating func finish(_ put: (Parcel) throws -> Void) throws {
        if let last = windows.rest() { try put(.window(last)) }
        try put(.issues(rows.table.issues + entries.tableIssues))
    }
}
