import DecisionTables
import Testing
import Values

@Suite("Drafts of tables")
struct TableDraftTests {
    private func failures(_ draft: DecisionTable.Draft) -> [Failure] {
        do throws(TableFailures) {
            _ = try draft.table()
            return []
        } catch { return error.all }
    }

    @Test("A sound draft becomes a table that keeps lines, clauses and what is open")
    func sound() throws {
        let table = try LongwanTable.table()
        #expect(table.rules.map(\.line) == [9, 10, 11])
        #expect(table.hit == .unique)
        #expect(table.openConditions == [OpenCondition(input: "scale", label: "有较大生产规模", clause: "四(三)2", rules: ["A"])])
        #expect(table.output(of: table.rules[0]) == ["enterprise.class": "A"])
    }

    @Test("All failures come at once, each with file, line, clause and cure")
    func allAtOnce() {
        var draft = LongwanTable.draft
        draft.rules[0].cells = [.init(input: "salse", text: ">= 5000", line: 9), .init(input: "scale", text: "true", line: 12)]
        draft.rules[1].cells = [.init(input: "sales", text: "[1000..", line: 10)]
        draft.rules[2].cells = [.init(input: "sales", text: "\"少\"", line: 11), .init(input: "sales", text: "1", line: 13)]
        draft.rules.append(.init("C", when: [:], clause: "五", line: 20))
        let found = failures(draft)
        func place(_ line: Int, _ column: String? = nil, clause: String = "四(三)2") -> FilePlace {
            FilePlace(file: "rules/classes.yaml", column: column, line: line, clause: clause)
        }
        #expect(
            found == [
                Failure(.invalid, "table.duplicate-rule", "规则编号「C」重复（第11、20行）。", at: place(20, clause: "五"), cure: "每条规则用不同的编号。"),
                Failure(
                    .invalid, "table.unknown-name", "规则「A」用了没有登记的条件「salse」。", at: place(9, "salse"),
                    cure: "已登记的条件：sales、scale。改正名称，或在 inputs 下登记它。"),
                Failure(
                    .invalid, "table.open-cell", "「有较大生产规模」在原文中没有标准，规则「A」在此只能写「-」。", at: place(12, "scale"),
                    cure: "先认定标准，再把它改成可以统计的指标。"),
                Failure(
                    .invalid, "cell.value-missing", "单元格「[1000..」：第8个字符处缺少一个值。", at: place(10, "sales"),
                    cure: "补上数值、引号中的文字、true、false 或 date(\"2006-09-05\")。"),
                Failure(
                    .invalid, "table.kind-mismatch", "条件「sales」应为数值，规则「C」的单元格「\"少\"」写的是文字。", at: place(11, "sales"),
                    cure: "改成数值。"),
                Failure(.invalid, "table.duplicate-cell", "规则「C」把条件「sales」写了两次。", at: place(13, "sales"), cure: "合并为一个单元格。"),
            ])
    }

    @Test("Hit policies are read as words or as DMN's letters, and an unknown one lists what there is")
    func hitPolicies() {
        #expect(HitPolicy(written: "C+") == .collectSum)
        #expect(HitPolicy(written: "rule-order") == .ruleOrder)
        var draft = LongwanTable.draft
        draft.hit = "once"
        #expect(
            failures(draft) == [
                Failure(
                    .invalid, "table.unknown-hit-policy", "命中方式「once」不存在。",
                    at: FilePlace(file: "rules/classes.yaml", line: 1, clause: "四(三)2"),
                    cure:
                        "可用的写法：unique、any、priority、first、rule-order、output-order、collect、collect-sum、collect-min、collect-max、collect-count。"
                )
            ])
    }

    @Test("Inputs, domains and outputs are checked too")
    func inputsAndOutputs() {
        let draft = DecisionTable.Draft(
            id: "t", label: "表", clause: "一", line: 1, hit: "collect-sum",
            inputs: [
                DecisionTable.Input("x", label: "甲", kind: .number, allowed: ["true"], line: 2),
                DecisionTable.Input("x", label: "乙", kind: .number, allowed: [">"], line: 3),
                DecisionTable.Input("t", label: "丙", kind: .text, allowed: ["A", "B"], line: 4),
            ],
            rules: [
                .init("1", when: ["t": "\"C\""], output: ["o": "多"], line: 5),
                .init("2", when: [:], output: ["o": "1", "p": "2"], line: 6),
            ], outputs: [DecisionTable.Output("o", values: ["1"])])
        let found = failures(draft)
        #expect(
            found.map { "\($0.code) \($0.place.line ?? 0) \($0.message)\($0.cure ?? "")" } == [
                "table.duplicate-input 3 条件「x」重复（第2、3行）。合并为一项，或改用不同的名称。",
                "table.bad-allowed 2 条件「x」应为数值，取值范围「true」与此不符。取值范围用同一种值写，例如「>= 0」；待明确的条件不写取值范围。",
                "cell.value-missing 3 单元格「>」：第2个字符处缺少一个值。补上数值、引号中的文字、true、false 或 date(\"2006-09-05\")。",
                "table.unknown-value 5 规则「1」的「C」不在条件「t」的取值之内。可用的取值：A、B。",
                "table.output-not-number 5 命中方式「collect-sum」的输出应为数值，规则「1」写的是「多」。写成不带单位的数值。",
                "table.unknown-output-value 5 规则「1」的输出「多」不在「o」的取值之内。可用的取值：1。",
                "table.output-names 6 规则「2」的输出项与第一条规则不同。每条规则写同样的输出项。",
                "table.collect-one-output 6 命中方式「collect-sum」只能有一个输出项，规则「2」有2个。拆成几张表。",
            ])
    }

    @Test("A table without rules and a priority without order are refused")
    func emptyAndUnordered() {
        let draft = DecisionTable.Draft(id: "t", label: "表", clause: "一", hit: "priority", inputs: [], rules: [])
        #expect(
            failures(draft).map { $0.code + " " + $0.message + ($0.cure ?? "") } == [
                "table.no-rules 表「表」没有规则。在 rules 下至少写一条规则。",
                "table.output-order-missing 命中方式「priority」要按输出值的次序取舍，表中没有写次序。在 outputs 下按次序列出输出值。",
            ])
    }
}
