import DecisionTables
import Values

/// Reads an expression or a cell of a model from left to right; names may hold blanks and signs, so that the longest known name is taken.
struct FeelParser {
    let text: String
    let characters: [Character]
    let scope: FeelScope
    let place: FilePlace
    var index = 0
    var depth = 0
    static let longest = 10_000
    static let deepest = 48

    init(_ text: String, scope: FeelScope, at place: FilePlace) throws(Failure) {
        self.text = text
        characters = Array(text)
        self.scope = scope
        self.place = place
        if characters.count > FeelParser.longest {
            throw ModelFault.make(
                "expression-too-long", "表达式有\(characters.count)个字符，超过上限\(FeelParser.longest)个。", cure: "拆成几个决策或上下文。", at: place)
        }
    }

    /// The whole text as one expression.
    static func expression(_ text: String, scope: FeelScope, at place: FilePlace) throws(Failure) -> FeelExpression {
        var parser = try FeelParser(text, scope: scope, at: place)
        let result = try parser.expression()
        try parser.end()
        return result
    }

    mutating func end() throws(Failure) {
        skipBlanks()
        if index < characters.count { throw unexpected() }
    }

    mutating func expression() throws(Failure) -> FeelExpression {
        depth += 1
        defer { depth -= 1 }
        if depth > FeelParser.deepest { throw fault("too-deep", "第\(index + 1)个字符处的括号或调用超过\(FeelParser.deepest)层。", cure: "拆成几个决策。") }
        var parts = [try conjunction()]
        while takeWord("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .either(parts)
    }

    private mutating func conjunction() throws(Failure) -> FeelExpression {
        var parts = [try comparison()]
        while takeWord("and") { parts.append(try comparison()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func comparison() throws(Failure) -> FeelExpression {
        let left = try sum()
        guard let comparison = takeComparison() else { return left }
        return .compared(left, comparison, try sum())
    }

    mutating func takeComparison() -> FeelExpression.Comparison? {
        skipBlanks()
        for sign in [FeelExpression.Comparison.unequal, .atMost, .atLeast, .below, .above, .equal] where take(text: sign.rawValue) {
            return sign
        }
        return nil
    }

    mutating func sum() throws(Failure) -> FeelExpression {
        let first = try product()
        var steps: [FeelExpression.Step] = []
        while true {
            skipBlanks()
            if take(text: "+") {
                steps.append(.init(operation: .plus, operand: try product()))
            } else if take(text: "-") {
                steps.append(.init(operation: .minus, operand: try product()))
            } else {
                return steps.isEmpty ? first : .reckoned(first, steps)
            }
        }
    }

    private mutating func product() throws(Failure) -> FeelExpression {
        let first = try power()
        var steps: [FeelExpression.Step] = []
        while true {
            skipBlanks()
            if !isAhead("**"), take(text: "*") {
                steps.append(.init(operation: .times, operand: try power()))
            } else if take(text: "/") {
                steps.append(.init(operation: .over, operand: try power()))
            } else {
                return steps.isEmpty ? first : .reckoned(first, steps)
            }
        }
    }

    private mutating func power() throws(Failure) -> FeelExpression {
        let first = try unary()
        var steps: [FeelExpression.Step] = []
        while true {
            skipBlanks()
            guard take(text: "**") else { return steps.isEmpty ? first : .reckoned(first, steps) }
            steps.append(.init(operation: .power, operand: try unary()))
        }
    }

    /// The minus binds tighter than any other sign.
    private mutating func unary() throws(Failure) -> FeelExpression {
        skipBlanks()
        var isNegated = false
        var isMinus = false
        while take(text: "-") {
            isMinus = true
            isNegated.toggle()
            skipBlanks()
        }
        let operand = try postfix()
        if !isMinus { return operand }
        return isNegated ? .negated(operand) : .negated(.negated(operand))
    }

    private mutating func postfix() throws(Failure) -> FeelExpression {
        var result = try primary()
        while true {
            skipBlanks()
            guard peek == ".", index + 1 < characters.count, characters[index + 1] != "." else { break }
            index += 1
            result = .path(result, try component())
        }
        return result
    }

    private mutating func primary() throws(Failure) -> FeelExpression {
        skipBlanks()
        guard let character = peek else { throw fault("expression-ended", "第\(index + 1)个字符处缺少一个值。", cure: "补全表达式。") }
        if character == "\"" { return .value(.text(try quotedText())) }
        if character == "(" {
            index += 1
            let inner = try expression()
            try close()
            return inner
        }
        if isDigit(character) || (character == "." && index + 1 < characters.count && isDigit(characters[index + 1])) {
            return .value(.number(try number()))
        }
        if character == "@" { return try atLiteral() }
        return try named()
    }

    /// `@"2006-09-05"`
    private mutating func atLiteral() throws(Failure) -> FeelExpression {
        let start = index
        index += 1
        guard peek == "\"" else { throw unexpected() }
        let written = try quotedText()
        let value = FeelTemporal.value(written)
        guard value != .null else { throw fault("bad-date", "「@\"\(written)\"」不是日期、时刻或时长。", cure: "写作 @\"2006-09-05\"。", at: start) }
        return .value(value)
    }
}
