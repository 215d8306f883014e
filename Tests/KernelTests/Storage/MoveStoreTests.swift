import Foundation
import Storage
import TestSupport
import Testing
import Values

/// A store on the other engine is the same store, or there is none.
@Suite struct MoveStoreTests {
    private static let move = MoveStore(schema: Firm.schema, clock: TestClock().clock)
    private static var others: [TestEngine] { TestEngine.available.count > 1 ? TestEngine.available : [] }

    private static func other(_ engine: TestEngine) -> TestEngine { engine == .sqlite ? .postgres : .sqlite }

    @Test("to the other engine and back, the journal ends in the same entry and every row proves itself", arguments: others)
    func thereAndBack(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            try await BackupTests.fill(store)
            let head = try await store.head()
            try await TestStores.withPlace(Self.other(engine)) { place, reopen in
                let there = try await Self.move.run(store.database, into: place)
                #expect(there.from.head == head && there.to.head == head)
                #expect(there.to.findings == [] && there.to.rows == there.from.rows && there.to.cells == there.from.cells)
                let moved = try reopen()
                try await TestStores.withPlace(engine) { home, reopenHome in
                    let back = try await Self.move.run(moved, into: home)
                    #expect(back.to.head == head && back.to.findings == [])
                    let last = try await Store(reopenHome(), schema: Firm.schema, clock: TestClock().clock)
                    #expect(try await last.names() == store.names())
                    let all: @Sendable (any Session) throws -> [[Value]] = { session in
                        try session.rows(
                            "select id, known_from, known_to, name, town, sales, score, mark from firm order by id, known_from"
                        ).map(\.values)
                    }
                    #expect(try await last.read(all) == store.read(all))
                    await last.database.close()
                }
                await moved.close()
            }
        }
    }

    @Test(
        "what is made anew on a server is looked at there, so that its first question is planned for what it holds",
        arguments: others.suffix(1))
    func derivedMeasured(_ engine: TestEngine) async throws {
        let words = DerivedTable("firm_word") { try $0.run("insert into firm_word (name) select distinct name from firm") }
        let made = Migration("test-firm-word", ["create table firm_word (name {text} primary key) {strict}"])
        let schema = Firm.schema + Schema(migrations: [made], tables: [], derived: [words])
        try await TestStores.with(.sqlite, schema: schema) { store in
            try await BackupTests.fill(store)
            try await TestStores.withPlace(engine) { place, reopen in
                _ = try await MoveStore(schema: schema, clock: TestClock().clock).run(store.database, into: place)
                let moved = try reopen()
                let known = try await moved.read {
                    try $0.integer("select count(*) from pg_stats where schemaname = current_schema() and tablename = 'firm_word'")
                }
                #expect(known == 1)
                await moved.close()
            }
        }
    }

    @Test("a store that does not prove itself is not moved", arguments: others)
    func tampered(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await store.database.write { _ = try $0.run("update firm set name = '乙'") }
            try await TestStores.withPlace(Self.other(engine)) { place, _ in
                let failure = await #expect(throws: Failure.self) { _ = try await Self.move.run(store.database, into: place) }
                #expect(failure?.description == "原库有1处与日志不符，没有搬。处理办法：先运行 hallmark verify，查明谁改了数据库")
            }
        }
    }

    @Test("nothing is left where the taking in fails half way", arguments: others)
    func halfWay(_ engine: TestEngine) async throws {
        // The other side's table lacks a column, so that it fails after some tables are in.
        try await TestStores.with(engine, schema: Firm.schema) { store in
            try await BackupTests.fill(store)
            try await store.database.write { try $0.define("alter table firm add column stray text") }
            try await TestStores.withPlace(Self.other(engine)) { place, reopen in
                let failure = await #expect(throws: Failure.self) { _ = try await Self.move.run(store.database, into: place) }
                #expect(failure?.code == "backup.shape")
                #expect(failure?.message.hasPrefix("备份里的表 table firm ") == true)
                if case .file(let path) = place {
                    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
                    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
                } else {
                    let database = try reopen()
                    let count = try await database.read {
                        try $0.integer("select count(*) from information_schema.tables where table_schema = current_schema()")
                    }
                    #expect(count == 0)
                    await database.close()
                }
                #expect(try await store.verify().findings == [])
            }
        }
    }

    @Test("to the same engine it is refused")
    func sameEngine() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            let failure = await #expect(throws: Failure.self) {
                _ = try await Self.move.run(store.database, into: .file("/nowhere/x.sqlite"))
            }
            #expect(failure?.description == "两边是同一种数据库。处理办法：用 hallmark backup 和 hallmark restore")
        }
    }
}
