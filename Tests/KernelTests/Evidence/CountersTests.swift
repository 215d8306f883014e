import Evidence
import Storage
import TestSupport
import Testing
import Values

/// Counters are kept with every write; whatever is written and corrected, they say what the rows say.
@Suite struct CountersTests {
    private static let verdicts: [String?] = ["pass", "fail", "refused", nil]
    private static let regions: [Int64?] = [11, 12, 111, 2, nil]
    private static let methods: [String?] = ["random", "special", "risk", nil]

    private static func randomRow(_ random: inout SeededRandom) -> [Value] {
        Sample.row(
            verdicts.randomElement(using: &random) ?? nil, regions.randomElement(using: &random) ?? nil,
            methods.randomElement(using: &random) ?? nil, Int64.random(in: 2012...2014, using: &random),
            "厂\(Int.random(in: 1...9, using: &random))", sales: Bool.random(using: &random) ? 100 : nil)
    }

    /// One act of a few random openings, corrections and closings.
    private static func randomAct(_ store: Store, _ random: inout SeededRandom, _ current: inout Set<Int64>, _ next: inout Int64)
        async throws
    {
        var opened: [(Int64, [Value])] = []
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            opened.append((next, randomRow(&random)))
            next += 1
        }
        let touched = current.sorted().shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
        let changes = touched.map { ($0, Bool.random(using: &random) ? randomRow(&random) : nil) }
        let rows = opened
        try await store.act("sample.write", by: .local) { transaction in
            try transaction.open(Sample.table, rows: rows.map { (id: $0.0, row: $0.1) })
            for (id, row) in changes {
                if let row { try transaction.replace(Sample.table, id: id, row) } else { try transaction.close(Sample.table, id: id) }
            }
        }
        current.formUnion(opened.map(\.0))
        current.subtract(changes.filter { $0.1 == nil }.map(\.0))
    }

    private static func randomQuestion(_ random: inout SeededRandom, until position: Int64) -> Question {
        let dimensions = ["verdict", "region", "method", "year"].shuffled(using: &random)
        let metrics = ["count", "pass-rate", "sales", "firm-pass-rate", "firms"]
        var question = Question("sample", metric: metrics.randomElement(using: &random))
        question.by = Array(dimensions.prefix(Int.random(in: 0...2, using: &random)))
        let filters = [
            Question.Filter("verdict", ["pass", ""]), .init("region", ["1"]), .init("method", ["random", "special"]),
            .init("year", ["2013"]),
        ]
        question.filters = Array(filters.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)))
        question.known = Bool.random(using: &random) ? Int64.random(in: 0...position, using: &random) : nil
        return question
    }

    @Test(
        "equal to a full count over random writes, and to the rows at random past positions", arguments: TestEngine.available,
        [1, 2, 3] as [UInt64])
    func random(_ engine: TestEngine, seed: UInt64) async throws {
        var random = SeededRandom(seed)
        var current: Set<Int64> = []
        var next: Int64 = 1
        let clock = TestClock()
        try await TestStores.with(engine, schema: Sample.schema, clock: clock) { store in
            for _ in 0..<25 {
                try await Self.randomAct(store, &random, &current, &next)
                clock.move(days: Int.random(in: -1...2, using: &random))
            }
            #expect(try await store.verify().findings == [])
            var counted = 0
            for _ in 0..<150 {
                let question = Self.randomQuestion(&random, until: 25)
                let fast = try await store.ask(question, Sample.asking(counted: true))
                let slow = try await store.ask(question, Sample.asking(counted: false))
                #expect(!slow.isCounted)
                #expect(fast.figure == slow.figure, "\(question)")
                #expect(Self.sorted(fast) == Self.sorted(slow), "\(question)")
                var stretches = Sample.asking(counted: false).walking { _, _ in }
                stretches.stretch = 7
                let walked = try await store.ask(question, stretches)
                #expect(walked.figure == slow.figure, "\(question)")
                #expect(Self.sorted(walked) == Self.sorted(slow), "\(question)")
                if fast.isCounted { counted += 1 }
            }
            #expect(counted > 60)
        }
    }

    private static func sorted(_ answer: Answer) -> [String] {
        answer.groups.map { "\($0.keys) \($0.labels) \($0.figure)" }.sorted()
    }

    @Test("a correction within a day leaves no trace of the wrong value in that day's figure", arguments: TestEngine.available)
    func correction(_ engine: TestEngine) async throws {
        let clock = TestClock()
        try await TestStores.with(engine, schema: Sample.schema, clock: clock) { store in
            try await store.act("sample.write", by: .local) {
                try $0.open(Sample.table, id: 1, Sample.row("fail", 11, "random", 2013, "甲"))
            }
            clock.move(days: 1)
            try await store.act("sample.correct", by: .local) {
                try $0.replace(Sample.table, id: 1, Sample.row("pass", 11, "random", 2013, "甲"))
            }
            func failing(_ known: Int64?) async throws -> Answer {
                try await store.ask(Question("sample", where: [.init("verdict", ["fail"])], known: known))
            }
            #expect(try await failing(1).figure.value == 1)
            #expect(try await failing(1).isCounted)
            #expect(try await failing(2).figure.value == 0)
            #expect(try await failing(nil).figure.value == 0)
        }
    }

    @Test("a thing counted once is counted where what it is counted by is fixed; all else comes from rows")
    func counted() async throws {
        try await Sample.with(.sqlite, [Sample.row("pass", 11, "random", 2013, "甲", sales: 1)]) { store async throws in
            func isCounted(_ metric: String, where filters: [Question.Filter] = [], by: [String] = [], on: Day? = nil) async throws -> Bool
            {
                try await store.ask(Question("sample", metric: metric, where: filters, by: by, on: on)).isCounted
            }
            #expect(try await isCounted("sales"))
            #expect(try await isCounted("count", by: ["region", "year"]))
            #expect(try await isCounted("firms", by: ["year"]))
            #expect(try await isCounted("firms", where: [.init("year", ["2013"]), .init("region", ["1"])]))
            #expect(try await isCounted("firm-pass-rate", where: [.init("method", ["random"])]))
            #expect(try await !isCounted("firms"))
            #expect(try await !isCounted("firms", where: [.init("year", ["2013", "2014"])]))
            #expect(try await !isCounted("count", by: ["firm"]))
            #expect(try await !isCounted("count", on: Day("2013-05-01")))
        }
    }

    @Test("a firm in several towns is one firm of the district, and one of each town", arguments: TestEngine.available)
    func once(_ engine: TestEngine) async throws {
        let rows = [
            Sample.row("pass", 11, "random", 2013, "甲"), Sample.row("fail", 12, "random", 2013, "甲"),
            Sample.row("pass", 111, "random", 2013, "乙"), Sample.row("pass", 2, "random", 2013, "甲"),
        ]
        try await Sample.with(engine, rows) { store in
            func rate(_ region: String) async throws -> Figure {
                let answer = try await store.ask(
                    Question("sample", metric: "firm-pass-rate", where: [.init("region", [region]), .init("method", ["random"])]))
                #expect(answer.isCounted)
                return answer.figure
            }
            for (region, n, hits) in [("1", 2, 1), ("11", 2, 2), ("12", 1, 0), ("2", 1, 1)] as [(String, Int64, Int64)] {
                let figure = try await rate(region)
                #expect(figure.n == n, "\(region)")
                #expect(figure.hits == hits, "\(region)")
            }
            try await store.act("sample.correct", by: .local) {
                try $0.replace(Sample.table, id: 2, Sample.row("pass", 12, "random", 2013, "甲"))
            }
            #expect(try await rate("1").hits == 2)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("a store counted by another declaration is counted anew when it is opened", arguments: TestEngine.available)
    func renewed(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            let clock = TestClock()
            var random = SeededRandom(7)
            var current: Set<Int64> = []
            var next: Int64 = 1
            let store = try await Store(database, schema: Sample.schema, clock: clock.clock)
            for _ in 0..<8 { try await Self.randomAct(store, &random, &current, &next) }
            try await database.write { session in
                try session.run("update counter_form set declaration = 'older'")
                try session.run("update counter set value = value + 5")
                try session.run("delete from counter_past")
            }
            #expect(try await !store.verify().findings.isEmpty)
            // One that counts otherwise than the store does now would spoil what is counted there.
            let refused = await #expect(throws: Failure.self) { try await store.act("sample.none", by: .local) { _ in } }
            #expect(refused?.code == "store.newer")
            let again = try await Store(database, schema: Sample.schema, clock: clock.clock)
            #expect(try await again.verify().findings == [])
        }
    }
}
