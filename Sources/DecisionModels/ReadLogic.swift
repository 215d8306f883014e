import DecisionTables
import Values

/// Reads the logic of one decision or piece of knowledge.
struct ReadLogic {
    let model: DecisionModel
    /// How many boxed expressions may stand inside each other.
    private static let deepest = 24

    static let expressions: Set = [
        "literalExpression", "decisionTable", "context", "invocation", "functionDefinition", "relation", "list", "conditional", "for",
        "every",
        "some", "filter",
    ]

    /// The logic of a decision; `name` is what remarks call it.
    func logic(of node: XMLNode, name: String, scope: FeelScope) throws(Failure) -> ModelLogic {
        guard let expression = node.children.first(where: { ReadLogic.expressions.contains($0.name) }) else {
            throw ModelFault.missing("逻辑（表达式或决策表）", in: node, model.file)
        }
        return try logic(expression, name: name, scope: scope, depth: 0)
    }

    private func logic(_ node: XMLNode, name: String, scope: FeelScope, depth: Int) throws(Failure) -> ModelLogic {
        if depth > ReadLogic.deepest { throw ModelFault.tooDeep(line: node.line, model.file) }
        switch node.name {
        case "literalExpression": return .expression(try expression(node, scope))
        case "decisionTable": return .table(try ReadTable(model: model, scope: scope, name: name).table(node))
        case "context": return try context(node, name: name, scope: scope, depth: depth)
        case "invocation": return try invocation(node, name: name, scope: scope, depth: depth)
        default: throw ModelFault.unsupported(node, model.file)
        }
    }

    private func expression(_ node: XMLNode, _ scope: FeelScope) throws(Failure) -> FeelExpression {
        if let language = node.attributes["expressionLanguage"], !language.contains("FEEL"), !language.lowercased().contains("feel") {
            throw ModelFault.make(
                "expression-language", "表达式用的是「\(language)」。", cure: "改用 FEEL 书写。", at: model.place(node))
        }
        guard let text = node.first("text")?.words else { throw ModelFault.missing("文字（text）", in: node, model.file) }
        return try FeelParser.expression(text, scope: scope, at: model.place(node))
    }

    private func context(_ node: XMLNode, name: String, scope: FeelScope, depth: Int) throws(Failure) -> ModelLogic {
        var (entries, result, inner) = ([(name: String, logic: ModelLogic)](), ModelLogic?.none, scope)
        for entry in node.all("contextEntry") {
            guard let boxed = entry.children.first(where: { ReadLogic.expressions.contains($0.name) }) else {
                throw ModelFault.missing("表达式", in: entry, model.file)
            }
            let own = entry.first("variable")?.attributes["name"]?.normalized
            let logic = try logic(boxed, name: own ?? name, scope: inner, depth: depth + 1)
            if let own {
                entries.append((own, logic))
                inner = inner.adding([own])
            } else {
                result = logic
            }
        }
        return .context(entries, result: result)
    }

    private func invocation(_ node: XMLNode, name: String, scope: FeelScope, depth: Int) throws(Failure) -> ModelLogic {
        guard let called = node.first("literalExpression")?.first("text")?.words?.normalized else {
            throw ModelFault.missing("被调用的名称", in: node, model.file)
        }
        guard let parameters = scope.functions[called] else {
            throw ModelFault.make(
                "unknown-function", "调用的「\(called)」不是引用了的业务知识模型。", cure: "用 knowledgeRequirement 引用它。", at: model.place(node))
        }
        var bindings: [(name: String, logic: ModelLogic)] = []
        for binding in node.all("binding") {
            guard let parameter = binding.first("parameter")?.attributes["name"]?.normalized else {
                throw ModelFault.missing("参数（parameter）", in: binding, model.file)
            }
            guard parameters.contains(parameter) else {
                throw ModelFault.make(
                    "unknown-parameter", "「\(called)」没有参数「\(parameter)」。", cure: "可用的参数：\(parameters.joined(separator: "、"))。",
                    at: model.place(binding))
            }
            guard let boxed = binding.children.first(where: { ReadLogic.expressions.contains($0.name) }) else { continue }
            bindings.append((parameter, try logic(boxed, name: name, scope: scope, depth: depth + 1)))
        }
        return .invocation(called, bindings)
    }

    /// A business knowledge model: formal parameters and body.
    func function(_ element: DecisionModel.Element, scope: FeelScope) throws(Failure) -> ModelFunction {
        guard let body = element.node.first("encapsulatedLogic") else {
            throw ModelFault.missing("逻辑（encapsulatedLogic）", in: element.node, model.file)
        }
        if let kind = body.attributes["kind"], kind != "FEEL" { throw ModelFault.unsupported(body, model.file) }
        var parameters: [(name: String, type: ModelType)] = []
        for parameter in body.all("formalParameter") {
            guard let name = parameter.attributes["name"]?.normalized else {
                throw ModelFault.missing("名称（name）", in: parameter, model.file)
            }
            parameters.append(
                (name, try model.types.type(parameter.attributes["typeRef"] ?? parameter.first("typeRef")?.words, in: parameter)))
        }
        var inner = scope
        inner.values = Set(parameters.map(\.name))
        return ModelFunction(parameters: parameters, logic: try logic(of: body, name: element.name, scope: inner))
    }

    /// The parameters of a piece of knowledge, in their order.
    static func parameters(_ node: XMLNode) -> [String] {
        (node.first("encapsulatedLogic")?.all("formalParameter") ?? []).compactMap { $0.attributes["name"]?.normalized }
    }
}
