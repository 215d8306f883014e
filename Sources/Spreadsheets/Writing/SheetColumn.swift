/// A column of a table that is written out: its heading and what its cells are.
package struct SheetColumn: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case text
        /// Whole numbers with thousands separators.
        case integer
        /// Amounts and other decimals, right-aligned, with so many decimals.
        case amount(decimals: Int)
        /// A share shown as per cent with so many decimals; the cell holds 0…1.
        case share(decimals: Int)
        /// `2006-09-05`
        case day

        /// Whether figures stand right-aligned.
        package var isNumeric: Bool { self != .text && self != .day }
    }

    package let heading: String
    package let kind: Kind
    /// Width in characters of Latin text; nil to take it from the heading.
    package let width: Double?
    /// What may be chosen in this column; empty for free input.
    package let choices: [String]

    package init(_ heading: String, _ kind: Kind = .text, width: Double? = nil, choices: [String] = []) {
        self.heading = heading
        self.kind = kind
        self.width = width
        self.choices = choices
    }

    /// The width in which a heading or a typical cell stands without a break.
    var shownWidth: Double {
        if let width { return width }
        let least: Double = kind == .day ? 11 : 8
        return min(60, max(least, Double(TextWidth.of(heading)) + 4))
    }
}

/// How wide a text stands in a spreadsheet: Chinese characters take two columns.
enum TextWidth {
    static func of(_ text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in line.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) } }.max() ?? 0
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

/// Names as Excel allows them for sheets: 1 to 31 characters, none of `[ ] : * ? / \`, no two alike.
struct SheetNames {
    private var used: Set<String> = []

    mutating func unique(_ name: String) -> String {
        let cleaned = String(name.filter { !"[]:*?/\\".contains($0) && !$0.isNewline })
        let trimmed = String(cleaned.drop { $0 == "'" })
        let base = SheetNames.shortened(trimmed.isEmpty ? "Sheet" : trimmed, 31)
        var candidate = base
        var number = 2
        while used.contains(candidate.lowercased()) {
            let tail = "(\(number))"
            candidate = SheetNames.shortened(base, 31 - tail.count) + tail
            number += 1
        }
        used.insert(candidate.lowercased())
        return candidate
    }

    /// At most so many UTF-16 units, which is how Excel counts.
    private static func shortened(_ name: String, _ most: Int) -> String {
        var result = name
        while result.utf16.count > most { result.removeLast() }
        while result.last == "'" { result.removeLast() }
        return result
    }
}
