import Evidence
import Foundation
import Policy
import Storage
import TestSupport
import Values

@testable import Targets

/// A store with spot-check results and the shipped programmes, for tests of targets.
enum TargetFixture {
    static func folder(_ id: String) throws -> ProgrammeFolder {
        try ProgrammeLibrary.load(programme: ProjectFiles.url("programmes/" + id)).get()
    }

    static func target(_ programme: String, _ id: String) throws -> Target {
        guard let target = try folder(programme).programme.target(id) else { throw Failure(.missing, "test.no-target", id) }
        return target
    }

    static let results = RecordTable("result", columns: ["level", "product", "region_id", "year", "method", "verdict", "producer"])

    static let schema = Schema(
        migrations: [
            Migration(
                "test-results-0001",
                [
                    """
                    create table result (id {int} not null, known_from {int} not null, known_to {int} not null, level {text}, product {text},
                        region_id {int}, year {int}, method {text}, verdict {text}, producer {text}, primary key (id, known_from)) {strict}
                    """
                ])
        ], tables: [results])

    static let fact = Fact(
        "spotcheck.result", Word("抽查结果"), table: results,
        dimensions: [
            Evidence.Dimension("level", Word("级别"), "f.level", words: ["national": Word("国家级"), "provincial": Word("省级")]),
            Evidence.Dimension("product", Word("产品"), "f.product"), Evidence.Dimension("region", Word("地区"), kind: .region, "f.region_id"),
            Evidence.Dimension("year", Word("年度"), "f.year"),
            Evidence.Dimension("method", Word("抽样方式"), "f.method", words: ["special": Word("专项")]),
            Evidence.Dimension("verdict", Word("结论"), "f.verdict", words: ["pass": Word("合格"), "fail": Word("不合格")]),
        ],
        metrics: [
            Metric("count", Word("批次"), unit: Word("批次"), .count),
            Metric(
                "batch-pass-rate", Word("批次合格率"), unit: Word("%"), .share(of: ["pass"], among: ["pass", "fail"], dimension: "verdict"),
                needsOne: "method"),
            Metric(
                "enterprise-pass-rate", Word("企业合格率"), unit: Word("%"),
                .shareOfGroups(of: ["pass"], among: ["pass", "fail"], dimension: "verdict", group: "f.producer"), needsOne: "method"),
        ],
        columns: [
            Fact.Column("producer", Word("标称生产者"), .text, "f.producer"), Fact.Column("verdict", Word("结论"), .text, "f.verdict"),
        ])

    static let catalogue = FactCatalogue([fact])
    static let today = Day(number: 13_603)  // 2007-03-31

    /// An officer of the one department there is, which answers for these targets.
    static func officer(of targets: [(programme: String, id: String)]) -> Actor {
        let basis = DutyTable.Basis(document: "d", clause: "c", says: "s", isFromClause: true)
        let table = DutyTable(
            departments: [DutyTable.Department(code: "economy", name: "经信局")],
            lines: targets.map {
                DutyTable.Line(column: DutyTable.target($0.programme, $0.id), label: $0.id, owners: ["economy"], basis: basis)
            })
        return Actor(name: "bm", role: .departmentOfficer, duties: DepartmentDuties(["economy"], of: table))
    }

    static func store() async throws -> Store {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("targets-\(UUID().uuidString).db").path
        return try await Store(SQLiteDatabase(path: path), schema: .kernel + schema + .targets, clock: .noon(today))
    }

    /// `passed` and `failed` batches of leather shoes, each of its own firm.
    static func add(
        passed: Int, failed: Int, level: String = "national", region: Int64 = 1, year: Int64 = 2006, method: String = "special",
        to store: Store
    ) async throws {
        try await store.act("test.results", by: .local) { transaction in
            for index in 0..<(passed + failed) {
                let id: ID<Fact> = try transaction.newID(results)
                try transaction.open(
                    results, id: id.number,
                    [
                        .text(level), .text("皮鞋"), .integer(region), .integer(year), .text(method), .text(index < passed ? "pass" : "fail"),
                        .text("示例鞋厂\(id.number)"),
                    ])
            }
        }
    }

    static func board(on: Day? = nil, known: Int64? = nil, actor: Actor = .local) -> TargetBoard {
        TargetBoard(catalogue: catalogue, actor: actor, regions: OneRegion(), today: today, on: on, known: known)
    }

    static func standing(_ programme: String, _ target: String, in store: Store, actor: Actor = .local) async throws -> Standing? {
        let folder = try folder(programme)
        return try await store.read { try board(actor: actor).standing(target, of: folder, $0) }
    }

    static func office(_ store: Store, _ programmes: [String], desk: DeskParts = DeskParts()) throws -> TargetOffice {
        TargetOffice(
            store: store, catalogue: catalogue, regions: OneRegion(), programmes: GivenProgrammes(try programmes.map(folder)), desk: desk)
    }

    static func year(_ year: Int, _ value: Decimal?, unit: String? = nil, hits: Int64? = nil, n: Int64 = 0) -> PeriodValue {
        PeriodValue(.year(year), value: value, hits: hits, n: n, unit: unit)
    }
}

/// Every programme's region is number 1; its neighbour is 2.
struct OneRegion: RegionScope {
    func within(_ region: String) throws -> [Int64] { [1] }
    func number(of region: String) -> Int64 { Int64(region) ?? 0 }
    func path(of number: Int64) -> [Int64] { [number] }
    func name(of number: Int64) -> String? { number == 1 ? "示例区" : nil }
}
