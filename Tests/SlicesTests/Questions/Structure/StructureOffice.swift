import Enterprises
import Evidence
import Foundation
import Imports
import Jobs
import Questions
import Storage
import TestSupport
import Testing
import Values

@testable import Places

/// Rows of places that were merged, renamed, divided and succeeded twice, beside such as still exist.
struct StructureOffice: Sendable {
    struct Line: Sendable {
        let verdict: String
        let region: Int64?
        let year: Int64
        let firm: String
        let sales: Int64?
        let whole: Int64

        var row: [Value] { [.text(verdict), Value(region), .integer(year), .text(firm), Value(sales), .integer(whole)] }
    }

    let office: Office
    let lines: [Line]
    let clock: TestClock

    static let tally = Tally(
        "sample", keys: [.init("verdict", "verdict"), .init("region", "region_id"), .init("year", "year")],
        metrics: [
            .sum("sales", "sales"), .ratio("sales-share", of: "sales", to: "whole"),
            .share("pass-rate", from: ["verdict"]) { values in ["pass", "fail"].contains(values[0].text) ? values[0].text == "pass" : nil },
        ],
        cubes: [.init("region", "year", with: ["sales", "sales-share", "pass-rate"]), .init("region", "verdict", "year")],
        groups: [
            .init("firms", pinned: [], leaf: "region", of: .name(["firm"])),
            .init("firms", pinned: ["year"], leaf: "region", of: .name(["firm"])),
        ])
    static let table = RecordTable("sample", columns: ["verdict", "region_id", "year", "firm", "sales", "whole"], counted: tally)
    static let schema: Schema =
        .kernel + .questions + .jobs
        + Schema(
            migrations: [
                Migration(
                    "sample-0001",
                    [
                        """
                        create table sample (id {int} not null, known_from {int} not null, known_to {int} not null, verdict {text}, region_id {int},
                            year {int}, firm {text}, sales {int}, whole {int}, primary key (id, known_from)) {strict}
                        """
                    ])
            ], tables: [table])

    static func fact(counted: Bool = true) -> Fact {
        let passes = Metric.Kind.share(of: ["pass"], among: ["pass", "fail"], dimension: "verdict")
        return Fact(
            "sample", Word("抽样", "Samples"), table: table,
            dimensions: [
                Dimension(
                    "verdict", Word("结论", "Verdict"), "f.verdict", words: ["pass": Word("合格", "passed"), "fail": Word("不合格", "failed")]),
                Dimension("region", Word("地区", "Region"), kind: .region, "f.region_id"),
                Dimension("year", Word("年度", "Year"), kind: .record, "f.year"),
            ],
            metrics: [
                Metric("count", Word("批次", "Batches"), unit: Word("批次", "batches"), .count),
                Metric("pass-rate", Word("批次合格率", "Pass rate"), unit: Word("%"), passes),
                Metric(
                    "firm-pass-rate", Word("企业合格率", "Firms that pass"), unit: Word("%"),
                    .shareOfGroups(of: ["pass"], among: ["pass", "fail"], dimension: "verdict", group: "f.firm")),
                Metric("firms", Word("企业数", "Firms"), unit: Word("家", "firms"), .distinct("f.firm")),
                Metric(
                    "sales", Word("销售额", "Sales"), unit: Word("分", "fen"), .sum("f.sales"), isConfidential: true, columns: ["sample.sales"]),
                Metric(
                    "sales-share", Word("销售占比", "Part of sales"), unit: Word("%"), .ratio(of: "f.sales", to: "f.whole"),
                    isConfidential: true,
                    columns: ["sample.sales"]),
            ],
            columns: [
                Fact.Column("firm", Word("企业名称", "Firm"), .text, "f.firm"),
                Fact.Column("region", Word("地区", "Region"), .whole, "f.region_id"),
                Fact.Column("verdict", Word("结论", "Verdict"), .text, "f.verdict"),
            ],
            scope: "region", counted: counted ? tally : nil, guarded: GuardedDimensions(period: "year", place: "region"))
    }

    static let catalogue = FactCatalogue([fact()])

    /// The shipped tree, and a place that the merged 罗村街道 had taken the place of before: a chain of two.
    static let regions = Result {
        let shipped = try RegionFiles.load(folder: ProjectFiles.url("regulations/regions"))
        let luocun = try #require(shipped.regions.first { $0.name == "罗村街道" })
        let last = Region(
            id: Self.hamlet, code: nil, name: "示例墟", short: nil, level: .town, parent: luocun.parent, from: nil, to: Day("1990-01-01"),
            successors: [luocun.id])
        return RegionDirectory(tree: RegionTree(regions: shipped.regions + [last]))
    }
    static let hamlet: ID<Region> = ID(4_406_058_990)

    static func number(_ name: String) throws -> Int64 {
        let regions = try regions.get()
        if name.first?.isNumber == true { return try regions.number(of: name) }
        return try #require(regions.tree.regions.first { $0.name == name && ($0.to != nil || $0.level == .town) }).id.number
    }

    static func places() throws -> [Int64?] {
        let names = [
            "罗村街道", "小塘镇", "示例墟", "440605124", "440605011", "440682", "440605", "南庄镇", "440604", "320283", "320205", "320206", "320200",
        ]
        var places: [Int64?] = [nil]
        for name in names { places.append(try number(name)) }
        return places
    }

    init(_ store: Store, _ clock: TestClock, seed: UInt64 = 3, rows: Int = 320) async throws {
        self.clock = clock
        let vocabulary = try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings"))
        office = Office(store: store, regions: try Self.regions.get(), vocabulary: vocabulary, root: ProjectFiles.root)
        var chance = SeededRandom(seed)
        let places = try Self.places()
        var lines: [Line] = []
        for _ in 0..<rows {
            let verdict = ["pass", "pass", "fail", "none"][Int(chance.next() % 4)]
            let place = places[Int(chance.next() % UInt64(places.count))]
            let year = 2001 + Int64(chance.next() % 12)
            let sales: Int64? = chance.next() % 5 == 0 ? nil : Int64(chance.next() % 900)
            lines.append(Line(verdict: verdict, region: place, year: year, firm: "厂\(chance.next() % 24)", sales: sales, whole: 1000))
        }
        self.lines = lines
        let all = lines.enumerated().map { (id: Int64($0.offset + 1), row: $0.element.row) }
        try await store.act("sample.record", by: .local) { try $0.open(Self.table, rows: all) }
    }

    static func with(_ engine: TestEngine, day: String = "2026-03-01", _ body: @escaping @Sendable (StructureOffice) async throws -> Void)
        async throws
    {
        let clock = TestClock(day)
        try await TestStores.with(engine, schema: schema, clock: clock) { store in try await body(StructureOffice(store, clock)) }
    }

    func asking(_ role: Role = .programmeOffice, region: Int64? = nil, counted: Bool = true) -> Asking {
        Asking(
            catalogue: FactCatalogue([Self.fact(counted: counted)]), viewer: Viewer(Actor(name: "t", role: role, region: region)),
            regions: office.regions)
    }

    func ask(_ question: Question, _ asking: Asking? = nil) async throws -> Answer {
        let asking = asking ?? self.asking()
        return try await office.store.read { try asking.ask(question, $0) }
    }

    func rows(_ question: Question, _ asking: Asking? = nil) async throws -> [Int64] {
        let asking = asking ?? self.asking()
        return try await office.store.read { try asking.rows(question, $0, limit: 1000).rows.map(\.id) }
    }

    /// What a metric comes to over some lines: value, n.
    static func figure(_ metric: String, _ lines: [Line]) -> (value: Double?, n: Int) {
        let judged = lines.filter { $0.verdict != "none" }
        switch metric {
        case "count": return (Double(lines.count), lines.count)
        case "pass-rate": return (judged.isEmpty ? nil : Double(judged.count { $0.verdict == "pass" }) / Double(judged.count), judged.count)
        case "firm-pass-rate":
            let firms = Dictionary(grouping: judged, by: \.firm)
            let good = firms.values.count { $0.allSatisfy { $0.verdict == "pass" } }
            return (firms.isEmpty ? nil : Double(good) / Double(firms.count), firms.count)
        case "firms":
            let firms = Set(lines.map(\.firm)).count
            return (Double(firms), firms)
        case "sales":
            let known = lines.compactMap(\.sales)
            return (known.isEmpty ? nil : Double(known.reduce(0, +)), known.count)
        default:
            let known = lines.filter { $0.sales != nil }
            let whole = known.reduce(0) { $0 + $1.whole }
            return (known.isEmpty ? nil : Double(known.reduce(0) { $0 + ($1.sales ?? 0) }) / Double(whole), known.count)
        }
    }
}
