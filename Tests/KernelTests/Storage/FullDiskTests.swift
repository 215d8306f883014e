import Foundation
import Storage
import TestSupport
import Testing
import Values

/// No room left: a sentence with a cure, nothing half, and everybody goes on reading.
@Suite(.blocking) struct FullDiskTests {
    private static let full = Failure(.busy, "store.full", "磁盘已满或不可写，这次操作没有写入", cure: "清理磁盘空间后重做；已有数据仍可查询")

    private static func keep(_ number: Int, bytes: Int, in store: Store) async throws {
        try await store.act("file.keep", by: .local) { transaction in
            let id: ID<Firm> = try transaction.newID(Firm.table)
            try transaction.open(Firm.table, id: id.number, Firm.row("厂\(number)"))
            var random = SeededRandom(UInt64(number))
            try transaction.keep(original: (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &random) }, name: "\(number).xls")
        }
    }

    @Test("a database that may not grow refuses the act whole, is read as before, and takes acts again once it may")
    func mayNotGrow() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            try await Self.keep(1, bytes: 1000, in: store)
            let head = try await store.head()
            let pages = try await store.read { try $0.integer("select page_count from pragma_page_count") }
            try await store.database.write { try $0.define("PRAGMA max_page_count = \(pages + 4)") }
            await #expect(throws: Self.full) { try await Self.keep(2, bytes: 200_000, in: store) }
            #expect(try await store.names() == ["厂1"])
            #expect(try await store.head() == head)
            #expect(try await store.verify(kept: head).findings == [])
            try await store.database.write { try $0.define("PRAGMA max_page_count = 100000") }
            try await Self.keep(2, bytes: 200_000, in: store)
            #expect(try await store.names() == ["厂1", "厂2"])
            #expect(try await store.verify(kept: head).findings == [])
        }
    }

    @Test("a server without room is said to be so, and nothing is half", arguments: TestEngine.available.filter { $0 == .postgres })
    func fullServer(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            await #expect(throws: Self.full) {
                try await store.act("firm.add", by: .local) { transaction in
                    try transaction.open(Firm.table, id: 2, Firm.row("乙"))
                    // What the server says when it cannot extend a file.
                    try transaction.session.define("do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$")
                }
            }
            #expect(try await store.names() == ["甲"])
            _ = try await store.addFirm(Firm.row("丙"))
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("on a small disk that fills up", .enabled(if: SmallDisk.isPossible, "mounting a small disk needs the rights of root"))
    func smallDisk() async throws {
        try await SmallDisk.with(megabytes: 4) { folder in
            let store = try await Store(SQLiteDatabase(path: folder + "/store.sqlite"), schema: Firm.schema, clock: TestClock().clock)
            var (kept, failure) = (0, Failure?.none)
            while failure == nil, kept < 100 {
                do {
                    try await Self.keep(kept + 1, bytes: 150_000, in: store)
                    kept += 1
                } catch let refused as Failure { failure = refused }
            }
            #expect(failure == Self.full && kept > 2)
            let head = try await store.head()
            #expect(head.position == Int64(kept))
            #expect(try await store.names().count == kept)
            #expect(try await store.verify(kept: head).findings == [])

            let backup = BackupStore(schema: Firm.schema, clock: TestClock().clock)
            let noRoom = await #expect(throws: Failure.self) {
                _ = try await backup.run(store.database, to: folder + "/backup", verifies: false)
            }
            #expect(["store.full", "backup.full"].contains(noRoom?.code))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(left.filter { $0.hasPrefix("backup") } == [])

            try SmallDisk.grow(folder, megabytes: 16)
            try await Self.keep(kept + 1, bytes: 150_000, in: store)
            _ = try await backup.run(store.database, to: folder + "/backup", verifies: true)
            #expect(try await store.verify(kept: head).findings == [])
            await store.database.close()
        }
    }
}

/// A disk in memory of a few megabytes, where the machine lets the test mount one.
private enum SmallDisk {
    static let isPossible: Bool = {
        guard let folder = try? HallmarkCommand.temporaryFolder() else { return false }
        defer { try? FileManager.default.removeItem(at: folder) }
        guard run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path) else { return false }
        return run("umount", folder.path)
    }()

    static func with(megabytes: Int, _ body: (String) async throws -> Void) async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        guard run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path) else { throw CocoaError(.fileWriteUnknown) }
        defer {
            _ = run("umount", "-l", folder.path)
            try? FileManager.default.removeItem(at: folder)
        }
        try await body(folder.path)
    }

    static func grow(_ folder: String, megabytes: Int) throws {
        guard run("mount", "-o", "remount,size=\(megabytes)m", folder) else { throw CocoaError(.fileWriteUnknown) }
    }

    private static func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
