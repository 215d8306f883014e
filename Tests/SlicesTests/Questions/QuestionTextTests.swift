import Enterprises
import Evidence
import Questions
import Testing
import Values

@Suite("Questions as people write them")
struct QuestionTextTests {
    private func failure(_ parts: QuestionText.Parts) async throws -> Failure? {
        let fixture = try await QuestionFixture()
        do {
            _ = try await fixture.read(parts)
            return nil
        } catch let failure as Failure { return failure }
    }

    @Test("Chinese words and codes mean the same value")
    func words() async throws {
        let fixture = try await QuestionFixture()
        for written in ["verdict=fail", "verdict=不合格", "verdict＝不合格", "verdict= failed "] {
            let reading = try await fixture.read(.init(fact: "batch", filters: [written]))
            #expect(reading.question.filters == [.init("verdict", ["fail"])])
            #expect(reading.remarks.isEmpty)
        }
    }

    @Test("国家 and 国家级 are the national level")
    func levels() async throws {
        let fixture = try await QuestionFixture()
        for written in ["level=国家", "level=国家级", "level=national"] {
            #expect(try await fixture.read(.init(fact: "batch", filters: [written])).question.filters == [.init("level", ["national"])])
        }
    }

    @Test("a region is taken by code, name or number")
    func regions() async throws {
        let fixture = try await QuestionFixture()
        let number = String(try fixture.office.regions.number(of: "440605"))
        for written in ["440605", "南海区", "南海", number] {
            #expect(
                try await fixture.read(.init(fact: "batch", filters: ["region=" + written])).question.filters == [.init("region", [number])]
            )
        }
    }

    @Test("one dimension written again, or with a bar, means any of the values")
    func any() async throws {
        let fixture = try await QuestionFixture()
        let again = try await fixture.read(.init(fact: "batch", filters: ["verdict=fail", "product=皮鞋", "verdict=合格"]))
        #expect(again.question.filters == [.init("verdict", ["fail", "pass"]), .init("product", ["皮鞋"])])
        let bar = try await fixture.read(.init(fact: "batch", filters: ["verdict=fail|合格"]))
        #expect(bar.question.filters == [.init("verdict", ["fail", "pass"])])
    }

    @Test("known takes a day's end or a position")
    func known() async throws {
        let fixture = try await QuestionFixture()
        #expect(try await fixture.read(.init(fact: "batch", known: "2013-08-29")).question.known == 4)
        #expect(try await fixture.read(.init(fact: "batch", known: "2013-08-28")).question.known == 0)
        #expect(try await fixture.read(.init(fact: "batch", known: "2")).question.known == 2)
    }

    @Test("a value that no code list knows is asked as it stands and said so")
    func unknownValue() async throws {
        let fixture = try await QuestionFixture()
        let reading = try await fixture.read(.init(fact: "batch", filters: ["verdict=passs"]))
        #expect(reading.question.filters == [.init("verdict", ["passs"])])
        #expect(reading.remarks == ["维度“结论”的代码表里没有“passs”，按原样查询。可用：fail（不合格）、pass（合格）"])
    }

    @Test("the question is printed in one Chinese sentence")
    func sentence() async throws {
        let fixture = try await QuestionFixture()
        let reading = try await fixture.read(.init(fact: "batch", filters: ["region=南海"], by: ["product"], on: "2013-08-01", known: "2"))
        #expect(fixture.text.sentence(reading.question) == "抽查批次 · 批次 · 地区：南海区 · 按产品 · 2013-08-01 当天 · 数据截至第2条日志")
    }

    @Test("what cannot be read is refused with a sentence and a cure")
    func refusals() async throws {
        #expect(try await failure(.init(fact: "nothing"))?.description == "没有名为“nothing”的明细。处理办法：可用：batch")
        #expect(
            try await failure(.init(fact: "batch", filters: ["verdict"]))?.description
                == "条件“verdict”不是“维度=值”。处理办法：写成 verdict=fail 的形式；多个值用 | 隔开")
        #expect(try await failure(.init(fact: "batch", filters: ["colour=red"]))?.code == "question.unknown-dimension")
        #expect(try await failure(.init(fact: "batch", metric: "height"))?.code == "question.unknown-metric")
        #expect(try await failure(.init(fact: "batch", by: ["verdict", "region", "product"]))?.description == "一次最多按两个维度分组。处理办法：去掉多余的分组")
        #expect(try await failure(.init(fact: "batch", on: "2013-02-30"))?.description == "“2013-02-30”不是有效日期。处理办法：日期写成 2007-03-31 的形式")
        #expect(try await failure(.init(fact: "batch", known: "昨天"))?.description == "“昨天”既不是日期也不是日志位置。处理办法：写成 2007-03-31 或日志位置，如 128")
        #expect(try await failure(.init(fact: "batch", filters: ["region=无此地"]))?.code == "region.unknown")
    }
}
