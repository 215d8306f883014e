import DecisionTables
import Enterprises
import Evidence
import Foundation
import Imports
import Places
import Policy
import Storage
import TestSupport
import Testing
import Values

@testable import Programmes

/// A run that is brought along from act to act says what a run from nothing says, now and at every earlier position.
@Suite struct ClassRunTests {
    private static let programme = "longwan-2006"
    private static let table = "enterprise.class"
    private static let day = Day(number: 13_603)  // 2007-03-31

    private static func row(_ table: RecordTable, _ values: [String: Value]) -> [Value] { table.columns.map { values[$0.name] ?? .null } }

    private static func firm(_ id: Int64, _ status: String) -> [Value] {
        row(
            .enterprise,
            ["name": .text("示例\(id)号鞋厂"), "folded": .text("示例\(id)号鞋厂"), "status": .text(status), "code_state": .text("missing")])
    }

    private static func yearly(_ firm: Int64, year: Int64, _ sales: Int64?) -> [Value] {
        row(.account, ["enterprise_id": .integer(firm), "year": .integer(year), "sales_fen": Value(sales)])
    }

    private static func desk(_ store: Store) throws -> ProgrammeDesk {
        let office = Office(
            store: store, regions: try RegisterOffice.regions.get(), vocabulary: try RegisterOffice.vocabulary.get(),
            root: ProjectFiles.root)
        return ProgrammeDesk(office: office, catalogue: FactCatalogue(EnterpriseFacts.all + ProgrammeFacts.all))
    }

    private static func run(_ desk: ProgrammeDesk, at position: Int64? = nil) async throws -> ClassRun {
        try await desk.office.store.read { session in
            try desk.classify(try desk.classTable(programme, table, session), on: day, known: position, by: .local, session)
        }
    }

    private static func expectSame(_ kept: ClassRun, _ fresh: ClassRun, _ step: String) {
        #expect(kept.groups == fresh.groups, "\(step)")
        #expect(kept.total == fresh.total, "\(step)")
        #expect(kept.differences() == fresh.differences(), "\(step)")
        #expect(kept.differenceCount == fresh.differences().count, "\(step)")
        var bases = ClassBases(fresh)
        fresh.firms.forEach { firm in
            let (proposed, basis) = bases.basis(of: firm)
            let facts = fresh.facts(of: firm.id)
            #expect(proposed == fresh.group(of: firm.id)?.key, "\(step)")
            // Put together for a whole group, the reasons are those of the firm's own decision.
            #expect(basis.contains("；" + fresh.table.table.sentence(facts)), "\(step): \(basis)")
            for (input, value) in facts where value != .unknown {
                #expect(basis.contains("=\(value)\(fresh.table.table.inputs.first { $0.name == input }?.unit ?? "")"), "\(step): \(basis)")
            }
        }
        for group in fresh.groups {
            #expect(kept.members(of: group.key) == fresh.members(of: group.key), "\(step)")
            #expect(kept.seal(of: group.key) == fresh.seal(of: group.key), "\(step)")
        }
        for id in [Int64(1), 2, 3] { #expect(kept.facts(of: id) == fresh.facts(of: id), "\(step)") }
    }

    @Test(arguments: TestEngine.available) func `over random writes the kept run equals the whole one, now and as it was known`(
        _ engine: TestEngine
    ) async throws {
        try await TestStores.with(engine, schema: .kernel + .imports + .enterprises + .programmes) { store in
            let kept = try Self.desk(store)
            try await AdoptProgramme(kept).adopt(Self.programme, by: .local, request: "adopt")
            var random = SeededRandom(engine == .sqlite ? 11 : 12)
            var accounts: [Int64: Int64] = [:]
            for id in Int64(1)...30 {
                accounts[id] = id
                let known: [Int64?] = [30_000_000_000, 480_000_000_000, 500_000_000_000, 100_000_000_000, nil]
                let sales = known.randomElement(using: &random) ?? nil
                try await store.act("test.firm", by: .local) {
                    try $0.open(.enterprise, id: id, Self.firm(id, "active"))
                    try $0.open(.account, id: id, Self.yearly(id, year: 2006, sales))
                }
            }
            _ = try await Self.run(kept)
            for step in 0..<40 {
                try await Self.act(step, kept, &accounts, &random)
                Self.expectSame(try await Self.run(kept), try await Self.run(try Self.desk(store)), "step \(step)")
                guard step % 4 == 0 else { continue }
                let head = try await store.read { try JournalQuery.head($0).position }
                let position = Int64.random(in: 3...head, using: &random)
                Self.expectSame(
                    try await Self.run(kept, at: position), try await Self.run(try Self.desk(store), at: position), "\(step) at \(position)"
                )
            }
        }
    }

    /// One random act on firms, accounts or confirmed classes.
    private static func act(
        _ step: Int, _ desk: ProgrammeDesk, _ accounts: inout [Int64: Int64], _ random: inout SeededRandom
    ) async throws {
        let store = desk.office.store
        let firm = Int64.random(in: 1...30, using: &random)
        let account = accounts[firm] ?? firm
        switch Int.random(in: 0...6, using: &random) {
        case 0, 1:
            let sales = Int64.random(in: 0...60, using: &random) * 10_000_000_000
            try await store.act("test.sales", by: .local) { try $0.replace(.account, id: account, yearly(firm, year: 2006, sales)) }
        case 2:
            let status = ["active", "closed"].randomElement(using: &random) ?? "active"
            try await store.act("test.status", by: .local) { try $0.replace(.enterprise, id: firm, Self.firm(firm, status)) }
        case 3:
            let new = Int64(100 + step)
            try await store.act("test.firm", by: .local) { try $0.open(.enterprise, id: new, Self.firm(new, "active")) }
        case 4:
            // The figures of another year stay, those of the year asked for go.
            try await store.act("test.year", by: .local) { try $0.replace(.account, id: account, yearly(firm, year: 2005, 1)) }
            try await store.act("test.back", by: .local) { try $0.close(.account, id: account) }
            try await store.act("test.again", by: .local) { try $0.open(.account, id: account, yearly(firm, year: 2006, nil)) }
        case 5:
            let run = try await run(desk)
            guard let group = run.groups.first(where: { $0.kind == .decided && $0.count > 0 }) else { return }
            try await ConfirmClasses(desk).list(
                .init(programme: programme, table: table, group: group.key, on: day, seal: ConfirmClasses.seal(of: run, group: group.key)),
                documentNumber: "示例〔2007〕1号", by: .local, request: "list-\(step)")
        default:
            guard try await run(desk).group(of: firm) != nil else { return }
            try await ConfirmClasses(desk).exception(
                enterprise: firm, programme: programme, table: table, rule: "A", on: day, reason: "示例理由", documentNumber: "示例〔2007〕2号",
                by: .local, request: "exception-\(step)")
        }
    }

    @Test func `what a question answers for each input is what the walk through the accounts answers`() async throws {
        try await TestStores.with(.sqlite, schema: .kernel + .imports + .enterprises + .programmes) { store in
            let desk = try Self.desk(store)
            try await store.act("test.firms", by: .local) { transaction in
                for id in Int64(1)...9 {
                    try transaction.open(.enterprise, id: id, Self.firm(id, "active"))
                    try transaction.open(.account, id: id, Self.yearly(id, year: id % 3 == 0 ? 2005 : 2006, id % 4 == 0 ? nil : id * 7))
                }
            }
            try await store.read { session in
                for input in RuleInputs.accounts.inputs {
                    let column = try #require(ClassStore.accountColumn(input))
                    var walked: [Int64: Int64] = [:]
                    try session.forEachNumbers(try ClassStore.accounts([column], year: 2006, desk.office, .local, at: nil, among: nil)) {
                        if $0[1] != .min { walked[$0[0]] = $0[1] }
                    }
                    var asked: [Int64: Int64] = [:]
                    let question = input.question(year: 2006, on: Self.day, known: nil)
                    try desk.asking(.local).byRecord(question, dimension: input.dimension, session) {
                        asked[$0] = $1.value.map { Int64($0) }
                    }
                    #expect(walked == asked)
                }
            }
        }
    }

    @Test func `a block grows and shrinks without losing a firm`() throws {
        let rule = try #require(
            ProgrammeLibrary.load(programme: ProjectFiles.url("programmes/longwan-2006")).get().rules.first { $0.table.id == Self.table })
        var firms = ClassedFirms(OutcomePlaces(rule.table, decimals: []), inputs: [])
        for id in Int64(1)...5_000 { firms.append(id * 2, facts: [], confirmed: 0) }
        let before = firms
        firms.put(7, facts: [], confirmed: 2)
        firms.put(8, facts: nil, confirmed: 0)
        firms.put(9_999, facts: [], confirmed: 0)
        firms.put(20_000, facts: [], confirmed: 0)
        firms.put(2, facts: nil, confirmed: 0)
        #expect(firms.count == 5_001)
        #expect(firms.numbers(after: 0, limit: 4) { _, _ in true } == [4, 6, 7, 10])
        #expect(firms.firm(7)?.confirmed == 2)
        #expect(firms.firm(8) == nil)
        #expect(firms.numbers(after: 9_996, limit: 9) { _, _ in true } == [9_998, 9_999, 10_000, 20_000])
        #expect(before.count == 5_000)
        #expect(before.firm(8) != nil)
    }
}
