import Foundation
import Storage
import TestSupport
import Testing
import Values

@Suite struct MigrationTests {
    @Test("a store is opened again without repeating its migrations", arguments: TestEngine.available)
    func again(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            let store = try await Store(database, schema: Firm.schema, clock: TestClock().clock)
            _ = try await store.addFirm(Firm.row("甲"))
            let reopened = try await Store(database, schema: Firm.schema, clock: TestClock().clock)
            #expect(try await reopened.names() == ["甲"])
        }
    }

    @Test("a store of a newer program is refused", arguments: TestEngine.available)
    func newer(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            _ = try await Store(database, schema: Firm.schema, clock: TestClock().clock)
            let failure = await #expect(throws: Failure.self) {
                _ = try await Store(database, schema: .kernel, clock: TestClock().clock)
            }
            #expect(failure?.code == "store.newer")
            #expect(failure?.message == "数据库由较新的程序写过（firm-0001），这个版本不能打开")
        }
    }

    @Test("a shipped migration that was edited is noticed", arguments: TestEngine.available)
    func edited(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            _ = try await Store(database, schema: Firm.schema, clock: TestClock().clock)
            let edited = Schema.kernel + Schema(migrations: [Migration("firm-0001", ["create table firm (id {int})"])], tables: [])
            let failure = await #expect(throws: Failure.self) {
                _ = try await Store(database, schema: edited, clock: TestClock().clock)
            }
            #expect(failure?.message == "数据库结构步骤 firm-0001 与程序不符")
        }
    }

    @Test("a migration that fails half way leaves the store as it was", arguments: TestEngine.available)
    func halfWay(_ engine: TestEngine) async throws {
        try await TestStores.withDatabase(engine) { database in
            let broken =
                Schema.kernel + Schema(migrations: [Migration("bad-0001", ["create table half (a {int})", "nonsense"])], tables: [])
            await #expect(throws: Failure.self) { _ = try await Store(database, schema: broken, clock: TestClock().clock) }
            let store = try await Store(database, schema: Firm.schema, clock: TestClock().clock)
            #expect(try await store.verify().findings == [])
            await #expect(throws: Failure.self) { _ = try await store.read { try $0.integer("select count(*) from half") } }
        }
    }

    @Test("a file that is no database is refused with a sentence")
    func notADatabase() async throws {
        try await TestStores.withFile { path in
            try Data("这不是数据库，只是一段文字，长到不能被当作空文件。".utf8).write(to: URL(fileURLWithPath: path))
            let failure = #expect(throws: Failure.self) { _ = try SQLiteDatabase(path: path) }
            #expect(failure?.code == "store.cannot-open")
            #expect(failure?.place.file == path)
        }
    }
}
