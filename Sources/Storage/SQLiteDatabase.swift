import Foundation
import GRDB
import GRDBSQLite
import Values

/// The store in one SQLite file: write-ahead log, every commit on the disk (`synchronous = FULL`).
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    private let pool: DatabasePool

    /// Opens or creates the file.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(15)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw Failure(
                .invalid, "store.cannot-open", "数据库打不开", at: FilePlace(file: path), cure: "检查路径、权限和磁盘空间；文件须是标杆的数据库")
        }
    }

    package func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await StorageFailure.named { try await pool.read { try body(SQLiteSession($0)) } }
    }

    package func write<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await StorageFailure.named { try await pool.write { try body(SQLiteSession($0)) } }
    }

    package func copy(to path: String) async throws {
        try await pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }

    package func close() async {
        try? await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? pool.close()
    }
}

/// A conversation with SQLite.
private final class SQLiteSession: Session {
    let dialect = Dialect.sqlite
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    func rows(_ sql: SQL) throws -> [Row] {
        var result: [Row] = []
        try forEach(sql) { result.append($0) }
        return result
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try database.cachedStatement(sql: sql.text)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: try arguments(sql.values))
        while let row = try cursor.next() {
            try body(Row((0..<row.count).map { value(row, $0) }))
        }
    }

    func forEachNumbers(_ sql: SQL, _ body: (UnsafeBufferPointer<Int64>) throws -> Void) throws {
        let statement = try database.cachedStatement(sql: sql.text)
        try statement.setArguments(try arguments(sql.values))
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        sqlite3_reset(handle)
        var numbers = [Int64](repeating: .min, count: statement.columnCount)
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw DatabaseError(resultCode: ResultCode(rawValue: code), message: statement.sql) }
            for column in numbers.indices {
                let index = Int32(column)
                numbers[column] = sqlite3_column_type(handle, index) == SQLITE_INTEGER ? sqlite3_column_int64(handle, index) : .min
            }
            try numbers.withUnsafeBufferPointer(body)
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let statement = try database.cachedStatement(sql: sql.text)
        try statement.execute(arguments: try arguments(sql.values))
        return database.changesCount
    }

    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws {
        guard !rows.isEmpty else { return }
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let statement = try database.cachedStatement(sql: "insert into \(table.name) (\(names)) values (\(marks))")
        for row in rows { try statement.execute(arguments: try arguments(row)) }
    }

    func define(_ text: String) throws { try database.execute(sql: text) }

    private func arguments(_ values: [Value]) throws -> StatementArguments {
        StatementArguments(
            try values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let number): number
                case .text(let text):
                    // PostgreSQL keeps no such character; SQLite would cut the text there.
                    if text.utf8.contains(0) { throw StorageFailure.zeroCharacter } else { text }
                case .real(let number): number
                case .blob(let bytes): Data(bytes)
                }
            })
    }

    private func value(_ row: GRDB.Row, _ index: Int) -> Value {
        switch (row[index] as DatabaseValue).storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
    }
}
