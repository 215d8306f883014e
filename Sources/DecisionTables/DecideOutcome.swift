import Foundation
import Values

extension DecisionTable {
    /// The outcome alone, for many subjects at once; `decide` adds the reasons.
    package func outcome(_ facts: [String: FactValue]) -> Outcome {
        let known = fitting(facts).facts
        return outcome(matches: rules.indices.map { match($0, known) }, facts: known)
    }

    /// The facts of this table's inputs; unfit ones (wrong kind, outside the domain) become unknown and are named.
    func fitting(_ facts: [String: FactValue]) -> (facts: [FactValue], unfit: [String]) {
        var unfit: [String] = []
        let values = grid.axes.map { axis -> FactValue in
            guard axis.input.kind != .open, let value = facts[axis.input.name], value != .unknown else { return .unknown }
            if let segment = axis.segment(of: value), axis.domain.contains(segment) { return value }
            unfit.append(axis.input.name)
            return .unknown
        }
        return (values, unfit)
    }

    /// Whether a rule matches: no as soon as one cell says no, or can never hold.
    func match(_ rule: Int, _ facts: [FactValue]) -> Match {
        var result = Match.yes
        for (axis, input) in inputs.enumerated() {
            switch rules[rule].cell(input).match(facts[axis]) {
            case .no: return .no
            case .unknown:
                if grid.boxes[rule][axis].isEmpty { return .no }
                result = .unknown
            case .yes: break
            }
        }
        return result
    }

    /// Weighs the sure matches against those that an unknown fact might still add.
    func outcome(matches: [Match], facts: [FactValue]) -> Outcome {
        let sure = rules.indices.filter { matches[$0] == .yes }
        let perhaps = rules.indices.filter { matches[$0] == .unknown }
        let decisive = perhaps.filter { canChange($0, sure) }
        if isHeld(sure) { return .held(rules: sure.map { rules[$0].id }) }
        if !decisive.isEmpty { return .missing(inputs: unknownInputs(of: decisive, facts)) }
        if sure.isEmpty {
            return defaultOutput.map { .decided(rules: [], answer: .one($0)) } ?? .uncovered
        }
        let deciding = deciding(sure)
        return .decided(rules: deciding.map { rules[$0].id }, answer: answer(deciding))
    }

    private func isHeld(_ sure: [Int]) -> Bool { hit.isHeld(sure) { output(of: rules[$0]) == output(of: rules[$1]) } }

    /// Whether a rule that may match would change what the sure ones say.
    private func canChange(_ rule: Int, _ sure: [Int]) -> Bool {
        hit.canChange(rule, sure, isSame: { output(of: rules[$0]) == output(of: rules[$1]) }, rank: rank, amount: amount)
    }

    /// The inputs whose unknown value keeps these rules open, in the order of the table.
    private func unknownInputs(of decisive: [Int], _ facts: [FactValue]) -> [String] {
        inputs.indices.filter { axis in
            facts[axis] == .unknown && decisive.contains { rules[$0].cell(inputs[axis]).test != .any }
        }.map { inputs[$0].name }
    }

    private func deciding(_ sure: [Int]) -> [Int] { hit.deciding(sure, rank: rank) }

    private func answer(_ deciding: [Int]) -> Answer {
        let outputs = deciding.map { output(of: rules[$0]) }
        switch hit.answers {
        case .one: return .one(outputs.first ?? [:])
        case .list: return .list(outputs)
        case .number: return .number(hit.total(deciding.map(amount))?.decimal ?? 0)
        }
    }

    private func amount(_ rule: Int) -> Decimal34 { output(of: rules[rule]).values.first.flatMap(number) ?? .zero }

    /// The place of a rule's outputs in the order of output values, output by output; values not listed come last.
    func rank(_ rule: Int) -> [Int] {
        let written = output(of: rules[rule])
        return outputs.map { column in written[column.name].flatMap { column.values.firstIndex(of: $0) } ?? column.values.count }
    }
}
