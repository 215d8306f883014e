import Foundation
import Values

extension DecisionModel {
    /// Reads a model of DMN 1.1 to 1.5.
    ///
    /// - Throws: `dmn.…` with file and line: no XML, a DOCTYPE, too large, no DMN, an unknown element, a reference that leads nowhere, requirements
    ///   that go in a circle, a name twice.
    package static func read(_ bytes: [UInt8], file: String?) throws -> DecisionModel {
        let root = try ReadXMLTree.root(bytes, file: file)
        return try ReadModel(root: root, file: file).model()
    }
}

/// Reads the structure of a model: elements, types and requirements.
struct ReadModel {
    let root: XMLNode
    let file: String?

    private static let most = 2000
    private static let namespaces = [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ]

    /// Elements beside the logic: they say something about the model and change nothing.
    private static let remarks: Set = [
        "description", "extensionElements", "knowledgeSource", "textAnnotation", "association", "group", "elementCollection",
        "performanceIndicator", "organizationUnit", "businessContextElement", "decisionService",
    ]

    func model() throws(Failure) -> DecisionModel {
        guard root.name == "definitions", ReadModel.namespaces.contains(root.namespace) else {
            throw ModelFault.make(
                "not-a-model", "这不是 DMN 1.1 至 1.5 的模型：根元素是「\(root.name)」，命名空间是「\(root.namespace)」。", cure: "用建模软件导出为 .dmn 文件。",
                at: FilePlace(file: file, line: root.line))
        }
        var elements: [DecisionModel.Element] = []
        var definitions: [XMLNode] = []
        for node in root.children {
            switch node.name {
            case "inputData": elements.append(try element(node, .input))
            case "decision": elements.append(try element(node, .decision))
            case "businessKnowledgeModel": elements.append(try element(node, .knowledge))
            case "itemDefinition": definitions.append(node)
            default: if !ReadModel.remarks.contains(node.name) { throw ModelFault.unsupported(node, file) }
            }
        }
        if elements.count > ReadModel.most { throw ModelFault.tooLarge("\(ReadModel.most)个输入、决策和业务知识模型", file) }
        try refuseRepeated(elements)
        try checkRequirements(elements)
        let components = Set(definitions.flatMap(componentNames) + elements.flatMap { entryNames($0.node) })
        return DecisionModel(
            name: root.attributes["name"] ?? "", file: file, elements: elements, types: try ModelTypes(definitions, file: file),
            components: components, note: root.first("description")?.words)
    }

    private func element(_ node: XMLNode, _ kind: DecisionModel.Element.Kind) throws(Failure) -> DecisionModel.Element {
        guard let own = node.attributes["name"]?.normalized, !own.isEmpty else { throw ModelFault.missing("名称（name）", in: node, file) }
        let variable = node.first("variable")
        let requirements = node.children.filter { $0.name == "informationRequirement" || $0.name == "knowledgeRequirement" }
        var requires: [String] = []
        for requirement in requirements {
            guard let target = requirement.children.first(where: { $0.name.hasPrefix("required") }),
                let reference = target.attributes["href"], reference.contains("#")
            else { throw ModelFault.missing("引用（href）", in: requirement, file) }
            requires.append(reference)
        }
        return DecisionModel.Element(
            kind: kind, id: node.attributes["id"] ?? own, name: variable?.attributes["name"]?.normalized ?? own,
            typeRef: variable?.attributes["typeRef"] ?? variable?.first("typeRef")?.words, node: node, requires: requires.map(localId))
    }

    /// `#id`, or the model's own address before it.
    private func localId(_ reference: String) -> String {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let isOwn = parts[0].isEmpty || parts[0] == root.attributes["namespace"]
        return isOwn ? parts[1] : reference
    }

    private func refuseRepeated(_ elements: [DecisionModel.Element]) throws(Failure) {
        var seen = Set<String>()
        for element in elements {
            for key in ["name " + element.name, "id " + element.id] where !seen.insert(key).inserted {
                throw ModelFault.make(
                    "duplicate-name", "名称或编号「\(element.name)」在模型里用了两次。", cure: "改用不同的名称。",
                    at: FilePlace(file: file, line: element.node.line))
            }
        }
    }

    /// Every reference leads somewhere and none leads back.
    private func checkRequirements(_ elements: [DecisionModel.Element]) throws(Failure) {
        let byId = Dictionary(elements.map { ($0.id, $0) }) { first, _ in first }
        for element in elements {
            guard let stranger = element.requires.first(where: { byId[$0] == nil }) else { continue }
            throw ModelFault.make(
                "unknown-reference", "「\(element.name)」引用的「\(stranger)」不在模型里。", cure: "补上被引用的元素；引用别的模型文件的，先并入一个文件。",
                at: FilePlace(file: file, line: element.node.line))
        }
        var waiting = elements
        var settled = Set<String>()
        while !waiting.isEmpty {
            let ready = waiting.filter { $0.requires.allSatisfy(settled.contains) }
            if ready.isEmpty { throw circular(waiting) }
            settled.formUnion(ready.map(\.id))
            waiting.removeAll { settled.contains($0.id) }
        }
    }

    private func circular(_ elements: [DecisionModel.Element]) -> Failure {
        // Every one of these needs another of them, so that following the needs ends in the circle.
        var path: [DecisionModel.Element] = []
        var next = elements.first
        while let element = next, !path.contains(where: { $0.id == element.id }) {
            path.append(element)
            next = elements.first { other in element.requires.contains(other.id) }
        }
        let circle = path.drop { $0.id != next?.id }
        let names = (circle.map(\.name) + [next?.name ?? ""]).joined(separator: " → ")
        return ModelFault.make(
            "circular", "决策之间的引用成了环：\(names)。", cure: "去掉其中一条引用。", at: FilePlace(file: file, line: circle.first?.node.line))
    }

    private func componentNames(_ node: XMLNode) -> [String] {
        node.all("itemComponent").flatMap { [$0.attributes["name"]?.normalized].compactMap { $0 } + componentNames($0) }
    }

    /// Names of context entries and output columns, which are components of what the decision gives.
    private func entryNames(_ node: XMLNode) -> [String] {
        let own: [String?] =
            switch node.name {
            case "contextEntry": [node.first("variable")?.attributes["name"]?.normalized]
            case "output": [node.attributes["name"]?.normalized]
            default: []
            }
        return own.compactMap { $0 } + node.children.flatMap(entryNames)
    }
}
