package import Spreadsheets

/// A short stable fingerprint of what stands in a sheet, for noticing that the same table was left in several workbooks.
///
/// FNV-1a with 64 bits over the shown texts (G. Fowler, L. C. Noll, K.-P. Vo). It only raises a question that a person answers;
/// files themselves are kept by SHA-256.
package enum ContentFingerprint {
    package static func of(_ sheet: Sheet) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for row in sheet.rows where row.holdsSomething {
            for cell in row.cells {
                add(cell.text.trimmedText, &hash)
                add("\u{1F}", &hash)
            }
            add("\u{1E}", &hash)
        }
        return hash
    }

    private static func add(_ text: String, _ hash: inout UInt64) {
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash = hash &* 0x100_0000_01b3
        }
    }
}
