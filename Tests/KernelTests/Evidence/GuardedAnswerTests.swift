import Storage
import TestSupport
import Testing
import Values

@testable import Evidence

/// What somebody can find out about single firms from sums that they are answered.
@Suite("guarded answers")
struct GuardedAnswerTests {
    /// 甲区 1 has 乙镇 11 (with 丙村 111) and 丁镇 12; 戊区 2 lies beside it.
    private static let path: @Sendable (Int64) -> [Int64] = { Sample.Regions().path(of: $0) }

    private static func cells(_ counts: [(String, Int64)]) -> GuardedCells {
        GuardedCells(counts.map { (place: $0.0, firms: $0.1) }, path: path)
    }

    @Test("a part of few firms is hidden with the smallest beside it, so that the whole cannot be set against the rest")
    func complement() {
        let cells = Self.cells([("11", 4), ("12", 2), ("1", 20)])
        #expect(cells.shows(1))
        #expect(!cells.shows(12))
        #expect(!cells.shows(11), "1 without its own rows and 11 would be the two of 12")
        #expect(cells.showsOwn("1"))
    }

    @Test("where nearly all of a place lies in one part, the part is shown and the place is not")
    func outer() {
        let cells = Self.cells([("11", 9), ("12", 9), ("2", 1), ("", 1)])
        #expect(cells.shows(1) && cells.shows(11) && cells.shows(12))
        #expect(!cells.shows(nil) && !cells.shows(2) && !cells.showsOwn(""))
    }

    @Test("what two firms add up to is never shown; nothing at all tells nothing")
    func few() {
        let cells = Self.cells([("11", 2)])
        #expect(!cells.shows(nil) && !cells.shows(1) && !cells.shows(11) && !cells.showsOwn("11"))
        #expect(cells.shows(12) && cells.showsOwn("12"))
    }

    /// Every sum of shown cells, added and subtracted as one likes, over firms that each have their own number: the shown cells' atoms.
    @Test("no combination of shown cells is one or two firms' own, whatever the counts", arguments: 0..<400)
    func everyCombination(_ seed: Int) {
        var chance = SeededRandom(UInt64(seed) &+ 77)
        let places = ["11", "111", "12", "1", "2", ""]
        let counts = places.map { ($0, Int64(Int.random(in: 0...6, using: &chance))) }
        let cells = Self.cells(counts)
        // Each firm is known by which shown cells it stands in: firms with the same answer cannot be told apart, and every sum that can be had is
        // one of whole such sets. A set of one or two firms must stand in no shown cell at all.
        var sets: [[Bool]: Int64] = [:]
        for (place, firms) in counts {
            let within = Int64(place).map(Self.path) ?? []
            let of = ["11", "111", "12", "1", "2"].map { Int64($0).map { within.contains($0) && cells.shows($0) } ?? false }
            let own = places.map { $0 == place && cells.showsOwn($0) }
            sets[of + own + [cells.shows(nil)], default: 0] += firms
        }
        for (key, firms) in sets where key.contains(true) { #expect(firms == 0 || firms >= GuardedCells.fewest, "\(counts) \(key)") }
    }

    private func with(_ engine: TestEngine, _ body: (Store) async throws -> Void) async throws {
        var rows = (1...4).map { Sample.row("pass", 11, "random", 2013, "厂\($0)", sales: Int64($0)) }
        rows += (1...5).map { Sample.row("fail", 12, "random", 2013, "厂丙\($0)", sales: 10) }
        rows += (1...3).map { Sample.row("pass", 12, "random", 2014, "厂丙\($0)", sales: 7) }
        try await Sample.with(engine, rows, body)
    }

    private static let stranger = Sample.asking(.leader)

    private func value(_ store: Store, _ question: Question, _ asking: Asking = stranger) async throws -> Double? {
        let answer = try await store.ask(question, asking)
        #expect(answer.figure.isSuppressed == (answer.figure.value == nil))
        return answer.figure.value
    }

    @Test("one year of one place is answered; anything that could be set against it is not", arguments: TestEngine.available)
    func lattice(_ engine: TestEngine) async throws {
        let year = Question.Filter("year", ["2013"])
        try await with(engine) { store async throws in
            func ask(_ filters: [Question.Filter], by: [String] = [], on: Day? = nil) async throws -> Double? {
                try await value(store, Question("sample", metric: "sales", where: filters, by: by, on: on))
            }
            #expect(try await ask([year]) == 60)
            #expect(try await ask([year, .init("region", ["11"])]) == 10)
            #expect(try await ask([year, .init("region", ["12"])]) == 50)
            let others: [[Question.Filter]] = [
                [], [year, .init("verdict", ["pass"])], [year, .init("firm", ["厂1"])], [year, .init("firm", ["厂1", "厂2", "厂3"])],
                [.init("year", ["2013", "2014"])], [year, .init("region", ["11", "12"])],
                [year, .init("region", ["1"]), .init("region", ["11"])],
                [year, year],
            ]
            for closed in others {
                let found = try await ask(closed)
                #expect(found == nil, "\(closed)")
            }
            #expect(try await ask([year], by: ["firm"]) == nil)
            #expect(try await ask([year], on: Day("2013-12-31")) == nil)
            let grouped = try await store.ask(Question("sample", metric: "sales", by: ["year", "region"]), Self.stranger)
            #expect(grouped.figure.value == nil)
            #expect(grouped.groups.map(\.figure.value) == [10, 50, 21])
            let firms = try await store.ask(Question("sample", metric: "sales", where: [year], by: ["firm"]), Self.stranger)
            #expect(firms.groups.allSatisfy { $0.figure.isSuppressed && $0.figure.n == 0 })
            #expect(firms.notes == ["「销售额」" + GuardedAnswerWords.onlyTotals])
        }
    }

    @Test(
        "what was known earlier is not answered once something has changed: the difference would be the change",
        arguments: TestEngine.available)
    func earlier(_ engine: TestEngine) async throws {
        let question = Question("sample", metric: "sales", where: [.init("year", ["2013"])])
        try await with(engine) { store async throws in
            let before = try await store.ask(question, Self.stranger).position
            #expect(try await value(store, Question("sample", metric: "sales", where: question.filters, known: before)) == 60)
            try await store.act("sample.one", by: .local) { transaction in
                try transaction.open(Sample.table, rows: [(99, Sample.row("pass", 11, "random", 2013, "厂迟", sales: 1234))])
            }
            #expect(try await value(store, question) == 1294)
            #expect(try await value(store, Question("sample", metric: "sales", where: question.filters, known: before)) == nil)
        }
    }

    @Test("nor is what a colleague was shown while it was the latest", arguments: TestEngine.available)
    func keptEarlier(_ engine: TestEngine) async throws {
        let answers = KeptAnswers()
        func asking(_ name: String) -> Asking { Self.stranger.keeping(answers.shelf(of: Actor(name: name, role: .leader))) }
        var question = Question("sample", metric: "sales", where: [.init("year", ["2013"])])
        try await with(engine) { store async throws in
            question.known = try await store.ask(question, asking("甲")).position
            #expect(try await value(store, question, asking("乙")) == 60)
            try await store.act("sample.one", by: .local) { transaction in
                try transaction.open(Sample.table, rows: [(99, Sample.row("pass", 11, "random", 2013, "厂迟", sales: 1234))])
            }
            #expect(try await value(store, question, asking("乙")) == nil)
            #expect(try await value(store, question, asking("甲")) == nil)
        }
    }

    @Test("a department sees what it answers for and sums of the rest; rows have its columns only", arguments: TestEngine.available)
    func departments(_ engine: TestEngine) async throws {
        let basis = DutyTable.Basis(document: "d", clause: "1", says: "s", isFromClause: true)
        let table = DutyTable(
            departments: [.init(code: "tax", name: "税务"), .init(code: "trade", name: "商务")],
            lines: [.init(column: "sample.sales", label: "销售额", owners: ["tax"], basis: basis)])
        func asking(_ duties: DepartmentDuties?) -> Asking {
            Asking(
                catalogue: FactCatalogue([Sample.fact()]), viewer: Viewer(Actor(name: "t", role: .departmentOfficer, duties: duties)),
                regions: Sample.Regions())
        }
        let single = Question("sample", metric: "sales", where: [.init("firm", ["厂1"])])
        try await with(engine) { store async throws in
            let own = asking(DepartmentDuties(["tax"], of: table))
            #expect(try await value(store, single, own) == 1)
            #expect(try await store.read { try own.rows(single, $0).columns.map(\.name) } == ["firm", "sales"])
            for other in [asking(DepartmentDuties(["trade"], of: table)), asking(nil)] {
                #expect(try await value(store, single, other) == nil)
                #expect(try await value(store, Question("sample", metric: "sales", where: [.init("year", ["2013"])]), other) == 60)
                #expect(try await store.read { try other.rows(single, $0).columns.map(\.name) } == ["firm"])
            }
        }
    }
}

extension GuardedCells {
    /// A place with all below it; nil for everything.
    fileprivate func shows(_ place: Int64?) -> Bool {
        covers { named in place.map { place in named.map { Sample.Regions().path(of: $0).contains(place) } ?? false } ?? true }
    }

    /// The rows that name a place and no finer one; empty for those that name none.
    fileprivate func showsOwn(_ key: String) -> Bool { covers { $0 == Int64(key) } }
}
