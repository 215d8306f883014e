import Spreadsheets
import Values

/// A table of a file that is too long to be held: where its rows are read again, as often as they are needed.
package struct LongTable: Sendable {
    let path: String
    let file: String
    /// The sheet's place in the workbook, from 1.
    let sheet: Int
    let merged: [CellRange]
}

/// The rows of a long table, one after the other: what `TableReader` does for a sheet that is held whole.
struct LongTableReading: Sendable {
    private(set) var table: SheetTable
    private let reader: TableReader
    private let kind: KindVocabulary
    private let long: LongTable
    private var sorter: RowSorter
    private var corrections: HeadingCorrections
    private var last: [DataRow] = []
    private var place = 0

    init?(_ long: LongTable, table: SheetTable, reader: TableReader, corrections: HeadingCorrections) {
        guard let kind = reader.vocabulary[table.layout.kind] else { return nil }
        self.long = long
        self.table = SheetTable(layout: table.layout)
        self.reader = reader
        self.kind = kind
        self.corrections = corrections
        sorter = RowSorter(
            layout: table.layout, kind: kind, titles: reader.vocabulary.titles, writing: reader.vocabulary.writing, merged: long.merged)
    }

    /// Takes an event of the file; answers the rows of data that are whole by now.
    mutating func take(_ event: SheetEvent) -> [DataRow] {
        switch event {
        case .workbook: return []
        case .sheet:
            place += 1
            return []
        case .row(let row):
            guard place == long.sheet, row.number > table.layout.headingRows.upperBound, row.holdsSomething else { return [] }
            return take(row)
        case .sheetEnd:
            guard place == long.sheet else { return [] }
            return release()
        }
    }

    private mutating func take(_ row: SheetRow) -> [DataRow] {
        if let next = reader.nextBlock(row, sorter.layout, corrections) {
            table.layouts.append(next)
            sorter = RowSorter(
                layout: next, kind: kind, titles: reader.vocabulary.titles, writing: reader.vocabulary.writing, merged: long.merged)
            return release()
        }
        switch sorter.sort(row) {
        case .data(var data):
            data.block = table.layouts.count - 1
            let whole = release()
            last = [data]
            return whole
        case .moreItems(let more): HeadingBlocks.join(more, onto: &last, sorter.layout)
        case .note, .total, .repeatedHeading, .blank: break
        }
        return []
    }

    /// A row is whole when the next one has begun. What the table's issues count is kept of it, without its cells.
    private mutating func release() -> [DataRow] {
        let whole = last
        last = []
        for row in whole where !row.carriedColumns.isEmpty || !row.joinedRows.isEmpty {
            table.rows.append(DataRow(number: row.number, cells: [], carriedColumns: row.carriedColumns, joinedRows: row.joinedRows))
        }
        return whole
    }

    /// What is to be said of the table as a whole; asked after the last row.
    var issues: [RowIssue] { TableIssues.of(table, reader.vocabulary) }
}

/// Reads a file as far as it can be held: all of a short one; of a long one the heads of its sheets, their lengths and fingerprints.
struct FileHead: Sendable {
    private let size: WindowSize
    private var format = WorkbookFormat.xlsx
    private var sheets: [Part] = []
    private var rows = 0

    /// One sheet.
    struct Part: Sendable {
        let name: String
        let visibility: SheetVisibility
        var held: [SheetRow] = []
        var rows = 0
        var merged: [CellRange] = []
        var fingerprint = ContentFingerprint()

        var isLong: Bool { rows > held.count }
    }

    init(size: WindowSize) { self.size = size }

    mutating func take(_ event: SheetEvent) {
        switch event {
        case .workbook(let format): self.format = format
        case .sheet(let name, let visibility): sheets.append(Part(name: name, visibility: visibility))
        case .row(let row):
            guard !sheets.isEmpty else { return }
            rows += 1
            let here = sheets.count - 1
            sheets[here].rows += 1
            sheets[here].fingerprint.add(row)
            if rows == size.held + 1 { keepHeads() }
            if rows <= size.held || sheets[here].held.count < size.head { sheets[here].held.append(row) }
        case .sheetEnd(let ranges): if !sheets.isEmpty { sheets[sheets.count - 1].merged = ranges }
        }
    }

    /// The file has turned out to be long: of the sheets so far, too, only the heads are kept.
    private mutating func keepHeads() {
        for place in sheets.indices { sheets[place].held.removeLast(max(0, sheets[place].held.count - size.head)) }
    }

    var parts: [Part] { sheets }

    var workbook: Workbook {
        Workbook(
            format: format,
            sheets: sheets.map { Sheet(name: $0.name, visibility: $0.visibility, rows: $0.held, mergedRanges: $0.merged) })
    }
}
