import Evidence
import Storage
import TestSupport
import Values

/// A small fact with a column for every sort of dimension and metric.
enum Sample {
    static let table = RecordTable(
        "sample", columns: ["verdict", "region_id", "method", "year", "firm", "sales", "day"],
        counted: tally)

    static let tally = Tally(
        "sample",
        keys: [.init("verdict", "verdict"), .init("region", "region_id"), .init("method", "method"), .init("year", "year")],
        metrics: [.share("pass-rate", from: ["verdict", "method"], passes), .sum("sales", "sales")],
        cubes: [.init("year", with: ["sales"]), .init("verdict", "region", "method", "year", with: ["pass-rate", "sales"])],
        groups: [
            .init("firm-pass-rate", pinned: ["method"], leaf: "region", of: .name(["firm"]), from: ["verdict", "method"]) { values in
                passes(values).map { !$0 }
            },
            .init("firms", pinned: ["year"], leaf: "region", of: .name(["firm"])),
        ])

    private static func passes(_ values: [Value]) -> Bool? {
        guard values[1].text != "risk", ["pass", "fail"].contains(values[0].text) else { return nil }
        return values[0].text == "pass"
    }

    static let schema =
        Schema.kernel
        + Schema(
            migrations: [
                Migration(
                    "sample-0001",
                    [
                        """
                        create table sample (
                            id {int} not null, known_from {int} not null, known_to {int} not null, verdict {text}, region_id {int}, method {text},
                            year {int}, firm {text} not null, sales {int}, day {text}, primary key (id, known_from)
                        ) {strict}
                        """
                    ])
            ],
            tables: [table])

    /// Regions: 1 holds 11 and 12, 11 holds 111; 2 stands alone.
    struct Regions: RegionScope {
        func within(_ region: String) throws -> [Int64] {
            switch region {
            case "1": [1, 11, 111, 12]
            case "11": [11, 111]
            default: Int64(region).map { [$0] } ?? []
            }
        }

        func number(of region: String) throws -> Int64 { Int64(region) ?? 0 }
        func path(of number: Int64) -> [Int64] { [11: [1, 11], 111: [1, 11, 111], 12: [1, 12]][number] ?? [number] }
        func name(of number: Int64) -> String? { [1: "甲区", 11: "乙镇", 111: "丙村", 12: "丁镇", 2: "戊区"][number] }
    }

    static let metrics: [Metric] = [
        Metric("count", "批次", unit: "批次", .count),
        Metric(
            "pass-rate", "批次合格率", unit: "%", .share(of: ["pass"], among: ["pass", "fail"], dimension: "verdict"), needsOne: "method",
            leavesOut: ["risk"]),
        Metric(
            "firm-pass-rate", "企业合格率", unit: "%",
            .shareOfGroups(of: ["pass"], among: ["pass", "fail"], dimension: "verdict", group: "f.firm"), needsOne: "method",
            leavesOut: ["risk"]),
        Metric("firms", "家", unit: "家", .distinct("f.firm")),
        Metric("sales", "销售额", unit: "分", .sum("f.sales"), isConfidential: true, columns: ["sample.sales"]),
    ]

    /// The fact answered from counters where it can be, or from rows alone.
    static func fact(counted: Bool = true, isConfidential: Bool = false, scope: String? = "region") -> Fact {
        Fact(
            "sample", "样本", table: table, time: .event("f.day"),
            dimensions: [
                Dimension("verdict", "结论", "f.verdict", words: ["pass": "合格", "fail": "不合格"]),
                Dimension("region", "地区", kind: .region, "f.region_id"),
                Dimension("method", "方式", "f.method"),
                Dimension("year", "年", kind: .record, "f.year"),
                Dimension("firm", "企业", "f.firm"),
            ],
            metrics: metrics,
            columns: [
                Fact.Column("firm", "企业", .text, "f.firm"), Fact.Column("sales", "销售额", .money, "f.sales", seenBy: "sample.sales"),
            ],
            scope: scope, counted: counted ? tally : nil, isConfidential: isConfidential,
            guarded: GuardedDimensions(period: "year", place: "region"))
    }

    static func asking(
        _ role: Role = .programmeOffice, region: Int64? = nil, counted: Bool = true, isConfidential: Bool = false, scope: String? = "region"
    ) -> Asking {
        Asking(
            catalogue: FactCatalogue([fact(counted: counted, isConfidential: isConfidential, scope: scope)]),
            viewer: Viewer(Actor(name: "t", role: role, region: region)), regions: Regions())
    }

    static func row(
        _ verdict: String?, _ region: Int64?, _ method: String?, _ year: Int64?, _ firm: String, sales: Int64? = nil,
        day: String = "2013-03-01"
    ) -> [Value] {
        [Value(verdict), Value(region), Value(method), Value(year), .text(firm), Value(sales), .text(day)]
    }

    /// A store with the rows opened in one act.
    static func with(_ engine: TestEngine, _ rows: [[Value]], _ body: (Store) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: schema) { store in
            try await store.act("sample.import", by: .local) { transaction in
                try transaction.open(table, rows: rows.enumerated().map { (Int64($0.offset + 1), $0.element) })
            }
            try await body(store)
        }
    }
}

extension Store {
    func ask(_ question: Question, _ asking: Asking = Sample.asking()) async throws -> Answer {
        try await read { try asking.ask(question, $0) }
    }
}

extension Answer {
    /// `乙镇/合格 3` for every group.
    var lines: [String] { groups.map { $0.labels.joined(separator: "/") + " " + ($0.figure.value.map { String($0) } ?? "-") } }
}
