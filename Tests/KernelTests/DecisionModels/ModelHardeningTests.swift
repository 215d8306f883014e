import Testing
import Values

@testable import DecisionModels

@Suite("Models that are broken or hostile")
struct ModelHardeningTests {
    private func read(_ text: String) -> Failure? {
        failure(of: { _ = try DecisionModel.read(Array(text.utf8), file: "坏.dmn") })
    }

    @Test("What is no XML, no model or cut short is refused with its line")
    func broken() {
        #expect(read("")?.code == "dmn.xml-broken")
        #expect(read("<definitions>")?.description == "坏.dmn第1行：XML 不合格式，文件可能不完整。处理办法：用建模软件重新导出。")
        #expect(read("<html/>")?.code == "dmn.not-a-model")
        #expect(read(ModelFixture.text("", namespace: "urn:other"))?.message.hasPrefix("这不是 DMN 1.1 至 1.5 的模型：根元素是「definitions」") == true)
        #expect(read(ModelFixture.text("<decision name=\"a\"></inputData>"))?.place.line == 3)
    }

    @Test("A file with a DOCTYPE is refused before any entity grows")
    func entities() {
        let bomb = """
            <?xml version="1.0"?>
            <!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <definitions>&c;</definitions>
            """
        #expect(read(bomb)?.code == "dmn.xml-doctype")
    }

    @Test("Depth is limited, and so are elements beyond counting")
    func depth() {
        let deep = String(repeating: "<context>", count: 1000) + String(repeating: "</context>", count: 1000)
        #expect(read(ModelFixture.text("<decision name=\"a\">\(deep)</decision>"))?.code == "dmn.too-deep")
        #expect(read(ModelFixture.text((0..<2001).map { ModelFixture.input("i\($0)") }.joined()))?.code == "dmn.too-large")
    }

    @Test("Unknown elements, references and types are named with their line")
    func unknown() throws {
        #expect(
            read(ModelFixture.text("<secret name=\"甲\"/>"))?.description
                == "坏.dmn第3行：不支持「secret」「甲」。处理办法：可用的写法（DMN 第二级）：文字表达式、决策表、上下文、调用、业务知识模型。")
        #expect(read(ModelFixture.text("<inputData/>"))?.message == "「inputData」缺少名称（name）。")
        let lost = read(ModelFixture.text(ModelFixture.decision(needs: ["x"], ModelFixture.literal("1"))))
        #expect(lost?.message == "「D」引用的「i-x」不在模型里。")
        let model = try ModelFixture.model(ModelFixture.decision("D", type: "tNone", ModelFixture.literal("1")))
        #expect(failure(of: { _ = try model.prepare("D") })?.message == "类型「tNone」没有定义。")
        let looping = try ModelFixture.model(
            "<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition>"
                + ModelFixture.decision("D", type: "t", ModelFixture.literal("1")))
        #expect(failure(of: { _ = try looping.prepare("D") })?.code == "dmn.circular-type")
    }

    @Test("Elements of another namespace are a tool's own and are left out")
    func foreign() throws {
        let model = try ModelFixture.model(
            "<x:secret xmlns:x=\"urn:x\"><x:y/></x:secret>" + ModelFixture.decision("D", ModelFixture.literal("1")))
        #expect(model.decisions == ["D"])
    }

    @Test("Requirements that go in a circle are shown as the circle that they are")
    func circular() {
        func link(_ own: String, _ other: String) -> String {
            "<decision id=\"\(own)\" name=\"\(own)\"><informationRequirement><requiredDecision href=\"#\(other)\"/></informationRequirement></decision>\n"
        }
        let found = read(ModelFixture.text(link("a", "b") + link("b", "c") + link("c", "b")))
        #expect(found?.description == "坏.dmn第4行：决策之间的引用成了环：b → c → b。处理办法：去掉其中一条引用。")
    }

    @Test("A name twice, a decision that is not there, a decision without logic")
    func names() throws {
        #expect(read(ModelFixture.text(ModelFixture.input("x") + ModelFixture.input("x")))?.code == "dmn.duplicate-name")
        let model = try ModelFixture.model(ModelFixture.decision("甲", ModelFixture.literal("1")) + "<decision name=\"乙\"/>")
        let missing = failure(of: { _ = try model.prepare("丙") })
        #expect(missing?.kind == .missing)
        #expect(missing?.description == "演示.dmn：模型里没有决策「丙」。处理办法：可用的决策：甲、乙。")
        #expect(failure(of: { _ = try model.prepare("乙") })?.message == "「decision」「乙」缺少逻辑（表达式或决策表）。")
        #expect(try model.prepare("甲").evaluate([:]).value == ModelFixture.number("1"))
    }

    @Test("What is beyond level 2 is refused by name, and does not keep other decisions from being asked")
    func beyond() throws {
        let model = try ModelFixture.model(
            ModelFixture.decision("甲", "<relation/>") + ModelFixture.decision("乙", ModelFixture.literal("2")))
        #expect(failure(of: { _ = try model.prepare("甲") })?.message == "不支持「relation」。")
        #expect(try model.prepare("乙").evaluate([:]).value == ModelFixture.number("2"))
    }

    @Test("Knowledge that calls itself many times over is stopped")
    func work() throws {
        let layers = (1...30).map { layer in
            """
            <businessKnowledgeModel id="k\(layer)" name="f\(layer)"><knowledgeRequirement><requiredKnowledge href="#k\(layer - 1)"/></knowledgeRequirement>\
            <encapsulatedLogic><formalParameter name="x"/>\(ModelFixture.literal("f\(layer - 1)(x) + f\(layer - 1)(x)"))</encapsulatedLogic></businessKnowledgeModel>
            """
        }
        let bottom =
            "<businessKnowledgeModel id=\"k0\" name=\"f0\"><encapsulatedLogic><formalParameter name=\"x\"/>\(ModelFixture.literal("x"))</encapsulatedLogic></businessKnowledgeModel>"
        let top =
            "<decision id=\"d\" name=\"D\"><knowledgeRequirement><requiredKnowledge href=\"#k30\"/></knowledgeRequirement>\(ModelFixture.literal("f30(1)"))</decision>"
        let model = try ModelFixture.model(bottom + layers.joined() + top)
        #expect(failure(of: { _ = try model.prepare("D").evaluate([:]) })?.code == "dmn.too-much-work")
    }
}
