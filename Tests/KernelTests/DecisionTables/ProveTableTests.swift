import DecisionTables
import Foundation
import Testing
import Values

@Suite("Proof of tables")
struct ProveTableTests {
    @Test("Longwan overlaps at exactly 5000 and exactly 1000, and nowhere leaves a hole")
    func longwan() throws {
        let proof = try LongwanTable.table().prove()
        #expect(proof.overlaps.map(\.region) == ["sales = 5000", "sales = 1000"])
        #expect(proof.overlaps.map(\.rules) == [["A", "B"], ["B", "C"]])
        #expect(proof.overlaps.map(\.lines) == [[9, 10], [10, 11]])
        #expect(proof.overlaps[0].witness == ["sales": numberFact("5000")])
        #expect(
            proof.overlaps[0].failure
                == Failure(
                    .invalid, "table.overlap", "「A类(重点培育)」「B类(重点帮扶)」重叠：年销售额 = 5000万元时同时符合。",
                    at: FilePlace(file: "rules/classes.yaml", line: 9, clause: "四(三)2"), cure: "改正单元格的端点，或作口径认定。"))
        #expect(proof.uncovered.isEmpty)
        #expect(proof.unreachable.isEmpty)
        #expect(proof.coverage == .exact)
        #expect(proof.openConditions.map(\.input) == ["scale"])
        #expect(proof.coverage.sentence == "空档与不可达规则已穷尽检查。")
    }

    @Test("Holes between numbers are found to the point, within the domain given")
    func numbers() throws {
        let inputs = [DecisionTable.Input("x", label: "甲", kind: .number, unit: "万元", allowed: [">= 0"])]
        let proof = try smallTable(inputs: inputs, .init("1", when: ["x": "> 5000"]), .init("2", when: ["x": "[1000..5000)"])).prove()
        #expect(proof.uncovered.map(\.region) == ["x [0..1000) 或 = 5000"])
        #expect(proof.uncovered[0].message == "空档：甲 [0..1000)万元 或 = 5000万元时没有规则适用。")
        #expect(proof.uncovered[0].cure == "补一条规则，或写明默认结果；原文没有规定的，列为待明确。")
        #expect(proof.uncovered[0].witness == ["x": numberFact("0")])
    }

    @Test("Days that follow each other leave no hole between them")
    func days() throws {
        let inputs = [DecisionTable.Input("d", label: "日期", kind: .day)]
        let whole = try smallTable(
            inputs: inputs, .init("1", when: ["d": "<= date(\"2006-09-05\")"]), .init("2", when: ["d": ">= date(\"2006-09-06\")"]))
        #expect(whole.prove().isClean)
        let broken = try smallTable(
            inputs: inputs, .init("1", when: ["d": "<= date(\"2006-09-05\")"]), .init("2", when: ["d": "> date(\"2006-09-06\")"]),
            .init("3", when: ["d": "(date(\"2006-09-05\")..date(\"2006-09-06\"))"]))
        #expect(broken.prove().uncovered.map(\.region) == ["d = 2006-09-06"])
        #expect(
            broken.prove().unreachable.map(\.message)
                == ["「3」不可达：「日期」的单元格「(date(\"2006-09-05\")..date(\"2006-09-06\"))」没有值能符合。"])
    }

    @Test("Enumerations and truths are domains of their own; a text without enumeration has other values")
    func enumerations() throws {
        let inputs = [
            DecisionTable.Input("k", label: "类别", kind: .text, allowed: ["A", "B", "C"]),
            DecisionTable.Input("b", label: "获证", kind: .boolean),
        ]
        let proof = try smallTable(
            inputs: inputs, .init("1", when: ["k": "not(\"C\")", "b": "true"]), .init("2", when: ["k": "\"B\""]),
            .init("3", when: ["k": "\"C\""])
        ).prove()
        #expect(proof.overlaps.map(\.region) == ["k = \"B\" 且 b = 是"])
        #expect(proof.uncovered.map(\.region) == ["k = \"A\" 且 b = 否"])
        #expect(proof.uncovered[0].witness == ["k": .text("A"), "b": .boolean(false)])
        let open = try smallTable(inputs: [DecisionTable.Input("k", label: "类别", kind: .text)], .init("1", when: ["k": "\"A\""])).prove()
        #expect(open.uncovered.map(\.region) == ["k = 其他值"])
        #expect(open.uncovered[0].witness == ["k": .text("其他")])
    }

    @Test("A rule that others cover together never decides alone, and no facts satisfy a rule with an empty cell")
    func unreachable() throws {
        let proof = try smallTable(
            .init("low", when: ["x": "<= 5"], line: 1), .init("high", when: ["x": ">= 5"], line: 2),
            .init("middle", when: ["x": "[4..6]"], line: 3),
            .init("none", when: ["x": "[9..8]"], line: 4)
        ).prove()
        #expect(proof.unreachable.map(\.rules) == [["middle"], ["none"]])
        #expect(proof.unreachable.map(\.lines) == [[3], [4]])
        #expect(
            proof.unreachable.map(\.message) == [
                "「middle」不可达：凡符合它的，都同时符合「low」「high」，它从不单独成立。", "「none」不可达：「甲」的单元格「[9..8]」没有值能符合。",
            ])
        #expect(proof.unreachable[1].witness.isEmpty)
        #expect(proof.unreachable.map(\.cure) == ["删去这条规则，或缩小与它重复的规则。", "改正单元格。"])
    }

    @Test("Under priority a rule is unreachable where better outputs cover it")
    func priority() throws {
        let proof = try smallTable(
            hit: "P", outputs: [DecisionTable.Output("o", values: ["good", "bad"])], .init("1", when: ["x": "> 5"], output: ["o": "bad"]),
            .init("2", when: [:], output: ["o": "good"])
        ).prove()
        #expect(proof.unreachable.map(\.message) == ["「1」不可达：凡符合它的，都同时符合优先的「2」。"])
    }

    @Test("A default output leaves no hole")
    func defaultOutput() throws {
        #expect(try smallTable(default: ["t": "none"], .init("1", when: ["x": "> 5"])).prove().uncovered.isEmpty)
    }

    @Test("Beyond four inputs the search keeps to its budget and says so")
    func budget() throws {
        let inputs = (1...6).map { DecisionTable.Input("x\($0)", label: "甲\($0)", kind: .number) }
        let rules = (0..<40).map { rule -> DecisionTable.Draft.Rule in
            DecisionTable.Draft.Rule(
                id: "r\(rule)", label: "r\(rule)",
                cells: inputs.enumerated().map {
                    .init(input: $1.name, text: "[\((rule * 7 + $0 * 3) % 50)..\((rule * 7 + $0 * 3) % 50 + 10)]")
                })
        }
        let table = try DecisionTable.Draft(id: "t", label: "表", clause: "一", hit: "unique", inputs: inputs, rules: rules).table()
        let proof = table.prove(budget: 100)
        #expect(proof.coverage == .notProved(budget: 100))
        #expect(proof.coverage.sentence == "条件多于四项，检查100格后停止，空档与不可达规则未能穷尽；列出的都属实，重叠已穷尽。")
        for hole in proof.uncovered { #expect(table.outcome(hole.witness) == .uncovered) }
        let five = try DecisionTable.Draft(
            id: "t", label: "表", clause: "一", hit: "unique", inputs: Array(inputs.prefix(5)),
            rules: [.init("1", when: ["x1": "> 1", "x2": "> 1", "x3": "> 1", "x4": "> 1", "x5": "> 1"])]
        ).table()
        #expect(five.prove().coverage == .exact)
        #expect(five.prove().uncovered.count == 5)
    }
}
