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

    private func isHeld(_ sure: [Int]) -> Bool {
        switch hit {
        case .unique: sure.count > 1
        case .any: Set(sure.map { output(of: rules[$0]) }).count > 1
        default: false
        }
    }

    /// Whether a rule that may match would change what the sure ones say.
    private func canChange(_ rule: Int, _ sure: [Int]) -> Bool {
        guard let first = sure.first else { return true }
        switch hit {
        case .unique, .ruleOrder, .outputOrder, .collect, .collectCount: return true
        case .any: return output(of: rules[rule]) != output(of: rules[first])
        case .first: return rule < first
        case .priority: return rank(rule).lexicographicallyPrecedes(sure.map(rank).min { $0.lexicographicallyPrecedes($1) } ?? [])
        case .collectSum: return amount(rule) != 0
        case .collectMin: return amount(rule) < (sure.map(amount).min() ?? 0)
        case .collectMax: return amount(rule) > (sure.map(amount).max() ?? 0)
        }
    }

    /// The inputs whose unknown value keeps these rules open, in the order of the table.
    private func unknownInputs(of decisive: [Int], _ facts: [FactValue]) -> [String] {
        inputs.indices.filter { axis in
            facts[axis] == .unknown && decisive.contains { rules[$0].cell(inputs[axis]).test != .any }
        }.map { inputs[$0].name }
    }

    private func deciding(_ sure: [Int]) -> [Int] {
        switch hit {
        case .first: Array(sure.prefix(1))
        case .priority: sure.min { precedes($0, $1) }.map { [$0] } ?? []
        case .outputOrder: sure.sorted { precedes($0, $1) }
        case .unique, .any, .ruleOrder, .collect, .collectSum, .collectMin, .collectMax, .collectCount: sure
        }
    }

    private func answer(_ deciding: [Int]) -> Answer {
        let outputs = deciding.map { output(of: rules[$0]) }
        let amounts = deciding.map(amount)
        switch hit {
        case .unique, .any, .priority, .first: return .one(outputs.first ?? [:])
        case .ruleOrder, .outputOrder, .collect: return .list(outputs)
        case .collectSum: return .number(amounts.reduce(0, +))
        case .collectMin: return .number(amounts.min() ?? 0)
        case .collectMax: return .number(amounts.max() ?? 0)
        case .collectCount: return .number(Decimal(deciding.count))
        }
    }

    private func amount(_ rule: Int) -> Decimal { output(of: rules[rule]).values.first.flatMap(number) ?? 0 }

    /// The place of a rule's outputs in the order of output values, output by output; values not listed come last.
    func rank(_ rule: Int) -> [Int] {
        let written = output(of: rules[rule])
        return outputs.map { column in written[column.name].flatMap { column.values.firstIndex(of: $0) } ?? column.values.count }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let (leftRank, rightRank) = (rank(left), rank(right))
        return leftRank == rightRank ? left < right : leftRank.lexicographicallyPrecedes(rightRank)
    }
}
