import Glibc
import Values
import XMLReading

/// One worksheet: sparse rows and cells become dense rows, numbers with a date style become days.
final class XlsxSheetPart: XMLHandler {
    private enum Kind { case number, shared, inline, text, boolean, error, isoDate }

    private let strings: [Cell]
    private let styles: StylesPart
    private let uses1904: Bool
    private let events: LimitedEvents
    private(set) var mergedRanges: [CellRange] = []

    private var row = 0
    private var column = 0
    private var cells: [Cell] = []
    private var kind = Kind.number
    private var style = 0
    private var hasFormula = false
    private var isCapturing = false
    private var phoneticDepth = 0
    private var buffer: [UInt8] = []

    init(strings: [Cell], styles: StylesPart, uses1904: Bool, events: LimitedEvents) {
        self.strings = strings
        self.styles = styles
        self.uses1904 = uses1904
        self.events = events
    }

    func start(_ name: String, _ attributes: XMLAttributes) throws {
        switch name {
        case "c": try startCell(attributes)
        case "v": isCapturing = true
        case "t": isCapturing = kind == .inline && phoneticDepth == 0
        case "f": hasFormula = true
        case "row":
            row = attributes.integer("r") ?? row + 1
            column = 0
            cells.removeAll(keepingCapacity: true)
        case "rPh": phoneticDepth += 1
        case "mergeCell": if let range = attributes["ref"].flatMap(CellRange.init) { mergedRanges.append(range) }
        default: break
        }
    }

    func end(_ name: String) throws {
        switch name {
        case "c": try endCell()
        case "v", "t": isCapturing = false
        case "row": try events.row(row, cells)
        case "rPh": phoneticDepth -= 1
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard isCapturing else { return }
        buffer.append(contentsOf: bytes)
        try events.checkText(buffer.count, row: row, column: column)
    }

    private func startCell(_ attributes: XMLAttributes) throws {
        column += 1
        if let reference = attributes.pointer("r") {
            let bytes = UnsafeBufferPointer(start: reference, count: strlen(reference)).lazy.map { UInt8(bitPattern: $0) }
            if let place = ColumnLetters.cell(bytes) { column = place.column }
        }
        kind = attributes.pointer("t").map(XlsxSheetPart.kind) ?? .number
        style = attributes.integer("s") ?? 0
        hasFormula = false
        buffer.removeAll(keepingCapacity: true)
    }

    private static func kind(_ type: UnsafePointer<CChar>) -> Kind {
        switch UInt8(bitPattern: type[0]) {
        case UInt8(ascii: "s"): type[1] == 0 ? .shared : .text
        case UInt8(ascii: "i"): .inline
        case UInt8(ascii: "b"): .boolean
        case UInt8(ascii: "e"): .error
        case UInt8(ascii: "d"): .isoDate
        default: .number
        }
    }

    private func endCell() throws {
        let cell = value()
        guard !cell.isEmpty else { return }
        try events.checkColumn(column, row: row)
        while cells.count < column - 1 { cells.append(.empty) }
        // A column written twice in one row: the later one counts, as in Excel.
        if cells.count >= column { cells[column - 1] = cell } else { cells.append(cell) }
    }

    private func value() -> Cell {
        switch kind {
        case .inline, .text: return XlsxText.cell(buffer)
        case .number:
            if buffer.isEmpty { return hasFormula ? .error("公式未计算") : .empty }
            guard let number = plainNumber else { return XlsxText.cell(buffer) }
            return styles.isDate(style) ? SerialDate.cell(number, uses1904: uses1904) : .number(number)
        case .shared:
            guard let index = plainNumber.map({ Int($0) }), strings.indices.contains(index) else { return .empty }
            return strings[index]
        case .boolean: return buffer.isEmpty ? .empty : .boolean(buffer == [UInt8(ascii: "1")] || buffer == Array("true".utf8))
        case .error: return buffer.isEmpty ? .empty : .error(String(decoding: buffer, as: UTF8.self))
        case .isoDate:
            let day = Day(String(decoding: buffer.prefix(10), as: UTF8.self))
            return day.map { .day($0, serial: SerialDate.serial($0)) } ?? XlsxText.cell(buffer)
        }
    }

    /// The buffer as a finite number within the range of Int where it counts strings.
    private var plainNumber: Double? {
        var value = 0
        if buffer.count <= 15, !buffer.isEmpty, buffer.allSatisfy({ (48...57).contains($0) }) {
            for byte in buffer { value = value * 10 + Int(byte) - 48 }
            return Double(value)
        }
        guard let number = Double(String(decoding: buffer, as: UTF8.self).trimmingSpaces), number.isFinite else { return nil }
        return kind == .shared && !(0...1e9).contains(number) ? nil : number
    }
}

extension String {
    /// Without spaces and line breaks at the ends.
    var trimmingSpaces: Substring {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        return self[start...].lastIndex { !$0.isWhitespace }.map { self[start...$0] } ?? self[start..<start]
    }
}

/// Texts inside Office Open XML write characters that XML forbids, and carriage returns, as `_x000D_`.
enum XlsxText {
    static func cell(_ bytes: [UInt8]) -> Cell {
        guard bytes.contains(UInt8(ascii: "_")) else { return Cell(text: String(decoding: bytes, as: UTF8.self)) }
        return Cell(text: String(decoding: unescaped(bytes), as: UTF8.self))
    }

    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let code = code(bytes, index), let scalar = Unicode.Scalar(code) {
                result.append(contentsOf: String(Character(scalar)).utf8)
                index += 7
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// The number in `_xHHHH_` at an index.
    private static func code(_ bytes: [UInt8], _ index: Int) -> UInt32? {
        guard bytes[index] == UInt8(ascii: "_"), bytes.u8(index + 1) == UInt8(ascii: "x"), bytes.u8(index + 6) == UInt8(ascii: "_") else {
            return nil
        }
        let digits = bytes[(index + 2)..<(index + 6)]
        guard digits.allSatisfy({ (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) }) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// A text so written that `cell` reads it back unchanged even where it looks like an escape.
    static func escaped(_ text: String) -> String {
        guard text.holds(byte: UInt8(ascii: "_")) else { return text }
        let bytes = Array(text.utf8)
        guard bytes.indices.contains(where: { code(bytes, $0) != nil }) else { return text }
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if code(bytes, index) != nil { result += Array("_x005F".utf8) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
