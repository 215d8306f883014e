import DecisionTables
import Testing
import Values

@testable import DecisionModels

@Suite("Models: types, requirements, knowledge")
struct DecisionModelTests {
    private func number(_ text: String) -> FeelValue { ModelFixture.number(text) }

    private static let payment = """
        <businessKnowledgeModel id="k" name="PMT"><variable name="PMT"/><encapsulatedLogic>\
        <formalParameter name="p" typeRef="number"/><formalParameter name="r" typeRef="number"/><formalParameter name="n" typeRef="number"/>\
        <literalExpression><text>(p*r/12)/(1-(1+r/12)**-n)</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
        """

    private func loan(_ logic: String) throws -> FeelValue {
        let inner = """
            <itemDefinition name="tLoan"><itemComponent name="amount"><typeRef>number</typeRef></itemComponent>\
            <itemComponent name="yearly rate"><typeRef>number</typeRef></itemComponent>\
            <itemComponent name="term"><typeRef>number</typeRef></itemComponent></itemDefinition>
            """
        let decision = """
            <decision id="d" name="Monthly Payment"><variable name="Monthly Payment" typeRef="number"/>\
            <informationRequirement><requiredInput href="#i-Loan"/></informationRequirement>\
            <knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>\(logic)</decision>
            """
        let model = try ModelFixture.model(inner + decision + Self.payment + ModelFixture.input("Loan", "tLoan"))
        let prepared = try model.prepare("Monthly Payment")
        let given = try WrittenJSON.read(
            Array("{\"Loan\": {\"amount\": 600000, \"yearly rate\": 0.0375, \"term\": 360}}".utf8), file: "一笔.json")
        return try prepared.evaluate(prepared.inputs(given, file: "一笔.json")).value
    }

    @Test("Knowledge is called by place, by name and by an invocation; parts of structures have blanks in their names")
    func knowledge() throws {
        let expected = "2778.693549432766"
        let boxed = """
            <invocation><literalExpression><text>PMT</text></literalExpression>\
            <binding><parameter name="p"/><literalExpression><text>Loan.amount</text></literalExpression></binding>\
            <binding><parameter name="r"/><literalExpression><text>Loan.yearly rate</text></literalExpression></binding>\
            <binding><parameter name="n"/><literalExpression><text>Loan.term</text></literalExpression></binding></invocation>
            """
        for logic in [
            ModelFixture.literal("PMT(Loan.amount, Loan.yearly rate, Loan.term)"),
            ModelFixture.literal("PMT(n: Loan.term, p: Loan.amount, r: Loan.yearly rate)"), boxed,
        ] {
            #expect(try loan(logic).description.hasPrefix(expected))
        }
    }

    @Test("A context names its steps and may end in a result")
    func context() throws {
        func entry(_ name: String, _ text: String) -> String {
            let variable = name.isEmpty ? "" : "<variable name=\"\(name)\"/>"
            return "<contextEntry>\(variable)\(ModelFixture.literal(text))</contextEntry>"
        }
        let steps = entry("first step", "2") + entry("second", "first step * 3")
        #expect(
            try ModelFixture.model(ModelFixture.decision("<context>\(steps)</context>")).prepare("D").evaluate([:]).value
                == .context(FeelContext([("first step", number("2")), ("second", number("6"))])))
        let ending = steps + entry("", "first step + second")
        #expect(
            try ModelFixture.model(ModelFixture.decision("<context>\(ending)</context>")).prepare("D").evaluate([:]).value == number("8"))
    }

    @Test("A decision asks those that it needs, however deep the chain")
    func chain() throws {
        let links = (1..<400).map { number in
            """
            <decision id="c\(number)" name="c\(number)"><variable name="c\(number)" typeRef="number"/>\
            <informationRequirement><requiredDecision href="#c\(number - 1)"/></informationRequirement>\
            \(ModelFixture.literal("c\(number - 1) + 1"))</decision>
            """
        }
        let first = "<decision id=\"c0\" name=\"c0\"><variable name=\"c0\"/>\(ModelFixture.literal("0"))</decision>"
        let model = try ModelFixture.model(links.reversed().joined(separator: "\n") + first)
        #expect(try model.prepare("c399").evaluate([:]).value == number("399"))
    }

    @Test("Allowed values, lists and structures are checked, and the sentence says what may be given")
    func types() throws {
        let status = """
            <itemDefinition name="tStatus"><typeRef>string</typeRef><allowedValues><text>"UNEMPLOYED", "EMPLOYED"</text></allowedValues></itemDefinition>\
            <itemDefinition name="tMany" isCollection="true"><typeRef>number</typeRef></itemDefinition>
            """
        let model = try ModelFixture.model(
            status + ModelFixture.input("Employment Status", "tStatus") + ModelFixture.input("many", "tMany")
                + ModelFixture.decision(needs: ["Employment Status", "many"], ModelFixture.literal("\"You are \" + Employment Status")))
        let decision = try model.prepare("D")
        #expect(try decision.evaluate(["Employment Status": .text("EMPLOYED"), "many": .list([])]).value == .text("You are EMPLOYED"))
        let strange = failure { _ = try decision.evaluate(["Employment Status": .text("学生"), "many": .list([])]) }
        #expect(
            strange?.description
                == "「Employment Status」列：输入「Employment Status」应为文字（\"UNEMPLOYED\", \"EMPLOYED\"），给的是文字「学生」。处理办法：改成文字（\"UNEMPLOYED\", \"EMPLOYED\"）；不知道的写 null。"
        )
        #expect(failure { _ = try decision.evaluate(["many": .null]) }?.code == "dmn.input-missing")
        #expect(failure { _ = try decision.evaluate(["Employment Status": .null, "many": .list([.text("一")])]) }?.code == "dmn.input-kind")
    }

    @Test("A decision whose value is of another kind than its type gives nothing and says so; a list of one is its item")
    func coercion() throws {
        let wrong = try ModelFixture.model(ModelFixture.decision(type: "number", ModelFixture.literal("\"甲\""))).prepare("D").evaluate([:])
        #expect(wrong.value == .null)
        #expect(wrong.remarks == ["决策「D」应得数值，算出的是文字，按未知处理。"])
        let model = try ModelFixture.model(
            ModelFixture.input("x", "Any") + ModelFixture.decision(needs: ["x"], type: "number", ModelFixture.literal("x")))
        #expect(try model.prepare("D").evaluate(["x": .list([number("5")])]).value == number("5"))
    }

    @Test("Inputs from JSON keep every digit, dates are texts, slips are named with their line")
    func json() throws {
        let model = try ModelFixture.model(
            ModelFixture.input("x") + ModelFixture.input("since", "date")
                + ModelFixture.decision(needs: ["x", "since"], ModelFixture.literal("x * 10")))
        let decision = try model.prepare("D")
        func ask(_ text: String) throws -> DecisionAnswer {
            try decision.evaluate(decision.inputs(.read(Array(text.utf8), file: "一.json"), file: "一.json"))
        }
        let answer = try ask("{\"x\": 0.1234567890123456789012345678901234, \"since\": \"2006-09-05\"}")
        #expect(
            answer.json(decision: "D") == "{\"decision\":\"D\",\"value\":1.234567890123456789012345678901234,\"tables\":[],\"remarks\":[]}")
        for (text, code, message) in [
            ("{\"x\": 1,\n \"y\": 2}", "dmn.input-unknown", "决策「D」没有输入「y」。"), ("{\"x\": \"一\"}", "dmn.input-kind", "输入「x」应为数值，给的是文字「一」。"),
            ("{\"x\": 1, \"since\": \"2007-02-29\"}", "dmn.input-kind", "输入「since」应为日期，给的是文字「2007-02-29」。"),
            ("[1]", "dmn.input-not-object", "输入应为一个 JSON 对象。"), ("{\"x\": 1, \"x\": 2}", "json.duplicate-name", "名称「x」写了两次。"),
            ("{\"x\": 01}", "json.unexpected", "「0」不应出现在这里。"), ("{\"x\": 1", "json.ended", "文件提前结束。"),
            ("{\"x\"： 1}", "json.unexpected", "「：」不应出现在这里。"),
        ] {
            let found = failure { _ = try ask(text) }
            #expect(found?.code == code, "\(text)")
            #expect(found?.message == message || code == "json.unexpected", "\(text)")
            #expect(found?.place.file == "一.json")
            #expect(found?.place.line != nil)
        }
        #expect(failure { _ = try ask(String(repeating: "[", count: 100_000)) }?.code == "json.too-deep")
    }

    private func failure(_ work: () throws -> Void) -> Failure? { KernelTests.failure(of: work) }
}

extension ModelFixture {
    static func decision(_ logic: String) -> String { decision("D", logic) }
    static func decision(type: String, _ logic: String) -> String { decision("D", type: type, logic) }
}
