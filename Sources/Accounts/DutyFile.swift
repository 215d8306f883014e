package import Foundation
package import Values
import Yams

/// Reads `regulations/duties/departments.yaml`: strictly, so that a misspelt column gives nobody a right and nobody wonders why.
package struct DutyFile {
    /// The file that is in use.
    package static let file = "regulations/duties/departments.yaml"

    /// What a file may speak of.
    package struct Column: Sendable {
        package let name: String
        package let label: String
        /// The columns whose values it shows: who answers for it must answer for those.
        package let shows: [String]

        package init(_ name: String, label: String, shows: [String] = []) {
            self.name = name
            self.label = label
            self.shows = shows
        }
    }

    private let columns: [String: Column]

    /// - Throws: `duties.file`, `duties.form`, `duties.column`, `duties.department`, `duties.shows`.
    package static func load(root: URL, columns: [Column]) throws -> DutyTable {
        guard let text = try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8) else {
            throw Failure(.missing, "duties.file", "部门职责文件读不到", at: FilePlace(file: file), cure: "从安装包恢复该文件")
        }
        return try read(text, columns: columns)
    }

    package static func read(_ text: String, columns: [Column]) throws -> DutyTable {
        let byName = Dictionary(columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return try DutyFile(columns: byName).table(text)
    }

    private func table(_ text: String) throws -> DutyTable {
        guard let root = try? Yams.compose(yaml: text), let mapping = root.mapping else { throw form(nil, "不是“键: 值”的写法") }
        try only(["title", "departments", "columns", "holdings", "targets"], mapping, root)
        let departments = try pairs(mapping["departments"], root).map { code, node in
            let fields = try fields(node, ["name", "document", "clause", "says"])
            return DutyTable.Department(code: code, name: fields["name"] ?? "")
        }
        let codes = Set(departments.map(\.code))
        guard codes.count == departments.count else { throw form(root, "有部门代码写了两次") }
        let lines = try pairs(mapping["columns"], root).map { try line($0, $1, codes) }
        guard Set(lines.map(\.column)).count == lines.count else { throw form(root, "有一栏写了两次") }
        let holdings = try (mapping["holdings"]?.sequence.map { Array($0) } ?? []).map { try holding($0, codes) }
        try check(lines, root)
        let targets = try mapping["targets"].map { try pairs($0, root) } ?? []
        guard Set(targets.map(\.0)).count == targets.count else { throw form(root, "有一个目标写了两次") }
        return DutyTable(departments: departments, lines: try lines + holdings + targets.map { try target($0, $1, codes) })
    }

    /// `programme/target`, with the title that the programme gives it: both are held against the programme when the program starts.
    private func target(_ name: String, _ node: Node, _ codes: Set<String>) throws -> DutyTable.Line {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts.contains("") else { throw form(node, "目标要写成“方案代码/目标代码”，不是“\(name)”") }
        let fields = try fields(node, ["title", "basis", "document", "clause", "says"], lists: ["owners"])
        return DutyTable.Line(
            column: DutyTable.target(parts[0], parts[1]), label: fields["title"] ?? "", owners: try owners(node, codes),
            basis: try basis(fields, node))
    }

    private func line(_ name: String, _ node: Node, _ codes: Set<String>) throws -> DutyTable.Line {
        guard let column = columns[name] else {
            throw Failure(
                .invalid, "duties.column", "部门职责文件里的栏“\(name)”不存在", at: place(node),
                cure: "可用：" + columns.keys.sorted().joined(separator: "、"))
        }
        let fields = try fields(node, ["basis", "document", "clause", "says"], lists: ["owners"])
        return DutyTable.Line(column: name, label: column.label, owners: try owners(node, codes), basis: try basis(fields, node))
    }

    private func holding(_ node: Node, _ codes: Set<String>) throws -> DutyTable.Line {
        let fields = try fields(node, ["basis", "document", "clause", "says"], lists: ["words", "owners"])
        let words = list(node, "words")
        guard !words.isEmpty, words.allSatisfy({ !$0.isEmpty }) else { throw form(node, "资质与称号的一行没有写 words") }
        return DutyTable.Line(
            column: DutyTable.holding, label: words.joined(separator: "、"), words: words, owners: try owners(node, codes),
            basis: try basis(fields, node))
    }

    private func owners(_ node: Node, _ codes: Set<String>) throws -> [String] {
        let owners = list(node, "owners")
        guard !owners.isEmpty else { throw form(node, "没有写 owners") }
        if let unknown = owners.first(where: { !codes.contains($0) }) {
            throw Failure(
                .invalid, "duties.department", "部门职责文件没有部门代码“\(unknown)”", at: place(node),
                cure: "可用：" + codes.sorted().joined(separator: "、"))
        }
        return owners
    }

    private func basis(_ fields: [String: String], _ node: Node) throws -> DutyTable.Basis {
        guard let basis = fields["basis"], ["clause", "chosen"].contains(basis) else { throw form(node, "basis 只能是 clause 或 chosen") }
        return DutyTable.Basis(
            document: fields["document"] ?? "", clause: fields["clause"] ?? "", says: fields["says"] ?? "", isFromClause: basis == "clause")
    }

    /// Who answers for a column sees what it shows, and so must answer for that, too.
    private func check(_ lines: [DutyTable.Line], _ root: Node) throws {
        let owners = Dictionary(lines.map { ($0.column, Set($0.owners)) }, uniquingKeysWith: { first, _ in first })
        for line in lines {
            for shown in columns[line.column]?.shows ?? [] where !Set(line.owners).isSubset(of: owners[shown] ?? []) {
                throw Failure(
                    .invalid, "duties.shows", "负责“\(line.column)”的部门会看到“\(shown)”，却不负责它", at: place(root),
                    cure: "让这些部门也负责“\(shown)”，或不让它们负责“\(line.column)”")
            }
        }
    }

    // MARK: Nodes

    private func pairs(_ node: Node?, _ root: Node) throws -> [(String, Node)] {
        guard let mapping = node?.mapping else { throw form(node ?? root, "此处应是“键: 值”") }
        return try mapping.map { key, value in
            guard let text = key.string else { throw form(key, "此处应是文字") }
            return (text, value)
        }
    }

    private func only(_ keys: [String], _ mapping: Node.Mapping, _ node: Node) throws {
        for key in mapping.keys where !keys.contains(key.string ?? "") { throw form(key, "不认识“\(key.string ?? "")”") }
    }

    /// The texts of a line; each must be there, and nothing else but the lists.
    private func fields(_ node: Node, _ names: [String], lists: [String] = []) throws -> [String: String] {
        guard let mapping = node.mapping else { throw form(node, "此处应是“键: 值”") }
        try only(names + lists, mapping, node)
        var found: [String: String] = [:]
        for name in names {
            guard let text = node[name]?.string, !text.isEmpty else { throw form(node, "没有写 \(name)") }
            found[name] = text
        }
        return found
    }

    private func list(_ node: Node, _ name: String) -> [String] { node[name]?.sequence.map { $0.compactMap(\.string) } ?? [] }
    private func place(_ node: Node?) -> FilePlace { FilePlace(file: Self.file, line: node?.mark?.line) }

    private func form(_ node: Node?, _ what: String) -> Failure {
        Failure(.invalid, "duties.form", "部门职责文件写得不对：\(what)", at: place(node), cure: "照同一文件里的其他行写")
    }
}
