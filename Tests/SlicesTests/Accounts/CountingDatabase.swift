import Storage
import Synchronization

/// A store's engine that counts the statements.
final class CountingDatabase: Database {
    private let database: any Database
    let count = Mutex(0)
    var dialect: Dialect { database.dialect }
    var readers: Int { database.readers }

    init(_ database: any Database) { self.database = database }

    func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await database.read { try body(CountingSession($0, self)) }
    }

    func write<Answer: Sendable>(
        patience: Duration?, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        try await database.write(patience: patience) { try body(CountingSession($0, self)) }
    }

    func note<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await database.note { try body(CountingSession($0, self)) }
    }

    func copy(to path: String) async throws { try await database.copy(to: path) }
    func cutLog() async throws -> Bool { try await database.cutLog() }
    func measure(_ tables: [Identifier]) async throws { try await database.measure(tables) }
    func close() async { await database.close() }
}

private final class CountingSession: Session {
    private let session: any Session
    private let database: CountingDatabase
    var dialect: Dialect { session.dialect }
    var held: HeldCells { session.held }

    init(_ session: any Session, _ database: CountingDatabase) {
        self.session = session
        self.database = database
    }

    private func counted() { database.count.withLock { $0 += 1 } }

    func rows(_ sql: SQL) throws -> [Row] {
        counted()
        return try session.rows(sql)
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        counted()
        try session.forEach(sql, body)
    }

    func run(_ sql: SQL) throws -> Int {
        counted()
        return try session.run(sql)
    }

    func overwrite(_ sql: SQL) throws { try session.overwrite(sql) }

    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws {
        try session.insert(into: table, columns: columns, rows: rows)
    }

    func insert(
        into table: Identifier, key: Identifier, fixed: [(Identifier, Value)], columns: [Identifier], rows: [(id: Int64, row: [Value])]
    ) throws { try session.insert(into: table, key: key, fixed: fixed, columns: columns, rows: rows) }

    func insert(into table: Identifier, fixed: [(Identifier, Value)], file: KeptFile, as column: Identifier) throws {
        try session.insert(into: table, fixed: fixed, file: file, as: column)
    }

    func readBytes(
        of column: Identifier, in table: Identifier, where key: (column: Identifier, value: Value),
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool { try session.readBytes(of: column, in: table, where: key, take) }

    func define(_ text: String) throws { try session.define(text) }
}
