import CXlsxWriter
import Values

/// Writes `.xlsx` row by row in constant memory: typed columns, a frozen heading with a filter, drop-downs where there are choices.
///
/// A sheet that is full at Excel's 1,048,576 rows goes on in a second sheet under the same heading. Used by one task at a time; long tables are
/// written on a thread of their own while the next rows are made.
package final class WorkbookWriter {
    private let file: XlsxFile
    private let writing: RowWriting
    private var waiting: [[Cell]] = []
    private var sheet: XlsxFile.Worksheet?
    private var name = ""
    private var notes: [String] = []
    private var columns: [SheetColumn] = []
    /// The format of each column's cells.
    private var formats: [XlsxFile.Format?] = []
    private var row = 0
    private var headingRow = 0
    private var choiceLists: [[String]] = []
    private static let choiceSheet = "选项"
    /// Excel holds a list of choices up to this length in the cell rule itself.
    private static let inlineChoices = 255

    /// Begins a workbook at `path`, replacing a file there. Throws `export.cannot-write`.
    package init(path: String) throws {
        file = try XlsxFile(path)
        writing = RowWriting(file)
    }

    /// Begins a sheet: the notes in lines of their own, then the heading. `rowsExpected` is how far drop-downs reach.
    package func beginSheet(_ name: String, columns: [SheetColumn], notes: [String] = [], rowsExpected: Int = 5_000) throws {
        try finishSheet()
        self.name = name
        self.columns = columns
        formats = columns.map(format)
        self.notes = notes
        let sheet = try file.addSheet(name)
        self.sheet = sheet
        for (index, column) in columns.enumerated() {
            worksheet_set_column(sheet, lxw_col_t(index), lxw_col_t(index), column.shownWidth, nil)
            addChoices(column, index, sheet, from: notes.count + 1, rows: rowsExpected)
        }
        for (index, note) in notes.enumerated() { try file.write(Cell(text: note), sheet, index, 0, nil) }
        headingRow = notes.count
        for (index, column) in columns.enumerated() {
            let format = file.format(isHeading: true, isRight: column.kind.isNumeric)
            try file.write(Cell(text: column.heading), sheet, headingRow, index, format)
        }
        worksheet_freeze_panes(sheet, lxw_row_t(headingRow + 1), 0)
        row = headingRow + 1
    }

    package func append(_ cells: [Cell]) throws {
        if row >= XlsxFile.greatestRow { try beginSheet(name, columns: columns, notes: notes) }
        guard sheet != nil else { return }
        for index in cells.indices { try file.check(cells[index], row, index) }
        waiting.append(cells)
        row += 1
        if waiting.count >= RowWriting.piece, let rows = takeWaiting() { try writing.begin(rows) }
    }

    private func takeWaiting() -> RowWriting.Rows? {
        guard let sheet, !waiting.isEmpty else { return nil }
        let rows = RowWriting.Rows(sheet: sheet, formats: formats, first: row - waiting.count, cells: waiting)
        waiting = []
        waiting.reserveCapacity(RowWriting.piece)
        return rows
    }

    package func append(contentsOf rows: some Sequence<[Cell]>) throws { for cells in rows { try append(cells) } }

    /// Completes the file. Throws `export.cannot-write`.
    package func finish() throws {
        try finishSheet()
        try writeChoices()
        try file.close()
    }

    private func finishSheet() throws {
        try writing.finish(takeWaiting())
        guard let sheet, !columns.isEmpty else { return }
        worksheet_autofilter(sheet, lxw_row_t(headingRow), 0, lxw_row_t(max(headingRow, row - 1)), lxw_col_t(columns.count - 1))
        self.sheet = nil
    }

    private func format(_ column: SheetColumn) -> XlsxFile.Format? {
        switch column.kind {
        case .text: return nil
        case .integer: return file.format("#,##0", isRight: true)
        case .amount(let decimals): return file.format("#,##0" + WorkbookWriter.decimals(decimals), isRight: true)
        case .share(let decimals): return file.format("0" + WorkbookWriter.decimals(decimals) + "%", isRight: true)
        case .day: return file.format("yyyy-mm-dd")
        }
    }

    private static func decimals(_ count: Int) -> String { count > 0 ? "." + String(repeating: "0", count: count) : "" }

    private func addChoices(_ column: SheetColumn, _ index: Int, _ sheet: XlsxFile.Worksheet, from first: Int, rows: Int) {
        guard !column.choices.isEmpty else { return }
        let isShort = column.choices.joined(separator: ",").utf8.count <= WorkbookWriter.inlineChoices
        let isPlain = column.choices.allSatisfy { !$0.contains(",") && !$0.contains("\"") }
        let last = lxw_row_t(min(XlsxFile.greatestRow - 1, first + max(rows, 1) - 1))
        var rule = lxw_data_validation()
        if isShort, isPlain {
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            withList(column.choices) { list in
                rule.value_list = list
                worksheet_data_validation_range(sheet, lxw_row_t(first), lxw_col_t(index), last, lxw_col_t(index), &rule)
            }
        } else {
            choiceLists.append(column.choices)
            let letters = ColumnLetters.of(choiceLists.count)
            let formula = "='\(WorkbookWriter.choiceSheet)'!$\(letters)$1:$\(letters)$\(column.choices.count)"
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            formula.withMutableCopy { text in
                rule.value_formula = text
                worksheet_data_validation_range(sheet, lxw_row_t(first), lxw_col_t(index), last, lxw_col_t(index), &rule)
            }
        }
    }

    /// The library takes a NULL-terminated array of C strings and copies it.
    private func withList(_ texts: [String], _ use: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Void) {
        let copies = texts.map { Array($0.utf8CString) }
        let flat = UnsafeMutableBufferPointer<CChar>.allocate(capacity: copies.reduce(0) { $0 + $1.count })
        defer { flat.deallocate() }
        _ = flat.initialize(from: copies.joined())
        var list: [UnsafeMutablePointer<CChar>?] = []
        var offset = 0
        for copy in copies {
            list.append(flat.baseAddress.map { $0 + offset })
            offset += copy.count
        }
        list.append(nil)
        list.withUnsafeMutableBufferPointer { use($0.baseAddress) }
    }

    /// Long lists of choices stand in a hidden sheet, one column each.
    private func writeChoices() throws {
        guard !choiceLists.isEmpty else { return }
        let sheet = try file.addSheet(WorkbookWriter.choiceSheet)
        worksheet_hide(sheet)
        for row in 0..<(choiceLists.map(\.count).max() ?? 0) {
            for (column, list) in choiceLists.enumerated() where row < list.count {
                try file.write(.text(list[row]), sheet, row, column, nil)
            }
        }
    }
}

extension String {
    /// Lends a copy to C code that asks for a mutable string.
    func withMutableCopy<Result>(_ use: (UnsafeMutablePointer<CChar>?) throws -> Result) rethrows -> Result {
        var copy = Array(utf8CString)
        return try copy.withUnsafeMutableBufferPointer { try use($0.baseAddress) }
    }
}
