import Values

/// A DMN model: its inputs, decisions and business knowledge models, tied by their requirements. Their logic is read when a decision is
/// prepared, so that one beyond level 2 does not keep the others from being asked.
package struct DecisionModel: Sendable {
    package let name: String
    package let file: String?
    let elements: [Element]
    let types: ModelTypes
    let components: Set<String>
    let note: String?

    /// An input, a decision or a piece of knowledge.
    struct Element: Sendable {
        enum Kind: Sendable { case input, decision, knowledge }

        let kind: Kind
        let id: String
        /// The name of its variable, by which expressions call it.
        let name: String
        let typeRef: String?
        let node: XMLNode
        /// Ids of what it needs.
        let requires: [String]
    }

    /// In the order of the file.
    package var decisions: [String] { elements.filter { $0.kind == .decision }.map(\.name) }

    package var inputs: [String] { elements.filter { $0.kind == .input }.map(\.name) }

    func place(_ node: XMLNode) -> FilePlace { FilePlace(file: file, line: node.line) }

    func element(_ id: String) -> Element? { elements.first { $0.id == id } }

    /// The decision of that name or id.
    ///
    /// - Throws: missing `dmn.unknown-decision`, naming those there are.
    func decision(_ name: String) throws(Failure) -> Element {
        let wanted = name.normalized
        let found = elements.filter { $0.kind == .decision && ($0.name == wanted || $0.id == name || $0.node.attributes["label"] == name) }
        guard let first = found.first else { throw ModelFault.unknownDecision(name, known: decisions, file) }
        return first
    }
}
