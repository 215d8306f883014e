import Glibc
import Values

/// What a reader tells while it goes through a file, in this order: the workbook once, then for each sheet its name, its rows, its end.
package enum SheetEvent: Sendable, Equatable {
    case workbook(WorkbookFormat)
    case sheet(name: String, visibility: SheetVisibility)
    case row(SheetRow)
    case sheetEnd(mergedRanges: [CellRange])
}

/// Takes events one by one; throwing stops the reader.
package typealias SheetEventHandler = (SheetEvent) throws -> Void

/// Builds a whole workbook from events.
struct WorkbookBuilder {
    private var format = WorkbookFormat.xlsx
    private var sheets: [Sheet] = []
    private var name = ""
    private var visibility = SheetVisibility.unknown
    private var rows: [SheetRow] = []

    mutating func take(_ event: SheetEvent) {
        switch event {
        case .workbook(let format): self.format = format
        case .sheet(let name, let visibility):
            self.name = name
            self.visibility = visibility
            rows = []
        case .row(let row): rows.append(row)
        case .sheetEnd(let ranges):
            sheets.append(Sheet(name: name, visibility: visibility, rows: rows, mergedRanges: ranges))
            rows = []
        }
    }

    var workbook: Workbook { Workbook(format: format, sheets: sheets) }
}

/// Stands between a reader and its consumer and holds every row against the limits.
final class LimitedEvents {
    private let limits: ReadLimits
    private let file: String
    /// By the processor time of this thread: while a slow store makes the reader wait, no time is lost.
    private let deadline: Int
    private let handler: SheetEventHandler
    private var sheet: String?
    private var sheetCount = 0
    private var cellCount = 0
    private var rowsSinceClock = 0

    init(file: String, limits: ReadLimits, handler: @escaping SheetEventHandler) {
        self.file = file
        self.limits = limits
        self.handler = handler
        deadline = Self.worked() + limits.seconds * 1000
    }

    func begin(_ format: WorkbookFormat) throws { try handler(.workbook(format)) }

    /// `isOnly`: a text file has one sheet, whose name says nothing more about a place than the file's own.
    func beginSheet(_ name: String, _ visibility: SheetVisibility, isOnly: Bool = false) throws {
        sheetCount += 1
        sheet = isOnly ? nil : name
        if sheetCount > limits.sheets { throw ReadFailure.tooManySheets(limits.sheets, FilePlace(file: file, sheet: name)) }
        try handler(.sheet(name: name, visibility: visibility))
    }

    func endSheet(_ ranges: [CellRange] = []) throws { try handler(.sheetEnd(mergedRanges: ranges)) }

    /// Passes a row on, without its trailing empty cells and only when anything is left.
    func row(_ number: Int, _ cells: [Cell]) throws {
        var last = cells.count
        while last > 0, cells[last - 1].isEmpty { last -= 1 }
        guard last > 0 else { return }
        try check(number, cells, last)
        try handler(.row(SheetRow(number: number, cells: last == cells.count ? cells : Array(cells[..<last]))))
    }

    private func check(_ number: Int, _ cells: [Cell], _ width: Int) throws {
        cellCount += width
        if number > limits.rows { throw ReadFailure.tooManyRows(limits.rows, place(number)) }
        if width > limits.columns { throw ReadFailure.tooManyColumns(limits.columns, place(number, width)) }
        if cellCount > limits.cells { throw ReadFailure.tooManyCells(limits.cells, place(number)) }
        for (column, cell) in cells.enumerated() {
            if case .text(let text) = cell, text.utf8.count > limits.cellBytes {
                throw ReadFailure.cellTooLong(limits.cellBytes, place(number, column + 1))
            }
        }
        rowsSinceClock += 1
        if rowsSinceClock >= 1024 {
            rowsSinceClock = 0
            try checkTime()
        }
    }

    /// Milliseconds that this thread has worked.
    private static func worked() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Called also by readers that work long before the first row.
    func checkTime() throws {
        if Self.worked() > deadline { throw ReadFailure.tooSlow(limits.seconds, FilePlace(file: file)) }
    }

    /// For readers that must refuse a column before they make room for it.
    func checkColumn(_ column: Int, row: Int) throws {
        if column > limits.columns { throw ReadFailure.tooManyColumns(limits.columns, place(row, column)) }
    }

    /// For readers that gather a cell's text piece by piece.
    func checkText(_ bytes: Int, row: Int, column: Int) throws {
        if bytes > limits.cellBytes { throw ReadFailure.cellTooLong(limits.cellBytes, place(row, column)) }
    }

    private func place(_ row: Int, _ column: Int? = nil) -> FilePlace {
        FilePlace(file: file, sheet: sheet, row: row, column: column.map(ColumnLetters.of))
    }
}
