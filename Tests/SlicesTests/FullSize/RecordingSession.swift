import Storage

/// A conversation that remembers what was asked, so that the engine's plan of every statement can be looked at.
final class RecordingSession: Session {
    private let session: any Session
    private(set) var statements: [SQL] = []
    var dialect: Dialect { session.dialect }
    var held: HeldCells { session.held }

    init(_ session: any Session) { self.session = session }

    func rows(_ sql: SQL) throws -> [Row] {
        statements.append(sql)
        return try session.rows(sql)
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        statements.append(sql)
        try session.forEach(sql, body)
    }

    func forEachNumbers(_ sql: SQL, _ body: (UnsafeBufferPointer<Int64>) throws -> Void) throws {
        statements.append(sql)
        try session.forEachNumbers(sql, body)
    }

    func run(_ sql: SQL) throws -> Int { try session.run(sql) }
    func overwrite(_ sql: SQL) throws { try session.overwrite(sql) }
    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws {
        try session.insert(into: table, columns: columns, rows: rows)
    }
    func insert(
        into table: Identifier, key: Identifier, fixed: [(Identifier, Value)], columns: [Identifier], rows: [(id: Int64, row: [Value])]
    ) throws {
        try session.insert(into: table, key: key, fixed: fixed, columns: columns, rows: rows)
    }

    func insert(into table: Identifier, fixed: [(Identifier, Value)], file: KeptFile, as column: Identifier) throws {
        try session.insert(into: table, fixed: fixed, file: file, as: column)
    }

    func readBytes(
        of column: Identifier, in table: Identifier, where key: (column: Identifier, value: Value),
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool {
        try session.readBytes(of: column, in: table, where: key, take)
    }

    func define(_ text: String) throws { try session.define(text) }

    /// The engine's steps for a statement.
    func plan(_ sql: SQL) throws -> [String] {
        switch dialect {
        case .sqlite: try session.rows("explain query plan " + sql).map { $0.text(3) }
        case .postgres: try session.rows("explain (costs off) " + sql).map { $0.text(0) }
        }
    }

    /// The steps that read a whole one of these tables, where the statement gives them these names.
    func scans(_ sql: SQL, of tables: [(table: String, aliases: [String])]) throws -> [String] {
        try plan(sql).filter { step in
            tables.contains { table, aliases in
                switch dialect {
                case .sqlite:
                    // A step that walks an index in its order, to take the first few rows, is no reading of the whole where a bound stands on it.
                    ([table] + aliases).contains { step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) ") }
                case .postgres: step.contains("Seq Scan on \(table) ") || step.hasSuffix("Seq Scan on \(table)")
                }
            }
        }
    }
}
