import Foundation
import Policy
import Testing
import Values

@Suite struct StrictYamlTests {
    private func sentence(_ text: String, budget: YamlBudget = YamlBudget()) -> [String] {
        do {
            _ = try ReadYaml.root(text, file: "f.yaml", budget: budget)
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    @Test("nodes keep their lines, and whether they were quoted")
    func lines() throws {
        let root = try ReadYaml.root("a: 1\nb:\n  - \"x\"\n  - { c: y }\n", file: "f.yaml")
        let entries = try #require(root.entries)
        #expect(entries.map(\.key) == ["a", "b"])
        #expect(entries.map(\.line) == [1, 2])
        let items = try #require(entries[1].value.items)
        #expect(items[0].content == .scalar("x", isQuoted: true))
        #expect(items[1].line == 4)
        #expect(items[1].entries?.first?.value.content == .scalar("y", isQuoted: false))
    }

    @Test("anchors and aliases are refused, each with its line")
    func anchors() {
        let expected = ["f.yaml第1行：这里用了锚点或别名「&」。处理办法：把内容照写一遍；文字以「&」「*」开头时加上引号。", "f.yaml第2行：这里用了锚点或别名「*」。处理办法：把内容照写一遍；文字以「&」「*」开头时加上引号。"]
        #expect(sentence("a: &x 1\nb: *x\n") == expected)
        #expect(sentence("a: \"&x *y !z\" # &x\n") == [])
        #expect(sentence("a: x &y\n").count == 1)
    }

    @Test("an anchor that hides behind an open quote is still refused")
    func hiddenAnchor() {
        #expect(sentence("a: it's\nb: it's &x\nc: \"\n  ' &\"\nd: {e: ' ', f: &y 1}\n").isEmpty == false)
        #expect(sentence("a: 'x\n  y': &z\n").isEmpty == false)
    }

    @Test("tags are refused")
    func tags() {
        #expect(sentence("a: !!int 1\n") == ["f.yaml第1行：这里用了标签「!」。处理办法：去掉标签；文字以叹号开头时加上引号。"])
    }

    @Test("a duplicate key is refused with its line")
    func duplicates() {
        #expect(sentence("a: 1\nb: 2\na: 3\n") == ["f.yaml第1行：同一个键写了两次：「a」。处理办法：合并为一个，或改正其中一个的名称。"])
    }

    @Test("size, depth and number of nodes have limits")
    func budgets() {
        #expect(sentence("a: 12345", budget: YamlBudget(bytes: 5, depth: 16, nodes: 9)) == ["f.yaml：文件有8字节，超过上限5字节。处理办法：把内容分到几个文件里。"])
        #expect(
            sentence("[[[1]]]", budget: YamlBudget(bytes: 99, depth: 3, nodes: 9)) == [
                "f.yaml第1行：内容嵌套超过3层。处理办法：照 programmes/README.md 的层次写。"
            ])
        #expect(sentence("[1, 2, 3]", budget: YamlBudget(bytes: 99, depth: 3, nodes: 2)) == ["f.yaml第1行：文件里的内容超过2项。处理办法：把内容分到几个文件里。"])
        #expect(sentence(String(repeating: "[", count: 5000)).count == 1)
    }

    @Test("broken, empty and double documents are refused")
    func broken() {
        #expect(sentence("a: [1\n").first?.contains("不符合 YAML 的写法") == true)
        #expect(sentence("") == ["f.yaml：文件是空的。处理办法：照 programmes/README.md 写上内容。"])
        #expect(sentence("a: 1\n---\nb: 2\n") == ["f.yaml第2行：一个文件里有几份文档（「---」）。处理办法：一个文件只写一份。"])
        #expect(sentence("? [a]\n: 1\n") == ["f.yaml第1行：键不是文字。处理办法：键只能是一个词，例如「clause」。"])
    }

    @Test("tabs, a byte order mark and Windows line ends are named by their line, or do no harm")
    func windows() throws {
        #expect(sentence("a: 1\nb:\n\t- 2\n") == ["f.yaml第3行：这一行用制表符（Tab）缩进。处理办法：改用空格缩进。"])
        #expect(sentence("\u{FEFF}a: 1\n") == ["f.yaml第1行：文件开头有字节顺序标记（BOM）。处理办法：另存为不带 BOM 的 UTF-8。"])
        #expect(try ReadYaml.root("a: 1\r\nb: 2\r\n", file: "f.yaml").entries?.map(\.line) == [1, 2])
        #expect(sentence("a: 1\r\nb: &x 2\r\n").first?.hasPrefix("f.yaml第2行：这里用了锚点或别名「&」") == true)
    }

    @Test("a bomb of aliases is refused before it grows")
    func bomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            text += "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        let found = sentence(text)
        #expect(found.count == 31)
        #expect(found.allSatisfy { $0.contains("这里用了锚点或别名") })
    }

    @Test("bytes that are no UTF-8 are refused")
    func encoding() throws {
        let file = PolicyFile(name: "programme.yaml", bytes: .init([0xB7, 0xBD, 0xB0, 0xB8]))
        #expect(
            throws: PolicyFailures([
                Failure(.invalid, "yaml.unreadable", "文件不能按 UTF-8 文本读取。", at: FilePlace(file: "programme.yaml"), cure: "用 UTF-8 保存。")
            ])
        ) {
            try ReadProgrammeFolder.read("demo", files: [file])
        }
    }
}
