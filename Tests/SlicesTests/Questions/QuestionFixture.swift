import Enterprises
import Evidence
import Foundation
import Hummingbird
import HummingbirdTesting
import Imports
import Jobs
import Logging
import Places
import Questions
import Storage
import TestSupport
import Values
import WebSupport

/// A small store of batches with verdict, region and product, of a fact of its own.
struct QuestionFixture: Sendable {
    let office: Office

    static let table = RecordTable("batch", columns: ["verdict", "region_id", "product", "amount"], counted: tally)
    private static let tally = Tally("batch", keys: [.init("verdict", "verdict")], cubes: [.init("verdict")])

    static let schema =
        Schema.kernel
        + .questions + .jobs
        + Schema(
            migrations: [
                Migration(
                    "batch-0001",
                    [
                        """
                        create table batch (id {int} not null, known_from {int} not null, known_to {int} not null, verdict {text},
                            region_id {int}, product {text}, amount {int}, primary key (id, known_from)) {strict}
                        """
                    ])
            ], tables: [table])

    static let catalogue = FactCatalogue([
        Fact(
            "batch", Word("抽查批次"), table: table,
            dimensions: [
                Dimension("verdict", Word("结论"), "f.verdict", words: ["pass": Word("合格", "passed"), "fail": Word("不合格", "failed")]),
                Dimension("region", Word("地区"), kind: .region, "f.region_id"), Dimension("product", Word("产品"), "f.product"),
                Dimension("level", Word("级别"), "'national'", words: ["national": Word("国家级", "national")]),
            ],
            metrics: [
                Metric("count", Word("批次"), unit: Word("批"), .count),
                Metric("pass-rate", Word("批次合格率"), unit: Word("%"), .share(of: ["pass"], among: ["pass", "fail"], dimension: "verdict")),
                Metric("amount", Word("金额"), unit: Word("元"), .sum("f.amount")),
            ],
            columns: [
                Fact.Column("product", Word("产品"), .text, "f.product"), Fact.Column("verdict", Word("结论"), .text, "f.verdict"),
                Fact.Column("amount", Word("金额"), .money, "f.amount"), Fact.Column("region", Word("地区"), .whole, "f.region_id"),
            ], counted: tally)
    ])

    static let rows: [(verdict: String, region: String, product: String, amount: Int64)] = [
        ("pass", "440605", "皮鞋", 100), ("fail", "440605", "皮鞋", 250), ("pass", "330303", "=SUM(A1)", 300), ("pass", "440605", "阀门", 400),
    ]

    init() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-test-\(UUID().uuidString).sqlite").path
        let store = try await Store(try SQLiteDatabase(path: path), schema: Self.schema, clock: .noon(Day(number: 15_946)))
        let regions = RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions")))
        let vocabulary = try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings"))
        office = Office(store: store, regions: regions, vocabulary: vocabulary, root: ProjectFiles.root)
        for (index, row) in Self.rows.enumerated() {
            let region = try regions.number(of: row.region)
            try await store.act("batch.record", by: .local, reason: "测试") { transaction in
                transaction.subject = "batch/\(index + 1)"
                try transaction.open(
                    Self.table, id: Int64(index + 1), [.text(row.verdict), .integer(region), .text(row.product), .integer(row.amount)])
            }
        }
    }

    var text: QuestionText { QuestionText(catalogue: Self.catalogue, regions: office.regions) }

    func read(_ parts: QuestionText.Parts) async throws -> QuestionText.Reading {
        let text = text
        return try await office.store.read { try text.read(parts, $0) }
    }

    /// The question and journal pages as a server has them.
    func application() throws -> some ApplicationProtocol {
        var routes = QuestionRoutes.table(office, catalogue: Self.catalogue)
        routes.add(JournalRoutes.table(office, names: RecordNames()))
        let configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory, clock: office.clock,
            logger: Logger(label: "test"),
            frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
        return try WebServer.build(routes: routes, configuration: configuration)
    }

    /// What a browser gets for an address.
    func get(_ uri: String, accept: String = "text/html") async throws -> (status: Int, text: String, headers: HTTPFields) {
        try await application().test(.router) { client in
            let answer = try await client.execute(uri: uri, method: .get, headers: [.accept: accept])
            return (Int(answer.status.code), String(buffer: answer.body), answer.headers)
        }
    }
}
