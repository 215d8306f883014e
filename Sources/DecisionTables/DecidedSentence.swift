import Values

/// The sentence of decisions that the same rules made: only the values differ from subject to subject.
///
/// Says what `DecisionTable.sentence(_:)` says, without judging each subject again.
package struct DecidedSentence: Sendable {
    private let names: String
    /// The cells that say something, in the order of the rules: the input's place, its label and unit, the cell as written.
    private let cells: [(axis: Int, label: String, unit: String, text: String)]

    /// nil for an outcome that no rule decided.
    package init?(_ table: DecisionTable, _ outcome: Outcome) {
        guard case .decided(let decided, _) = outcome, !decided.isEmpty else { return nil }
        names = table.names(decided)
        cells = table.rules.filter { decided.contains($0.id) }.flatMap { rule in
            table.inputs.enumerated().compactMap { axis, input in
                let text = rule.cell(input).text
                return text == "-" ? nil : (axis, input.label, input.unit ?? "", text)
            }
        }
    }

    /// - Parameter value: how the value of an input is shown, by the input's place; nil where it is unknown.
    package func text(_ value: (_ axis: Int) -> String?) -> String {
        Self.said(
            names,
            cells.map { cell in
                CellReason.met(cell.label, value(cell.axis).map { $0 + cell.unit } ?? FactValue.unknown.description, cell.text)
            })
    }

    /// The rules that decided, and why each of their cells is met.
    static func said(_ names: String, _ why: [String]) -> String {
        names + (why.isEmpty ? "：无条件。" : "：" + why.joined(separator: "，") + "。")
    }
}
