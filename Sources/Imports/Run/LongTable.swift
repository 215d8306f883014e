import Spreadsheets
import Values

/// A table of a file that is too long to be held: where its rows are read again, as often as they are needed.
package struct LongTable: Sendable {
    let path: String
    let file: String
    /// The sheet's place in the workbook, from 1.
    let sheet: Int
    let merged: [CellRange]
    /// Rows of the whole file with its headings, to say how far the reading is.
    let rows: Int
    /// Rows of the sheet below its heading, notes and totals included.
    package let below: Int
}

extension LongTable {
    init(_ part: FileHead.Part, of head: FileHead, _ sheet: SortedSheet, path: String, file: String) {
        let heading = sheet.table?.layout.headingRows.upperBound ?? 0
        self.init(
            path: path, file: file, sheet: sheet.number, merged: part.merged, rows: head.rows,
            below: part.rows - part.held.prefix { $0.number <= heading }.count)
    }
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
