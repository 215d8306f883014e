import Foundation
import Synchronization
import TestSupport
import Testing
import Values

@testable import Storage

/// The server side alone: what waits, what is tried again, what is told.
@Suite("PostgreSQL at work", .enabled(if: TestEngine.postgresAddress != nil))
struct PostgresAtWorkTests {
    /// Ends all connections of one test's schema but the asking one, as a server that is started again does.
    private func breakConnections(_ database: PostgresDatabase, _ mark: String) async throws {
        _ = try await database.note { session in
            try session.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = \(mark) and pid <> pg_backend_pid()")
        }
    }

    private func with(
        _ limits: PostgresLimits = PostgresLimits(),
        _ body: (_ database: PostgresDatabase, _ mark: String, _ address: String) async throws -> Void
    ) async throws {
        let mark = "t" + UUID().uuidString.prefix(8)
        try await TestStores.withAddress(.postgres) { address in
            let database = try PostgresDatabase(PostgresAccess(address: address + "&application_name=\(mark)"), limits: limits)
            _ = try await Store(database, schema: .kernel, clock: TestClock().clock)
            try await body(database, mark, address)
            await database.close()
        }
    }

    @Test("a reading whose connection broke is done again; an act that has begun is not, one that has not is")
    func broken() async throws {
        try await with { database, mark, _ in
            let count: @Sendable (any Session) throws -> Int64 = { try $0.integer("select count(*) from setting") }
            _ = try await database.read(count)
            try await breakConnections(database, mark)
            #expect(try await database.read(count) == 0)
            #expect(try await WaitingLimit.$current.withValue(.seconds(5)) { try await database.read(count) } == 0)
            try await breakConnections(database, mark)
            #expect(try await WaitingLimit.$current.withValue(.seconds(5)) { try await database.read(count) } == 0)
            // The writing connection is broken too, but nothing has been said yet.
            _ = try await database.write { try $0.run("insert into setting values (1, 1, 9223372036854775807, 'a', 'b')") }
            let failure = await #expect(throws: Failure.self) {
                try await database.write { session in
                    try session.run("insert into setting values (2, 1, 9223372036854775807, 'c', 'd')")
                    try session.run("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(failure?.code == "store.connection-lost")
            #expect(try await database.read(count) == 1)
        }
    }

    @Test("a connection that breaks while an act is committed leaves its outcome unknown, and says so")
    func unknown() async throws {
        try await with { database, _, _ in
            let failure = await #expect(throws: Failure.self) {
                try await database.write { session in
                    try session.define(
                        """
                        create function ends() returns trigger language plpgsql as
                        $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$
                        """)
                    try session.define("create table late (a int)")
                    try session.define(
                        """
                        create constraint trigger late after insert on late deferrable initially deferred
                        for each row execute function ends()
                        """)
                    try session.run("insert into late values (1)")
                }
            }
            #expect(failure?.code == "store.outcome-unknown")
            #expect(failure?.cure?.contains("编号") == true)
            let late = try await database.read { session in
                try session.integer("select count(*) from pg_tables where tablename = 'late' and schemaname = current_schema()")
            }
            #expect(late == 0)
        }
    }

    @Test("a statement that failed and was passed over is not taken for a commit")
    func passedOver() async throws {
        try await with { database, _, _ in
            let failure = await #expect(throws: Failure.self) {
                try await database.write { session in
                    try session.run("insert into setting values (1, 1, 9223372036854775807, 'a', 'b')")
                    try? session.define("nonsense")
                }
            }
            #expect(failure?.code == "store.rolled-back")
        }
    }

    /// The one connection, held for as long as the test wants.
    private final class Hold: Sendable {
        let isTaken = Mutex(false)
        let isOver = Mutex(false)
    }

    @Test("a page's statement ends at its limit, a job's does not; a page waits for a connection as long as the limits say")
    func limits() async throws {
        var limits = PostgresLimits()
        (limits.pages, limits.patience) = (1, .milliseconds(100))
        try await with(limits) { database, _, _ in
            let slow: @Sendable (any Session) throws -> Int64 = { try $0.integer("select 7 from pg_sleep(0.5)") }
            #expect(try await database.read(slow) == 7)
            let long = await #expect(throws: Failure.self) {
                try await WaitingLimit.$current.withValue(.milliseconds(200)) { try await database.read(slow) }
            }
            #expect(long?.code == "store.too-long")
            let hold = Hold()
            try await WaitingLimit.$current.withValue(.seconds(600)) {
                async let first = database.read { session in
                    hold.isTaken.withLock { $0 = true }
                    while !hold.isOver.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.005) }
                    return try session.integer("select 7")
                }
                while !hold.isTaken.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
                let crowded = await #expect(throws: Failure.self) { try await database.read(slow) }
                hold.isOver.withLock { $0 = true }
                #expect(crowded?.code == "store.crowded" && crowded?.kind == .busy)
                let answered = try await first
                #expect(answered == 7)
            }
        }
    }

    @Test("an act waits for another process as long as its patience, then is refused as busy; a note waits for no act")
    func patience() async throws {
        try await with { database, _, address in
            let other = try PostgresDatabase(address: address, readers: 1)
            _ = try await other.write { session in
                let done = DispatchSemaphore(value: 0)
                let codes = Codes()
                Task {
                    do { try await database.write(patience: .milliseconds(150)) { _ in } } catch let failure as Failure {
                        codes.add(failure.code)
                    }
                    codes.add(try await database.note { try $0.integer("select 1") } == 1 ? "noted" : "")
                    done.signal()
                }
                done.wait()
                #expect(codes.all == ["store.busy", "noted"])
                return try session.integer("select 1")
            }
            await other.close()
        }
    }

    private final class Codes: @unchecked Sendable {
        private let lock = NSLock()
        private var codes: [String] = []
        var all: [String] { lock.withLock { codes } }
        func add(_ code: String) { lock.withLock { codes.append(code) } }
    }

    @Test("a server that does not answer is given up, with a sentence")
    func silent() async throws {
        let port = HallmarkServer.freePort()
        let failure = #expect(throws: Failure.self) { _ = try PostgresDatabase(address: "host=127.0.0.1 port=\(port)", readers: 1) }
        #expect(failure?.code == "store.cannot-connect")
    }

    @Test("the password comes from a file that not everybody may read, anew for every connection")
    func password() async throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("password")
        func write(_ text: String, _ mode: Int) throws {
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
        func code() -> String? {
            do { return try PostgresAccess.password(in: file.path) } catch { return (error as? Failure)?.message }
        }
        #expect(code() == "数据库口令文件读不出")
        try write("geheim\n", 0o644)
        #expect(code() == "数据库口令文件人人可读")
        try write("\n", 0o600)
        #expect(code() == "数据库口令文件是空的")
        try write("geheim 1\nsecond line\n", 0o400)
        #expect(try PostgresAccess.password(in: file.path) == "geheim 1")
    }
}
