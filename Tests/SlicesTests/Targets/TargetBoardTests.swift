import Enterprises
import Evidence
import Foundation
import Policy
import Storage
import Testing
import Values
import WebSupport

@testable import Targets

@Suite("Targets are computed from questions, or say what is missing")
struct TargetBoardTests {
    @Test("Longwan's national pass rate is the answer of a question about shoes of its own region")
    func computed() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 90, failed: 12, to: store)
        try await TargetFixture.add(passed: 5, failed: 45, region: 2, to: store)
        try await TargetFixture.add(passed: 5, failed: 45, level: "provincial", to: store)
        let standing = try #require(try await TargetFixture.standing("longwan-2006", "national-pass-rate", in: store))
        #expect(standing.judgement.verdict == .metNotSignificant)
        #expect(standing.judgement.now?.hits == 90)
        #expect(standing.judgement.now?.n == 102)
        #expect(standing.missing == nil)
        #expect(standing.owner == nil)
        #expect(standing.readings.map(\.label.chinese) == ["企业合格率"])
        let question = try #require(standing.question)
        #expect(
            QuestionAddress.of(question, known: standing.position).description
                == "/questions/spotcheck.result?metric=batch-pass-rate&where=region%3D330303&where=level%3Dnational&where=product%3D%E7%9A%AE%E9%9E%8B"
                + "&where=year%3D2006&where=method%3Dspecial&known=3")
    }

    @Test("Two ways of sampling in one year give groups and no total")
    func mixed() async throws {
        let store = try await TargetFixture.store()
        try await TargetFixture.add(passed: 9, failed: 1, to: store)
        try await TargetFixture.add(passed: 8, failed: 2, method: "joint", to: store)
        let standing = try #require(try await TargetFixture.standing("longwan-2006", "national-pass-rate", in: store))
        #expect(standing.judgement.verdict == .mixed)
        #expect(standing.judgement.periods.map(\.value.group) == ["joint", "专项"])
    }

    @Test("Without rows, without a definition and without a register a target says what is missing and who should report it")
    func missing() async throws {
        let store = try await TargetFixture.store()
        func sentence(_ programme: String, _ target: String) async throws -> String? {
            try await TargetFixture.standing(programme, target, in: store)?.missing?.sentence
        }
        #expect(try await sentence("longwan-2006", "national-pass-rate") == "「抽查结果」里没有符合口径的记录。原文没有写责任单位，先由质强办认定（条款二）")
        #expect(try await sentence("longwan-2006", "quality-index-held") == "原文没有写怎么计算，也还没有填报。原文没有写责任单位，先由质强办认定（条款二）")
        #expect(try await sentence("nanhai-2017", "brands-total") == "还没有登记可供计算，也还没有填报。原文没有写责任单位，先由质强办认定（条款§0.4）")
        #expect(try await sentence("longwan-2006", "brand-sales-share") == "系统里还没有指标“account.brand-sales-share”。原文没有写责任单位，先由质强办认定（条款二）")
        #expect(try await sentence("longwan-2006", "self-discipline") == nil)
        #expect(MissingInput(what: "缺数", owner: "演示局", clause: "一").sentence == "缺数。应由演示局填报（条款一）")
    }

    @Test("A limit that the register does not keep is said, not dropped")
    func unknownLimit() throws {
        let narrow = Fact(
            "spotcheck.result", Word("抽查结果"), table: TargetFixture.results,
            dimensions: [Evidence.Dimension("verdict", Word("结论"), "f.verdict")],
            metrics: [Metric("batch-pass-rate", Word("批次合格率"), unit: Word("%"), .count)], columns: [])
        let questions = MetricQuestions(catalogue: FactCatalogue([narrow]), regions: OneRegion())
        let programme = try TargetFixture.folder("longwan-2006").programme
        let target = try TargetFixture.target("longwan-2006", "national-pass-rate")
        guard case .missing(let input) = questions.outcome(target, of: programme) else {
            Issue.record("the target should not compute")
            return
        }
        #expect(input.what == "「抽查结果」没有按“level”登记，不能只算“国家”")
    }

    @Test("Questions are kept as text and read again")
    func questionText() {
        let question = Question(
            "spotcheck.result", metric: "count", where: [.init("level", ["a", "b"])], by: ["year"], on: Day(number: 0), known: 7)
        var expected = question
        expected.known = nil
        #expect(KeptQuestion.question(KeptQuestion.text(question)) == expected)
        #expect(KeptQuestion.question("a=b") == nil)
    }

    @Test("Numbers keep six decimals and refuse more")
    func millionths() {
        #expect(Millionths(text: "1,353.23")?.text == "1,353.23")
        #expect(Millionths(text: "-0.5")?.text == "-0.5")
        #expect(Millionths(text: "0.1234567") == nil)
        #expect(Millionths(text: "88%") == nil)
        #expect(Millionths(text: "") == nil)
        #expect(Millionths(Decimal(string: "88.2352941")!)?.text(atMost: 1) == "88.2")
    }
}
