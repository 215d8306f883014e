import DecisionTables
import Policy
import Testing
import Values

@Suite("Rule files with dates, truths and declared values")
struct RuleFileKindsTests {
    private static let text = """
        decides: award.entry
        label: 申报资格
        source: { document: demo, clause: 一 }
        hit: unique
        inputs:
          founded: { label: 成立日期, metric: enterprise.founded, kind: day, values: ['>= date("1949-10-01")'] }
          listed: { label: 列入失信名单, metric: enterprise.listed, kind: boolean }
          trade: { label: 行业, metric: enterprise.trade, kind: text, values: [鞋, 服装, 其他] }
        rules:
          - { id: barred, when: { listed: "true" } }
          - { id: shoes, when: { listed: "false", trade: '"鞋"', founded: '< date("2006-09-05")' } }
          - { id: others, when: { listed: "false", trade: 'not("鞋")', founded: "-" } }

        """

    private func sentences(_ text: String) -> [String] {
        do {
            _ = try RuleFile.read(text, file: "rules/x.yaml")
            return []
        } catch { return error.all.map(\.description) }
    }

    @Test("The table decides, and its proof finds the shoemakers founded later")
    func table() throws {
        let table = try RuleFile.read(Self.text, file: "rules/x.yaml").table
        let day = try #require(Day("2006-09-05"))
        let facts: [String: FactValue] = ["listed": .boolean(false), "trade": .text("鞋"), "founded": .day(day.adding(days: -1))]
        #expect(table.outcome(facts).matchingRules == ["shoes"])
        #expect(table.outcome(facts.merging(["founded": .day(day)]) { $1 }) == .uncovered)
        #expect(table.outcome(facts.merging(["listed": .unknown]) { $1 }) == .missing(inputs: ["listed"]))
        let proof = table.prove()
        #expect(proof.coverage == .exact)
        #expect(proof.overlaps.isEmpty)
        #expect(proof.uncovered.map(\.region) == ["founded >= 2006-09-05 且 listed = 否 且 trade = \"鞋\""])
    }

    @Test("A fact that is unknown or outside the declared values is missing, never a hole and never a match")
    func unknown() throws {
        let table = try RuleFile.read(Self.text, file: "rules/x.yaml").table
        #expect(
            table.outcome(["listed": .boolean(false), "trade": .text("船"), "founded": .unknown]) == .missing(inputs: ["founded", "trade"]))
        #expect(table.outcome(["listed": .boolean(true)]).matchingRules == ["barred"])
        #expect(table.decide(["listed": .boolean(true), "trade": .text("船")]).unfit == ["trade"])
    }

    @Test(
        "What does not fit its kind is named with line and cure",
        arguments: [
            ("\"true\" } }", "\"5\" } }", "rules/x.yaml第10行「listed」列（条款一）：条件「listed」应为真假值，规则「barred」的单元格「5」写的是数值。处理办法：改成真假值。"),
            (
                "'\"鞋\"', founded", "'\"皮鞋\"', founded",
                "rules/x.yaml第11行「trade」列（条款一）：规则「shoes」的「皮鞋」不在条件「trade」的取值之内。处理办法：可用的取值：鞋、服装、其他。"
            ),
            (
                "< date(\"2006-09-05\")", "< date(\"2006-09-31\")",
                "rules/x.yaml第11行「founded」列（条款一）：单元格「< date(\"2006-09-31\")」：第3个字符起的「2006-09-31」不是日历上的一天。处理办法：写作 date(\"2006-09-05\")。"
            ),
            (
                "< date(\"2006-09-05\")", "< 2006",
                "rules/x.yaml第11行「founded」列（条款一）：条件「founded」应为日期，规则「shoes」的单元格「< 2006」写的是数值。处理办法：改成日期。"
            ),
            ("[鞋, 服装, 其他]", "[鞋, 鞋, 其他]", "rules/x.yaml第8行「trade」列（条款一）：条件「trade」的取值「鞋」写了两次。处理办法：每个取值只写一次。"),
            ("kind: day", "kind: date", "rules/x.yaml第6行：条件「founded」的「kind」写了「date」，没有这个词。处理办法：可用的词：number、text、boolean、day、open。"),
            (
                ">= date(\"1949-10-01\")", ">= 1949",
                "rules/x.yaml第6行「founded」列（条款一）：条件「founded」应为日期，取值范围「>= 1949」与此不符。处理办法：取值范围用同一种值写，例如「>= 0」；待明确的条件不写取值范围。"
            ),
        ])
    func errors(before: String, after: String, sentence: String) {
        #expect(Self.text.contains(before))
        let found = sentences(Self.text.replacing(before, with: after))
        #expect(found.contains(sentence), "\(found)")
    }
}
