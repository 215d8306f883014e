/// A heading made comparable: widths folded, spaces and line breaks dropped, brackets set apart, numbering removed.
package struct HeadingText: Sendable, Equatable {
    /// As it stands in the file, spaces at the ends and line breaks removed.
    package let printed: String
    /// Folded, with the words in brackets but without the brackets: `(标称)生产单位` → `标称生产单位`.
    package let whole: String
    /// Folded, without what stands in brackets.
    package let core: String
    /// A unit named in brackets or after a comma: `万元`.
    package let unit: String?

    package init(_ text: String, writing: WritingWords) {
        printed = String(text.filter { !$0.isNewline && $0 != "\t" }).trimmedText
        let folded = HeadingText.folded(text, writing)
        var inside: [String] = []
        var core = ""
        var whole = ""
        var depth = 0
        for character in folded {
            switch character {
            case "(", "[", "【", "{":
                depth += 1
                inside.append("")
            case ")", "]", "】", "}": depth = max(0, depth - 1)
            default:
                whole.append(character)
                if depth > 0 { inside[inside.count - 1].append(character) } else { core.append(character) }
            }
        }
        self.core = HeadingText.bare(core)
        self.whole = HeadingText.bare(whole)
        unit = HeadingText.unit(inside: inside, folded: folded, writing)
    }

    /// Full-width forms to ASCII, traditional to simplified (the listed characters only), lower case, no white space.
    static func folded(_ text: String, _ writing: WritingWords) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.value == 0xFEFF || (0x200B...0x200F).contains(scalar.value) { continue }
            var character = Character(scalar)
            if (0xFF01...0xFF5E).contains(scalar.value), let ascii = Unicode.Scalar(scalar.value - 0xFEE0) { character = Character(ascii) }
            result.append(writing.simplified[character] ?? character)
        }
        return result.lowercased().replacing("µ", with: "μ")
    }

    /// Without stars and colons at the ends, and without numbers glued behind Chinese text (`企业名称2`, `序号1`) or left by a data
    /// frame (`企业名称.1`). A digit behind a Latin letter belongs to a name (`B1`).
    private static func bare(_ text: String) -> String {
        var characters = Array(text)
        let ends: Set<Character> = ["*", ":", ",", ";", ".", "。", "、", "#", "★", "▲", "\"", "'"]
        while let last = characters.last, ends.contains(last) { characters.removeLast() }
        while let first = characters.first, ends.contains(first) { characters.removeFirst() }
        var digits = characters
        while let last = digits.last, last.isASCII, last.isNumber { digits.removeLast() }
        if digits.count < characters.count, digits.last == "." { digits.removeLast() }
        if digits.count < characters.count, let last = digits.last, !last.isASCII { characters = digits }
        return String(characters)
    }

    private static func unit(inside: [String], folded: String, _ writing: WritingWords) -> String? {
        for text in inside {
            let name = text.hasPrefix("单位:") ? String(text.dropFirst(3)) : text
            if writing.units.contains(name) { return name }
        }
        guard let comma = folded.lastIndex(where: { $0 == "," || $0 == ":" }) else { return nil }
        let tail = String(folded[folded.index(after: comma)...])
        return writing.units.contains(tail) ? tail : nil
    }
}

extension String {
    /// Without white space at the ends, of any width.
    var trimmedText: String {
        guard let first = first, let last = last, first.isWhitespace || last.isWhitespace else { return self }
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[start...end])
    }
}
