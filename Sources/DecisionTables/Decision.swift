package import Foundation
import Values

/// What a table says about one set of facts, and why.
package struct Decision: Sendable, Equatable {
    /// The id of the table.
    package let table: String
    package let outcome: Outcome
    /// Every rule with every cell, in the order of the file.
    package let rules: [RuleReason]
    /// The conditions that the text leaves open and that belong to a rule which matches or may match (待明确).
    package let openConditions: [OpenCondition]
    /// Names of facts whose value is not of the input's kind or lies outside its domain; they count as unknown.
    package let unfit: [String]
    /// What change of a single number or day would lead to another rule, nearest first.
    package let nearest: [NearestChange]
    /// The outcome in one Chinese sentence with the facts used.
    package let sentence: String
}

/// How a table ends.
package enum Outcome: Sendable, Equatable {
    /// The rules that decide and what they answer; no rules where the default holds.
    case decided(rules: [String], answer: Answer)
    /// Several rules match and the table does not say which one holds: overlap under `unique`, differing outputs under `any`.
    case held(rules: [String])
    /// Every fact that matters is known and no rule speaks (空档).
    case uncovered
    /// These inputs are unknown and could change the outcome (缺数据).
    case missing(inputs: [String])

    /// Whether two outcomes mean the same to the one concerned: equal answers, whichever rule gave them.
    package func isSame(as other: Outcome) -> Bool {
        if case .decided(_, let left) = self, case .decided(_, let right) = other { return left == right }
        if case .missing = self, case .missing = other { return true }
        return self == other
    }

    /// The rules that match surely, whether they decide or are held.
    package var matchingRules: [String] {
        switch self {
        case .decided(let rules, _), .held(let rules): rules
        case .uncovered, .missing: []
        }
    }
}

/// What the deciding rules answer.
package enum Answer: Sendable, Equatable {
    /// Output values by name, under policies with one answer.
    case one([String: String])
    /// One entry a rule, under `rule-order`, `output-order` and `collect`.
    case list([[String: String]])
    /// The sum, least, greatest or count.
    case number(Decimal)

    /// The output of that name, where there is one answer.
    package subscript(_ name: String) -> String? {
        if case .one(let output) = self { return output[name] }
        return nil
    }
}

/// Why a rule holds or does not.
package struct RuleReason: Sendable, Equatable {
    package let rule: String
    package let label: String
    package let clause: String
    package let line: Int?
    package let match: Match
    package let cells: [CellReason]
}

/// Why a cell holds or does not.
package struct CellReason: Sendable, Equatable {
    package let input: String
    package let label: String
    package let unit: String?
    /// The cell as written.
    package let text: String
    package let value: FactValue
    package let match: Match

    /// `年销售额 6000万元 符合「>= 5000」`
    package var sentence: String {
        switch match {
        case .yes: Self.met(label, value == .unknown ? "\(value)" : "\(value)\(unit ?? "")", text)
        case .no: "\(label) \(value)\(unit ?? "") 不符合「\(text)」"
        case .unknown: "\(label)未知，无法判断是否符合「\(text)」"
        }
    }

    /// A met cell, its value as it is shown.
    static func met(_ label: String, _ value: String, _ text: String) -> String { "\(label) \(value) 符合「\(text)」" }
}

/// The least change of one number or day that makes another rule match, all other facts as they are.
package struct NearestChange: Sendable, Equatable {
    package enum Direction: String, Sendable { case up, down }

    package let input: String
    package let rule: String
    package let direction: Direction
    /// In the unit of the input; days for days.
    package let distance: Decimal
    /// The value to be reached, or to be passed where it is not included.
    package let boundary: FactValue
    package let isIncluded: Bool
    /// Other rules that also match there, so that reaching exactly this value is not decided before a ruling.
    package let contestedBy: [String]
    /// `距「A类(重点培育)」还差180万元`
    package let sentence: String
}
