import Foundation
import Imports
import Places
import TestSupport
import Testing
import Values

@testable import Enterprises
@testable import Evidence
@testable import Programmes
@testable import SpotChecks
@testable import Storage
@testable import Targets

/// No main query reads a whole large table, by the engines' own plans over tables that are large enough to choose.
@Suite struct QueryPlanTests {
    private static let large: [(table: String, aliases: [String])] = [
        ("result", ["f", "r"]), ("enterprise", ["e", "f", "n"]), ("enterprise_name", ["n"]), ("account", ["a", "f"]),
        ("product", ["o", "p", "f"]),
        ("holding", ["h", "f"]), ("result", ["t"]), ("product", ["t"]), ("holding", ["t"]), ("enterprise_class", ["t"]),
        ("followup", ["t"]), ("journal", []), ("counter", ["c"]), ("counter_past", ["p"]),
    ]

    /// Rows put in beside the journal: only plans are looked at here.
    private static func fill(_ session: any Storage.Session) throws {
        let numbers: SQL = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000)"
        func insert(_ table: RecordTable, _ values: [String: SQL]) throws {
            let columns = table.columns.map(\.sql).joined(", ")
            let list = table.columns.map { values[$0.name] ?? "null" }.joined(", ")
            try session.run(
                "insert into \(table.name) (id, known_from, known_to, \(columns)) \(numbers) select i, 1 + i % 900, 9223372036854775807, \(list) from n"
            )
        }
        try insert(
            .enterprise,
            [
                "name": "'示例' || i || '号鞋厂'", "folded": "'示例' || i || '号鞋厂'", "region_id": "3303030000 + 10 * (i % 300)",
                "status": "case when i % 40 = 0 then 'candidate' else 'active' end", "code_state": "'missing'", "industry_code": "'1921'",
                "registration_number": "'r' || i",
            ])
        try insert(.enterpriseName, ["enterprise_id": "i", "name": "'示例' || i", "folded": "'示例' || i", "kind": "'current'"])
        try insert(.account, ["enterprise_id": "i", "year": "2006", "sales_fen": "i * 100", "region_id": "3303030000 + 10 * (i % 300)"])
        try insert(.product, ["enterprise_id": "i", "name": "'皮鞋'", "region_id": "3303030000 + 10 * (i % 300)"])
        try insert(.holding, ["enterprise_id": "i", "kind": "'名牌'", "region_id": "3303030000 + 10 * (i % 300)"])
        try insert(
            .result,
            [
                "publication_id": "i / 100", "row": "i", "producer": "'示例' || i", "producer_folded": "'示例' || i",
                "sampled_unit": "'店' || i",
                "region_id": "3303030000 + 10 * (i % 300)", "place_note": "''", "enterprise_id": "i", "product_kind": "'品' || (i % 100)",
                "verdict": "case when i % 50 = 0 then 'fail' else 'pass' end", "method": "'special'", "stage": "'production'",
                "year": "2000 + i % 15", "level": "'national'", "rated": "1", "laboratory": "'所' || (i % 500)",
            ])
        try insert(
            .enterpriseClass,
            [
                "enterprise_id": "i", "programme": "'p'", "table_id": "'t'", "rule": "'r' || (i % 4)", "label": "'类'", "proposed": "'r'",
                "basis": "''", "document_number": "'1'", "confirmed_day": "'2006-01-01'",
            ])
        try insert(
            .followUp,
            ["publication_id": "i / 100", "row": "i", "firm": "'示例' || i", "firm_folded": "'示例' || i", "link_note": "''"])
        try session.run(
            """
            insert into journal (position, time, day, actor, role, action, subject, reason, detail, opened, closed, digest, previous, hash)
            \(numbers) select i, i, '2006-01-01', 'a', 'b', 'c', 'enterprise/' || i, '', '{}', 0, 0, '', '', '' from n
            """)
        try session.run(
            """
            insert into counter (fact, k1, k2, k3, k4, k5, k6, metric, value)
            \(numbers) select 'spotcheck.result/' || (i % 10), cast(i as text), '', '', '', '', '', 'count', 1 from n
            """)
        try session.run(
            """
            insert into counter_past (fact, k1, k2, k3, k4, k5, k6, metric, position, value)
            \(numbers) select 'spotcheck.result/' || (i % 10), cast(i as text), '', '', '', '', '', 'count', i, 1 from n
            """)
        try session.define("analyze")
    }

    /// The journal's last entry, taken from the end; and dossiers merged into one, which are few and have an index where there are many.
    private static func isLast(_ sql: SQL) -> Bool {
        sql.text.hasSuffix("from journal order by position desc limit 1") || sql.text.contains("e.merged_into = ")
    }

    /// What an office asks all day.
    private static func asked(_ session: any Storage.Session, _ regions: RegionDirectory) throws {
        let asking = Asking(catalogue: FactCatalogue(OfficeSnapshot.facts), viewer: Viewer(.local), regions: regions)
        for known in [nil, 500] as [Int64?] {
            for metric in ["count", "batch-pass-rate"] {
                for by in [[], ["year"], ["region", "verdict"]] {
                    let question = Question("spotcheck.result", metric: metric, where: [.init("region", ["330303"])], by: by, known: known)
                    if asking.isCounted(question) { _ = try asking.ask(question, session) }
                }
            }
            _ = try asking.ask(Question("enterprise", known: known), session)
            _ = try asking.ask(
                Question("account", metric: "sales", where: [.init("region", ["330303"])], by: ["year"], known: known), session)
            _ = try EnterpriseStore.dossier(ID(7), at: known, session)
            _ = try asking.ask(Question("spotcheck.result", where: [.init("enterprise", ["7"])], known: known), session)
            _ = try asking.rows(Question("account", where: [.init("enterprise", ["7"])], known: known), session)
        }
        for filters: [Question.Filter] in [
            [], [.init("verdict", ["fail"])], [.init("region", ["330303"])], [.init("publication", ["7"])], [.init("product", ["品7"])],
            [.init("year", ["2006"])], [.init("producer", ["示例7"])], [.init("sampled-unit", ["店7"])], [.init("laboratory", ["所7"])],
            [.init("enterprise", ["7"])],
        ] { _ = try asking.rows(Question("spotcheck.result", where: filters), session, after: 100) }
        for metric in ["firms", "firm-products"] {
            _ = try asking.ask(Question("spotcheck.result", metric: metric, where: [.init("publication", ["7"])]), session)
            _ = try asking.ask(Question("spotcheck.result", metric: metric, where: [.init("producer", ["示例7"])]), session)
        }
        for fact in ["enterprise", "account", "product", "holding"] { _ = try asking.rows(Question(fact), session, after: 100) }
        _ = try JournalQuery.page(session, before: 20_000)
        _ = try JournalQuery.page(session, subject: "enterprise/7")
        _ = try JournalQuery.position(session, endOf: Day(number: 13_000))
        _ = try SpotCheckStore.results(of: [7], session)
        _ = try SpotCheckStore.failures(ofFirms: ["示例7"], session)
        _ = try SpotCheckStore.list(before: .max, limit: 51, session)
    }

    /// Where the things stand that an act touches.
    private static func moved(_ session: any Storage.Session) throws {
        let rows: [(RecordTable, [String: Value])] = [
            (.result, ["producer_folded": .text("示例7"), "rated": .integer(1), "verdict": .text("pass"), "method": .text("special")]),
            (.product, ["enterprise_id": .integer(7)]), (.holding, ["enterprise_id": .integer(7)]),
            (.enterpriseClass, ["enterprise_id": .integer(7)]), (.followUp, ["firm_folded": .text("示例7")]),
        ]
        for (table, values) in rows {
            var book = CounterBook()
            book.add(table, id: 40_000, row: table.columns.map { values[$0.name] ?? .null }, sign: 1)
            for page in book.pages {
                var moving = MoveThings(page, hasEarlierRows: true, session)
                var cells: [CounterKey: Int64] = [:]
                try moving.add(to: &cells)
            }
        }
    }

    @Test("counters, rows, dossiers, lists and the journal are found by indexes", arguments: TestEngine.available)
    func plans(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: WholeSchemaTests.schema) { store in
            let regions = RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions")))
            try await store.database.write { session in
                try Self.fill(session)
                let recording = RecordingSession(session)
                try Self.asked(recording, regions)
                try Self.moved(recording)
                #expect(recording.statements.count > 60)
                var seen: Set<String> = []
                for sql in recording.statements where seen.insert(sql.text).inserted && !Self.isLast(sql) {
                    let scans = try recording.scans(sql, of: Self.large)
                    #expect(scans == [], "\(sql.text)")
                }
            }
        }
    }

    @Test("the firms of a region, a status and a name are found by indexes", arguments: TestEngine.available)
    func firms(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: WholeSchemaTests.schema) { store in
            let regions = RegionDirectory(tree: try RegionFiles.load(folder: ProjectFiles.url("regulations/regions")))
            try await store.database.write { session in
                try Self.fill(session)
                let recording = RecordingSession(session)
                var filter = EnterpriseFilter()
                _ = try EnterpriseStore.list(filter, recording)
                filter.regions = try regions.within("330303")
                _ = try EnterpriseStore.list(filter, recording)
                filter.regions = nil
                filter.status = .candidate
                _ = try EnterpriseStore.list(filter, recording)
                filter.status = nil
                filter.text = "示例77"
                _ = try EnterpriseStore.list(filter, recording)
                for sql in recording.statements {
                    let scans = try recording.scans(sql, of: Self.large)
                    #expect(scans == [], "\(sql.text)")
                }
            }
        }
    }
}
