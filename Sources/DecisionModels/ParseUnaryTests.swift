import Values

/// Cells of a model's tables and lists of allowed values.
extension FeelParser {
    static func tests(_ text: String, scope: FeelScope, at place: FilePlace) throws(Failure) -> UnaryTests {
        var parser = try FeelParser(text, scope: scope, at: place)
        return try parser.tests()
    }

    private mutating func tests() throws(Failure) -> UnaryTests {
        skipBlanks()
        if peek == nil || text.trimmed == "-" { return .any }
        if let end = ahead("not"), characters[end...].first(where: { !$0.isWhitespace }) == "(", let list = try? negated(from: end) {
            return .noneOf(list)
        }
        let list = try testList()
        try end()
        return .oneOf(list)
    }

    /// `not(…)` around the whole cell; where more follows, it is an expression.
    private func negated(from end: Int) throws(Failure) -> [UnaryTest] {
        var inner = self
        inner.index = end
        inner.skipBlanks()
        _ = inner.take(text: "(")
        let list = try inner.testList()
        try inner.close()
        try inner.end()
        return list
    }

    private mutating func testList() throws(Failure) -> [UnaryTest] {
        var list: [UnaryTest] = []
        repeat {
            list.append(try test())
            skipBlanks()
        } while take(text: ",")
        return list
    }

    private mutating func test() throws(Failure) -> UnaryTest {
        skipBlanks()
        if let comparison = takeComparison() {
            let end = try sum()
            switch comparison {
            case .below, .atMost: return UnaryTest(lower: nil, upper: .init(value: end, isIncluded: comparison == .atMost), isSingle: false)
            case .above, .atLeast:
                return UnaryTest(lower: .init(value: end, isIncluded: comparison == .atLeast), upper: nil, isSingle: false)
            case .equal: return single(end)
            case .unequal: throw fault("unexpected", "单元格里不用「!=」。", cure: "写作 not(值)。")
            }
        }
        if let interval = interval() { return interval }
        return single(try expression())
    }

    private func single(_ value: FeelExpression) -> UnaryTest {
        let end = UnaryTest.End(value: value, isIncluded: true)
        return UnaryTest(lower: end, upper: end, isSingle: true)
    }

    /// `[a..b]`, `(a..b)`, `]a..b[`; nil where none stands here, so that a round bracket may open a sum.
    private mutating func interval() -> UnaryTest? {
        guard let opening = peek, "[(]".contains(opening) else { return nil }
        var ahead = self
        ahead.index += 1
        do throws(Failure) {
            let lower = try ahead.sum()
            ahead.skipBlanks()
            guard ahead.take(text: "..") else { return nil }
            let upper = try ahead.sum()
            ahead.skipBlanks()
            guard let closing = ahead.peek, "])[".contains(closing) else { return nil }
            ahead.index += 1
            self = ahead
            return UnaryTest(
                lower: .init(value: lower, isIncluded: opening == "["), upper: .init(value: upper, isIncluded: closing == "]"),
                isSingle: false)
        } catch { return nil }
    }
}
