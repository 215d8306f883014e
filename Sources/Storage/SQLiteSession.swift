import GRDB
import GRDBSQLite
import Glibc
import Values

/// A conversation with SQLite: GRDB keeps the connection, its transactions and the prepared statements; values go straight to the engine,
/// because packing them first costs more than the engine's own work when rows come by the million.
final class SQLiteSession: Session {
    let dialect = Dialect.sqlite
    let held: HeldCells
    private let database: GRDB.Database
    private var isWide = false

    init(_ database: GRDB.Database, held: HeldCells) {
        self.database = database
        self.held = held
    }

    func rows(_ sql: SQL) throws -> [Row] {
        var result: [Row] = []
        try forEach(sql) { result.append($0) }
        return result
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try prepared(sql.text)
        defer { statement.reset() }
        try statement.bind(sql.values)
        while try statement.step() { try body(statement.row) }
    }

    func forEachNumbers(_ sql: SQL, _ body: (UnsafeBufferPointer<Int64>) throws -> Void) throws {
        let statement = try prepared(sql.text)
        defer { statement.reset() }
        try statement.bind(sql.values)
        var numbers: [Int64] = []
        while try statement.step() {
            statement.read(into: &numbers)
            try numbers.withUnsafeBufferPointer(body)
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let statement = try prepared(sql.text)
        defer { statement.reset() }
        try statement.bind(sql.values)
        while try statement.step() {}
        return database.changesCount
    }

    /// Freed pages are filled with zeros for this change alone; always, it would slow every act.
    func overwrite(_ sql: SQL) throws {
        try define("PRAGMA secure_delete = ON")
        defer { try? define("PRAGMA secure_delete = OFF") }
        _ = try run(sql)
    }

    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws {
        guard !rows.isEmpty else { return }
        let statement = try inserting(into: table, columns)
        defer { statement.reset() }
        for row in rows {
            try statement.bind(row)
            try statement.insertOne()
        }
    }

    func insert(
        into table: Identifier, key: Identifier, fixed: [(Identifier, Value)], columns: [Identifier], rows: [(id: Int64, row: [Value])]
    ) throws {
        guard !rows.isEmpty else { return }
        let statement = try inserting(into: table, fixed.map(\.0) + [key] + columns)
        defer { statement.reset() }
        try statement.bind(fixed.map(\.1))
        let first = Int32(fixed.count + 1)
        for (id, row) in rows {
            try statement.bind(.integer(id), at: first)
            try statement.bind(row, from: first + 1)
            try statement.insertOne()
        }
    }

    func insert(into table: Identifier, fixed: [(Identifier, Value)], file: KeptFile, as column: Identifier) throws {
        let statement = try inserting(into: table, fixed.map(\.0) + [column])
        defer { statement.reset() }
        try statement.bind(fixed.map(\.1))
        try statement.bind(zeros: file.size, at: Int32(fixed.count + 1))
        try statement.insertOne()
        // Written over the zeros piece by piece: bound as one value, the row would be put together in memory first.
        let blob = try SQLiteBlob(database, column, of: table, row: database.lastInsertedRowID, writes: true)
        try file.pieces { try blob.write($0) }
    }

    func readBytes(
        of column: Identifier, in table: Identifier, where key: (column: Identifier, value: Value),
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool {
        guard let row = try row("select rowid from \(table) where \(key.column) = \(key.value)") else { return false }
        try SQLiteBlob(database, column, of: table, row: row.integer(0), writes: false).pieces(take)
        return true
    }

    /// Indexes of names are written all over: where their pages do not fit into the memory, each row reads and writes several of them.
    func expectManyRows() throws {
        guard !isWide else { return }
        isWide = true
        try define("PRAGMA cache_size = -\(SQLiteDatabase.wideCache)")
    }

    /// Takes the memory back that was lent for many rows; pages that are not yet written stay until they are.
    func end() throws {
        guard isWide else { return }
        isWide = false
        try define("PRAGMA cache_size = -\(SQLiteDatabase.cache)")
    }

    func define(_ text: String) throws { try database.execute(sql: text) }

    private func inserting(into table: Identifier, _ columns: [Identifier]) throws -> SQLiteStatement {
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return try prepared("insert into \(table.name) (\(names)) values (\(marks))")
    }

    /// The kept statement of a text, or a fresh one while the kept one is being walked through.
    func prepared(_ text: String) throws -> SQLiteStatement {
        let kept = SQLiteStatement(try database.cachedStatement(sql: text))
        return kept.isBusy ? SQLiteStatement(try database.makeStatement(sql: text)) : kept
    }
}

/// One prepared statement, driven through the C interface.
struct SQLiteStatement {
    // Keeps the pointer alive.
    private let owner: GRDB.Statement
    private let statement: OpaquePointer
    /// SQLITE_TRANSIENT: the engine copies what is bound.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ owner: GRDB.Statement) {
        self.owner = owner
        statement = owner.sqliteStatement
    }

    var isBusy: Bool { sqlite3_stmt_busy(statement) != 0 }

    /// Ends a walk and lets go of what was bound.
    func reset() {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
    }

    func bind(_ values: [Value], from first: Int32 = 1) throws {
        var place = first
        for value in values {
            try bind(value, at: place)
            place += 1
        }
    }

    func bind(_ value: Value, at place: Int32) throws {
        let code: Int32
        switch value {
        case .null: code = sqlite3_bind_null(statement, place)
        case .integer(let number): code = sqlite3_bind_int64(statement, place, number)
        case .real(let number): code = sqlite3_bind_double(statement, place, number)
        case .text(let text):
            // Lent without being copied: the same text is digested on another thread at this moment.
            let lent: Int32? = try text.utf8.withContiguousStorageIfAvailable { utf8 in
                // PostgreSQL keeps no such character; SQLite would cut the text there.
                guard let start = utf8.baseAddress, !utf8.isEmpty else { return sqlite3_bind_text(statement, place, "", 0, Self.copied) }
                guard memchr(start, 0, utf8.count) == nil else { throw StorageFailure.zeroCharacter }
                return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                    sqlite3_bind_text(statement, place, $0, Int32(utf8.count), Self.copied)
                }
            }
            // Every text of Swift's own lies in one piece.
            code = lent ?? SQLITE_NOMEM
        case .blob(let bytes):
            code = bytes.withUnsafeBytes {
                sqlite3_bind_blob64(statement, place, $0.baseAddress ?? Self.nothing, UInt64($0.count), Self.copied)
            }
        }
        try check(code)
    }

    /// Room for bytes that are written later.
    func bind(zeros count: Int, at place: Int32) throws { try check(sqlite3_bind_zeroblob64(statement, place, UInt64(count))) }

    /// An empty blob needs an address, or it would be null.
    nonisolated(unsafe) private static let nothing = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))

    /// To the next row; false after the last.
    func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    /// Runs an insertion whose bindings are used again.
    func insertOne() throws {
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure() }
        sqlite3_reset(statement)
    }

    /// The row's whole numbers; what is none is the least one.
    func read(into numbers: inout [Int64]) {
        let count = Int(sqlite3_column_count(statement))
        if numbers.count != count { numbers = [Int64](repeating: .min, count: count) }
        for column in numbers.indices {
            let place = Int32(column)
            numbers[column] = sqlite3_column_type(statement, place) == SQLITE_INTEGER ? sqlite3_column_int64(statement, place) : .min
        }
    }

    var row: Row { Row((0..<sqlite3_column_count(statement)).map(value)) }

    private func value(_ column: Int32) -> Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            guard let start = sqlite3_column_text(statement, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count)))
        default: return .null
        }
    }

    private func check(_ code: Int32) throws { if code != SQLITE_OK { throw failure() } }

    private func failure() -> DatabaseError {
        let connection = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
