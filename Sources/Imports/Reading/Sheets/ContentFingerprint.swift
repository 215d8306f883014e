package import Spreadsheets

/// A short stable fingerprint of what stands in a sheet, for noticing that the same table was left in several workbooks.
///
/// FNV-1a with 64 bits over the shown texts (G. Fowler, L. C. Noll, K.-P. Vo). It only raises a question that a person answers;
/// files themselves are kept by SHA-256.
package struct ContentFingerprint: Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    package static func of(_ sheet: Sheet) -> UInt64 {
        var fingerprint = ContentFingerprint()
        for row in sheet.rows { fingerprint.add(row) }
        return fingerprint.value
    }

    /// Takes the next row; one that holds nothing leaves no trace.
    mutating func add(_ row: SheetRow) {
        guard row.holdsSomething else { return }
        for cell in row.cells {
            if case .text(let text) = cell, Self.isTrimmed(text) { add(text) } else { add(cell.text.trimmedText) }
            add(byte: 0x1F)
        }
        add(byte: 0x1E)
    }

    /// Whether neither end can be white space, which is asked of every cell.
    private static func isTrimmed(_ text: String) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        // 0xE4…0xE9 begin most ideographs; no white space begins so.
        guard isPlain(first) || (0xE4...0xE9).contains(first) else { return false }
        return isPlain(last) || text.utf8.suffix(3).first.map { (0xE4...0xE9).contains($0) } == true
    }

    private mutating func add(_ text: String) { for byte in text.utf8 { add(byte: byte) } }

    private mutating func add(byte: UInt8) {
        value ^= UInt64(byte)
        value = value &* 0x100_0000_01b3
    }
}
