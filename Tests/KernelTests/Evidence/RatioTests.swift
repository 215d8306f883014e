import Evidence
import Storage
import TestSupport
import Testing
import Values

/// One sum as a part of another: only rows where both are known, from counters as from rows, no interval.
@Suite struct RatioTests {
    private static let table = RecordTable(
        "part", columns: ["year", "own", "whole", "firm"], counted: tally)
    private static let tally = Tally(
        "part", keys: [.init("year", "year")], metrics: [.ratio("share", of: "own", to: "whole")], cubes: [.init("year", with: ["share"])])

    private static let schema =
        Schema.kernel
        + Schema(
            migrations: [
                Migration(
                    "part-0001",
                    [
                        """
                        create table part (id {int} not null, known_from {int} not null, known_to {int} not null, year {text} not null,
                            own {int}, whole {int}, firm {text} not null, primary key (id, known_from)) {strict}
                        """
                    ])
            ], tables: [table])

    private static let asking = Asking(catalogue: FactCatalogue([fact]), viewer: Viewer(.local), regions: Sample.Regions())
    private static let fact = Fact(
        "part", "年度数据", table: table,
        dimensions: [Dimension("year", "年", "f.year"), Dimension("goods", "产品", kind: .several, "select f.firm as word")],
        metrics: [
            Metric("count", "行", unit: "行", .count),
            Metric("share", "占比", unit: "%", .ratio(of: "f.own", to: "f.whole"), isConfidential: true),
        ],
        columns: [Fact.Column("firm", "企业", .text, "f.firm")], counted: tally)

    private func with(_ engine: TestEngine, _ rows: [(String, Int64?, Int64?, String)], _ body: (Store) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: Self.schema) { store in
            try await store.act("part.import", by: .local) { transaction in
                try transaction.open(
                    Self.table,
                    rows: rows.enumerated().map { (Int64($0 + 1), [.text($1.0), Value($1.1), Value($1.2), .text($1.3)]) })
            }
            try await body(store)
        }
    }

    @Test("a part of a sum rests on the rows where both are known, and groups by year", arguments: TestEngine.available)
    func bothKnown(_ engine: TestEngine) async throws {
        let rows: [(String, Int64?, Int64?, String)] = [
            ("2006", 60, 100, "女皮鞋"), ("2006", 30, 200, "皮鞋"), ("2006", nil, 700, "皮鞋"), ("2006", 900, nil, "皮鞋"), ("2007", 1, 4, "阀门"),
            ("2008", nil, 5, "阀门"),
        ]
        try await with(engine, rows) { store in
            let whole = try await store.ask(Question("part", metric: "share", where: [.init("year", ["2006"])]), Self.asking)
            #expect(whole.figure.value == 0.3 && whole.figure.n == 2)
            #expect(whole.figure.hits == nil && whole.figure.interval == nil)
            #expect(whole.isCounted)
            let years = try await store.ask(Question("part", metric: "share", by: ["year"]), Self.asking)
            #expect(years.lines == ["2006 0.3", "2007 0.25"])
            let shoes = try await store.ask(Question("part", metric: "share", where: [.init("goods", ["皮鞋"])]), Self.asking)
            #expect(shoes.figure.value == 0.3 && shoes.figure.n == 2)
            let literal = try await store.ask(Question("part", where: [.init("goods", ["%"])]), Self.asking)
            #expect(literal.figure.value == 0)
            let either = try await store.ask(Question("part", where: [.init("goods", ["女皮鞋", "阀门"])]), Self.asking)
            #expect(either.figure.value == 3)
        }
    }

    @Test("no row with both, or nothing to be a part of, is unknown and said", arguments: TestEngine.available)
    func unknown(_ engine: TestEngine) async throws {
        try await with(engine, [("2006", nil, 5, "甲"), ("2007", 0, 0, "甲")]) { store in
            for year in ["2005", "2006", "2007"] {
                let answer = try await store.ask(Question("part", metric: "share", where: [.init("year", [year])]), Self.asking)
                #expect(answer.figure.value == nil)
                #expect(answer.notes == ["缺数据：没有一行两个数都填报"])
            }
        }
    }

    @Test("a few firms' part is hidden from visitors; what a row has several of is no breakdown", arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await with(engine, [("2006", 1, 2, "甲")]) { store in
            let visitor = Asking(
                catalogue: FactCatalogue([Self.fact]), viewer: Viewer(Actor(name: "t", role: .visitor)), regions: Sample.Regions())
            let seen = try await store.ask(Question("part", metric: "share"), visitor)
            #expect(seen.figure.isSuppressed && seen.figure.value == nil)
            #expect(seen.notes == ["「占比」" + GuardedAnswerWords.onlyTotals])
            let failure = await #expect(throws: Failure.self) {
                _ = try await store.ask(Question("part", by: ["goods"]), Self.asking)
            }
            #expect(failure?.message == "一行可以有几个“产品”，分组会重复计算")
            #expect(failure?.cure == "改用 where 只看其中一个")
        }
    }
}
