import DecisionTables
import Foundation
import Testing
import Values

@Suite("Readings and rulings")
struct ReadingsTests {
    @Test("Longwan has two boundaries, each with two ways to settle it")
    func alternatives() throws {
        let readings = try LongwanTable.table().readings()
        #expect(readings.map(\.value) == [numberFact("5000"), numberFact("1000")])
        #expect(readings[0].label == "年销售额恰为5000万元时，「A类(重点培育)」「B类(重点帮扶)」都适用")
        #expect(readings[0].alternatives.map(\.key) == ["sales=5000→A", "sales=5000→B"])
        #expect(readings[0].alternatives.map(\.label) == ["5000万元归「A类(重点培育)」", "5000万元归「B类(重点帮扶)」"])
        #expect(readings[1].alternatives.map(\.key) == ["sales=1000→B", "sales=1000→C"])
        #expect(readings[0].lines == [9, 10])
        #expect(readings.flatMap(\.alternatives).allSatisfy { !$0.opensGap })
    }

    @Test("A ruling moves exactly the firms at the boundary")
    func ruling() throws {
        let table = try LongwanTable.table()
        let ruled = try table.applying(Ruling(input: "sales", value: numberFact("5000"), rule: "A"))
        #expect(ruled.outcome(LongwanTable.sales("5000")) == .decided(rules: ["A"], answer: .one(["enterprise.class": "A"])))
        #expect(ruled.outcome(LongwanTable.sales("1000")) == .held(rules: ["B", "C"]))
        #expect(ruled.rules[1].cells["sales"]?.text == "[1000..5000)")
        let firms = ["4999.99", "5000", "1000", "10"].map { ($0, LongwanTable.sales($0)) } + [("unknown", [:])]
        let changes = DecisionTable.changes(from: table, to: ruled, facts: firms)
        #expect(changes.map(\.subject) == ["5000"])
        #expect(changes[0].before == .held(rules: ["A", "B"]))
    }

    @Test("Every combination of choices is a whole reading without overlap or hole; the first is the text as written")
    func combined() throws {
        let combined = try LongwanTable.table().combinedReadings()
        #expect(
            combined.map(\.key) == [
                "", "sales=5000→A;sales=1000→B", "sales=5000→A;sales=1000→C", "sales=5000→B;sales=1000→B", "sales=5000→B;sales=1000→C",
            ])
        #expect(combined[0].label == "按原文：端点两边都含")
        #expect(combined[1].label == "5000万元归「A类(重点培育)」，1000万元归「B类(重点帮扶)」")
        #expect(combined.dropFirst().allSatisfy { $0.table.prove().isClean })
        #expect(
            try LongwanTable.table().combinedReadings(limit: 3).map(\.key) == [
                "", "sales=5000→A;sales=1000→B", "sales=5000→B;sales=1000→C",
            ])
    }

    @Test("Overlaps of whole stretches are no matter of reading")
    func stretches() throws {
        #expect(try smallTable(.init("1", when: ["x": "> 5"]), .init("2", when: ["x": "> 7"])).readings().isEmpty)
        #expect(try smallTable(.init("1", when: ["x": "5"]), .init("2", when: ["x": ">= 5"])).readings().isEmpty)
    }

    @Test("Lists and not are settled too, and a choice that leaves a hole says so")
    func listsAndGaps() throws {
        let inputs = [DecisionTable.Input("x", label: "甲", kind: .number), DecisionTable.Input("b", label: "获证", kind: .boolean)]
        let table = try smallTable(
            inputs: inputs, .init("1", when: ["x": "not(< 5)", "b": "true"]), .init("2", when: ["x": "<= 5, 3"]),
            .init("3", when: ["x": "> 5", "b": "false"]))
        let reading = try #require(table.readings().first)
        #expect(reading.value == numberFact("5"))
        #expect(reading.alternatives.map(\.opensGap) == [true, false])
        #expect(reading.alternatives[0].label == "5归「1」（别的条件不同时会留下空档）")
        #expect(reading.alternatives[0].table.rules[1].cells["x"]?.text == "< 5, 3")
        #expect(reading.alternatives[1].table.rules[0].cells["x"]?.text == "not(<= 5)")
    }

    @Test("Rulings that no longer fit the table are refused with a reason")
    func refused() throws {
        let table = try LongwanTable.table()
        #expect(
            throws: Failure(
                .missing, "table.ruling-name", "口径认定「sales=5000→D」所指的条件或规则不在表「皮鞋企业分类」中。",
                at: FilePlace(file: "rules/classes.yaml", clause: "四(三)2"), cure: "表已改动，请重新认定。")
        ) { try table.applying(Ruling(input: "sales", value: numberFact("5000"), rule: "D")) }
        #expect(
            throws: Failure(
                .conflict, "table.ruling-void", "口径认定「sales=4000→A」没有对象：这个值在表「皮鞋企业分类」中不是重叠的端点。",
                at: FilePlace(file: "rules/classes.yaml", line: 9, clause: "四(三)2"), cure: "撤销这项认定，或按现行的表重新认定。")
        ) { try table.applying([Ruling(input: "sales", value: numberFact("4000"), rule: "A")]) }
    }

    @Test("The canonical text is stable: spelling and line numbers do not matter, meaning does")
    func canonicalText() throws {
        var other = LongwanTable.draft
        other.rules[0].cells = [.init(input: "scale", text: " - "), .init(input: "sales", text: ">=5000.0", line: 99)]
        #expect(try other.table().canonicalText == LongwanTable.table().canonicalText)
        other.rules[0].cells[1].text = "> 5000"
        #expect(try other.table().canonicalText != LongwanTable.table().canonicalText)
        #expect(
            try LongwanTable.table().canonicalText == """
                table "enterprise.class" "皮鞋企业分类" clause "四(三)2"
                hit unique
                input "sales" "年销售额" number unit "万元"
                input "scale" "有较大生产规模" open clause "四(三)2"
                rule "A" "A类(重点培育)" when "sales" ">= 5000" when "scale" "-"
                rule "B" "B类(重点帮扶)" when "sales" "[1000..5000]"
                rule "C" "C类(重点监管)" when "sales" "<= 1000"

                """)
    }
}
