/// Brings the spellings of an enterprise's name to one key, so that a list and a register meet: brackets, spaces, widths, case, dots.
///
/// Nothing that carries meaning is dropped: 分公司, 厂 and the place in brackets stay. Traditional characters are not converted.
package enum NameFolding {
    /// The key under which two spellings of one name are equal: `佛山（南海）  ＡＢＣ厂．` → `佛山(南海)abc厂`.
    package static func key(_ name: String) -> String {
        // Most names hold nothing that is folded; asking so costs less than folding.
        if isFolded(name) { return name }
        var folded = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            guard let kept = scalarKey(scalar) else { continue }
            folded.append(kept)
        }
        while let last = folded.last, last == "." || last == "," { folded.removeLast() }
        return String(folded).lowercased()
    }

    /// Whether a name is of plain characters and brackets alone, told by its bytes.
    private static func isFolded(_ name: String) -> Bool {
        let answer: Bool? = name.utf8.withContiguousStorageIfAvailable { bytes in
            var index = 0
            while index < bytes.count {
                switch bytes[index] {
                case 48...57, 97...122, 0x28, 0x29: index += 1
                // U+4E00…U+9FFF are E4 B8 80 … E9 BF BF.
                case 0xE5...0xE9: index += 3
                case 0xE4 where bytes[index + 1] >= 0xB8: index += 3
                default: return false
                }
            }
            return true
        }
        return answer ?? name.unicodeScalars.allSatisfy { isPlain($0) || $0 == "(" || $0 == ")" }
    }

    /// Full-width forms to half width, white space and invisible marks out; for codes, amounts and names alike.
    package static func narrowed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let half = halfWidth(scalar)
            if !isBlank(half) { result.append(half) }
        }
        return String(result)
    }

    /// An ideograph of the basic block, a digit or a small letter, which folding leaves as it is.
    package static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x4E00...0x9FFF).contains(scalar.value) || (48...57).contains(scalar.value) || (97...122).contains(scalar.value)
    }

    /// Overlapping pairs of characters of the key, each once, in order of first appearance: the index terms of a name.
    package static func pairs(_ name: String) -> [String] {
        let characters = key(name).filter { !"()".contains($0) }
        var seen = Set<String>()
        return zip(characters, characters.dropFirst()).map { String([$0, $1]) }.filter { seen.insert($0).inserted }
    }

    /// What somebody typed into a search box, taken apart at white space.
    package static func query(_ text: String) -> NameQuery {
        let pieces = text.split { $0.unicodeScalars.allSatisfy(isBlank) }.map { key(String($0)) }.filter { !$0.isEmpty }
        var seen = Set<String>()
        let terms = pieces.flatMap(pairs).filter { seen.insert($0).inserted }
        return NameQuery(pieces: pieces, pairs: terms)
    }

    private static func scalarKey(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let half = halfWidth(scalar)
        if isBlank(half) || isMiddleDot(half) { return nil }
        switch half {
        case "[", "{", "〔", "【", "〈", "《", "﹙", "［": return "("
        case "]", "}", "〕", "】", "〉", "》", "﹚", "］": return ")"
        case "。", "｡": return "."
        case "—", "–", "‐", "‑", "−": return "-"
        default: return half
        }
    }

    /// U+FF01…U+FF5E mirror ASCII at a fixed distance; U+3000 is the wide space.
    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value == 0x3000 { return " " }
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    }

    private static func isMiddleDot(_ scalar: Unicode.Scalar) -> Bool {
        [0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65, 0x2219].contains(scalar.value)
    }

    /// White space, no-break spaces, zero-width and control characters, byte-order mark.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
    }
}

/// A search by name: every piece must occur in the key of a name that is found; the pairs narrow the search beforehand.
package struct NameQuery: Sendable, Equatable {
    /// Folded pieces, one per word typed.
    package let pieces: [String]
    /// Index terms; empty when every piece is a single character, which only a scan can answer.
    package let pairs: [String]

    package init(pieces: [String], pairs: [String]) {
        self.pieces = pieces
        self.pairs = pairs
    }

    /// Whether a folded name contains every piece.
    package func matches(key: String) -> Bool { pieces.allSatisfy { key.contains($0) } }
}
