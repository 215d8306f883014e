import Values

/// Reads one cell from left to right; the first fault ends the reading.
struct CellParser {
    let text: String
    let characters: [Character]
    let place: FilePlace
    /// The next character to read, from zero.
    var index = 0
    /// How many brackets and minus signs of an arithmetic are open here; limited, because each is a call.
    var depth = 0

    init(_ text: String, at place: FilePlace) {
        self.text = text
        self.characters = Array(text)
        self.place = place
    }

    /// The whole cell.
    mutating func parse() throws(Failure) -> CellTest {
        try refuseFullWidth()
        skipBlanks()
        guard let first = peek else { throw fault(.empty) }
        if first == "-", characters[(index + 1)...].allSatisfy(\.isWhitespace) { return .any }
        if upcomingWord == "not" {
            index += 3
            skipBlanks()
            guard take("(") else { throw unexpected() }
            let tests = try list()
            try close()
            try end()
            return .noneOf(tests)
        }
        let tests = try list()
        try end()
        return .oneOf(tests)
    }

    private mutating func list() throws(Failure) -> [ValueInterval] {
        var tests: [ValueInterval] = []
        repeat { tests.append(try test()) } while take(",")
        return tests
    }

    private mutating func end() throws(Failure) {
        skipBlanks()
        if index < characters.count { throw unexpected() }
    }

    private mutating func test() throws(Failure) -> ValueInterval {
        skipBlanks()
        guard let character = peek else { throw fault(.valueMissing) }
        switch character {
        case "<", ">": return try comparison()
        case "[", "]": return try interval()
        case "(": if isIntervalAhead() { return try interval() }
        case "-": if isLoneDash() { throw fault(.anyInList) }
        case "=", "!": throw fault(.equalsSign(character))
        default: break
        }
        let value = try endpoint()
        skipBlanks()
        if isDots { throw fault(.intervalBrackets) }
        return ValueInterval(only: value)
    }

    private mutating func comparison() throws(Failure) -> ValueInterval {
        let isLower = characters[index] == ">"
        index += 1
        let isIncluded = takeNow("=")
        skipBlanks()
        let start = index
        let bound = Bound(try endpoint(), isIncluded: isIncluded)
        guard bound.value.kind == .number || bound.value.kind == .day else { throw fault(.notComparable, at: start) }
        return isLower ? ValueInterval(lower: bound, upper: nil) : ValueInterval(lower: nil, upper: bound)
    }

    /// `[a..b]`, with `]` or `(` before and `[` or `)` after an end that is not included.
    private mutating func interval() throws(Failure) -> ValueInterval {
        let start = index
        let lowerIncluded = characters[index] == "["
        index += 1
        let lower = try endpoint()
        skipBlanks()
        guard isDots else { throw fault(.intervalDots) }
        index += 2
        let upper = try endpoint()
        skipBlanks()
        guard let closing = peek else { throw fault(.unclosedBracket) }
        guard "])[".contains(closing) else { throw unexpected() }
        index += 1
        guard lower.kind == upper.kind else { throw fault(.mixedInterval, at: start) }
        guard lower.kind == .number || lower.kind == .day else { throw fault(.notComparable, at: start) }
        return ValueInterval(lower: Bound(lower, isIncluded: lowerIncluded), upper: Bound(upper, isIncluded: closing == "]"))
    }

    /// A value: text, truth, day, or arithmetic over numbers.
    mutating func endpoint() throws(Failure) -> FactValue {
        skipBlanks()
        guard let character = peek else { throw fault(.valueMissing) }
        if character == "\"" { return .text(try quotedText()) }
        if !isNameStart(character) {
            let start = index
            guard let number = try sum().decimal else { throw fault(.numberRange, at: start) }
            return .number(number)
        }
        let word = upcomingWord
        switch word {
        case "true", "false":
            index += word.count
            return .boolean(word == "true")
        case "date": return try day()
        case "null": throw fault(.null)
        case "not": throw fault(.nestedNot)
        default: throw fault(.name(word))
        }
    }

    private mutating func day() throws(Failure) -> FactValue {
        let start = index
        index += 4
        guard take("(") else { throw fault(.name("date"), at: start) }
        skipBlanks()
        guard peek == "\"" else { throw fault(.badDay(""), at: start) }
        let written = try quotedText()
        try close()
        guard let day = Day(written) else { throw fault(.badDay(written), at: start) }
        return .day(day)
    }

    private mutating func quotedText() throws(Failure) -> String {
        let start = index
        var result = ""
        index += 1
        while let character = peek {
            index += 1
            if character == "\"" { return result }
            if character == "\\", let escaped = peek {
                index += 1
                result.append(escaped == "n" ? "\n" : escaped)
            } else {
                result.append(character)
            }
        }
        throw fault(.unclosedText, at: start)
    }

    /// A round bracket opens an interval when two dots follow the first value, arithmetic otherwise.
    private func isIntervalAhead() -> Bool {
        var ahead = self
        ahead.index += 1
        do throws(Failure) { _ = try ahead.endpoint() } catch { return false }
        ahead.skipBlanks()
        return ahead.isDots
    }

    private func isLoneDash() -> Bool {
        guard let next = characters[(index + 1)...].first(where: { !$0.isWhitespace }) else { return true }
        return next == "," || next == ")"
    }

    /// Chinese punctuation is what people type; it is named together with what to write in its place.
    private func refuseFullWidth() throws(Failure) {
        var isQuoted = false
        var isEscaped = false
        for (offset, character) in characters.enumerated() {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            if !isQuoted, let write = CellParser.halfWidth[character] { throw fault(.fullWidth(character, write: write), at: offset) }
        }
    }

    private static let halfWidth: [Character: String] = [
        "，": ",", "、": ",", "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]", "“": "\"", "”": "\"", "＂": "\"",
        "≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＝": "=", "－": "-", "—": "-", "–": "-", "～": "..", "…": "..", "．": ".", "×": "*",
        "÷": "/",
    ]
}
