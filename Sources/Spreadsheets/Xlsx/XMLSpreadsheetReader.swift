import Values
import XMLReading

/// Reads XML-Spreadsheet 2003 (the `.xls` of many web platforms): once for the hidden sheets, once for the rows.
struct XMLSpreadsheetReader {
    let file: SourceFile
    let events: LimitedEvents

    func read() throws {
        let states = XMLSpreadsheetStates()
        try parse(states)
        if states.visibilities.isEmpty { throw ReadFailure.noSheets(file.place) }
        try events.begin(.xmlSpreadsheet)
        try parse(XMLSpreadsheetRows(visibilities: states.visibilities, events: events))
    }

    private func parse(_ handler: any XMLHandler) throws {
        let name = file.place.file ?? file.path
        // Files that declare gb2312 or gbk, which expat does not know, are converted before.
        let head = String(decoding: try file.bytes(from: 0, count: min(256, file.size)), as: UTF8.self).lowercased()
        guard head.contains("encoding=\"gb") || head.contains("encoding='gb") else {
            let xml = try XMLStream(part: name, place: file.place, handler: handler)
            return try file.chunks { chunk, isLast in try chunk.withUnsafeBytes { try xml.feed($0, isLast: isLast) } }
        }
        let xml = try XMLStream(part: name, place: file.place, handler: handler, encoding: "UTF-8")
        let decoder = try TextDecoder(.gb18030, place: file.place)
        try file.chunks { chunk, isLast in
            let text = try decoder.decode(chunk, isLast: isLast)
            try text.withUnsafeBytes { try xml.feed($0, isLast: isLast) }
        }
    }
}

/// The visibility of each sheet, which stands behind its rows.
private final class XMLSpreadsheetStates: XMLHandler {
    private(set) var visibilities: [SheetVisibility] = []
    private var isVisible = false
    private var buffer: [UInt8] = []

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "Worksheet" { visibilities.append(.visible) }
        isVisible = name == "Visible"
        buffer = []
    }

    func end(_ name: String) {
        guard name == "Visible", let last = visibilities.indices.last else { return }
        switch String(decoding: buffer, as: UTF8.self) {
        case "SheetHidden": visibilities[last] = .hidden
        case "SheetVeryHidden": visibilities[last] = .veryHidden
        default: break
        }
        isVisible = false
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { if isVisible { buffer.append(contentsOf: bytes) } }
}

private final class XMLSpreadsheetRows: XMLHandler {
    private let visibilities: [SheetVisibility]
    private let events: LimitedEvents
    private var sheet = -1
    private var row = 0
    private var column = 0
    private var mergeAcross = 0
    private var cells: [Cell] = []
    private var ranges: [CellRange] = []
    private var type = ""
    private var hasFormula = false
    private var isData = false
    /// The text of a comment stands in a tag of the same name as the cell's.
    private var isComment = false
    private var buffer: [UInt8] = []

    init(visibilities: [SheetVisibility], events: LimitedEvents) {
        self.visibilities = visibilities
        self.events = events
    }

    func start(_ name: String, _ attributes: XMLAttributes) throws {
        switch name {
        case "Worksheet":
            sheet += 1
            row = 0
            ranges = []
            try events.beginSheet(attributes["Name"] ?? "", visibilities.indices.contains(sheet) ? visibilities[sheet] : .unknown)
        case "Row":
            row = attributes.integer("Index") ?? row + 1
            column = 0
            mergeAcross = 0
            cells.removeAll(keepingCapacity: true)
        case "Cell": try startCell(attributes)
        case "Comment": isComment = true
        case "Data" where !isComment:
            type = attributes["Type"] ?? "String"
            isData = true
            buffer.removeAll(keepingCapacity: true)
        default: break
        }
    }

    func end(_ name: String) throws {
        switch name {
        case "Comment": isComment = false
        case "Data" where !isComment:
            isData = false
            hasFormula = false
            try put(value())
        // A formula that was saved without its result.
        case "Cell": if hasFormula { try put(.error("公式未计算")) }
        case "Row": try events.row(row, cells)
        case "Worksheet": try events.endSheet(ranges)
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard isData else { return }
        buffer.append(contentsOf: bytes)
        try events.checkText(buffer.count, row: row, column: column)
    }

    private func put(_ cell: Cell) throws {
        guard !cell.isEmpty else { return }
        try events.checkColumn(column, row: row)
        while cells.count < column - 1 { cells.append(.empty) }
        if cells.count < column { cells.append(cell) }
    }

    private func startCell(_ attributes: XMLAttributes) throws {
        column = attributes.integer("Index") ?? column + mergeAcross + 1
        mergeAcross = attributes.integer("MergeAcross") ?? 0
        hasFormula = attributes.pointer("Formula") != nil
        let down = attributes.integer("MergeDown") ?? 0
        if mergeAcross > 0 || down > 0 {
            ranges.append(CellRange(firstRow: row, lastRow: row + down, firstColumn: column, lastColumn: column + mergeAcross))
        }
    }

    private func value() -> Cell {
        let text = String(decoding: buffer, as: UTF8.self)
        switch type {
        case "Number": return Double(text.trimmingSpaces).map { .number($0) } ?? Cell(text: text)
        case "Boolean": return .boolean(text == "1")
        case "Error": return .error(text)
        case "DateTime": return XMLSpreadsheetRows.moment(text) ?? Cell(text: text)
        default: return Cell(text: text)
        }
    }

    /// `2013-03-18T08:30:00.000`
    private static func moment(_ text: String) -> Cell? {
        let parts = text.split(separator: "T")
        guard let day = parts.first.flatMap({ Day(String($0)) }) else { return nil }
        let clock = parts.count > 1 ? parts[1].split(separator: ":").compactMap { Double($0) } : []
        let seconds = clock.count == 3 ? clock[0] * 3600 + clock[1] * 60 + clock[2] : 0
        return .day(day, serial: SerialDate.serial(day) + seconds / 86400)
    }
}
