/// A file of sheets, read whole. Large files are better read as a stream of `SheetEvent`s.
package struct Workbook: Sendable, Equatable {
    package let format: WorkbookFormat
    package let sheets: [Sheet]

    package init(format: WorkbookFormat, sheets: [Sheet]) {
        self.format = format
        self.sheets = sheets
    }
}

/// What a file is by its content; its name is never asked.
package enum WorkbookFormat: Sendable, Equatable {
    /// Excel 97–2003 (BIFF8, or BIFF5 of Excel 95), also WPS `.et`.
    case xls
    /// Office Open XML (ECMA-376).
    case xlsx
    /// XML-Spreadsheet 2003, which many platforms export under the ending `.xls`.
    case xmlSpreadsheet
    /// The tables of a web page, which many office systems export under the ending `.xls`.
    case html
    /// Text with separators; a workbook of one sheet.
    case csv(TextEncoding)

    /// The usual ending and, for text, its encoding: `csv (GB18030)`.
    package var label: String {
        switch self {
        case .xls: "xls"
        case .xlsx: "xlsx"
        case .xmlSpreadsheet: "XML 表格 2003"
        case .html: "网页表格"
        case .csv(let encoding): "csv (\(encoding.rawValue))"
        }
    }
}

/// The encodings that text files of Chinese offices come in.
package enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// GB 18030, which holds GBK and GB 2312.
    case gb18030 = "GB18030"
}

/// One sheet with the rows that hold anything.
package struct Sheet: Sendable, Equatable {
    package let name: String
    package let visibility: SheetVisibility
    /// Rows in order; rows without content are left out, so that `number` may jump.
    package let rows: [SheetRow]
    package let mergedRanges: [CellRange]

    package init(name: String, visibility: SheetVisibility = .visible, rows: [SheetRow], mergedRanges: [CellRange] = []) {
        self.name = name
        self.visibility = visibility
        self.rows = rows
        self.mergedRanges = mergedRanges
    }
}

/// Whether the file's author shows a sheet; leftovers are often hidden.
package enum SheetVisibility: String, Sendable, CaseIterable {
    case visible
    case hidden
    /// Hidden so that only a macro can show it.
    case veryHidden
    /// The file did not tell.
    case unknown
}

/// One row with content.
package struct SheetRow: Sendable, Equatable {
    /// 1-based, as Excel and WPS show it; in a text file the number of the record.
    package let number: Int
    /// Dense from column A; empty cells at the end are left out.
    package let cells: [Cell]

    package init(number: Int, cells: [Cell]) {
        self.number = number
        self.cells = cells
    }

    /// The cell of a column, counted from 0; empty beyond the end.
    package subscript(column column: Int) -> Cell { cells.indices.contains(column) ? cells[column] : .empty }
}

/// A rectangle of cells, all four bounds 1-based and included.
package struct CellRange: Sendable, Hashable {
    package let firstRow: Int
    package let lastRow: Int
    package let firstColumn: Int
    package let lastColumn: Int

    package init(firstRow: Int, lastRow: Int, firstColumn: Int, lastColumn: Int) {
        self.firstRow = firstRow
        self.lastRow = lastRow
        self.firstColumn = firstColumn
        self.lastColumn = lastColumn
    }

    /// A range from `A1:C3` or `B2`; nil for anything else.
    package init?(_ reference: String) {
        let ends = reference.split(separator: ":", omittingEmptySubsequences: false).map { ColumnLetters.cell($0.utf8) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
        self.init(firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column)
    }
}

/// Columns as spreadsheets name them: A, B … Z, AA.
package enum ColumnLetters {
    /// The letters of a 1-based column: 28 → `AB`.
    package static func of(_ column: Int) -> String {
        var rest = column
        var letters: [UInt8] = []
        while rest > 0 {
            letters.append(UInt8(65 + (rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    /// Row and column (1-based) of a reference like `AB12`, dollar signs allowed; nil where it is none.
    static func cell(_ reference: some Sequence<UInt8>) -> (row: Int, column: Int)? {
        var row = 0
        var column = 0
        for byte in reference where byte != UInt8(ascii: "$") {
            switch byte {
            case 65...90 where row == 0: column = column * 26 + Int(byte) - 64
            case 97...122 where row == 0: column = column * 26 + Int(byte) - 96
            case 48...57: row = row * 10 + Int(byte) - 48
            default: return nil
            }
            guard row <= 10_000_000, column <= 100_000 else { return nil }
        }
        return row > 0 && column > 0 ? (row, column) : nil
    }
}
