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

    @Test("several processes that open a new store at once make its shape once", arguments: TestEngine.available)
    func atOnce(_ engine: TestEngine) async throws {
        try await TestStores.withPlace(engine) { _, reopen in
            let databases = try (0..<4).map { _ in try reopen() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, database) in databases.enumerated() {
                    group.addTask {
                        let store = try await Store(database, schema: Firm.schema, clock: TestClock().clock, patience: .seconds(60))
                        _ = try await store.addFirm(Firm.row("厂\(number)"))
                    }
                }
                try await group.waitForAll()
            }
            let store = try await Store(databases[0], schema: Firm.schema, clock: TestClock().clock)
            #expect(try await store.read { try $0.integer("select count(*) from migration") } == Int64(Firm.schema.migrations.count))
            #expect(try await store.names().sorted() == ["厂0", "厂1", "厂2", "厂3"])
            #expect(try await store.verify().findings == [])
            for database in databases { await database.close() }
        }
    }

    @Test("a process that goes on running beside a newer one may read, and is told why it may not write", arguments: TestEngine.available)
    func besideNewer(_ engine: TestEngine) async throws {
        let newer = Firm.schema + Schema(migrations: [Migration("more-0001", ["create table more (a {int})"])], tables: [])
        try await TestStores.withPlace(engine) { _, reopen in
            let (old, new) = (try reopen(), try reopen())
            let running = try await Store(old, schema: Firm.schema, clock: TestClock().clock)
            _ = try await running.addFirm(Firm.row("甲"))
            let upgraded = try await Store(new, schema: newer, clock: TestClock().clock)
            let refusal = Failure(
                .refused, "store.newer", "数据库由较新的程序写过（more-0001），这个版本不能打开", cure: "使用较新版本的 hallmark，或恢复升级前的备份")
            await #expect(throws: refusal) { _ = try await running.addFirm(Firm.row("乙")) }
            await #expect(throws: refusal) { _ = try await running.actOnce(request: "r", "firm.add", by: .local) { _ in "done" } }
            #expect(try await running.names() == ["甲"])
            _ = try await upgraded.addFirm(Firm.row("丙"))
            #expect(try await upgraded.verify().findings == [])
            await old.close()
            await new.close()
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
