import Spreadsheets
import Values

/// The file as it came in, with what is wrong in each row; of a long file only its headings and the rows in which something is wrong.
enum ImportErrorFile {
    static func write(_ file: String, at path: String, _ look: ImportLook, _ report: ImportReport, _ run: ImportRun, to target: String)
        async throws
    {
        let isLong = look.files.first { $0.name == file }?.isLong ?? false
        let rows = ErrorRows(file: file, look: look, report: report, isLong: isLong)
        let outside = OutsideFile(path: path, name: file, reader: run.reader, limits: run.limits)
        let found = try await outside.fold(into: rows) { rows, event in rows.take(event) }
        try ErrorWorkbook.write(found.sheets, errors: found.errors, headingRows: found.headings, to: target)
    }
}

/// What is kept of a file for its sender: bounded, because only so many issues of a long file are listed.
private struct ErrorRows: Sendable {
    private let given: [String: [Int: [String]]]
    private let isLong: Bool
    let headings: [String: Int]
    private(set) var sheets: [Spreadsheets.Sheet] = []
    /// By sheet and by the number of the row as it is written.
    private(set) var errors: [String: [Int: [String]]] = [:]
    private var name = ""
    private var visibility = SheetVisibility.visible
    private var rows: [SheetRow] = []

    init(file: String, look: ImportLook, report: ImportReport, isLong: Bool) {
        let tables = look.sheets.filter { $0.file == file }.compactMap { sheet in
            sheet.sheet.table.map { (sheet.sheet.name, $0.layout.headingRows.upperBound) }
        }
        headings = Dictionary(tables, uniquingKeysWith: { first, _ in first })
        self.isLong = isLong
        var given: [String: [Int: [String]]] = [:]
        for issue in report.issues where issue.place.file == file {
            guard let sheet = issue.place.sheet else { continue }
            let column = issue.place.column.map { "「\($0)」" } ?? ""
            given[sheet, default: [:]][issue.place.row ?? headings[sheet] ?? 1, default: []].append(column + issue.message)
        }
        self.given = given
    }

    mutating func take(_ event: SheetEvent) {
        switch event {
        case .workbook: break
        case .sheet(let name, let visibility):
            (self.name, self.visibility) = (name, visibility)
            rows = []
        case .row(let row): take(row)
        case .sheetEnd(let ranges):
            // Merged cells of a long sheet would lie over other rows than before.
            sheets.append(Sheet(name: name, visibility: visibility, rows: rows, mergedRanges: isLong ? [] : ranges))
            rows = []
        }
    }

    private mutating func take(_ row: SheetRow) {
        let wrong = given[name]?[row.number]
        let heading = headings[name] ?? 0
        let isWritten = !isLong || row.number <= heading || wrong != nil
        guard isWritten else { return }
        let number = !isLong || row.number <= heading ? row.number : max(heading, rows.last?.number ?? 0) + 1
        rows.append(SheetRow(number: number, cells: row.cells))
        if let wrong { errors[name, default: [:]][number] = wrong }
    }
}
