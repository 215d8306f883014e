import DecisionTables
import Values

/// One evaluation: values by name, what was said on the way, and a budget, so that no model runs on and on.
struct Evaluation {
    typealias Names = [String: FeelValue]

    let functions: [String: ModelFunction]
    let file: String?
    private(set) var remarks: [String] = []
    private(set) var tables: [TableTrace] = []
    private var steps = 0
    private var calls = 0
    private static let deepest = 40
    private static let budget = 500_000

    init(functions: [String: ModelFunction], file: String?) {
        self.functions = functions
        self.file = file
    }

    mutating func remark(_ sentence: String) {
        if !remarks.contains(sentence) { remarks.append(sentence) }
    }

    mutating func record(_ trace: TableTrace) { tables.append(trace) }

    private mutating func step() throws(Failure) {
        steps += 1
        if steps > Evaluation.budget {
            throw ModelFault.make(
                "too-much-work", "计算超过\(Evaluation.budget)步，已停止。", cure: "核对业务知识模型之间的调用。", at: FilePlace(file: file))
        }
    }

    // MARK: expressions

    mutating func value(_ expression: FeelExpression, _ names: Names) throws(Failure) -> FeelValue {
        try step()
        switch expression {
        case .value(let value): return value
        case .name(let name): return names[name] ?? .null
        case .path(let whole, let name): return part(name, of: try value(whole, names))
        case .negated(let operand): return FeelReckoning.negated(try value(operand, names))
        case .not(let operand):
            if case .boolean(let flag) = try value(operand, names) { return .boolean(!flag) }
            return .null
        case .reckoned(let first, let steps): return try reckoned(first, steps, names)
        case .compared(let left, let comparison, let right):
            return compared(try value(left, names), comparison, try value(right, names))
        case .all(let parts): return try junction(parts, deciding: false, names)
        case .either(let parts): return try junction(parts, deciding: true, names)
        case .call(let function, let arguments): return try call(function, arguments, names)
        }
    }

    private func part(_ name: String, of value: FeelValue) -> FeelValue {
        switch value {
        case .context(let context): context[name] ?? .null
        case .list(let items): .list(items.map { part(name, of: $0) })
        default: FeelTemporal.part(name, of: value) ?? .null
        }
    }

    private mutating func reckoned(
        _ first: FeelExpression, _ steps: [FeelExpression.Step], _ names: Names
    ) throws(Failure) -> FeelValue {
        var result = try value(first, names)
        for step in steps {
            let operand = try value(step.operand, names)
            if step.operation == .over, operand == .number(.zero) { remark("除以零，结果未知。") }
            result = FeelReckoning.reckon(result, step.operation, operand)
        }
        return result
    }

    private func compared(_ left: FeelValue, _ comparison: FeelExpression.Comparison, _ right: FeelValue) -> FeelValue {
        let answer: Bool? =
            switch comparison {
            case .equal: left.equals(right)
            case .unequal: left.equals(right).map { !$0 }
            case .below: left.isBefore(right)
            case .above: right.isBefore(left)
            case .atMost: right.isBefore(left).map { !$0 }
            case .atLeast: left.isBefore(right).map { !$0 }
            }
        return answer.map { .boolean($0) } ?? .null
    }

    /// Three-valued: one deciding operand settles it, otherwise anything unknown keeps it unknown.
    private mutating func junction(_ parts: [FeelExpression], deciding: Bool, _ names: Names) throws(Failure) -> FeelValue {
        var isUnknown = false
        for part in parts {
            switch try value(part, names) {
            case .boolean(deciding): return .boolean(deciding)
            case .boolean: break
            default: isUnknown = true
            }
        }
        return isUnknown ? .null : .boolean(!deciding)
    }

    private mutating func call(
        _ name: String, _ arguments: [FeelExpression.Argument], _ names: Names
    ) throws(Failure) -> FeelValue {
        var values: [FeelValue] = []
        for argument in arguments { values.append(try value(argument.value, names)) }
        guard let function = functions[name] else {
            return FeelFunction(rawValue: name).map { FeelTemporal.call($0, values) } ?? .null
        }
        let places = zip(function.parameters.map(\.name), zip(arguments, values)).map { ($1.0.name ?? $0, $1.1) }
        return try call(function, name, places)
    }

    private mutating func call(_ function: ModelFunction, _ name: String, _ arguments: [(String, FeelValue)]) throws(Failure) -> FeelValue {
        var own: Names = [:]
        for parameter in function.parameters {
            let given = arguments.first { $0.0 == parameter.name }?.1 ?? .null
            guard let fitted = parameter.type.fit(given) else {
                remark("「\(name)」的参数「\(parameter.name)」应为\(parameter.type.chinese)，得到的是\(given.chinese)，按未知处理。")
                own[parameter.name] = .null
                continue
            }
            own[parameter.name] = fitted
        }
        calls += 1
        defer { calls -= 1 }
        if calls > Evaluation.deepest {
            throw ModelFault.make(
                "too-deep", "业务知识模型的调用超过\(Evaluation.deepest)层。", cure: "减少层次。", at: FilePlace(file: file))
        }
        return try value(function.logic, own)
    }

    // MARK: logic

    mutating func value(_ logic: ModelLogic, _ names: Names) throws(Failure) -> FeelValue {
        try step()
        switch logic {
        case .expression(let expression): return try value(expression, names)
        case .table(let table): return try value(table, names)
        case .context(let entries, let result):
            var (context, inner) = (FeelContext(), names)
            for entry in entries {
                let found = try value(entry.logic, inner)
                context[entry.name] = found
                inner[entry.name] = found
            }
            if let result { return try value(result, inner) }
            return .context(context)
        case .invocation(let name, let bindings):
            var arguments: [(String, FeelValue)] = []
            for binding in bindings { arguments.append((binding.name, try value(binding.logic, names))) }
            guard let function = functions[name] else { return .null }
            return try call(function, name, arguments)
        }
    }
}
