import Values

/// Reads the tables of a web page, the `.xls` of many office systems. All cells are text, as in a text file; each table is a sheet.
struct HTMLTableReader {
    let file: SourceFile
    let events: LimitedEvents

    func read() throws {
        let answer: EncodingGuess.Answer
        do { answer = try EncodingGuess(file: file, events: events).answer() } catch let stop as EncodingGuess.Stop { throw stop.failure }
        let decoder = try TextDecoder(answer.encoding, place: file.place)
        var tokens = HTMLTokens()
        let rows = HTMLTableRows(events: events)
        try events.begin(.html)
        var skip = answer.mark
        try file.chunks { chunk, isLast in
            let text = try decoder.decode(skip > 0 ? Array(chunk.dropFirst(skip)) : chunk, isLast: isLast)
            skip = 0
            try tokens.feed(text) { try rows.take($0) }
            try events.checkTime()
        }
        try tokens.finish { try rows.take($0) }
        try rows.finish()
        guard rows.isComplete else { throw ReadFailure.damaged("表格没有结尾", file.place) }
        guard rows.tables > 0 else {
            throw ReadFailure.notATable("没有表格的网页", file.place, cure: ReadFailure.saveAsXlsx)
        }
    }
}

/// Tables, rows and cells as their tags come. A table inside a cell of another is a sheet of its own: the outer one only lays out the page.
final class HTMLTableRows {
    private let events: LimitedEvents
    private var depth = 0
    private var isOpen = false
    private var row = 0
    private var cells: [Cell] = []
    private var column = 0
    private var ranges: [CellRange] = []
    /// Columns that a cell above still covers, with the rows left.
    private var covered: [Int: Int] = [:]
    private var isInRow = false
    private var isInCell = false
    private var span = (across: 1, down: 1)
    private var text = HTMLText()
    /// What stands before the table on the page, which is mostly its title.
    private var lines: [String] = []
    private(set) var tables = 0
    private static let mostLines = 6

    init(events: LimitedEvents) { self.events = events }

    /// Whether every table that began was also ended: a page cut off on its way is not taken for a whole one.
    var isComplete: Bool { depth == 0 }

    func take(_ token: HTMLToken) throws {
        switch token {
        case .text(let bytes):
            text.append(bytes)
            try events.checkText(text.bytes.count, row: row, column: column + 1)
        case .start(let name, let attributes): try start(name, attributes)
        case .end(let name): try end(name)
        }
    }

    func finish() throws { if depth == 0 { try closeSheet() } }

    private func start(_ name: String, _ attributes: [UInt8]) throws {
        switch name {
        case "table":
            if isInCell { try endCell() }
            if isInRow { try endRow() }
            if depth > 0 { try closeSheet() }
            keepLine()
            depth += 1
            tables += 1
        case "tr" where depth > 0:
            if isInRow { try endRow() }
            try beginRow()
        case "td" where depth > 0, "th" where depth > 0:
            if isInCell { try endCell() }
            if !isInRow { try beginRow() }
            beginCell(attributes)
        case "br", "p", "div", "li", "h1", "h2", "h3", "h4", "caption", "body":
            if isInCell { text.breakLine() } else { keepLine() }
        case "span", "font", "b", "strong", "i", "a", "u", "sup", "sub": break
        default: if !isInCell { keepLine() }
        }
    }

    private func end(_ name: String) throws {
        switch name {
        case "table" where depth > 0:
            if isInRow { try endRow() }
            try closeSheet()
            depth -= 1
        case "tr" where depth > 0: if isInRow { try endRow() }
        case "td" where depth > 0, "th" where depth > 0: if isInCell { try endCell() }
        case "p", "div", "li", "h1", "h2", "h3", "h4", "caption": if isInCell { text.breakLine() } else { keepLine() }
        default: break
        }
    }

    // MARK: Rows and cells

    /// Text outside of cells: the last lines before a table stand above its rows, as in the spreadsheet that opens such a page.
    private func keepLine() {
        guard !isInCell else { return }
        let line = text.take()
        guard !line.isEmpty, line.utf8.count <= 600 else { return }
        lines.append(line)
        if lines.count > HTMLTableRows.mostLines { lines.removeFirst() }
    }

    private func openSheet() throws {
        guard !isOpen else { return }
        isOpen = true
        try events.beginSheet("Sheet\(sheetNumber + 1)", .visible)
        sheetNumber += 1
        for line in lines {
            row += 1
            try events.row(row, [.text(line)])
        }
        lines = []
    }

    private var sheetNumber = 0

    private func beginRow() throws {
        if lines.isEmpty { keepLine() }
        try openSheet()
        row += 1
        column = 0
        cells.removeAll(keepingCapacity: true)
        isInRow = true
    }

    private func beginCell(_ attributes: [UInt8]) {
        _ = text.take()
        isInCell = true
        func number(_ name: String) -> Int { max(1, HTMLTokens.attribute(name, in: attributes).flatMap { Int($0) } ?? 1) }
        span = attributes.isEmpty ? (1, 1) : (min(number("colspan"), 16_384), min(number("rowspan"), 1_000_000))
        while let left = covered[column], left > 0 { column += 1 }
    }

    private func endCell() throws {
        isInCell = false
        let cell = Cell(text: text.take())
        if !cell.isEmpty {
            try events.checkColumn(column + 1, row: row)
            while cells.count < column { cells.append(.empty) }
            cells.append(cell)
        }
        if span.down > 1 {
            try events.checkColumn(column + span.across, row: row)
            for place in column..<(column + span.across) { covered[place] = span.down }
        }
        if span.across > 1 || span.down > 1, !cell.isEmpty, ranges.count < 200_000 {
            ranges.append(
                CellRange(firstRow: row, lastRow: row + span.down - 1, firstColumn: column + 1, lastColumn: column + span.across))
        }
        column += span.across
    }

    private func endRow() throws {
        if isInCell { try endCell() }
        isInRow = false
        try events.row(row, cells)
        if !covered.isEmpty { covered = covered.compactMapValues { $0 > 1 ? $0 - 1 : nil } }
    }

    private func closeSheet() throws {
        if isOpen { try events.endSheet(ranges) }
        isOpen = false
        row = 0
        ranges = []
        covered = [:]
        _ = text.take()
    }
}
