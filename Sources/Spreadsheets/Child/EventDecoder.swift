import Values

/// Reads the frames of `EventEncoder` back. The child has read a stranger's file and may have been taken over by it, so that nothing in
/// its frames is believed: every length is checked, and a frame that makes no sense ends the reading.
struct EventDecoder {
    enum Message: Equatable {
        case event(SheetEvent)
        case failure(Failure)
        case finished
    }

    struct Malformed: Error {}

    private var buffer: [UInt8] = []
    private var position = 0
    private let longestFrame: Int

    init(longestFrame: Int) { self.longestFrame = longestFrame }

    /// Bytes that wait for the rest of their frame.
    var isEmpty: Bool { position == buffer.count }

    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole message, or nil until more bytes have come.
    mutating func next() throws -> Message? {
        guard buffer.count - position >= 5 else { return nil }
        let length = Int(buffer.u32(position))
        guard length >= 1, length <= longestFrame else { throw Malformed() }
        guard buffer.count - position >= 4 + length else { return nil }
        let start = position + 5
        let end = position + 4 + length
        let kind = buffer[position + 4]
        let message = try buffer.withUnsafeBufferPointer { bytes in
            var fields = FrameFields(UnsafeBufferPointer(rebasing: bytes[start..<end]))
            return try EventDecoder.message(kind, &fields)
        }
        position = end
        return message
    }

    private static func message(_ kind: UInt8, _ fields: inout FrameFields) throws -> Message {
        switch kind {
        case EventEncoder.Frame.workbook: return .event(.workbook(try fields.format()))
        case EventEncoder.Frame.sheet:
            let name = try fields.text()
            return .event(.sheet(name: name, visibility: SheetVisibility(rawValue: try fields.text()) ?? .unknown))
        case EventEncoder.Frame.row:
            let number = try fields.integer()
            return .event(.row(SheetRow(number: number, cells: try fields.list { try $0.cell() })))
        case EventEncoder.Frame.sheetEnd: return .event(.sheetEnd(mergedRanges: try fields.list { try $0.range() }))
        case EventEncoder.Frame.failure: return .failure(try fields.failure())
        case EventEncoder.Frame.finished: return .finished
        default: throw Malformed()
        }
    }
}

/// The fields of one frame, taken one after another.
private struct FrameFields {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func byte() throws -> UInt8 {
        guard position < bytes.count else { throw EventDecoder.Malformed() }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func integer() throws -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 56, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return Int(value) }
        }
        throw EventDecoder.Malformed()
    }

    mutating func double() throws -> Double {
        var bits: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bits |= UInt64(try byte()) << shift }
        return Double(bitPattern: bits)
    }

    mutating func text() throws -> String {
        let count = try integer()
        guard count <= bytes.count - position else { throw EventDecoder.Malformed() }
        defer { position += count }
        return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
    }

    mutating func list<Element>(_ element: (inout FrameFields) throws -> Element) throws -> [Element] {
        let count = try integer()
        // Each element takes at least one byte.
        guard count <= bytes.count - position else { throw EventDecoder.Malformed() }
        var result: [Element] = []
        result.reserveCapacity(count)
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }

    mutating func cell() throws -> Cell {
        switch try byte() {
        case EventEncoder.CellKind.empty: return .empty
        case EventEncoder.CellKind.text: return .text(try text())
        case EventEncoder.CellKind.number: return .number(try double())
        case EventEncoder.CellKind.day:
            let day = Day(number: try integer() - EventEncoder.dayShift)
            return .day(day, serial: try double())
        case EventEncoder.CellKind.no: return .boolean(false)
        case EventEncoder.CellKind.yes: return .boolean(true)
        case EventEncoder.CellKind.error: return .error(try text())
        default: throw EventDecoder.Malformed()
        }
    }

    mutating func range() throws -> CellRange {
        CellRange(firstRow: try integer(), lastRow: try integer(), firstColumn: try integer(), lastColumn: try integer())
    }

    mutating func format() throws -> WorkbookFormat {
        switch try text() {
        case "xls": return .xls
        case "xlsx": return .xlsx
        case "xml": return .xmlSpreadsheet
        case "html": return .html
        case let name:
            guard let encoding = TextEncoding(rawValue: name) else { throw EventDecoder.Malformed() }
            return .csv(encoding)
        }
    }

    mutating func failure() throws -> Failure {
        guard let kind = Failure.Kind(rawValue: try text()) else { throw EventDecoder.Malformed() }
        let code = try text()
        let message = try text()
        var optional: [String?] = []
        for _ in 0..<5 {
            let text = try text()
            optional.append(text.isEmpty ? nil : text)
        }
        let row = try integer()
        let line = try integer()
        let place = FilePlace(
            file: optional[1], sheet: optional[2], row: row == 0 ? nil : row, column: optional[3], line: line == 0 ? nil : line,
            clause: optional[4])
        return Failure(kind, code, message, at: place, cure: optional[0])
    }
}
