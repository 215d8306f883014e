import DecisionTables
import Evidence
package import Foundation
import Values

extension ClassExplanation {
    /// As the command line and the API give it, keys sorted.
    package static func json(_ explanations: [ClassExplanation]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(explanations.map(Written.init))
    }

    /// The explanation as lines of text for a terminal.
    package var lines: [String] {
        var lines = ["\(subject.name)　\(programmeTitle)·\(tableLabel)（条款\(clause)）", "系统建议：\(group.label)", "理由：\(decision.sentence)"]
        lines += facts.map { "事实：\($0.label) \($0.value)" + ($0.year.map { "（\($0)年）" } ?? "") }
        if let nearest { lines.append("最近的变化：\(nearest)") }
        lines += open.map { "待明确：\($0)" }
        lines += rulings.map {
            "口径认定：\($0.choice)，\($0.day)，\($0.actor)，\($0.reason)" + ($0.documentNumber.isEmpty ? "" : "（\($0.documentNumber)）")
        }
        guard let confirmed else { return lines + ["已确认：无"] }
        let exception = confirmed.exceptionReason.map { "，人工调整：\($0)" } ?? ""
        lines.append("已确认：\(confirmed.label)，\(confirmed.confirmedOn)，\(confirmed.actor)，文号\(confirmed.documentNumber)\(exception)")
        if differs { lines.append("与系统建议不一致。") }
        return lines
    }

    /// The shape of the JSON.
    private struct Written: Encodable {
        struct Cell: Encodable {
            let input, text, value, match: String
            let unit: String?
        }
        struct Rule: Encodable {
            let rule, label, clause, match: String
            let cells: [Cell]
        }
        struct Fact: Encodable {
            let input, label, value: String
            let year: Int?
            let fact: String?
            let items: [[String]]
        }
        struct Ruling: Encodable { let choice, reason, documentNumber, day, actor: String }
        struct Confirmed: Encodable {
            let rule, label, basis, documentNumber, day, actor: String
            let exceptionReason: String?
        }

        let enterprise: Int64
        let name: String
        let code: String?
        let programme, table, clause, on: String
        let known: Int64
        let outcome, group, label, sentence: String
        let rules: [Rule]
        let facts: [Fact]
        let nearest: [String]
        let open: [String]
        let rulings: [Ruling]
        let confirmed: Confirmed?
        let differs: Bool

        init(_ source: ClassExplanation) {
            enterprise = source.subject.id
            name = source.subject.name
            code = source.subject.code
            programme = source.programme
            table = source.table
            clause = source.clause
            on = source.on.description
            known = source.position
            outcome = source.group.kind.rawValue
            group = source.group.key
            label = source.group.label
            sentence = source.decision.sentence
            rules = source.decision.rules.map { rule in
                Rule(
                    rule: rule.rule, label: rule.label, clause: rule.clause, match: "\(rule.match)",
                    cells: rule.cells.map {
                        Cell(input: $0.input, text: $0.text, value: $0.value.description, match: "\($0.match)", unit: $0.unit)
                    })
            }
            facts = source.facts.map {
                Fact(
                    input: $0.input, label: $0.label, value: $0.value, year: $0.year, fact: $0.question?.fact,
                    items: ($0.question?.items ?? []).map { [$0.name, $0.value] })
            }
            nearest = source.decision.nearest.map(\.sentence)
            open = source.open
            rulings = source.rulings.map {
                Ruling(choice: $0.choice, reason: $0.reason, documentNumber: $0.documentNumber, day: $0.day.description, actor: $0.actor)
            }
            confirmed = source.confirmed.map {
                Confirmed(
                    rule: $0.rule, label: $0.label, basis: $0.basis, documentNumber: $0.documentNumber, day: $0.confirmedOn.description,
                    actor: $0.actor, exceptionReason: $0.exceptionReason)
            }
            differs = source.differs
        }
    }
}
