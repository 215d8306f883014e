import Values
import XMLReading

/// An element of a model's XML with its line; text is what stands directly in it.
struct XMLNode: Sendable {
    /// Without prefix.
    let name: String
    let namespace: String
    let attributes: [String: String]
    let line: Int
    var text = ""
    var children: [XMLNode] = []

    func first(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

    /// The text without blanks around it; nil where there is none.
    var words: String? {
        let trimmed = text.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }

    /// With single blanks between its words, as names are compared.
    var normalized: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// Reads an XML text as a tree, within limits of bytes, depth and elements. Elements of another namespace (drawings,
/// a tool's own remarks) are left out, but for what `extensionElements` holds.
final class ReadXMLTree: XMLHandler {
    static let deepest = 64
    static let bytes = 8_000_000
    private static let elements = 200_000

    private let file: String?
    private var open: [XMLNode] = []
    private var root: XMLNode?
    private var count = 0
    private var pending: [UInt8] = []

    private init(file: String?) { self.file = file }

    /// - Throws: `dmn.xml-broken`, `dmn.xml-doctype`, `dmn.too-deep`, `dmn.too-large`.
    static func root(_ bytes: [UInt8], file: String?) throws -> XMLNode {
        guard bytes.count <= ReadXMLTree.bytes else { throw ModelFault.tooLarge("\(ReadXMLTree.bytes)字节", file) }
        let reading = ReadXMLTree(file: file)
        let stream = try XMLStream(handler: reading, resolvesNamespaces: true, deepest: deepest) { fault in
            switch fault {
            case .broken(let line): ModelFault.broken(line: line, file)
            case .tooDeep(let line): ModelFault.tooDeep(line: line, file)
            case .doctype: ModelFault.doctype(file)
            }
        }
        try bytes.withUnsafeBytes { try stream.feed($0, isLast: true) }
        guard let root = reading.root else { throw ModelFault.broken(line: 1, file) }
        return root
    }

    func start(_ name: String, _ attributes: XMLAttributes) throws {
        takePending()
        count += 1
        if count > ReadXMLTree.elements { throw ModelFault.tooLarge("\(ReadXMLTree.elements)个元素", file) }
        open.append(XMLNode(name: name, namespace: attributes.namespace ?? "", attributes: attributes.all, line: attributes.line))
    }

    func end(_ name: String) {
        takePending()
        guard let done = open.popLast() else { return }
        guard let parent = open.last else {
            root = done
            return
        }
        if done.namespace == parent.namespace || parent.name == "extensionElements" { open[open.count - 1].children.append(done) }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { pending.append(contentsOf: bytes) }

    private func takePending() {
        if !pending.isEmpty, !open.isEmpty { open[open.count - 1].text += String(decoding: pending, as: UTF8.self) }
        pending.removeAll(keepingCapacity: true)
    }
}
