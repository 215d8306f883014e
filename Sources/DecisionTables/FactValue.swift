package import Foundation
package import Values

/// A fact as a decision table sees it: a value without unit; where it comes from is the caller's to remember.
///
/// The unit is the table's (`Input.unit`), so the caller converts before it asks. `unknown` is a fact that nobody has
/// reported: it satisfies no cell but `-`, and leads to 缺数据, never to a hole in the rule.
package enum FactValue: Sendable, Hashable, CustomStringConvertible {
    case number(Decimal)
    case text(String)
    case boolean(Bool)
    case day(Day)
    case unknown

    /// As it is shown to a reader: `5000`, `A`, `是`, `2006-09-05`, `未知`.
    package var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text
        case .boolean(let flag): flag ? "是" : "否"
        case .day(let day): day.description
        case .unknown: "未知"
        }
    }

    /// As a cell would write it (S-FEEL literal): `5000`, `"A"`, `true`, `date("2006-09-05")`; unknown has no literal and gives `null`.
    package var literal: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): quoted(text)
        case .boolean(let flag): flag ? "true" : "false"
        case .day(let day): "date(\"\(day)\")"
        case .unknown: "null"
        }
    }

    /// The kind of input that this value fits; nil for unknown.
    package var kind: InputKind? {
        switch self {
        case .number: .number
        case .text: .text
        case .boolean: .boolean
        case .day: .day
        case .unknown: nil
        }
    }

    /// Whether this value stands before the other; nil where the two cannot be compared.
    func isBefore(_ other: FactValue) -> Bool? {
        switch (self, other) {
        case (.number(let left), .number(let right)): left < right
        case (.day(let left), .day(let right)): left < right
        case (.text(let left), .text(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        default: nil
        }
    }
}

/// What an input of a table holds.
package enum InputKind: String, Sendable, Hashable, CaseIterable {
    case number
    case text
    case boolean
    case day
    /// The document names a condition and gives no measure for it (待明确); its cells can only be `-`.
    case open

    /// The kind in Chinese, as error sentences name it.
    package var chinese: String {
        switch self {
        case .number: "数值"
        case .text: "文字"
        case .boolean: "真假值"
        case .day: "日期"
        case .open: "待明确"
        }
    }
}

/// A string literal with quotes and backslashes escaped, as cells and the canonical text write it.
func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
        switch character {
        case "\"", "\\": result += "\\" + String(character)
        case "\n": result += "\\n"
        default: result.append(character)
        }
    }
    return result + "\""
}
