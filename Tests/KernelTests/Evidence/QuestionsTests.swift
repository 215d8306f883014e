import Evidence
import Storage
import TestSupport
import Testing
import Values

@Suite struct QuestionsTests {
    static let rows: [[Value]] = [
        Sample.row("pass", 11, "random", 2013, "甲厂", sales: 100), Sample.row("fail", 11, "random", 2013, "甲厂", sales: 50),
        Sample.row("pass", 111, "random", 2013, "乙厂"), Sample.row("pass", 12, "random", 2012, "丙厂", sales: 7, day: "2014-01-01"),
        Sample.row("refused", 2, "random", 2013, "丁厂"), Sample.row("fail", nil, "random", 2013, "戊'厂"),
    ]

    private func each(_ engine: TestEngine, _ body: (Store, Asking) async throws -> Void) async throws {
        try await Sample.with(engine, Self.rows) { store in
            for counted in [true, false] { try await body(store, Sample.asking(counted: counted)) }
        }
    }

    @Test("count, distinct, sum and shares", arguments: TestEngine.available)
    func metrics(_ engine: TestEngine) async throws {
        try await each(engine) { store, asking in
            #expect(try await store.ask(Question("sample"), asking).figure.value == 6)
            #expect(try await store.ask(Question("sample", metric: "firms"), asking).figure.value == 5)
            let sales = try await store.ask(Question("sample", metric: "sales"), asking).figure
            #expect(sales.value == 157)
            #expect(sales.n == 3)
            let rate = try await store.ask(Question("sample", metric: "pass-rate"), asking).figure
            #expect(rate.hits == 3)
            #expect(rate.n == 5)
            #expect(rate.value == 0.6)
            #expect(rate.interval.map { $0.lowerBound < 0.6 && $0.upperBound > 0.6 } == true)
            let firms = try await store.ask(Question("sample", metric: "firm-pass-rate"), asking).figure
            #expect(firms.hits == 2)
            #expect(firms.n == 4)
        }
    }

    @Test("broken down by one and by two dimensions, with the words of codes and regions", arguments: TestEngine.available)
    func breakdowns(_ engine: TestEngine) async throws {
        try await each(engine) { store, asking in
            let one = try await store.ask(Question("sample", by: ["verdict"]), asking)
            #expect(one.lines == ["不合格 2.0", "合格 3.0", "refused 1.0"])
            #expect(one.figure.value == 6)
            let two = try await store.ask(Question("sample", by: ["year", "region"]), asking)
            #expect(Set(two.lines) == ["2012/丁镇 1.0", "2013/乙镇 2.0", "2013/丙村 1.0", "2013/戊区 1.0", "2013/未注明 1.0"])
            let groups = try await store.ask(Question("sample", metric: "firm-pass-rate", by: ["year"]), asking)
            #expect(groups.lines == ["2012 1.0", "2013 0.3333333333333333"])
        }
    }

    @Test("filters by several values, by an empty value, and by a region with everything below it", arguments: TestEngine.available)
    func filters(_ engine: TestEngine) async throws {
        try await each(engine) { (store, asking) async throws in
            func count(_ filters: Question.Filter...) async throws -> Double? {
                try await store.ask(Question("sample", where: filters), asking).figure.value
            }
            #expect(try await count(.init("verdict", ["pass", "fail"])) == 5)
            #expect(try await count(.init("region", ["1"])) == 4)
            #expect(try await count(.init("region", ["11"]), .init("verdict", ["pass"])) == 2)
            #expect(try await count(.init("year", ["2013"])) == 5)
            #expect(try await count(.init("verdict", [""])) == 0)
            #expect(try await count(.init("firm", ["戊'厂"])) == 1)
            #expect(try await count(.init("firm", ["' or 1=1 --"])) == 0)
            #expect(try await count(.init("verdict", [])) == 0)
        }
    }

    @Test("the rows of a figure are those it counts, page by page", arguments: TestEngine.available)
    func rows(_ engine: TestEngine) async throws {
        try await Sample.with(engine, Self.rows) { store in
            let question = Question("sample", where: [.init("region", ["1"])])
            let (first, second) = try await store.read { session in
                let asking = Sample.asking()
                let first = try asking.rows(question, session, limit: 3)
                let second = try asking.rows(question, session, after: first.next ?? 0, limit: 3)
                return (first.rows.map(\.id), second.rows.map(\.id) + [second.next ?? -1])
            }
            #expect(first == [1, 2, 3])
            #expect(second == [4, -1])
            let share = try await store.read { try Sample.asking().rows(Question("sample", metric: "pass-rate"), $0).rows.map(\.id) }
            #expect(share == [1, 2, 3, 4, 6])
        }
    }

    @Test("what was true on a day, and what the store knew at a position", arguments: TestEngine.available)
    func dates(_ engine: TestEngine) async throws {
        try await each(engine) { store, asking in
            let day = try #require(Day("2013-12-31"))
            #expect(try await store.ask(Question("sample", on: day), asking).figure.value == 5)
            #expect(try await store.ask(Question("sample", known: 0), asking).figure.value == 0)
            #expect(try await store.ask(Question("sample", known: 1), asking).figure.value == 6)
        }
    }

    @Test("one figure for each record, in ascending order", arguments: TestEngine.available)
    func byRecord(_ engine: TestEngine) async throws {
        try await Sample.with(engine, Self.rows) { store in
            let years = try await store.read { session in
                var years: [String] = []
                try Sample.asking().byRecord(Question("sample", metric: "sales"), dimension: "year", session) {
                    years.append("\($0): \($1.value ?? -1)")
                }
                return years
            }
            #expect(years == ["2012: 7.0", "2013: 150.0"])
        }
    }

    @Test("names that are not registered are refused with what there is", arguments: ["x; drop table sample", "' or 1=1"])
    func unknownNames(_ name: String) async throws {
        try await Sample.with(.sqlite, Self.rows) { store in
            func code(_ question: Question) async -> String? {
                await #expect(throws: Failure.self) { _ = try await store.ask(question) }?.code
            }
            #expect(await code(Question(name)) == "question.unknown-fact")
            #expect(await code(Question("sample", metric: name)) == "question.unknown-metric")
            #expect(await code(Question("sample", by: [name])) == "question.unknown-dimension")
            #expect(await code(Question("sample", where: [.init(name, ["1"])])) == "question.unknown-dimension")
            #expect(await code(Question("sample", by: ["year", "verdict", "method"])) == "question.too-many-dimensions")
            let failure = await #expect(throws: Failure.self) { _ = try await store.ask(Question("sample", by: [name])) }
            #expect(failure?.cure == "可用：verdict、region、method、year、firm")
        }
    }
}
