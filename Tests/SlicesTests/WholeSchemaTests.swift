import Accounts
import Enterprises
import Imports
import Interface
import Jobs
import Panels
import Programmes
import Questions
import Returns
import SpotChecks
import Storage
import Targets
import TestSupport
import Testing
import Values

/// All slices' tables together, as the command line opens them.
@Suite struct WholeSchemaTests {
    static let schema: Schema =
        .kernel + .imports + .importRuns + .enterprises + .spotChecks + .programmes + .targets + .questions + .returns + .accounts
        + .interface
        + .jobs + .panels

    @Test("one store holds all slices, opens again, and is in order", arguments: TestEngine.available)
    func opens(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            _ = try await Store(database, schema: Self.schema, clock: TestClock().clock)
            let store = try await Store(database, schema: Self.schema, clock: TestClock().clock)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test(
        "columns are digested in the order in which the tables have them, so that other programs can verify",
        arguments: TestEngine.available)
    func columns(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Self.schema) { store in
            for table in Self.schema.tables {
                let there = try await store.read { session in
                    let sql: SQL =
                        switch session.dialect {
                        case .sqlite: "select name from pragma_table_info(\(table.name.name)) order by cid"
                        case .postgres:
                            "select column_name from information_schema.columns where table_schema = current_schema() and table_name = \(table.name.name) order by ordinal_position"
                        }
                    return try session.rows(sql).map { $0.text(0) }
                }
                let own = there.filter { !["known_from", "known_to", table.key.name].contains($0) }
                #expect(own == table.columns.map(\.name), "\(table.name)")
                #expect(table.isVersioned == there.contains("known_to"), "\(table.name)")
            }
        }
    }

    @Test("migrations and tables have names of their own")
    func names() {
        let migrations = Self.schema.migrations.map(\.name)
        let tables = Self.schema.tables.map(\.name.name)
        #expect(Set(migrations).count == migrations.count)
        #expect(Set(tables).count == tables.count)
    }
}
