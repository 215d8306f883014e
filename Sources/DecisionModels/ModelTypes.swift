import Values

/// The types that a model defines (itemDefinition).
struct ModelTypes: Sendable {
    private let definitions: [String: XMLNode]
    private let file: String?
    private static let deepest = 16

    init(_ nodes: [XMLNode], file: String?) throws(Failure) {
        var definitions: [String: XMLNode] = [:]
        for node in nodes {
            guard let name = node.attributes["name"] else { throw ModelFault.missing("名称（name）", in: node, file) }
            if definitions.updateValue(node, forKey: name) != nil {
                throw ModelFault.make(
                    "duplicate-type", "类型「\(name)」定义了两次。", cure: "合并为一个，或改用不同的名称。", at: FilePlace(file: file, line: node.line))
            }
        }
        self.definitions = definitions
        self.file = file
    }

    /// The type of that name; nil names every type.
    func type(_ reference: String?, in node: XMLNode, depth: Int = 0) throws(Failure) -> ModelType {
        guard let reference else { return .any }
        if let definition = definitions[reference] {
            if depth > ModelTypes.deepest {
                throw ModelFault.make(
                    "circular-type", "类型「\(reference)」的定义成了环，或嵌套超过\(ModelTypes.deepest)层。", cure: "改正类型的定义。",
                    at: FilePlace(file: file, line: definition.line))
            }
            return try type(of: definition, depth: depth + 1)
        }
        // DMN 1.1 writes a prefix before the types of FEEL.
        if let type = ModelType.named(reference) ?? ModelType.named(reference.split(separator: ":").last.map(String.init) ?? "?") {
            return type
        }
        throw ModelFault.make(
            "unknown-type", "类型「\(reference)」没有定义。", cure: "用 number、string、boolean、date 等，或补上 itemDefinition。",
            at: FilePlace(file: file, line: node.line))
    }

    private func type(of node: XMLNode, depth: Int) throws(Failure) -> ModelType {
        var result = ModelType.any
        let components = node.all("itemComponent")
        if components.isEmpty {
            result = try type(node.first("typeRef")?.words ?? node.attributes["typeRef"], in: node, depth: depth)
        } else {
            var parts: [ModelType.Component] = []
            for component in components {
                guard let name = component.attributes["name"]?.normalized else { throw ModelFault.missing("名称（name）", in: component, file) }
                parts.append(.init(name: name, type: try type(of: component, depth: depth + 1)))
            }
            result = .context(parts)
        }
        if let written = node.first("allowedValues")?.first("text")?.words {
            let tests = try FeelParser.tests(written, scope: FeelScope(), at: FilePlace(file: file, line: node.line))
            result = .allowed(result, tests, written: written.normalized)
        }
        return node.attributes["isCollection"] == "true" ? .list(result) : result
    }
}
