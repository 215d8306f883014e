/// Text as people type it into a field.
enum FormText {
    /// Without spaces, tabs, line ends and ideographic spaces (U+3000) at both ends.
    static func trimmed(_ text: String) -> String {
        func isSpace(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(text[first...last])
    }
}
