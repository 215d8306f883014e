import DecisionTables
import Foundation
import Policy
import TestSupport
import Testing
import Values

@testable import DecisionModels

@Suite("Rule files as models and back")
struct ExportTableTests {
    private static let text = """
        decides: enterprise.grade
        label: 企业分级
        source: { document: demo, clause: 二(一) }
        hit: priority
        inputs:
          sales: { label: 年销售额, metric: enterprise.sales, unit: 万元, values: [">= 0"], open: 哪一年没有说 }
          founded: { label: 成立日期, metric: enterprise.founded, kind: day, clause: 二(二) }
          trade: { label: 行业, metric: enterprise.trade, kind: text, values: [鞋, "打火机 & 眼镜", 'say "A"'] }
          brand: { label: 有名牌, metric: enterprise.has-brand, kind: boolean }
          scale: { open: 有较大生产规模, clause: 二(三) }
        rules:
          - { id: A, label: "甲<优>", when: { sales: "> 1000 * 5", trade: '"鞋", "say \\"A\\""', brand: "true", scale: "-" }, gives: { grade: A, help: '"多"' } }
          - { id: B, label: 乙, when: { founded: '< date("2006-09-05")', sales: "-" }, gives: { grade: B, help: 少 }, clause: 二(四) }
        outputs: { grade: [A, B, C], help: ['"多"', 少, 无] }
        default: { grade: C, help: 无 }
        """

    private func roundTrip(_ rule: RuleFile) throws -> (imported: ImportedTable, text: String) {
        let model = try DecisionModel.read(Array(rule.model.utf8), file: "导出.dmn")
        let imported = try model.importTable(TableExport.decisionName(rule.table))
        return (imported, RuleFile.text(of: imported))
    }

    @Test("Every kind of input, output and remark comes back from a model as it went in")
    func everything() throws {
        let rule = try RuleFile.read(Self.text, file: "rules/x.yaml")
        let (imported, text) = try roundTrip(rule)
        #expect(imported.table.canonicalText == rule.table.canonicalText)
        let back = try RuleFile.read(text, file: "rules/x.yaml")
        #expect(back.table.canonicalText == rule.table.canonicalText)
        #expect(back.document == "demo")
        #expect(back.metrics.mapValues(\.name) == rule.metrics.mapValues(\.name))
        #expect(back.openInputs == rule.openInputs)
        #expect(rule.text == text)
    }

    @Test("The rule files of all programmes go to models and come back the same")
    func programmes() throws {
        var count = 0
        for entry in try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")) {
            for rule in try entry.result.get().rules {
                let (imported, text) = try roundTrip(rule)
                #expect(imported.table.canonicalText == rule.table.canonicalText)
                #expect(try RuleFile.read(text, file: rule.file).table.canonicalText == rule.table.canonicalText)
                count += 1
            }
        }
        #expect(count >= 3)
    }

    @Test("An exported model decides every case of the programmes as the table itself does")
    func cases() throws {
        var count = 0
        for entry in try ProgrammeLibrary.load(directory: ProjectFiles.url("programmes")) {
            let folder = try entry.result.get()
            for cases in folder.cases {
                let rule = try #require(folder.rules.first { $0.file == cases.table })
                let decision = try DecisionModel.read(Array(rule.model.utf8), file: nil).prepare(TableExport.decisionName(rule.table))
                for item in cases.cases {
                    let given = Dictionary(uniqueKeysWithValues: decision.inputs.map { ($0.name, value(item.given[$0.name] ?? .unknown)) })
                    let answer = try decision.evaluate(given)
                    let trace = try #require(answer.tables.first)
                    switch rule.table.outcome(item.given) {
                    case .decided(let rules, let outcome):
                        #expect(trace.matching == rules)
                        #expect(answer.value.description == outcome[rule.table.id])
                    case .held(let rules):
                        #expect(trace.standing == .held)
                        #expect(trace.matching == rules)
                    case .missing(let inputs):
                        let labels = rule.table.inputs.filter { inputs.contains($0.name) }.map(\.label)
                        #expect(trace.missing == labels)
                    case .uncovered: #expect(trace.standing == .uncovered)
                    }
                    count += 1
                }
            }
        }
        #expect(count >= 17)
    }

    private func value(_ fact: FactValue) -> FeelValue {
        switch fact {
        case .number(let number): Decimal34(number).map { .number($0) } ?? .null
        case .text(let text): .text(text)
        case .boolean(let flag): .boolean(flag)
        case .day(let day): .day(day)
        case .unknown: .null
        }
    }

    @Test("A model from elsewhere becomes a rule file that says what is still to be filled in")
    func foreign() throws {
        let logic = ModelFixture.table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", [("> 1", "100"), ("> 2", "-20.5")])
        let model = try ModelFixture.model(ModelFixture.input("x") + ModelFixture.decision(needs: ["x"], logic))
        let text = RuleFile.text(of: try model.importTable("D"))
        #expect(
            text == """
                decides: D
                label: D
                source: { document: 演示, clause: open }
                hit: collect-sum
                inputs:
                  x: { label: x, metric: x }
                rules:
                  - { id: '1', label: '1', when: { x: '> 1' }, gives: { D: '100' } }
                  - { id: '2', label: '2', when: { x: '> 2' }, gives: { D: '-20.5' } }

                """)
        #expect(
            try RuleFile.read(text, file: "x.yaml").table.outcome(["x": .number(3)])
                == .decided(rules: ["1", "2"], answer: .number(try #require(Decimal(string: "79.5")))))
    }

    @Test("What a rule file cannot hold is named with the model's line, all at once")
    func refusals() throws {
        let logic = ModelFixture.table("", [("> limit", "1 + 1"), ("> 2", "x")]).replacing(
            "<text>x</text></inputExpression>", with: "<text>x + 1</text></inputExpression>")
        let model = try ModelFixture.model(
            ModelFixture.input("x") + ModelFixture.input("limit") + "\n" + ModelFixture.decision(needs: ["x", "limit"], logic))
        let found = #expect(throws: TableFailures.self) { _ = try model.importTable("D") }
        #expect(found?.all.map(\.code) == ["dmn.input-not-a-name", "dmn.output-not-a-value", "dmn.output-not-a-value", "cell.name"])
        #expect(found?.all.allSatisfy { $0.place.file == "演示.dmn" && $0.place.line == 4 } == true)
        let none = try ModelFixture.model(ModelFixture.decision("D", ModelFixture.literal("1")))
        #expect(failure { _ = try none.importTable("D") }?.message == "决策「D」不是决策表，不能写成规则文件。")
    }

    private func failure(_ work: () throws -> Void) -> Failure? { KernelTests.failure(of: work) }
}
