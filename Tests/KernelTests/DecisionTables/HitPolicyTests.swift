import DecisionTables
import Foundation
import Testing

/// Vectors from the DMN Technology Compatibility Kit, level 2 (models 0004 and 0113 to 0118), as far as tables go.
@Suite("Hit policies")
struct HitPolicyTests {
    private let applicant = [
        DecisionTable.Input("age", label: "年龄", kind: .number),
        DecisionTable.Input("risk", label: "风险", kind: .text, allowed: ["Low", "Medium", "High"]),
        DecisionTable.Input("affordable", label: "可负担", kind: .boolean),
    ]

    private func facts(_ age: Int, _ risk: String, _ affordable: Bool) -> [String: FactValue] {
        ["age": .number(Decimal(age)), "risk": .text(risk), "affordable": .boolean(affordable)]
    }

    /// Exact; a decimal literal in Swift goes through binary floating point.
    private func amount(_ text: String) -> Answer {
        if case .number(let exact) = numberFact(text) { return .number(exact) }
        return .list([])
    }

    private func x(_ value: Int) -> [String: FactValue] { ["x": .number(Decimal(value))] }

    @Test(
        "Unique: 18, Medium, affordable is approved; 17 or High is declined",
        arguments: [(18, "Medium", "Approved"), (17, "Medium", "Declined"), (18, "High", "Declined")])
    func unique(age: Int, risk: String, status: String) throws {
        let table = try smallTable(
            inputs: applicant,
            .init("1", when: ["age": ">= 18", "risk": "\"Medium\", \"Low\"", "affordable": "true"], output: ["status": "Approved"]),
            .init("2", when: ["age": "< 18", "risk": "\"Medium\", \"Low\"", "affordable": "true"], output: ["status": "Declined"]),
            .init("3", when: ["risk": "\"High\"", "affordable": "true"], output: ["status": "Declined"]),
            .init("4", when: ["affordable": "false"], output: ["status": "Declined"]))
        guard case .decided(_, let answer) = table.outcome(facts(age, risk, true)) else {
            Issue.record("not decided")
            return
        }
        #expect(answer["status"] == status)
        #expect(table.prove().isClean)
    }

    @Test("Collect: least, sum, count, greatest and list")
    func collect() throws {
        func amounts(_ hit: String, _ outputs: [String], _ limits: [Int]) throws -> DecisionTable {
            try DecisionTable.Draft(
                id: "t", label: "表", clause: "一", hit: hit, inputs: [DecisionTable.Input("x", label: "甲", kind: .number)],
                rules: zip(outputs, limits).map { .init("\($1)", when: ["x": "> \($1)"], output: ["o": $0]) }
            ).table()
        }
        let least = try amounts("C<", ["98.83", "150.21", "205.43", "64.32"], [1, 2, 3, 4])
        #expect(least.outcome(x(5)) == .decided(rules: ["1", "2", "3", "4"], answer: amount("64.32")))
        #expect(least.outcome(x(3)) == .decided(rules: ["1", "2"], answer: amount("98.83")))
        let sums = ["100", "200", "300", "500"]
        #expect(try amounts("C+", sums, [1, 2, 3, 5]).outcome(x(6)) == .decided(rules: ["1", "2", "3", "5"], answer: .number(1100)))
        #expect(try amounts("C+", sums, [1, 2, 3, 5]).outcome(x(3)) == .decided(rules: ["1", "2"], answer: .number(300)))
        #expect(try amounts("C#", sums, [1, 2, 3, 5]).outcome(x(6)) == .decided(rules: ["1", "2", "3", "5"], answer: .number(4)))
        #expect(try amounts("C>", sums, [1, 2, 3, 5]).outcome(x(3)) == .decided(rules: ["1", "2"], answer: .number(200)))
        #expect(try amounts("C", sums, [1, 2, 3, 5]).outcome(x(2)) == .decided(rules: ["1"], answer: .list([["o": "100"]])))
        #expect(try amounts("C", sums, [1, 2, 3, 5]).outcome([:]) == .missing(inputs: ["x"]))
    }

    @Test(
        "Output order lists by the order of output values, rule order by the file",
        arguments: [(17, ["Approved", "Declined"]), (19, ["Approved", "Approved"])])
    func orders(age: Int, expected: [String]) throws {
        let rules: [DecisionTable.Draft.Rule] = [
            .init("1", when: ["x": "< 18"], output: ["o": "Declined"]), .init("2", when: ["x": ">= 18"], output: ["o": "Approved"]),
            .init("3", when: [:], output: ["o": "Approved"]),
        ]
        let sorted = try DecisionTable.Draft(
            id: "t", label: "表", clause: "一", hit: "O", inputs: [DecisionTable.Input("x", label: "甲", kind: .number)], rules: rules,
            outputs: [DecisionTable.Output("o", values: ["Approved", "Declined"])]
        ).table()
        guard case .decided(_, .list(let outputs)) = sorted.outcome(x(age)) else {
            Issue.record("not decided")
            return
        }
        #expect(outputs.compactMap { $0["o"] } == expected)
        let inFileOrder = try smallTable(hit: "R", rules[0], rules[1], rules[2])
        #expect(inFileOrder.outcome(x(17)) == .decided(rules: ["1", "3"], answer: .list([["o": "Declined"], ["o": "Approved"]])))
    }

    @Test("Priority takes the output that stands first, over several output columns")
    func priority() throws {
        let table = try smallTable(
            hit: "P", inputs: applicant,
            outputs: [
                DecisionTable.Output("status", values: ["Approved", "Declined"]),
                DecisionTable.Output("rate", values: ["Best", "Standard"]),
            ],
            .init("1", when: ["age": ">= 18"], output: ["status": "Approved", "rate": "Best"]),
            .init("2", when: ["age": "< 18"], output: ["status": "Declined", "rate": "Standard"]),
            .init("3", when: ["risk": "\"High\"", "affordable": "true"], output: ["status": "Approved", "rate": "Standard"]))
        #expect(table.outcome(facts(17, "High", true)) == .decided(rules: ["3"], answer: .one(["status": "Approved", "rate": "Standard"])))
        #expect(table.outcome(["age": numberFact("20")]) == .decided(rules: ["1"], answer: .one(["status": "Approved", "rate": "Best"])))
        #expect(table.outcome(["age": numberFact("17")]) == .missing(inputs: ["risk", "affordable"]))
    }

    @Test("Any holds only where outputs differ; first takes the first")
    func anyAndFirst() throws {
        let rules: [DecisionTable.Draft.Rule] = [
            .init("1", when: ["x": "> 1"], output: ["o": "a"]), .init("2", when: ["x": "> 2"], output: ["o": "a"]),
            .init("3", when: ["x": "> 3"], output: ["o": "b"]),
        ]
        let any = try smallTable(hit: "A", rules[0], rules[1], rules[2])
        #expect(any.outcome(x(3)) == .decided(rules: ["1", "2"], answer: .one(["o": "a"])))
        #expect(any.outcome(x(4)) == .held(rules: ["1", "2", "3"]))
        #expect(any.prove().overlaps.map(\.rules) == [["1", "3"], ["2", "3"]])
        #expect(try smallTable(hit: "F", rules[2], rules[0]).outcome(x(4)) == .decided(rules: ["3"], answer: .one(["o": "b"])))
        #expect(try smallTable(hit: "F", rules[0], rules[2]).prove().unreachable.map(\.message) == ["「3」不可达：凡符合它的，都已先符合「1」。"])
    }
}
