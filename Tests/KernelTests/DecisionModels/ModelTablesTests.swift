import DecisionTables
import Testing
import Values

@testable import DecisionModels

@Suite("Decision tables of models")
struct ModelTablesTests {
    private func number(_ text: String) -> FeelValue { ModelFixture.number(text) }

    private static let prices = [("> 1", "98.83"), ("> 2", "150.21"), ("> 3", "205.43"), ("> 4", "64.32")]
    private static let amounts = [("> 1", "100"), ("> 2", "200"), ("> 3", "300"), ("> 5", "500")]

    @Test(
        "Minimum, greatest, sum and count of what matches",
        arguments: [
            ("MIN", "5", "64.32"), ("MIN", "3", "98.83"), ("MAX", "5", "205.43"), ("SUM", "6", "1100"), ("SUM", "3", "300"),
            ("COUNT", "6", "4"),
        ])
    func collect(aggregation: String, x: String, expected: String) throws {
        let rows = aggregation.hasPrefix("M") ? Self.prices : Self.amounts
        let answer = try ModelFixture.answer("hitPolicy=\"COLLECT\" aggregation=\"\(aggregation)\"", rows, x: number(x))
        #expect(answer.value == number(expected))
    }

    @Test("First, priority, rule order, output order and collect choose and order as they say")
    func order() throws {
        let rows = [(">= 18", "\"Approved\""), ("< 18", "\"Declined\""), (">= 0", "\"Approved\"")]
        let values = "\"Approved\", \"Declined\""
        func ask(_ hit: String, _ x: String) throws -> String {
            try ModelFixture.answer("hitPolicy=\"\(hit)\"", rows, values: values, x: number(x)).value.description
        }
        #expect(try ask("OUTPUT ORDER", "17") == "[Approved、Declined]")
        #expect(try ask("OUTPUT ORDER", "19") == "[Approved、Approved]")
        #expect(try ask("RULE ORDER", "17") == "[Declined、Approved]")
        #expect(try ask("COLLECT", "17") == "[Declined、Approved]")
        #expect(try ask("FIRST", "17") == "Declined")
        #expect(try ask("PRIORITY", "17") == "Approved")
        #expect(try ask("ANY", "19") == "Approved")
    }

    @Test("Two rules under unique, or two answers under any, give no answer and say which rules")
    func held() throws {
        let rows = [("[1000..5000]", "\"B\""), (">= 5000", "\"A\"")]
        for hit in ["UNIQUE", "ANY"] {
            let answer = try ModelFixture.answer("hitPolicy=\"\(hit)\"", rows, x: number("5000"))
            #expect(answer.value == .null)
            #expect(answer.tables.map(\.standing) == [.held])
            #expect(answer.remarks == ["「D」同时符合规则1、2，命中方式不允许，没有结果。"])
        }
        #expect(try ModelFixture.answer("hitPolicy=\"UNIQUE\"", rows, x: number("4999.99")).value == .text("B"))
    }

    @Test("Where nothing matches the default holds, else there is no answer")
    func noRule() throws {
        let rows = [("> 5", "\"A\"")]
        #expect(try ModelFixture.answer("", rows, standard: "\"其他\"", x: number("1")).value == .text("其他"))
        let answer = try ModelFixture.answer("", rows, x: number("1"))
        #expect(answer.value == .null)
        #expect(answer.remarks == ["「D」没有规则适用（空档）。"])
    }

    @Test("Unknown satisfies only the dash and null, and is named where it could change the answer")
    func unknown() throws {
        let answer = try ModelFixture.answer("", [("> 5", "\"A\""), ("<= 5", "\"B\"")], standard: "\"其他\"", x: .null)
        #expect(answer.value == .text("其他"))
        #expect(answer.tables.map(\.missing) == [["x"]])
        #expect(answer.remarks == ["「D」缺数据：x；补上后结果可能不同。"])
        #expect(try ModelFixture.answer("", [("-", "\"A\"")], x: .null).value == .text("A"))
        #expect(try ModelFixture.answer("", [("null", "\"无\""), ("not(null)", "\"有\"")], x: .null).value == .text("无"))
        #expect(try ModelFixture.answer("", [("null", "\"无\""), ("not(null)", "\"有\"")], x: number("1")).value == .text("有"))
    }

    @Test("Cells: lists, intervals of every bracket, negation, arithmetic, names")
    func cells() throws {
        for (cell, inside, outside) in [
            ("1, 2, > 5", "2", "3"), ("]1..3[", "2", "3"), ("(1..3]", "3", "1"), ("[1..3)", "1", "3"), ("not(1, 2)", "3", "2"),
            ("(1+1)*2", "4", "2"),
            ("not([1..3])", "4", "2"), ("&lt; limit", "9", "10"), ("[2..limit]", "10", "11"), ("= 3", "3", "4"),
        ] {
            let rows = [(cell, "\"是\"")]
            let logic = ModelFixture.table("", rows.map { ($0.0.replacing("&lt;", with: "<"), $0.1) })
            let model = try ModelFixture.model(
                ModelFixture.input("x") + ModelFixture.input("limit") + ModelFixture.decision(needs: ["x", "limit"], logic))
            let decision = try model.prepare("D")
            #expect(try decision.evaluate(["x": number(inside), "limit": number("10")]).value == .text("是"), "\(cell)")
            #expect(try decision.evaluate(["x": number(outside), "limit": number("10")]).value == .null, "\(cell)")
        }
    }

    @Test("Several output columns make a structure; several inputs of several kinds")
    func columns() throws {
        let table = """
            <decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="string"><text>Risk Category</text></inputExpression>\
            <inputValues><text>"High", "Low"</text></inputValues></input>\
            <input><inputExpression typeRef="date"><text>since</text></inputExpression></input>\
            <output name="Status"/><output name="Rate"/>\
            <rule><inputEntry><text>"Low"</text></inputEntry><inputEntry><text>&lt; date("2006-09-05")</text></inputEntry>\
            <outputEntry><text>"Approved"</text></outputEntry><outputEntry><text>1 + 0.5</text></outputEntry></rule></decisionTable>
            """
        let model = try ModelFixture.model(
            ModelFixture.input("Risk Category", "string") + ModelFixture.input("since", "date")
                + ModelFixture.decision(needs: ["Risk Category", "since"], table))
        let decision = try model.prepare("D")
        let day = try #require(Day("2006-09-04"))
        let answer = try decision.evaluate(["Risk Category": .text("Low"), "since": .day(day)])
        #expect(answer.value == .context(FeelContext([("Status", .text("Approved")), ("Rate", number("1.5"))])))
        #expect(try decision.evaluate(["Risk Category": .text("Low"), "since": .day(day.adding(days: 1))]).value == .null)
        let outside = try decision.evaluate(["Risk Category": .text("Middle"), "since": .day(day)])
        #expect(outside.remarks.first == "「D」的条件「Risk Category」不在取值范围之内，按未知处理。")
    }

    @Test(
        "A table that is not whole says what is missing",
        arguments: [
            ("hitPolicy=\"BEST\"", "dmn.unknown-hit-policy", "命中方式「BEST」不存在。"),
            ("hitPolicy=\"PRIORITY\"", "dmn.output-order-missing", "命中方式「priority」要按输出值的次序取舍，表中没有写次序。"),
        ])
    func faults(hit: String, code: String, message: String) throws {
        let found = try #require(failure { _ = try ModelFixture.answer(hit, [("1", "2")], x: .null) })
        #expect(found.code == code)
        #expect(found.message == message)
        let narrow = ModelFixture.table("", [("1", "2")]).replacing("<outputEntry><text>2</text></outputEntry>", with: "")
        let width = failure {
            _ = try ModelFixture.model(ModelFixture.input("x") + ModelFixture.decision(needs: ["x"], narrow)).prepare("D")
        }
        #expect(width?.message == "第1条规则有1个条件、0个结果，表有1列条件、1列结果。")
    }

    private func failure(_ work: () throws -> Void) -> Failure? { KernelTests.failure(of: work) }
}
