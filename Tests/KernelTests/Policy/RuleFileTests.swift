import DecisionTables
import Foundation
import Policy
import Testing
import Values

@Suite struct RuleFileTests {
    private let listed = "rules:\n  - { file: rules/x.yaml, clause: 一 }\n"

    private func sentences(_ rule: String, cases: String? = nil) throws -> [String] {
        var files = ["rules/x.yaml": rule]
        files["tests/x.yaml"] = cases
        return try PolicyFixture.sentences(listed, files: files)
    }

    @Test("a rule file becomes a table with lines and metrics")
    func table() throws {
        let folder = try PolicyFixture.read(listed, files: ["rules/x.yaml": PolicyFixture.rule])
        let rule = try #require(folder.rule(deciding: "enterprise.class"))
        #expect(rule.table.rules.map(\.line) == [8, 9])
        #expect(rule.metrics["sales"]?.name == "enterprise.sales")
        #expect(rule.table.outcome(["sales": .number(100)]).matchingRules == ["A"])
    }

    @Test("a cell without quotes, an input without a metric and a foreign document are refused")
    func refusals() throws {
        #expect(
            try sentences(PolicyFixture.rule.replacing("\"< 100\"", with: "< 100"))
                == ["rules/x.yaml第9行：规则「B」的单元格「sales」没有加引号。处理办法：写成「sales: \"< 100\"」。"])
        #expect(
            try sentences(PolicyFixture.rule.replacing("metric: enterprise.sales, ", with: "")).first
                == "rules/x.yaml第6行：条件「sales」既没有「metric」也没有「open」。处理办法：写上指标名；原文没有尺度的写 open 和原文的说法。")
        #expect(
            try sentences(PolicyFixture.rule.replacing("{ sales: \"< 100\" }", with: "小于"))
                == ["rules/x.yaml第9行：规则「B」的「when」应为一组「条件: 单元格」。处理办法：写成 { sales: \">= 5000\" }。"])
        #expect(
            try sentences(PolicyFixture.rule.replacing("\"< 100\"", with: "[1]"))
                == ["rules/x.yaml第9行：规则「B」的单元格「sales」应为一段文字。处理办法：写成加引号的单元格。"])
        #expect(
            try sentences(PolicyFixture.rule.replacing("\n  sales: { metric: enterprise.sales, unit: 万元 }", with: " 5")).first
                == "rules/x.yaml第5行：「inputs」应为一组「名称: 内容」。处理办法：写成 sales: { metric: enterprise.sales, unit: 万元 }。")
        #expect(
            try sentences(PolicyFixture.rule.replacing("document: demo", with: "document: other"))
                == ["rules/x.yaml（条款一）：决策表写的出处是「other」，方案是「demo」。处理办法：写方案的 id。"])
    }

    @Test("a cell that is no S-FEEL carries file and line")
    func cell() throws {
        let found = try sentences(PolicyFixture.rule.replacing("\">= 100\"", with: "\"大于100\""))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("rules/x.yaml第8行") == true)
    }

    @Test("cases are tried and say what came out")
    func cases() throws {
        let text = """
            table: rules/x.yaml
            cases:
              - { name: 对, given: { sales: 100 }, expect: A }
              - { name: 错, given: { sales: 99 }, expect: A }
              - { name: 缺, given: {}, expect: { missing: [sales] } }
            """
        let folder = try PolicyFixture.read(listed, files: ["rules/x.yaml": PolicyFixture.rule, "tests/x.yaml": text])
        let verdicts = folder.runCases()
        #expect(verdicts.map(\.passes) == [true, false, true])
        #expect(verdicts[1].answered == "B")
        #expect(verdicts[1].place.line == 4)
    }

    @Test(
        "cases that name what is not there are refused",
        arguments: [
            ("table: rules/y.yaml\ncases: []", "tests/x.yaml第1行：算例要试的「rules/y.yaml」不存在或不能用。处理办法：写 rules/ 下的文件名；文件有错先改文件。"),
            (
                "table: rules/x.yaml\ncases:\n  - { name: 甲, given: { size: 1 }, expect: A }",
                "tests/x.yaml第3行：算例「甲」给了「size」，表里没有这个条件。处理办法：改成 inputs 里的名称。"
            ),
            (
                "table: rules/x.yaml\ncases:\n  - { name: 甲, given: { sales: 多 }, expect: A }",
                "tests/x.yaml第3行：算例「甲」的「sales」应为数值，这里是「多」。处理办法：写成数值。"
            ),
            ("table: rules/x.yaml\ncases:\n  - { name: 甲, given: {}, expect: C }", "tests/x.yaml第3行：算例「甲」应得「C」，表里没有这条规则。处理办法：改成规则的 id。"),
            (
                "table: rules/x.yaml\ncases:\n  - { name: 甲, given: {}, expect: {} }",
                "tests/x.yaml第3行：算例「甲」没有写清应得什么。处理办法：写规则的 id、uncovered、{ overlap: [A, B] } 或 { missing: [sales] }。"
            ),
        ])
    func caseErrors(_ text: String, _ expected: String) throws {
        #expect(try sentences(PolicyFixture.rule, cases: text) == [expected])
    }
}
