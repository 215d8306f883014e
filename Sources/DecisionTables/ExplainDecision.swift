import Foundation
import Values

extension DecisionTable {
    /// Decides one set of facts and says why: every rule and cell, what is open, what is nearest.
    package func decide(_ facts: [String: FactValue]) -> Decision {
        let (known, unfit) = fitting(facts)
        let matches = rules.indices.map { match($0, known) }
        let outcome = outcome(matches: matches, facts: known)
        let reasons = rules.indices.map { reason($0, matches[$0], known) }
        let concerned = Set(rules.indices.filter { matches[$0] != .no }.map { rules[$0].id })
        return Decision(
            table: id, outcome: outcome, rules: reasons, openConditions: openConditions.filter { !concerned.isDisjoint(with: $0.rules) },
            unfit: unfit, nearest: nearest(known, matches), sentence: sentence(outcome, reasons))
    }

    /// The outcome in one sentence with the facts used, for many subjects at once.
    package func sentence(_ facts: [String: FactValue]) -> String {
        let known = fitting(facts).facts
        let matches = rules.indices.map { match($0, known) }
        let outcome = outcome(matches: matches, facts: known)
        let deciding = Set(outcome.matchingRules)
        return sentence(outcome, rules.indices.filter { deciding.contains(rules[$0].id) }.map { reason($0, matches[$0], known) })
    }

    private func reason(_ index: Int, _ match: Match, _ facts: [FactValue]) -> RuleReason {
        let rule = rules[index]
        let cells = inputs.enumerated().map { axis, input in
            let cell = rule.cell(input)
            return CellReason(
                input: input.name, label: input.label, unit: input.unit, text: cell.text, value: facts[axis], match: cell.match(facts[axis])
            )
        }
        return RuleReason(rule: rule.id, label: rule.label, clause: rule.clause ?? clause, line: rule.line, match: match, cells: cells)
    }

    private func sentence(_ outcome: Outcome, _ reasons: [RuleReason]) -> String {
        switch outcome {
        case .decided(let rules, _):
            let matched = reasons.filter { rules.contains($0.rule) }
            if matched.isEmpty { return "没有规则适用，按表中的默认结果。" }
            let why = matched.flatMap(\.cells).filter { $0.text != "-" }.map(\.sentence)
            return DecidedSentence.said(names(rules), why)
        case .held(let rules): return "同时符合\(names(rules))，口径未认定，暂不决定。"
        case .uncovered: return "没有规则适用（空档）。"
        case .missing(let names): return "缺数据：" + names.map { input($0)?.label ?? $0 }.joined(separator: "、") + "。"
        }
    }

    /// `「A类(重点培育)」「B类(重点帮扶)」`
    func names(_ ids: [String]) -> String { ids.map { "「\(rule($0)?.label ?? $0)」" }.joined() }
}
