import Foundation
import Synchronization
import TestSupport
import Testing
import Values

@testable import Storage

@Suite("A file that is closed")
struct ClosingTests {
    @Test("a new store is its owner's alone, with its log beside it; one that is there keeps what it has")
    func ownersAlone() async throws {
        try await TestStores.withFile { path in
            func mode(_ path: String) throws -> Int? { try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }
            let database = try SQLiteDatabase(path: path)
            _ = try await Store(database, schema: .kernel, clock: TestClock().clock)
            for file in [path, path + "-wal", path + "-shm"] { #expect(try mode(file) == 0o600, "\(file)") }
            await database.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            await (try SQLiteDatabase(path: path)).close()
            #expect(try mode(path) == 0o640)
        }
    }

    @Test("while people write and read holds what was acknowledged, and its log is folded in", arguments: 0..<4)
    func closing(_ round: Int) async throws {
        try await TestStores.withFile { path in
            let database = try SQLiteDatabase(path: path)
            let store = try await Store(database, schema: .kernel, clock: TestClock().clock)
            let written = Mutex(0)
            let writing = Task {
                while true {
                    try await store.act("test.write", by: .local) { _ in }
                    written.withLock { $0 += 1 }
                }
            }
            let reading = Task { while true { _ = try await store.read { try $0.integer("select count(*) from journal") } } }
            while written.withLock({ $0 }) < 5 * (round + 1) { try await Task.sleep(for: .milliseconds(1)) }
            await database.close()
            await #expect(throws: (any Error).self) { try await writing.value }
            await #expect(throws: (any Error).self) { try await reading.value }
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            let kept = try await SQLiteFile.read(path) { try JournalQuery.head($0).position }
            #expect(kept == Int64(written.withLock { $0 }))
        }
    }
}
