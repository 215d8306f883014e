import DecisionTables
import Foundation
import Testing
import Values

@Suite("Decisions")
struct DecideTests {
    @Test(
        "Longwan as written: every enterprise that one rule alone matches is decided, the boundary is held",
        arguments: [
            ("4999.99", Outcome.decided(rules: ["B"], answer: .one(["enterprise.class": "B"]))),
            ("5000", .held(rules: ["A", "B"])),
            ("1000", .held(rules: ["B", "C"])),
            ("999.99", .decided(rules: ["C"], answer: .one(["enterprise.class": "C"]))),
            ("6000", .decided(rules: ["A"], answer: .one(["enterprise.class": "A"]))),
        ])
    func longwan(sales: String, outcome: Outcome) throws {
        #expect(try LongwanTable.table().decide(LongwanTable.sales(sales)).outcome == outcome)
        #expect(try LongwanTable.table().outcome(LongwanTable.sales(sales)) == outcome)
    }

    @Test("Unknown sales are missing data, not a hole; text for a number is unfit and counts as unknown")
    func missing() throws {
        let table = try LongwanTable.table()
        #expect(table.decide([:]).outcome == .missing(inputs: ["sales"]))
        #expect(table.decide([:]).sentence == "缺数据：年销售额。")
        let unfit = table.decide(["sales": .text("多")])
        #expect(unfit.outcome == .missing(inputs: ["sales"]))
        #expect(unfit.unfit == ["sales"])
    }

    @Test("A decision says why, cell by cell, and names what the text leaves open for the class concerned")
    func reasons() throws {
        let decision = try LongwanTable.table().decide(LongwanTable.sales("6000"))
        #expect(decision.sentence == "「A类(重点培育)」：年销售额 6000万元 符合「>= 5000」。")
        #expect(decision.openConditions.map(\.label) == ["有较大生产规模"])
        #expect(decision.rules.map(\.match) == [.yes, .no, .no])
        #expect(decision.rules[1].cells[0].sentence == "年销售额 6000万元 不符合「[1000..5000]」")
        #expect(decision.rules[1].cells[0].value == numberFact("6000"))
        #expect(decision.rules[0].clause == "四(三)2")
        #expect(try LongwanTable.table().decide([:]).rules[2].cells[0].sentence == "年销售额未知，无法判断是否符合「<= 1000」")
        #expect(try LongwanTable.table().decide(LongwanTable.sales("10")).openConditions.isEmpty)
        #expect(
            try LongwanTable.table().decide(LongwanTable.sales("5000")).sentence == "同时符合「A类(重点培育)」「B类(重点帮扶)」，口径未认定，暂不决定。")
    }

    @Test("The nearest change says how far another class is, and that its edge waits for a ruling")
    func nearest() throws {
        let decision = try LongwanTable.table().decide(LongwanTable.sales("4820"))
        #expect(decision.nearest.map(\.rule) == ["A", "C"])
        #expect(decision.nearest[0].distance == 180)
        #expect(decision.nearest[0].direction == .up)
        #expect(decision.nearest[0].contestedBy == ["B"])
        #expect(decision.nearest[0].sentence == "年销售额：距「A类(重点培育)」还差180万元；恰为5000万元时与「B类(重点帮扶)」重叠，待口径认定")
        let ruled = try LongwanTable.table().applying(Ruling(input: "sales", value: numberFact("5000"), rule: "A"))
        #expect(ruled.decide(LongwanTable.sales("4820")).nearest[0].sentence == "年销售额：距「A类(重点培育)」还差180万元")
        let down = ruled.decide(LongwanTable.sales("5500")).nearest[0]
        #expect(down.isIncluded == false)
        #expect(down.sentence == "年销售额：再减500万元以上即为「B类(重点帮扶)」（须低于5000万元）")
        let other = try LongwanTable.table().applying(Ruling(input: "sales", value: numberFact("5000"), rule: "B"))
        #expect(other.decide(LongwanTable.sales("4820")).nearest[0].sentence == "年销售额：距「A类(重点培育)」还差180万元以上（须超过5000万元）")
        #expect(other.decide(LongwanTable.sales("5001")).nearest[0].sentence == "年销售额：再减1万元即为「B类(重点帮扶)」")
    }

    @Test("Days have whole distances: passing a day means reaching the next")
    func nearestDay() throws {
        let table = try smallTable(
            inputs: [DecisionTable.Input("due", label: "到期日", kind: .day)], .init("early", when: ["due": "<= date(\"2006-09-05\")"]),
            .init("late", when: ["due": "> date(\"2006-09-05\")"]))
        let change = table.decide(["due": dayFact("2006-09-01")]).nearest[0]
        #expect(change.distance == 5)
        #expect(change.boundary == dayFact("2006-09-06"))
        #expect(change.sentence == "到期日：距「late」还差5天")
    }

    @Test("An unknown input that can no longer change anything is not asked for")
    func irrelevantUnknown() throws {
        let inputs = [DecisionTable.Input("x", label: "甲", kind: .number), DecisionTable.Input("y", label: "乙", kind: .boolean)]
        let table = try smallTable(
            inputs: inputs, .init("low", when: ["x": "< 5"]), .init("yes", when: ["x": ">= 5", "y": "true"]),
            .init("no", when: ["x": ">= 5", "y": "false"]))
        #expect(table.outcome(["x": numberFact("1")]) == .decided(rules: ["low"], answer: .one(["t": "low"])))
        #expect(table.outcome(["x": numberFact("9")]) == .missing(inputs: ["y"]))
        #expect(table.outcome(["y": .boolean(true)]) == .missing(inputs: ["x"]))
        #expect(table.outcome([:]) == .missing(inputs: ["x", "y"]))
    }

    @Test("Where no rule speaks it is a hole, and a default fills it")
    func uncovered() throws {
        let bare = try smallTable(.init("1", when: ["x": "> 5"]))
        #expect(bare.decide(["x": numberFact("5")]).outcome == .uncovered)
        #expect(bare.decide(["x": numberFact("5")]).sentence == "没有规则适用（空档）。")
        let filled = try smallTable(default: ["t": "none"], .init("1", when: ["x": "> 5"]))
        #expect(filled.decide(["x": numberFact("5")]).outcome == .decided(rules: [], answer: .one(["t": "none"])))
        #expect(filled.decide(["x": numberFact("5")]).sentence == "没有规则适用，按表中的默认结果。")
        #expect(filled.outcome([:]) == .missing(inputs: ["x"]))
    }

    @Test("A fact outside the domain is unfit")
    func domain() throws {
        let table = try smallTable(
            inputs: [DecisionTable.Input("x", label: "甲", kind: .number, allowed: [">= 0"])], .init("1", when: ["x": "<= 5"]))
        #expect(table.decide(["x": numberFact("-1")]).unfit == ["x"])
        #expect(table.decide(["x": numberFact("0")]).unfit.isEmpty)
    }
}
