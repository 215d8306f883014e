import Enterprises
import Evidence
import Foundation
import Imports
import Jobs
import Places
import Storage
import TestSupport
import Values

@testable import Questions

/// Batches of four years, six towns of several districts, a city without a finer place, two methods, five products and a few firms: enough to explore.
struct ExploreOffice: Sendable {
    let office: Office

    static let tally = Tally(
        "sample", keys: [.init("verdict", "verdict"), .init("year", "year")], cubes: [.init("verdict", "year")])
    static let table = RecordTable(
        "sample", columns: ["verdict", "region_id", "product", "year", "method", "firm", "amount"], counted: tally)

    static let schema: Schema =
        .kernel + .questions + .jobs
        + Schema(
            migrations: [
                Migration(
                    "sample-0001",
                    [
                        """
                        create table sample (id {int} not null, known_from {int} not null, known_to {int} not null, verdict {text},
                            region_id {int}, product {text}, year {text}, method {text}, firm {text}, amount {int},
                            primary key (id, known_from)) {strict}
                        """
                    ])
            ], tables: [table])

    static let fact = Fact(
        "sample", Word("抽样", "Samples"), table: table,
        dimensions: [
            Dimension("verdict", Word("结论", "Verdict"), "f.verdict", words: ["pass": Word("合格", "passed"), "fail": Word("不合格", "failed")]),
            Dimension("region", Word("地区", "Region"), kind: .region, "f.region_id"),
            Dimension("product", Word("产品", "Product"), "f.product"), Dimension("year", Word("年度", "Year"), "f.year"),
            Dimension(
                "method", Word("抽样方式", "Method"), "f.method", words: ["double": Word("双随机", "random"), "special": Word("专项", "special")]),
        ],
        metrics: [
            Metric("count", Word("批次", "Batches"), unit: Word("批次", "batches"), .count),
            Metric(
                "pass-rate", Word("批次合格率", "Pass rate"), unit: Word("%"),
                .share(of: ["pass"], among: ["pass", "fail"], dimension: "verdict"),
                needsOne: "method"),
            Metric("firms", Word("企业数", "Firms"), unit: Word("家", "firms"), .distinct("f.firm")),
            Metric("amount", Word("金额", "Amount"), unit: Word("元", "yuan"), .sum("f.amount"), isConfidential: true),
        ],
        columns: [
            Fact.Column("product", Word("产品", "Product"), .text, "f.product"),
            Fact.Column("region", Word("地区", "Region"), .whole, "f.region_id"),
            Fact.Column("verdict", Word("结论", "Verdict"), .text, "f.verdict", words: ["fail": Word("不合格", "failed")]),
        ], counted: tally)

    static let catalogue = FactCatalogue([fact])
    static let towns = ["440605121", "440605122", "440605123", "440606", "440604", "330303"]
    static let products = ["皮鞋", "阀门", "锁具", "眼镜", "<b>玩具</b>"]

    init(_ store: Store, rows: Int = 240) async throws {
        let regions = RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions")))
        let vocabulary = try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings"))
        office = Office(store: store, regions: regions, vocabulary: vocabulary, root: ProjectFiles.root)
        let numbers = try Self.towns.map { try regions.number(of: $0) }
        var random = SeededRandom(7)
        var lines: [(id: Int64, row: [Value])] = []
        for id in 1...rows {
            let year: Value = id % 19 == 0 ? .null : .text(["2013", "2014", "2016", "2017"][Int(random.next() % 4)])
            let region: Value = id % 23 == 0 ? .null : .integer(numbers[Int(random.next() % 6)])
            lines.append(
                (
                    Int64(id),
                    [
                        .text(random.next() % 7 == 0 ? "fail" : "pass"), region, .text(Self.products[Int(random.next() % 5)]), year,
                        .text(id % 3 == 0 ? "special" : "double"), .text("厂\(random.next() % 9)"), .integer(Int64(random.next() % 900)),
                    ]
                ))
        }
        let city = try regions.number(of: "440600")
        for id in (rows + 1)...(rows + 2) {
            lines.append(
                (
                    Int64(id),
                    [.text("pass"), .integer(city), .text("皮鞋"), .text("2013"), .text("double"), .text("厂1"), .integer(100)]
                ))
        }
        let all = lines
        try await store.act("sample.record", by: .local) { try $0.open(Self.table, rows: all) }
    }

    /// Runs the body on an engine with the rows in place.
    static func with(_ engine: TestEngine, _ body: (ExploreOffice) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: schema) { store in try await body(ExploreOffice(store)) }
    }

    func asking(_ role: Role = .programmeOffice) -> Asking {
        Asking(catalogue: Self.catalogue, viewer: Viewer(Actor(name: "测试", role: role)), regions: office.regions)
    }

    var text: QuestionText { QuestionText(catalogue: Self.catalogue, regions: office.regions) }

    func ask(_ question: Question) async throws -> Figure {
        let asking = asking()
        return try await office.store.read { try asking.ask(question, $0).figure }
    }
}
