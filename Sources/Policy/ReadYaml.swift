import Foundation
import Values
import Yams

/// Reads a programme file as nodes with lines. Refused: anchors, aliases, tags, duplicate keys, several documents, files beyond the budget.
package struct ReadYaml {
    private let file: String
    private let budget: YamlBudget
    private var failures: [Failure] = []
    private var count = 0

    private init(file: String, budget: YamlBudget) {
        self.file = file
        self.budget = budget
    }

    /// The root node, or every failure found.
    package static func root(_ text: String, file: String, budget: YamlBudget = YamlBudget()) throws(PolicyFailures) -> YamlNode {
        var reading = ReadYaml(file: file, budget: budget)
        let root = reading.read(text)
        guard reading.failures.isEmpty, let root else { throw PolicyFailures(reading.failures) }
        return root
    }

    private mutating func read(_ text: String) -> YamlNode? {
        guard text.utf8.count <= budget.bytes else {
            fail("too-large", "文件有\(text.utf8.count)字节，超过上限\(budget.bytes)字节。", cure: "把内容分到几个文件里。")
            return nil
        }
        if text.unicodeScalars.first == "\u{FEFF}" {
            fail("byte-order-mark", "文件开头有字节顺序标记（BOM）。", cure: "另存为不带 BOM 的 UTF-8。", line: 1)
        }
        refuseReferences(in: text)
        guard failures.isEmpty else { return nil }
        do {
            let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
            // Anchors are kept by the parser only, so that it has to outlive the walk.
            return try withExtendedLifetime(parser) {
                guard let node = try parser.singleRoot() else {
                    fail("empty", "文件是空的。", cure: "照 programmes/README.md 写上内容。")
                    return nil
                }
                return convert(node, depth: 1)
            }
        } catch {
            fail(parsing: error)
            return nil
        }
    }

    // MARK: What the language of these files leaves out

    /// Anchors, aliases and tags are looked for before parsing, because an alias multiplies what it names.
    private mutating func refuseReferences(in text: String) {
        // CR LF is one character to Swift and one line end to YAML.
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
                fail("tab", "这一行用制表符（Tab）缩进。", cure: "改用空格缩进。", line: index + 1)
            }
            guard let mark = ReadYaml.reference(in: line) else { continue }
            fail(reference: mark, line: index + 1)
        }
    }

    /// The first `&`, `*` or `!` that begins a node on this line, outside quotes and comments.
    private static func reference(in line: Substring) -> Character? {
        var quote: Character?
        var previous: Character = " "
        for character in line {
            if let open = quote {
                if character == open { quote = nil }
            } else if " \t,[{".contains(previous) {
                if character == "#" { return nil }
                if character == "\"" || character == "'" { quote = character }
                if "&*!".contains(character) { return character }
            }
            previous = character
        }
        return nil
    }

    private mutating func fail(reference mark: Character, line: Int?) {
        if mark == "!" {
            fail("tag", "这里用了标签「!」。", cure: "去掉标签；文字以叹号开头时加上引号。", line: line)
        } else {
            fail("anchor", "这里用了锚点或别名「\(mark)」。", cure: "把内容照写一遍；文字以「&」「*」开头时加上引号。", line: line)
        }
    }

    // MARK: Walking

    private mutating func convert(_ node: Node, depth: Int) -> YamlNode? {
        count += 1
        let line = node.mark?.line ?? 1
        guard count <= budget.nodes else {
            if count == budget.nodes + 1 { fail("too-many-nodes", "文件里的内容超过\(budget.nodes)项。", cure: "把内容分到几个文件里。", line: line) }
            return nil
        }
        guard depth <= budget.depth else {
            fail("too-deep", "内容嵌套超过\(budget.depth)层。", cure: "照 programmes/README.md 的层次写。", line: line)
            return nil
        }
        if node.anchor != nil {
            fail(reference: "&", line: line)
            return nil
        }
        switch node {
        case .scalar(let scalar): return convert(scalar, node: node, line: line)
        case .sequence(let sequence):
            return YamlNode(.list(sequence.compactMap { convert($0, depth: depth + 1) }), line: line)
        case .mapping(let mapping): return convert(mapping, line: line, depth: depth)
        case .alias:
            fail(reference: "*", line: line)
            return nil
        }
    }

    private mutating func convert(_ scalar: Node.Scalar, node: Node, line: Int) -> YamlNode? {
        guard node.tag == Tag(.str) || node.tag == .implicit else {
            fail(reference: "!", line: line)
            return nil
        }
        return YamlNode(.scalar(scalar.string, isQuoted: scalar.style == .doubleQuoted || scalar.style == .singleQuoted), line: line)
    }

    private mutating func convert(_ mapping: Node.Mapping, line: Int, depth: Int) -> YamlNode? {
        var entries: [YamlEntry] = []
        for (key, value) in mapping {
            let keyLine = key.mark?.line ?? line
            guard case .scalar(let name) = key else {
                fail("key-not-text", "键不是文字。", cure: "键只能是一个词，例如「clause」。", line: keyLine)
                continue
            }
            guard let converted = convert(value, depth: depth + 1) else { continue }
            entries.append(YamlEntry(key: name.string, line: keyLine, value: converted))
        }
        return YamlNode(.map(entries), line: line)
    }

    // MARK: Sentences

    private mutating func fail(parsing error: any Error) {
        switch error {
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "「\($0)」" }.joined()
            fail("duplicate-key", "同一个键写了两次：\(names)。", cure: "合并为一个，或改正其中一个的名称。", line: context.mark.line)
        case YamlError.composer(_, let problem, let mark, _) where problem.contains("another document"):
            fail("several-documents", "一个文件里有几份文档（「---」）。", cure: "一个文件只写一份。", line: mark.line)
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            fail("syntax", "这一行不符合 YAML 的写法（\(problem)）。", cure: "检查缩进、冒号后的空格、引号和括号是否成对。", line: mark.line)
        default:
            fail("unreadable", "文件不能按 UTF-8 文本读取。", cure: "用 UTF-8 保存。")
        }
    }

    private mutating func fail(_ code: String, _ message: String, cure: String, line: Int? = nil) {
        failures.append(Failure(.invalid, "yaml." + code, message, at: FilePlace(file: file, line: line), cure: cure))
    }
}
