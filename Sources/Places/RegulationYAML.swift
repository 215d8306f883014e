import Foundation
import Values
import Yams

/// A data file of regulations/ read as nodes, so that scalars keep their leading zeros and errors their lines.
struct RegulationYAML {
    let name: String
    let root: Node

    init(_ url: URL) throws {
        name = url.lastPathComponent
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw Failure(.missing, "regulations.file-missing", "缺少数据文件", at: FilePlace(file: name), cure: "从安装包恢复 regulations 文件夹")
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw Failure(.invalid, "regulations.empty", "数据文件是空的", at: FilePlace(file: name))
            }
            root = node
        } catch let error as YamlError {
            throw Failure(.invalid, "regulations.yaml", "不是合法的 YAML：\(error)", at: FilePlace(file: name))
        }
    }

    func failure(_ code: String, _ message: String, _ node: Node) -> Failure {
        Failure(.invalid, code, message, at: FilePlace(file: name, line: node.mark?.line))
    }

    func node(_ key: String) throws -> Node {
        guard let node = root.mapping?[Node(key)] else { throw failure("regulations.key", "缺少“\(key)”", root) }
        return node
    }

    func pairs(_ key: String, optional: Bool = false) throws -> [(String, Node)] {
        if optional, root.mapping?[Node(key)] == nil { return [] }
        return try pairs(node(key))
    }

    func pairs(_ node: Node) throws -> [(String, Node)] {
        guard let mapping = node.mapping else { throw failure("regulations.mapping", "此处应是“键: 值”", node) }
        return try mapping.map { (try text($0.key), $0.value) }
    }

    func items(_ key: String) throws -> [Node] { try items(node(key)) }

    func items(_ node: Node) throws -> [Node] {
        guard let sequence = node.sequence else { throw failure("regulations.list", "此处应是列表", node) }
        return Array(sequence)
    }

    func text(_ node: Node) throws -> String {
        guard let scalar = node.scalar else { throw failure("regulations.text", "此处应是文字", node) }
        return scalar.string
    }

    /// A day, or the first day of a month or year where only that is known; null is no day.
    func day(_ node: Node) throws -> Day? {
        let text = try text(node)
        if text == "null" || text.isEmpty { return nil }
        let full = text.count == 4 ? text + "-01-01" : text.count == 7 ? text + "-01" : text
        guard let day = Day(full) else { throw failure("regulations.day", "“\(text)”不是日期", node) }
        return day
    }
}
