import CXlsxWriter
import Values

/// libxlsxwriter's workbook in constant-memory mode: rows go to disk as they come and must come in order.
final class XlsxFile {
    typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>
    typealias Format = UnsafeMutablePointer<lxw_format>

    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let path: String
    private var formats: [String: Format] = [:]
    private var names = SheetNames()
    static let greatestRow = 1_048_576

    init(_ path: String) throws {
        self.path = path
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.use_zip64 = 1
        book = workbook_new_opt(path, &options)
        if book == nil { throw XlsxFile.cannotWrite(path) }
    }

    deinit {
        // An abandoned book still owns temporary files; closing frees them.
        if let book { _ = workbook_close(book) }
    }

    func addSheet(_ name: String) throws -> Worksheet {
        guard let book, let sheet = workbook_add_worksheet(book, names.unique(name)) else { throw XlsxFile.cannotWrite(path) }
        return sheet
    }

    func close() throws {
        guard let book else { return }
        self.book = nil
        guard workbook_close(book) == LXW_NO_ERROR else { throw XlsxFile.cannotWrite(path) }
    }

    /// A format made once for each number format and role.
    func format(_ numberFormat: String = "", isHeading: Bool = false, isRight: Bool = false, isError: Bool = false, wraps: Bool = false)
        -> Format?
    {
        let key = "\(numberFormat)|\(isHeading)|\(isRight)|\(isError)|\(wraps)"
        if let known = formats[key] { return known }
        guard let book, let format = workbook_add_format(book) else { return nil }
        if !numberFormat.isEmpty { format_set_num_format(format, numberFormat) }
        if isHeading {
            format_set_bold(format)
            format_set_bg_color(format, 0xE8EEF4)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_text_wrap(format)
        }
        if isRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        if isError { format_set_font_color(format, 0xB00020) }
        if wraps { format_set_text_wrap(format) }
        format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        formats[key] = format
        return format
    }

    /// Writes one cell. Text is always written as text, so that `=1+1` stays what it is. Row and column count from 0.
    func write(_ cell: Cell, _ sheet: Worksheet, _ row: Int, _ column: Int, _ format: Format?) throws {
        let row = lxw_row_t(row)
        let column = lxw_col_t(column)
        let status: lxw_error
        switch cell {
        case .empty: return
        case .text(let text), .error(let text): status = worksheet_write_string(sheet, row, column, XlsxText.escaped(text), format)
        case .number(let number) where number.isFinite: status = worksheet_write_number(sheet, row, column, number, format)
        case .number: status = worksheet_write_string(sheet, row, column, cell.text, format)
        case .day(_, let serial): status = worksheet_write_number(sheet, row, column, serial, format ?? day(serial))
        case .boolean(let flag): status = worksheet_write_boolean(sheet, row, column, flag ? 1 : 0, format)
        }
        guard status == LXW_NO_ERROR else { throw failure(status, row: Int(row) + 1, column: Int(column) + 1) }
    }

    /// Refuses what no cell can hold, before anything of its row is written.
    func check(_ cell: Cell, _ row: Int, _ column: Int) throws {
        guard case .text(let text) = cell, text.utf8.count > XlsxFile.longestText else { return }
        if XlsxText.escaped(text).unicodeScalars.count > XlsxFile.longestText {
            throw failure(LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED, row: row + 1, column: column + 1)
        }
    }

    private static let longestText = 32_767

    private func day(_ serial: Double) -> Format? {
        format(serial == serial.rounded(.down) ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss")
    }

    private func failure(_ status: lxw_error, row: Int, column: Int) -> Failure {
        let place = FilePlace(file: path, row: row, column: ColumnLetters.of(column))
        guard status == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED else { return XlsxFile.cannotWrite(path) }
        return Failure(
            .invalid, "export.cell-too-long", "单元格文字超过 Excel 的上限 32767 字，无法写入。", at: place, cure: "请改为导出 .csv，或缩短该单元格的文字。")
    }

    static func cannotWrite(_ path: String) -> Failure {
        Failure(.busy, "export.cannot-write", "无法写入文件。", at: FilePlace(file: path), cure: "请检查磁盘空间和目录权限后重试。")
    }
}
