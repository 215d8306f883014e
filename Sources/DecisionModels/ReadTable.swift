import DecisionTables
import Values

/// Reads a decision table of a model.
struct ReadTable {
    let model: DecisionModel
    let scope: FeelScope
    let name: String

    func table(_ node: XMLNode) throws(Failure) -> ModelTable {
        var inputs: [ModelTable.Input] = []
        for input in node.all("input") { inputs.append(try self.input(input)) }
        var outputs: [ModelTable.Output] = []
        for output in node.all("output") { outputs.append(try self.output(output)) }
        guard !outputs.isEmpty else { throw ModelFault.missing("输出列（output）", in: node, model.file) }
        if outputs.count > 1, let unnamed = outputs.first(where: { $0.name.isEmpty }) {
            throw ModelFault.missing("名称（name）", in: unnamed.node, model.file)
        }
        let hit = try hitPolicy(node)
        if hit.needsOutputOrder, outputs.allSatisfy({ $0.values.isEmpty }) {
            throw ModelFault.make(
                "output-order-missing", "命中方式「\(hit.rawValue)」要按输出值的次序取舍，表中没有写次序。", cure: "在输出列的 outputValues 里按次序列出输出值。",
                at: model.place(node))
        }
        if hit.answers == .number, outputs.count > 1 {
            throw ModelFault.make(
                "collect-one-output", "命中方式「\(hit.rawValue)」只能有一个输出列，这里有\(outputs.count)个。", cure: "拆成几张表。", at: model.place(node))
        }
        var rules: [ModelTable.Rule] = []
        for rule in node.all("rule") { rules.append(try self.rule(rule, number: rules.count + 1, inputs.count, outputs.count)) }
        return ModelTable(hit: hit, inputs: inputs, outputs: outputs, rules: rules, name: name)
    }

    private func hitPolicy(_ node: XMLNode) throws(Failure) -> HitPolicy {
        let written = node.attributes["hitPolicy"] ?? "UNIQUE"
        let aggregation = node.attributes["aggregation"]
        let policies: [String: HitPolicy] = [
            "UNIQUE": .unique, "ANY": .any, "PRIORITY": .priority, "FIRST": .first, "RULE ORDER": .ruleOrder, "OUTPUT ORDER": .outputOrder,
            "COLLECT": .collect, "COLLECT SUM": .collectSum, "COLLECT MIN": .collectMin, "COLLECT MAX": .collectMax,
            "COLLECT COUNT": .collectCount,
        ]
        let key = written + (written == "COLLECT" ? aggregation.map { " " + $0 } ?? "" : "")
        guard let policy = policies[key] else {
            throw ModelFault.make(
                "unknown-hit-policy", "命中方式「\(key)」不存在。",
                cure: "可用：UNIQUE、ANY、PRIORITY、FIRST、RULE ORDER、OUTPUT ORDER、COLLECT（SUM、MIN、MAX、COUNT）。", at: model.place(node))
        }
        return policy
    }

    private func text(_ node: XMLNode?) -> String? { node?.first("text")?.words }

    private func input(_ node: XMLNode) throws(Failure) -> ModelTable.Input {
        guard let written = text(node.first("inputExpression")) else {
            throw ModelFault.missing("输入表达式（inputExpression）", in: node, model.file)
        }
        let expression = try FeelParser.expression(written, scope: scope, at: model.place(node))
        var allowed: UnaryTests?
        if let values = text(node.first("inputValues")) {
            allowed = try FeelParser.tests(values, scope: FeelScope(), at: model.place(node))
        }
        return ModelTable.Input(
            label: node.attributes["label"] ?? written.normalized, written: written.normalized, expression: expression, allowed: allowed,
            node: node
        )
    }

    private func output(_ node: XMLNode) throws(Failure) -> ModelTable.Output {
        var values: [FeelValue] = []
        if let written = text(node.first("outputValues")) {
            var evaluation = Evaluation(functions: [:], file: model.file)
            if case .oneOf(let list) = try FeelParser.tests(written, scope: FeelScope(), at: model.place(node)) {
                for test in list where test.isSingle {
                    if let lower = test.lower { values.append(try evaluation.value(lower.value, [:])) }
                }
            }
        }
        var standard: FeelExpression?
        if let written = text(node.first("defaultOutputEntry")) {
            standard = try FeelParser.expression(written, scope: scope, at: model.place(node))
        }
        return ModelTable.Output(name: node.attributes["name"]?.normalized ?? "", values: values, standard: standard, node: node)
    }

    private func rule(_ node: XMLNode, number: Int, _ inputs: Int, _ outputs: Int) throws(Failure) -> ModelTable.Rule {
        let (cells, answers) = (node.all("inputEntry"), node.all("outputEntry"))
        guard cells.count == inputs, answers.count == outputs else {
            throw ModelFault.make(
                "rule-width", "第\(number)条规则有\(cells.count)个条件、\(answers.count)个结果，表有\(inputs)列条件、\(outputs)列结果。",
                cure: "每条规则每列写一格，任意写「-」。", at: model.place(node))
        }
        var tests: [UnaryTests] = []
        for cell in cells { tests.append(try FeelParser.tests(text(cell) ?? "-", scope: scope, at: model.place(cell))) }
        var values: [FeelExpression] = []
        for answer in answers {
            guard let written = text(answer) else {
                values.append(.value(.null))
                continue
            }
            values.append(written == "-" ? .value(.null) : try FeelParser.expression(written, scope: scope, at: model.place(answer)))
        }
        return ModelTable.Rule(id: HallmarkNotes(node).id ?? String(number), cells: tests, outputs: values, node: node)
    }
}
