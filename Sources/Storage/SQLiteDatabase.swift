import CSQLite
import Foundation
import GRDB
import Values

/// The store in one SQLite file: write-ahead log, every commit on the disk (`synchronous = FULL`).
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    /// A look at a long import and some long questions may each hold one for minutes; `ReadingShare` leaves the rest to pages.
    package let readers = 6
    private let pool: DatabasePool
    private let held = HeldCells()
    /// What a connection holds of the store in memory, in KB, and what the writing one may hold while many rows are written.
    static let cache = 32_768
    static let wideCache = 98_304

    /// The engine counts the memory it asks for under one lock for all connections unless it is told not to; nobody reads the count.
    private static let isQuiet = sqlite_without_memory_statistics() == 0

    /// Opens or creates the file.
    package init(path: String) throws {
        _ = Self.isQuiet
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(15)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -\(Self.cache); PRAGMA temp_store = MEMORY")
            // A large act leaves a log of its own size behind, which the next one cuts to this.
            try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        // Made before the engine makes it: a new store is its owner's alone, whatever the process would let others read.
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw Failure(
                .invalid, "store.cannot-open", "数据库打不开", at: FilePlace(file: path), cure: "检查路径、权限和磁盘空间；文件须是标杆的数据库")
        }
    }

    package func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await StorageFailure.named { try await pool.read { [held] in try body(SQLiteSession($0, held: held)) } }
    }

    package func note<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await write(body)
    }

    /// Another process is waited for as long as `busyMode` says.
    package func write<Answer: Sendable>(
        patience: Duration?, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        try await StorageFailure.named {
            try await pool.write { [held] database in
                let session = SQLiteSession(database, held: held)
                defer { try? session.end() }
                return try body(session)
            }
        }
    }

    package func copy(to path: String) async throws {
        try await SQLiteFile.copy(pool.path, to: path)
    }

    package func cutLog() async throws -> Bool {
        try await StorageFailure.named {
            try await pool.writeWithoutTransaction { database in
                try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        }
    }

    /// Twenty thousand entries of each index are looked at, which takes half a second at any size. Readers learn it when they open the file.
    package func measure(_ tables: [Identifier]) async throws {
        try await StorageFailure.named {
            try await pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA analysis_limit = 20000")
                for table in tables { try database.execute(sql: "ANALYZE " + table.name) }
            }
        }
        pool.invalidateReadOnlyConnections()
    }

    package func close() async {
        try? pool.close()
        // Of the pool's connections those that only read are closed last, and they may not fold the log in.
        await SQLiteFile.foldLog(pool.path)
    }
}
