/// Writes tables as CSV: UTF-8 with a byte order mark (or Excel takes Chinese for GBK), CR LF, quotes by RFC 4180, and no cell that a
/// spreadsheet would run as a formula.
package enum CsvText {
    /// Stands once at the beginning of a file.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Appends one record.
    package static func append(_ cells: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes.append(13)
        bytes.append(10)
    }

    private static func append(_ cell: Cell, to bytes: inout [UInt8]) {
        switch cell {
        case .empty: break
        case .text(let text), .error(let text): append(text, isDefused: isFormula(text), to: &bytes)
        case .number, .day, .boolean: bytes.append(contentsOf: cell.text.utf8)
        }
    }

    /// Whether a spreadsheet would take the text for a formula or a command (OWASP, "CSV Injection"). Numbers are no text and stay as they are.
    package static func isFormula(_ text: String) -> Bool {
        switch text.utf8.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
        default: false
        }
    }

    private static func append(_ text: String, isDefused: Bool, to bytes: inout [UInt8]) {
        let needsQuotes = isDefused || text.utf8.contains { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 || $0 == 9 }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(34)
        if isDefused { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == 34 { bytes.append(34) }
            bytes.append(byte)
        }
        bytes.append(34)
    }
}
