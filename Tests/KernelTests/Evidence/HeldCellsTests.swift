import Foundation
import TestSupport
import Testing
import Values

@testable import Evidence
@testable import Storage

/// Cells and answers that were read before are used again only while nothing they are made from has changed.
@Suite struct HeldCellsTests {
    private static let questions = [
        Question("sample", by: ["region"]), Question("sample", metric: "sales", by: ["year"]),
        Question("sample", metric: "firms", by: ["year"]), Question("sample", metric: "firms", where: [.init("year", ["2013"])]),
        Question("sample", metric: "pass-rate", where: [.init("region", ["1"])], by: ["method"]),
        Question("sample", metric: "firm-pass-rate", where: [.init("region", ["11"])], by: ["method"]),
        Question("sample", metric: "sales", where: [.init("verdict", ["fail"])]),
    ]

    private static func write(_ store: Store, _ number: Int64) async throws {
        try await store.act("sample.write", by: .local) { transaction in
            let towns: [Int64] = [11, 12, 111, 2]
            let year = 2012 + number % 3
            try transaction.open(
                Sample.table, id: number,
                Sample.row(number % 4 == 0 ? "fail" : "pass", towns[Int(number % 4)], "random", year, "厂\(number % 5)", sales: number))
            if number > 3 { try transaction.close(Sample.table, id: number - 3) }
        }
    }

    @Test(
        "after every act, and at every earlier position, questions asked again and again say what the rows say",
        arguments: TestEngine.available)
    func fresh(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Sample.schema) { store in
            for number in 1...12 as ClosedRange<Int64> {
                try await Self.write(store, number)
                if number % 3 == 0 { try await store.act("sample.look", by: .local) { _ in } }
                for question in Self.questions {
                    for known in [nil, number / 2, number] as [Int64?] {
                        let asked = question.known(at: known)
                        let fast = try await store.ask(asked, Sample.asking())
                        let slow = try await store.ask(asked, Sample.asking(counted: false))
                        #expect(fast.isCounted)
                        #expect(fast.figure == slow.figure, "\(asked)")
                        #expect(
                            fast.groups.map { "\($0.keys) \($0.figure)" }.sorted()
                                == slow.groups.map { "\($0.keys) \($0.figure)" }.sorted(), "\(asked)")
                    }
                }
            }
        }
    }

    @Test(
        "an answer counted from rows outlives acts that touch other tables, with the new position, and not one that touches its own",
        arguments: TestEngine.available)
    func kept(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Sample.schema) { store in
            try await Self.write(store, 1)
            let found = Counter()
            let shelf = KeptAnswers().shelf(of: .local)
            let watched = AnswerShelf { question, total in
                let answer = shelf.find(question, total)
                if answer != nil { found.add() }
                return answer
            } keep: {
                shelf.keep($0, $1, $2)
            }
            let asking = Sample.asking(counted: false).keeping(watched)
            let question = Question("sample", by: ["firm"])
            #expect(try await store.ask(question, asking).position == 1)
            try await store.act("sample.look", by: .local) { _ in }
            let later = try await store.ask(question, asking)
            #expect((later.position, later.question.known, found.count) == (2, nil, 1))
            #expect(try await store.ask(question.known(at: 1), asking).position == 1)
            #expect(found.count == 2)
            try await Self.write(store, 2)
            let fresh = try await store.ask(question, asking)
            #expect(fresh.groups.count == 2)
            #expect(found.count == 2)
            #expect(try await store.ask(question.known(at: 2), asking).groups.count == 1)
        }
    }

    @Test("what was found for one person is found for all who see the same, and for nobody else")
    func shared() throws {
        let answers = KeptAnswers()
        let question = Question("sample", by: ["firm"])
        let answer = Answer(
            question: question, metric: try Sample.asking().catalogue.fact("sample").metric(nil), figure: Figure(value: 4, n: 4),
            groups: [], notes: [],
            position: 1, isCounted: true)
        func officer(_ name: String, _ role: Role = .townOfficer, _ region: Int64 = 3) -> AnswerShelf {
            answers.shelf(of: Actor(name: name, role: role, region: region))
        }
        officer("甲").keep(answer, question, true)
        #expect(officer("乙").find(question, true)?.figure.n == 4)
        #expect(officer("甲", .townOfficer, 4).find(question, true) == nil)
        #expect(officer("甲", .programmeOffice).find(question, true) == nil)
        #expect(officer("甲").find(question, false) == nil)
    }

    @Test("a store that is older than the notes of changes counts all as changed at its last act", arguments: TestEngine.available)
    func older(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Sample.schema) { store in
            for number in 1...3 as ClosedRange<Int64> { try await Self.write(store, number) }
            try await store.database.write { session in
                try session.run("delete from last_change")
                try session.run("insert into last_change (name, position) values ('*', 3)")
            }
            #expect(try await store.read { try LastChange.position(of: ["sample"], $0) } == 3)
            try await Self.write(store, 4)
            #expect(try await store.read { try LastChange.position(of: ["sample"], $0) } == 4)
            #expect(try await store.read { try LastChange.position(of: ["setting"], $0) } == 3)
        }
    }

    @Test("a cube with too many cells is read by its index")
    func tooMany() async throws {
        try await TestStores.with(.sqlite, schema: Sample.schema) { store in
            try await Self.write(store, 1)
            try await store.database.write { session in
                _ = try session.run(
                    """
                    with recursive n(i) as (select 1 union all select i + 1 from n where i <= \(HeldCells.mostOfOne))
                    insert into counter (fact, k1, k2, k3, k4, k5, k6, metric, value)
                    select 'sample/wide', cast(i as text), '', '', '', '', '', 'count', 1 from n
                    """)
            }
            #expect(try await store.read { try $0.cells(of: "sample/wide", known: nil) == nil })
            #expect(try await store.read { try $0.cells(of: "sample/year", known: nil)?.count } == 3)
        }
    }
}

/// Counts from closures.
private final class Counter: Sendable {
    private let lock = NSLock()
    // Only touched under the lock.
    nonisolated(unsafe) private var number = 0

    var count: Int { lock.withLock { number } }
    func add() { lock.withLock { number += 1 } }
}

extension Question {
    fileprivate func known(at position: Int64?) -> Question {
        var asked = self
        asked.known = position
        return asked
    }
}
