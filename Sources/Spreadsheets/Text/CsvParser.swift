/// Splits UTF-8 text into records (RFC 4180), byte by byte; CR, LF and CR LF all end a record, and a quote inside a bare field is a plain character.
struct CsvParser {
    private let separator: UInt8
    private var field: [UInt8] = []
    private var record: [Cell] = []
    private var state = State.fieldStart
    private var lastWasReturn = false
    private var line = 1
    /// The number of the record being read, 1-based: the row that Excel shows.
    private(set) var number = 1
    /// The line at which the quote still open began.
    private(set) var quoteLine = 0

    private enum State { case fieldStart, bare, quoted, quoteInQuoted }

    init(separator: UInt8) { self.separator = separator }

    /// A quote is open: at the end of the file that is an error.
    var isInsideQuotes: Bool { state == .quoted }
    /// Bytes gathered for the field being read.
    var pendingBytes: Int { field.count }
    var pendingColumns: Int { record.count }

    /// Takes the next bytes and hands over every record that they complete.
    mutating func feed(_ bytes: [UInt8], _ take: (Int, [Cell]) throws -> Void) rethrows {
        try bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                if state == .bare || state == .quoted { index = run(buffer, index) }
                guard index < buffer.count else { return }
                try step(buffer[index], take)
                index += 1
            }
        }
    }

    /// Takes plain characters in one go.
    private mutating func run(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start
        if state == .quoted {
            while end < buffer.count, buffer[end] != 34, buffer[end] != 10, buffer[end] != 13 { end += 1 }
        } else {
            while end < buffer.count, buffer[end] != separator, buffer[end] != 10, buffer[end] != 13 { end += 1 }
        }
        if end > start {
            field.append(contentsOf: buffer[start..<end])
            lastWasReturn = false
        }
        return end
    }

    private mutating func step(_ byte: UInt8, _ take: (Int, [Cell]) throws -> Void) rethrows {
        let followsReturn = lastWasReturn
        lastWasReturn = byte == 13
        if byte == 13 || (byte == 10 && !followsReturn) { line += 1 }
        switch state {
        case .quoted:
            if byte == 34 { state = .quoteInQuoted } else { insideQuotes(byte, followsReturn) }
        case .quoteInQuoted where byte == 34:
            field.append(34)
            state = .quoted
        case .fieldStart, .bare, .quoteInQuoted:
            if byte == separator {
                endField()
            } else if byte == 13 || byte == 10 {
                if byte == 10, followsReturn { return }
                try endRecord(take)
            } else if byte == 34, state == .fieldStart {
                state = .quoted
                quoteLine = line
            } else {
                field.append(byte)
                state = .bare
            }
        }
    }

    /// Line breaks inside a cell become LF, as spreadsheets keep them.
    private mutating func insideQuotes(_ byte: UInt8, _ followsReturn: Bool) {
        if byte == 10, followsReturn { return }
        field.append(byte == 13 ? 10 : byte)
    }

    private mutating func endField() {
        // Returns have become line breaks already.
        let text = String(decoding: CsvParser.withoutTextMark(field), as: UTF8.self)
        record.append(text.utf8.last == 0 || text.isEmpty ? Cell(text: text) : .text(text))
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    /// `="0012"` is how exporters keep a spreadsheet from taking a code for a number.
    private static func withoutTextMark(_ field: [UInt8]) -> ArraySlice<UInt8> {
        guard field.count >= 3, field[0] == UInt8(ascii: "="), field[1] == 34, field.last == 34 else { return field[...] }
        let inside = field[2..<(field.count - 1)]
        return inside.contains(34) ? field[...] : inside
    }

    private mutating func endRecord(_ take: (Int, [Cell]) throws -> Void) rethrows {
        endField()
        try take(number, record)
        number += 1
        record.removeAll(keepingCapacity: true)
    }

    /// Hands over a last record without a line end.
    mutating func finish(_ take: (Int, [Cell]) throws -> Void) rethrows {
        if state != .fieldStart || !record.isEmpty { try endRecord(take) }
    }
}
