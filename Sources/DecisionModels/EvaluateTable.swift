import DecisionTables
import Values

/// Tables of a model, by the same cells and hit policies as those of rule files.
extension Evaluation {
    mutating func value(_ table: ModelTable, _ names: Names) throws(Failure) -> FeelValue {
        let facts = try inputs(of: table, names)
        var matches: [Match] = []
        for rule in table.rules { matches.append(try match(rule, facts, names)) }
        let sure = table.rules.indices.filter { matches[$0] == .yes }
        let outputs = try outputs(of: table, names, for: table.rules.indices.filter { matches[$0] != .no })
        let settled = HitSettlement(table: table, outputs: outputs)
        let missing = settled.decisive(table.rules.indices.filter { matches[$0] == .unknown }, sure)
        let unknown = table.inputs.indices.filter { input in
            facts[input] == .null && missing.contains { table.rules[$0].cells[input] != .any }
        }.map { table.inputs[$0].label }
        let standing: TableTrace.Standing =
            settled.isHeld(sure) ? .held : sure.isEmpty && !table.outputs.contains { $0.standard != nil } ? .uncovered : .decided
        record(TableTrace(decision: table.name, matching: sure.map { table.rules[$0].id }, standing: standing, missing: unknown))
        if !unknown.isEmpty { remark("「\(table.name)」缺数据：\(unknown.joined(separator: "、"))；补上后结果可能不同。") }
        switch standing {
        case .held:
            remark("「\(table.name)」同时符合规则\(sure.map { table.rules[$0].id }.joined(separator: "、"))，命中方式不允许，没有结果。")
            return .null
        case .uncovered:
            if unknown.isEmpty { remark("「\(table.name)」没有规则适用（空档）。") }
            return .null
        case .decided: return sure.isEmpty ? try standard(of: table, names) : settled.answer(sure)
        }
    }

    /// The values of the input columns; one outside its allowed values counts as unknown.
    private mutating func inputs(of table: ModelTable, _ names: Names) throws(Failure) -> [FeelValue] {
        var facts: [FeelValue] = []
        for input in table.inputs {
            let fact = try value(input.expression, names)
            if let allowed = input.allowed, fact != .null, try match(allowed, fact, names) != .yes {
                remark("「\(table.name)」的条件「\(input.label)」不在取值范围之内，按未知处理。")
                facts.append(.null)
            } else {
                facts.append(fact)
            }
        }
        return facts
    }

    private mutating func match(_ rule: ModelTable.Rule, _ facts: [FeelValue], _ names: Names) throws(Failure) -> Match {
        var result = Match.yes
        for (cell, fact) in zip(rule.cells, facts) {
            switch try match(cell, fact, names) {
            case .no: return .no
            case .unknown: result = .unknown
            case .yes: break
            }
        }
        return result
    }

    /// A cell on a value: its ends become values, then it is a cell like any other. Unknown satisfies only `-` and `null`.
    mutating func match(_ tests: UnaryTests, _ fact: FeelValue, _ names: Names) throws(Failure) -> Match {
        let (list, isNegated): ([UnaryTest], Bool) =
            switch tests {
            case .any: ([], false)
            case .oneOf(let list): (list, false)
            case .noneOf(let list): (list, true)
            }
        if tests == .any { return .yes }
        var intervals: [ValueInterval] = []
        var namesEqual = false
        for test in list {
            let lower = try end(test.lower, names)
            let upper = try end(test.upper, names)
            if test.isSingle, let value = lower?.value, value == fact { namesEqual = true }
            if let interval = interval(test, lower, upper, fact) { intervals.append(interval) }
        }
        if namesEqual { return isNegated ? .no : .yes }
        if fact == .null { return .unknown }
        let cell = TableCell(test: isNegated ? .noneOf(intervals) : .oneOf(intervals))
        guard let position = fact.onScale else { return isNegated ? .yes : .no }
        return cell.match(position.fact)
    }

    private mutating func end(_ end: UnaryTest.End?, _ names: Names) throws(Failure) -> (value: FeelValue, isIncluded: Bool)? {
        guard let end else { return nil }
        return (try value(end.value, names), end.isIncluded)
    }

    /// On the scale of the fact; nil where the test is of another kind, so that it holds for no value.
    private func interval(
        _ test: UnaryTest, _ lower: (value: FeelValue, isIncluded: Bool)?, _ upper: (value: FeelValue, isIncluded: Bool)?, _ fact: FeelValue
    ) -> ValueInterval? {
        guard let scale = fact.onScale?.scale else { return nil }
        func bound(_ end: (value: FeelValue, isIncluded: Bool)) -> Bound? {
            guard let position = end.value.onScale, position.scale == scale else { return nil }
            return Bound(position.fact, isIncluded: end.isIncluded)
        }
        let (from, to) = (lower.flatMap(bound), upper.flatMap(bound))
        if (lower != nil && from == nil) || (upper != nil && to == nil) { return nil }
        return ValueInterval(lower: from, upper: to)
    }

    // MARK: outputs

    /// The outputs of the rules that match or may match.
    private mutating func outputs(of table: ModelTable, _ names: Names, for rules: [Int]) throws(Failure) -> [Int: [FeelValue]] {
        var result: [Int: [FeelValue]] = [:]
        for rule in rules {
            var values: [FeelValue] = []
            for output in table.rules[rule].outputs { values.append(try value(output, names)) }
            result[rule] = values
        }
        return result
    }

    private mutating func standard(of table: ModelTable, _ names: Names) throws(Failure) -> FeelValue {
        var values: [FeelValue] = []
        for output in table.outputs {
            guard let standard = output.standard else {
                values.append(.null)
                continue
            }
            values.append(try value(standard, names))
        }
        let one = HitSettlement(table: table, outputs: [0: values]).row(0)
        return table.hit.answers == .list ? .list([one]) : one
    }
}

/// The outputs of a table's rules under its hit policy.
struct HitSettlement {
    let table: ModelTable
    let outputs: [Int: [FeelValue]]

    func isHeld(_ sure: [Int]) -> Bool { table.hit.isHeld(sure) { outputs[$0] == outputs[$1] } }

    /// The rules that may match and would change the answer.
    func decisive(_ perhaps: [Int], _ sure: [Int]) -> [Int] {
        perhaps.filter {
            table.hit.canChange($0, sure, isSame: { outputs[$0] == outputs[$1] }, rank: rank, amount: { amount($0) ?? .zero })
        }
    }

    func answer(_ sure: [Int]) -> FeelValue {
        let deciding = table.hit.deciding(sure, rank: rank)
        switch table.hit.answers {
        case .one: return deciding.first.map(row) ?? .null
        case .list: return .list(deciding.map(row))
        case .number:
            let amounts = deciding.compactMap(amount)
            guard amounts.count == deciding.count || table.hit == .collectCount else { return .null }
            let total = table.hit == .collectCount ? Decimal34(deciding.count) : table.hit.total(amounts)
            return total.map { .number($0) } ?? .null
        }
    }

    /// One value where there is one column without need of a name, else a structure.
    func row(_ rule: Int) -> FeelValue {
        let values = outputs[rule] ?? []
        if table.outputs.count == 1 { return values.first ?? .null }
        return .context(FeelContext(zip(table.outputs.map(\.name), values).map { ($0, $1) }))
    }

    private func amount(_ rule: Int) -> Decimal34? {
        if case .number(let number)? = outputs[rule]?.first { return number }
        return nil
    }

    private func rank(_ rule: Int) -> [Int] {
        zip(table.outputs, outputs[rule] ?? []).map { column, value in column.values.firstIndex(of: value) ?? column.values.count }
    }
}
