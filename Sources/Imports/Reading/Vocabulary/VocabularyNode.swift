import Values
import Yams

/// A node of a vocabulary file that knows its file and line, so that a mistake in the file is named by its place.
struct VocabularyNode {
    let node: Node
    let file: String

    /// The root of a file's text. Duplicate keys and broken YAML are refused with their line.
    static func parse(_ text: String, file: String) throws -> VocabularyNode {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw Failure(.invalid, "headings.empty", "词表文件是空的。", at: FilePlace(file: file), cure: "恢复随程序发布的词表文件。")
            }
            return VocabularyNode(node: node, file: file)
        } catch let error as YamlError {
            throw Failure(
                .invalid, "headings.yaml", "词表文件不是正确的 YAML：\(error)。", at: FilePlace(file: file), cure: "按提示的行号改正后重试。")
        }
    }

    /// The entries of a mapping; a key that nobody reads is refused.
    func entries(_ known: [String]) throws -> [String: VocabularyNode] {
        var result: [String: VocabularyNode] = [:]
        for (key, value) in try pairs() {
            guard known.contains(key) else { throw wrong("词表里有不认识的键「\(key)」。", "可用的键：\(known.joined(separator: "、"))。") }
            result[key] = value
        }
        return result
    }

    func pairs() throws -> [(String, VocabularyNode)] {
        guard let mapping = node.mapping else { throw wrong("这里应是“键: 值”。", "检查缩进。") }
        return try mapping.map { key, value in
            guard let name = key.string else { throw wrong("键应是文字。", "给键加上引号。") }
            return (name, VocabularyNode(node: value, file: file))
        }
    }

    func items() throws -> [VocabularyNode] {
        guard let sequence = node.sequence else { throw wrong("这里应是一串值。", "写成 [甲, 乙] 或逐行以 - 开头。") }
        return sequence.map { VocabularyNode(node: $0, file: file) }
    }

    func text() throws -> String {
        guard let text = node.scalar?.string else { throw wrong("这里应是一个词。", "写一个词，不要嵌套。") }
        return text
    }

    func texts() throws -> [String] { try items().map { try $0.text() } }

    func number() throws -> Int {
        guard let number = try Int(text()) else { throw wrong("这里应是整数。", "写不带引号的整数。") }
        return number
    }

    func flag() throws -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw wrong("这里应是 true 或 false。", "写 true 或 false。")
        }
    }

    func weights() throws -> [String: Int] {
        try Dictionary(pairs().map { ($0, try $1.number()) }, uniquingKeysWith: { first, _ in first })
    }

    func table() throws -> [String: String] {
        try Dictionary(pairs().map { ($0, try $1.text()) }, uniquingKeysWith: { first, _ in first })
    }

    /// The case of an enumeration that the word names.
    func word<Value: RawRepresentable & CaseIterable>(_: Value.Type) throws -> Value where Value.RawValue == String {
        let name = try text()
        guard let value = Value(rawValue: name) else {
            throw wrong("不认识的词「\(name)」。", "可用的词：\(Value.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        return value
    }

    func wrong(_ message: String, _ cure: String) -> Failure {
        Failure(.invalid, "headings.wrong", message, at: FilePlace(file: file, line: node.mark?.line), cure: cure)
    }
}
