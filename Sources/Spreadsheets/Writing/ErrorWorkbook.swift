import CXlsxWriter
import Values

/// Gives a sender his file back: the same sheets and rows, and behind each table a column 错误信息 with what is wrong in the row.
///
/// Whatever the original was, the answer is `.xlsx`. Rows keep their numbers, hidden sheets stay hidden; cells merged within one row stay
/// merged. Rows may be streamed, in order, from a second reading of the original.
package final class ErrorWorkbook {
    package static let heading = "错误信息"

    private let file: XlsxFile
    private var sheet: XlsxFile.Worksheet?
    private var errorColumn = 0
    private var headingRow: Int?
    private var lastRow = 0
    private var merges: [Int: [CellRange]] = [:]
    private var hasVisibleSheet = false
    private var hiddenSheets: [XlsxFile.Worksheet] = []

    /// Throws `export.cannot-write`.
    package init(path: String) throws { file = try XlsxFile(path) }

    /// Begins the next sheet. `width` is the number of its columns; the errors stand in the column behind. `headingRow` (1-based) gets the
    /// heading 错误信息; nil for a sheet that was set aside.
    package func beginSheet(
        _ name: String, visibility: SheetVisibility, width: Int, headingRow: Int?, mergedRanges: [CellRange] = []
    ) throws {
        let sheet = try file.addSheet(name)
        self.sheet = sheet
        self.headingRow = headingRow
        errorColumn = max(width, 1)
        lastRow = 0
        merges = Dictionary(grouping: mergedRanges.filter { $0.firstRow == $0.lastRow && $0.firstColumn < $0.lastColumn }) { $0.firstRow }
        if headingRow != nil { worksheet_set_column(sheet, lxw_col_t(errorColumn), lxw_col_t(errorColumn), 60, nil) }
        if visibility == .hidden || visibility == .veryHidden { hiddenSheets.append(sheet) } else { hasVisibleSheet = true }
    }

    /// Writes a row of the original and its errors. Rows come in the order of their numbers.
    package func append(_ row: SheetRow, errors: [String] = []) throws {
        guard let sheet else { return }
        try writeHeading(before: row.number)
        let index = row.number - 1
        for range in merges[row.number] ?? [] where range.lastColumn <= errorColumn {
            worksheet_merge_range(
                sheet, lxw_row_t(index), lxw_col_t(range.firstColumn - 1), lxw_row_t(index), lxw_col_t(range.lastColumn - 1), "", nil)
        }
        for (column, cell) in row.cells.enumerated() { try file.write(cell, sheet, index, column, nil) }
        lastRow = row.number
        if row.number == headingRow {
            try file.write(.text(ErrorWorkbook.heading), sheet, index, errorColumn, file.format(isHeading: true))
        } else if !errors.isEmpty {
            let text = errors.joined(separator: "；")
            try file.write(.text(ErrorWorkbook.shortened(text)), sheet, index, errorColumn, file.format(isError: true, wraps: true))
        }
    }

    /// Completes the file. Throws `export.cannot-write`.
    package func finish() throws {
        // Excel refuses a workbook without a visible sheet.
        if hasVisibleSheet { for sheet in hiddenSheets { worksheet_hide(sheet) } }
        try file.close()
    }

    /// The whole answer at once. `errors` and `headingRows` are by sheet name, then by row number.
    package static func write(
        _ sheets: [Sheet], errors: [String: [Int: [String]]], headingRows: [String: Int], to path: String
    ) throws {
        let book = try ErrorWorkbook(path: path)
        for sheet in sheets {
            let width = sheet.rows.map(\.cells.count).max() ?? 0
            try book.beginSheet(
                sheet.name, visibility: sheet.visibility, width: width, headingRow: headingRows[sheet.name],
                mergedRanges: sheet.mergedRanges)
            for row in sheet.rows { try book.append(row, errors: errors[sheet.name]?[row.number] ?? []) }
        }
        try book.finish()
    }

    /// A heading row that holds nothing else still gets its word.
    private func writeHeading(before number: Int) throws {
        guard let sheet, let heading = headingRow, lastRow < heading, number > heading else { return }
        try file.write(.text(ErrorWorkbook.heading), sheet, heading - 1, errorColumn, file.format(isHeading: true))
    }

    /// Within what Excel takes in one cell.
    private static func shortened(_ text: String) -> String { text.count > 8_000 ? text.prefix(8_000) + "……" : text }
}
