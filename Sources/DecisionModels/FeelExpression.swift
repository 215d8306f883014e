/// An expression of S-FEEL as understood; chains of equal rank are flat, so that a long sum is not a deep tree.
indirect enum FeelExpression: Sendable, Hashable {
    case value(FeelValue)
    case name(String)
    /// `loan.principal`
    case path(FeelExpression, String)
    case negated(FeelExpression)
    case not(FeelExpression)
    case reckoned(FeelExpression, [Step])
    case compared(FeelExpression, Comparison, FeelExpression)
    case all([FeelExpression])
    case either([FeelExpression])
    case call(String, [Argument])

    /// A further operand of a sum or a product.
    struct Step: Sendable, Hashable {
        let operation: Operation
        let operand: FeelExpression
    }

    /// An argument of a call, by place or by name.
    struct Argument: Sendable, Hashable {
        let name: String?
        let value: FeelExpression
    }

    enum Operation: Sendable, Hashable { case plus, minus, times, over, power }

    enum Comparison: String, Sendable, Hashable, CaseIterable {
        case equal = "="
        case unequal = "!="
        case below = "<"
        case atMost = "<="
        case above = ">"
        case atLeast = ">="
    }
}

/// What a cell of a decision table demands, its ends still expressions: `< limit`, `[a..b]`, `"A", "B"`, `not(…)`, `-`.
enum UnaryTests: Sendable, Hashable {
    case any
    case oneOf([UnaryTest])
    case noneOf([UnaryTest])
}

/// One test of a cell.
struct UnaryTest: Sendable, Hashable {
    let lower: End?
    let upper: End?
    /// Whether both ends are one and the same value.
    let isSingle: Bool

    struct End: Sendable, Hashable {
        let value: FeelExpression
        let isIncluded: Bool
    }
}

/// The names that an expression may use.
struct FeelScope: Sendable {
    /// Inputs, decisions, parameters, entries before.
    var values: Set<String> = []
    /// Business knowledge models, with the names of their parameters.
    var functions: [String: [String]] = [:]
    /// Components of structures anywhere in the model: after a dot.
    var components: Set<String> = []

    func adding(_ names: some Sequence<String>) -> FeelScope {
        var result = self
        result.values.formUnion(names)
        return result
    }
}

/// Functions that every expression may call, and how many arguments they take.
enum FeelFunction: String, CaseIterable {
    case date
    case time
    case moment = "date and time"
    case duration

    var arguments: ClosedRange<Int> {
        switch self {
        case .date: 1...3
        case .time: 1...4
        case .moment: 1...2
        case .duration: 1...1
        }
    }
}
