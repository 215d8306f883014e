import DecisionTables
package import Evidence
import Foundation
package import Values

/// A metric that rule files may name: the question that answers it for every enterprise at once.
package struct RuleInput: Sendable {
    /// How the answer of the question becomes a value of the table.
    package enum Scale: Sendable {
        /// The question answers in fen, the table is written in 元, 万元 or 亿元.
        case money
        /// The question counts.
        case number
    }

    /// As rule files write it: `enterprise.sales`.
    package let name: String
    package let fact: String
    package let metric: String?
    /// The dimension that carries the enterprise's number.
    package let dimension: String
    /// The dimension of the year, for metrics of a period; nil for what holds on a day.
    package let year: String?
    /// Limits that always apply.
    package let filters: [Question.Filter]
    package let scale: Scale

    package init(
        _ name: String, fact: String, metric: String? = nil, dimension: String = "enterprise", year: String? = nil,
        where filters: [Question.Filter] = [], scale: Scale = .number
    ) {
        self.name = name
        self.fact = fact
        self.metric = metric
        self.dimension = dimension
        self.year = year
        self.filters = filters
        self.scale = scale
    }

    /// The question for all enterprises, or for one.
    package func question(year value: Int, on day: Day, known: Int64?, enterprise: Int64? = nil) -> Question {
        var filters = filters
        if let year { filters.append(Question.Filter(year, [String(value)])) }
        if let enterprise { filters.append(Question.Filter(dimension, [String(enterprise)])) }
        return Question(fact, metric: metric, where: filters, on: day, known: known)
    }

    /// The answer in the unit of the table; exact, since sums of money are whole fen.
    func value(_ number: Double, unit: String?) -> FactValue {
        RuleInput.whole(number).map { value(whole: $0, unit: unit) } ?? .unknown
    }

    /// The same for a whole number: fen, or a count.
    func value(whole: Int64, unit: String?) -> FactValue {
        .number(Decimal(whole) * Decimal(sign: .plus, exponent: -decimals(unit: unit), significand: 1))
    }

    /// The same as it is shown, without a decimal number between: a register has millions of them.
    func text(whole: Int64, unit: String?) -> String {
        let decimals = decimals(unit: unit)
        guard decimals > 0 else { return String(whole) }
        var digits = String(whole.magnitude)
        if digits.utf8.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits }
        let point = digits.utf8.index(digits.endIndex, offsetBy: -decimals)
        var fraction = digits[point...]
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
        return (whole < 0 ? "-" : "") + digits[..<point] + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// How many decimals the answer's whole numbers carry in the unit of the table.
    func decimals(unit: String?) -> Int {
        switch scale {
        case .number: 0
        case .money:
            switch unit {
            case "亿元": 10
            case "万元": 6
            default: 2
            }
        }
    }

    /// The answer of a question as a whole number; nil where it is none that a table can hold.
    static func whole(_ number: Double) -> Int64? { number.isFinite && number.magnitude < 9e15 ? Int64(number.rounded()) : nil }
}

/// The metrics that rule files may name; other slices add theirs.
package struct RuleInputs: Sendable {
    package private(set) var inputs: [RuleInput]

    package init(_ inputs: [RuleInput] = []) { self.inputs = inputs }

    /// What the yearly accounts answer.
    package static let accounts = RuleInputs(
        [("sales", "sales"), ("brand-sales", "brand-sales"), ("exports", "exports"), ("research", "rd"), ("tax", "tax")].map {
            RuleInput("enterprise." + $0.0, fact: "account", metric: $0.1, year: "year", scale: .money)
        })

    /// Both together; of two inputs of one name the later one holds.
    package static func + (left: RuleInputs, right: RuleInputs) -> RuleInputs {
        let names = Set(right.inputs.map(\.name))
        return RuleInputs(left.inputs.filter { !names.contains($0.name) } + right.inputs)
    }

    package subscript(_ name: String) -> RuleInput? { inputs.first { $0.name == name } }

    /// For the check of names in programme files.
    package var names: Set<String> { Set(inputs.map(\.name)) }
}
