package import Values

/// One decision of a model, read with everything that it needs, ready to be asked many times.
package struct PreparedDecision: Sendable {
    package let name: String
    /// What has to be given, in the order of the model.
    package let inputs: [Input]
    private let steps: [(name: String, type: ModelType, logic: ModelLogic)]
    private let functions: [String: ModelFunction]
    private let file: String?

    package struct Input: Sendable {
        package let name: String
        /// In Chinese, where the model carries it.
        package let label: String?
        let type: ModelType

        /// What may be given, for error sentences and for help.
        package var chinese: String { type.chinese }
    }

    init(
        name: String, inputs: [Input], steps: [(name: String, type: ModelType, logic: ModelLogic)], functions: [String: ModelFunction],
        file: String?
    ) {
        self.name = name
        self.inputs = inputs
        self.steps = steps
        self.functions = functions
        self.file = file
    }

    /// Asks the decision. Unknown is given as null; an input that is not given at all is an error, since it is a slip.
    ///
    /// - Throws: `dmn.input-missing`, `dmn.input-kind` with the input's name as column.
    package func evaluate(_ given: [String: FeelValue]) throws(Failure) -> DecisionAnswer {
        var names: [String: FeelValue] = [:]
        for input in inputs {
            guard let value = given[input.name] else {
                throw ModelFault.make(
                    "input-missing", "没有给出输入「\(input.name)」（\(input.chinese)）。", cure: "补上它；不知道的写 null。", at: FilePlace(column: input.name))
            }
            guard let fitted = input.type.fit(value) else {
                throw ModelFault.make(
                    "input-kind", "输入「\(input.name)」应为\(input.chinese)，给的是\(value.chinese)\(value.shown)。",
                    cure: "改成\(input.chinese)；不知道的写 null。",
                    at: FilePlace(column: input.name))
            }
            names[input.name] = fitted
        }
        var evaluation = Evaluation(functions: functions, file: file)
        for step in steps {
            let value = try evaluation.value(step.logic, names)
            if let fitted = step.type.fit(value) {
                names[step.name] = fitted
            } else {
                evaluation.remark("决策「\(step.name)」应得\(step.type.chinese)，算出的是\(value.chinese)，按未知处理。")
                names[step.name] = .null
            }
        }
        return DecisionAnswer(value: names[name] ?? .null, tables: evaluation.tables, remarks: evaluation.remarks)
    }
}

extension DecisionModel {
    /// Reads the logic of a decision and of what it needs.
    ///
    /// - Throws: missing `dmn.unknown-decision`; `dmn.…` with line for what cannot be read.
    package func prepare(_ name: String) throws(Failure) -> PreparedDecision {
        let wanted = try decision(name)
        let order = needed(by: wanted)
        let reading = ReadLogic(model: self)
        var functions: [String: ModelFunction] = [:]
        var inputs: [PreparedDecision.Input] = []
        var steps: [(name: String, type: ModelType, logic: ModelLogic)] = []
        for element in order {
            let scope = scope(of: element)
            switch element.kind {
            case .input:
                inputs.append(
                    .init(
                        name: element.name, label: element.node.attributes["label"], type: try types.type(element.typeRef, in: element.node)
                    ))
            case .knowledge: functions[element.name] = try reading.function(element, scope: scope)
            case .decision:
                steps.append(
                    (
                        element.name, try types.type(element.typeRef, in: element.node),
                        try reading.logic(of: element.node, name: element.name, scope: scope)
                    ))
            }
        }
        let places = Dictionary(elements.enumerated().map { ($1.name, $0) }) { first, _ in first }
        inputs.sort { places[$0.name] ?? 0 < places[$1.name] ?? 0 }
        return PreparedDecision(name: wanted.name, inputs: inputs, steps: steps, functions: functions, file: file)
    }

    /// Everything that an element needs and the element itself, what is needed first.
    private func needed(by wanted: Element) -> [Element] {
        let byId = Dictionary(elements.map { ($0.id, $0) }) { first, _ in first }
        var reached: Set = [wanted.id]
        var next = [wanted]
        while let element = next.popLast() {
            for required in element.requires.compactMap({ byId[$0] }) where reached.insert(required.id).inserted { next.append(required) }
        }
        var waiting = elements.filter { reached.contains($0.id) }
        var order: [Element] = []
        var settled = Set<String>()
        // The requirements go in no circle, so that each round settles some.
        while !waiting.isEmpty {
            let ready = waiting.filter { $0.requires.allSatisfy(settled.contains) }
            if ready.isEmpty { break }
            order += ready
            settled.formUnion(ready.map(\.id))
            waiting.removeAll { settled.contains($0.id) }
        }
        return order
    }

    private func scope(of element: Element) -> FeelScope {
        var scope = FeelScope(components: components)
        for required in element.requires.compactMap(self.element) {
            if required.kind == .knowledge {
                scope.functions[required.name] = ReadLogic.parameters(required.node)
            } else {
                scope.values.insert(required.name)
            }
        }
        return scope
    }
}
