import GRDB
import Glibc
import Values

/// An SQLite file that no server works on: a copy being checked, a store being made.
enum SQLiteFile {
    /// Runs on a file that is only read.
    static func read<Answer: Sendable>(_ path: String, _ body: @Sendable @escaping (SQLiteSession) throws -> Answer) async throws -> Answer
    {
        var configuration = Configuration()
        configuration.readonly = true
        return try await use(path, configuration) { queue in try await queue.read { try body(SQLiteSession($0, held: HeldCells())) } }
    }

    /// Runs in one transaction on a new file.
    static func make<Answer: Sendable>(_ path: String, _ body: @Sendable @escaping (SQLiteSession) throws -> Answer) async throws -> Answer
    {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -65536") }
        return try await use(path, configuration) { queue in try await queue.write { try body(SQLiteSession($0, held: HeldCells())) } }
    }

    /// A copy of a file as it is now, while others go on reading and writing it; without room that erased rows left.
    static func copy(_ path: String, to copy: String) async throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(15)
        try await use(path, configuration) { queue in
            try await queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
        }
    }

    /// Folds the log into a file that nothing of this process has open any more, as far as other processes let it.
    static func foldLog(_ path: String) async {
        guard access(path, W_OK) == 0 else { return }
        try? await use(path, Configuration()) { queue in
            try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        }
    }

    private static func use<Answer: Sendable>(
        _ path: String, _ configuration: Configuration, _ body: (DatabaseQueue) async throws -> Answer
    ) async throws -> Answer {
        try await StorageFailure.named {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let answer: Result<Answer, any Error>
            do { answer = .success(try await body(queue)) } catch { answer = .failure(error) }
            try? queue.close()
            return try answer.get()
        }
    }
}
