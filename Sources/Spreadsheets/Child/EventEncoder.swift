import Values

/// Writes sheet events as length-prefixed frames: four bytes of length (little-endian), one of kind, then the fields. Whole numbers are
/// LEB128, texts carry their length. The format lives only between two processes of one version of the program.
struct EventEncoder {
    private(set) var bytes: [UInt8] = []

    enum Frame {
        static let workbook = UInt8(ascii: "W"), sheet = UInt8(ascii: "S"), row = UInt8(ascii: "R"), sheetEnd = UInt8(ascii: "E")
        static let failure = UInt8(ascii: "F"), finished = UInt8(ascii: "Z")
    }

    enum CellKind {
        static let empty: UInt8 = 0, text: UInt8 = 1, number: UInt8 = 2, day: UInt8 = 3, no: UInt8 = 4, yes: UInt8 = 5, error: UInt8 = 6
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ event: SheetEvent) {
        switch event {
        case .workbook(let format): frame(Frame.workbook) { $0.append(format) }
        case .sheet(let name, let visibility):
            frame(Frame.sheet) {
                $0.append(name)
                $0.append(visibility.rawValue)
            }
        case .row(let row):
            frame(Frame.row) {
                $0.append(row.number)
                $0.append(row.cells.count)
                for cell in row.cells { $0.append(cell) }
            }
        case .sheetEnd(let ranges):
            frame(Frame.sheetEnd) {
                $0.append(ranges.count)
                for range in ranges {
                    for bound in [range.firstRow, range.lastRow, range.firstColumn, range.lastColumn] { $0.append(bound) }
                }
            }
        }
    }

    mutating func append(_ failure: Failure) {
        frame(Frame.failure) {
            for text in [failure.kind.rawValue, failure.code, failure.message] { $0.append(text) }
            let place = failure.place
            for text in [failure.cure, place.file, place.sheet, place.column, place.clause] { $0.append(text ?? "") }
            for number in [place.row, place.line] { $0.append(number ?? 0) }
        }
    }

    /// The last frame; a stream without it was cut off.
    mutating func appendFinished() { frame(Frame.finished) { _ in } }

    private mutating func frame(_ kind: UInt8, _ fill: (inout EventEncoder) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: [0, 0, 0, 0, kind])
        fill(&self)
        let length = UInt32(bytes.count - start - 4)
        for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
    }

    private mutating func append(_ format: WorkbookFormat) {
        switch format {
        case .xls: append("xls")
        case .xlsx: append("xlsx")
        case .xmlSpreadsheet: append("xml")
        case .html: append("html")
        case .csv(let encoding): append(encoding.rawValue)
        }
    }

    private mutating func append(_ cell: Cell) {
        switch cell {
        case .empty: bytes.append(CellKind.empty)
        case .text(let text):
            bytes.append(CellKind.text)
            append(text)
        case .number(let number):
            bytes.append(CellKind.number)
            append(number)
        case .day(let day, let serial):
            bytes.append(CellKind.day)
            append(day.number + EventEncoder.dayShift)
            append(serial)
        case .boolean(let flag): bytes.append(flag ? CellKind.yes : CellKind.no)
        case .error(let text):
            bytes.append(CellKind.error)
            append(text)
        }
    }

    /// Days before 1970 would be negative.
    static let dayShift = 1_000_000

    private mutating func append(_ number: Int) {
        var rest = UInt64(max(0, number))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func append(_ number: Double) {
        let bits = number.bitPattern
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    private mutating func append(_ text: String) {
        append(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }
}
