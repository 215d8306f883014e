import CPQ
import Foundation
import Values

/// A conversation with PostgreSQL over libpq in text format, with prepared statements kept by their text.
final class PostgresSession: Session {
    let dialect = Dialect.postgres
    let held: HeldCells
    let connection: OpaquePointer
    private var prepared: [String: String] = [:]
    private var openCursors = 0

    /// Set where the server has said that it ends, or is another one than acts can be given to.
    private var isGivenUp = false

    init(_ connection: OpaquePointer, held: HeldCells) throws {
        self.held = held
        self.connection = connection
    }

    deinit { PQfinish(connection) }

    /// Whether nothing more can be said over it.
    var isLost: Bool { isGivenUp || PQstatus(connection) != CONNECTION_OK }

    /// Ends the transaction.
    ///
    /// - Parameter isAct: whether somebody has to be told that it cannot be known what became of it.
    func commit(isAct: Bool) throws {
        guard let result = PQexec(connection, "commit") else { throw isAct ? StorageFailure.unknownOutcome : StorageFailure.connectionLost }
        // A transaction in which a statement had failed ends by a rollback, and the server calls that no error.
        guard PQresultStatus(result) != PGRES_COMMAND_OK || String(cString: PQcmdStatus(result)) == "COMMIT" else {
            PQclear(result)
            throw Failure(.internal, "store.rolled-back", "一条语句失败后又接着提交，什么也没有写入")
        }
        do { PQclear(try check(result)) } catch { throw isAct && isLost ? StorageFailure.unknownOutcome : error }
    }

    func rollBack() { if !isLost { try? define("rollback") } }

    func rows(_ sql: SQL) throws -> [Row] {
        let result = try execute(sql)
        defer { PQclear(result) }
        return (0..<PQntuples(result)).map { row(result, $0) }
    }

    /// Single-row mode would need its own draining on every early exit; a cursor in slices keeps memory as constant.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        // A walk inside a walk has a cursor of its own.
        let cursor = "hallmark_rows_\(openCursors)"
        try declare(cursor, for: sql)
        openCursors += 1
        defer {
            openCursors -= 1
            try? define("close \(cursor)")
        }
        while true {
            let result = try check(PQexec(connection, "fetch 2000 from \(cursor)"))
            defer { PQclear(result) }
            let count = PQntuples(result)
            for index in 0..<count { try body(row(result, index)) }
            if count < 2000 { return }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let result = try execute(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The dead row stays in the table's file until it is rewritten (`vacuum full original`).
    func overwrite(_ sql: SQL) throws { _ = try run(sql) }

    func insert(into table: Identifier, columns: [Identifier], rows: [[Value]]) throws {
        guard rows.count < Self.worthCopying else {
            return try copy(into: table, columns) { writer in
                for row in rows { try writer { text in for value in row { try text.add(value) } } }
            }
        }
        try insert(into: table, columns, rows)
    }

    func insert(
        into table: Identifier, key: Identifier, fixed: [(Identifier, Value)], columns: [Identifier], rows: [(id: Int64, row: [Value])]
    ) throws {
        let all = fixed.map(\.0) + [key] + columns
        let bounds = fixed.map(\.1)
        guard rows.count < Self.worthCopying else {
            return try copy(into: table, all) { writer in
                for (id, row) in rows {
                    try writer { text in
                        for value in bounds { try text.add(value) }
                        try text.add(.integer(id))
                        for value in row { try text.add(value) }
                    }
                }
            }
        }
        try insert(into: table, all, rows.map { bounds + [.integer($0.id)] + $0.row })
    }

    /// Below this many rows a prepared statement costs less than a copy's beginning and end.
    private static let worthCopying = 8

    private func insert(into table: Identifier, _ columns: [Identifier], _ rows: [[Value]]) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        let marks = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        for row in rows { PQclear(try execute(text: "insert into \(table.name) (\(names)) values (\(marks))", values: row)) }
    }

    func insert(into table: Identifier, fixed: [(Identifier, Value)], file: KeptFile, as column: Identifier) throws {
        // Piece by piece: a parameter would be put together in memory first.
        try copy(into: table, fixed.map(\.0) + [column]) { write in
            try write { text in
                for (_, value) in fixed { try text.add(value) }
                text.beginBytes()
                try file.pieces { piece in
                    text.add(bytes: piece)
                    try text.handOver(send)
                }
            }
        }
    }

    func readBytes(
        of column: Identifier, in table: Identifier, where key: (column: Identifier, value: Value),
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool {
        let whole: SQL = "select octet_length(\(column)) from \(table) where \(key.column) = \(key.value)"
        guard let size = try row(whole)?.integer(0) else { return false }
        // The server unpacks the value from its beginning for every piece.
        let piece: Int64 = 16 << 20
        for start in stride(from: Int64(0), to: size, by: Int(piece)) {
            let part: SQL =
                "select substring(\(column) from \(start + 1)::int for \(piece)::int) from \(table) where \(key.column) = \(key.value)"
            guard case .blob(let bytes)? = try row(part)?.value(0) else { return false }
            try bytes.withUnsafeBytes(take)
        }
        return true
    }

    private func copy(
        into table: Identifier, _ columns: [Identifier],
        _ rows: ((_ writer: ((inout CopyText) throws -> Void) throws -> Void) throws -> Void)
    ) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        try copyIn("copy \(table.name) (\(names)) from stdin") {
            var text = CopyText()
            try rows { row in
                try row(&text)
                text.endRow()
                if text.bytes.count > 65_536 { try text.handOver(send) }
            }
            try text.handOver(send)
        }
    }

    /// Runs a copy to its end; an error in the body leaves it.
    func copyIn(_ command: String, _ body: () throws -> Void) throws {
        PQclear(try check(PQexec(connection, command)))
        do {
            try body()
        } catch {
            // The server must leave the copy before it takes the rollback.
            PQputCopyEnd(connection, "abandoned")
            while let result = PQgetResult(connection) { PQclear(result) }
            throw error
        }
        guard PQputCopyEnd(connection, nil) == 1 else { throw StorageFailure.busy }
        var failed: (any Error)?
        while let result = PQgetResult(connection) {
            do { PQclear(try check(result)) } catch { failed = failed ?? error }
        }
        if let failed { throw failed }
    }

    /// The next bytes of a copy.
    func send(_ bytes: UnsafeRawBufferPointer) throws {
        guard PQputCopyData(connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count)) == 1 else {
            throw StorageFailure.busy
        }
    }

    /// The first number that a statement answers whose names come from the catalogue.
    func integerOf(_ text: String) throws -> Int64 {
        let result = try check(PQexec(connection, text))
        defer { PQclear(result) }
        return PQntuples(result) > 0 ? row(result, 0).integer(0) : 0
    }

    /// Without this a table that was small before the act is looked through from end to end for every few of its rows. Where a vacuum or another
    /// process has the table, it is left: the act holds the lock for writing, and must not wait for what is only a help.
    func measure(_ table: Identifier) throws { try define("analyze (skip_locked) " + table.name) }

    func define(_ text: String) throws { PQclear(try check(PQexec(connection, text))) }

    private func declare(_ cursor: String, for sql: SQL) throws {
        PQclear(try executeOnce("declare \(cursor) no scroll cursor for " + dialect.numbered(sql.text), sql.values))
    }

    private func execute(_ sql: SQL) throws -> OpaquePointer {
        let text = dialect.numbered(sql.text)
        return sql.isPlannedAnew ? try executeOnce(text, sql.values) : try execute(text: text, values: sql.values)
    }

    /// Without keeping the statement: it is planned by the values.
    private func executeOnce(_ text: String, _ values: [Value]) throws -> OpaquePointer {
        try withParameters(values) { count, pointers in try check(PQexecParams(connection, text, count, nil, pointers, nil, nil, 0)) }
    }

    private func execute(text: String, values: [Value]) throws -> OpaquePointer {
        let name = try prepare(text, count: values.count)
        return try withParameters(values) { count, pointers in
            try check(PQexecPrepared(connection, name, count, pointers, nil, nil, 0))
        }
    }

    private func prepare(_ text: String, count: Int) throws -> String {
        if let name = prepared[text] { return name }
        if prepared.count > 400 {
            try define("deallocate all")
            prepared.removeAll()
        }
        let name = "s\(prepared.count)"
        PQclear(try check(PQprepare(connection, name, text, 0, nil)))
        prepared[text] = name
        return name
    }

    /// Lends the values as C strings (null for null) for the length of the call.
    private func withParameters<Answer>(
        _ values: [Value], _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) throws -> Answer
    ) throws -> Answer {
        let copies = try values.map { value -> UnsafeMutablePointer<CChar>? in
            guard let text = literal(value) else { return nil }
            guard !text.utf8.contains(0) else { throw StorageFailure.zeroCharacter }
            return strdup(text)
        }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer<CChar>($0) }
        return try pointers.withUnsafeBufferPointer { try body(Int32(values.count), $0.baseAddress) }
    }

    private func literal(_ value: Value) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let text): text
        case .real(let number): String(number)
        case .blob(let bytes): "\\x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    func check(_ result: OpaquePointer?) throws -> OpaquePointer {
        guard let result else { throw isLost ? StorageFailure.connectionLost : StorageFailure.busy }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN, PGRES_COPY_OUT: return result
        default:
            let state = PQresultErrorField(result, 67).map { String(cString: $0) } ?? ""  // 'C': PG_DIAG_SQLSTATE
            let message = PQresultErrorField(result, 77).map { String(cString: $0) } ?? ""  // 'M': PG_DIAG_MESSAGE_PRIMARY
            PQclear(result)
            // The server says that it ends before the connection is seen to break; one that may only be read has become a replica.
            if state.hasPrefix("57P0") || state.hasPrefix("08") || state == "25006" { isGivenUp = true }
            guard !isLost else { throw StorageFailure.connectionLost }
            throw StorageFailure.failure(postgres: state, message)
        }
    }

    private func row(_ result: OpaquePointer, _ index: Int32) -> Row {
        Row(
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, index, column) == 1
                    ? .null : value(String(cString: PQgetvalue(result, index, column)), PQftype(result, column))
            })
    }

    /// By the type numbers of pg_type: bool 16, bytea 17, int8 20, int2 21, int4 23, oid 26, float4 700, float8 701, numeric 1700.
    private func value(_ text: String, _ type: Oid) -> Value {
        switch type {
        case 16: .integer(text == "t" ? 1 : 0)
        case 17: .blob(bytes(text))
        case 20, 21, 23, 26: Int64(text).map(Value.integer) ?? .text(text)
        case 700, 701: Double(text).map(Value.real) ?? .text(text)
        case 1700: Int64(text).map(Value.integer) ?? Double(text).map(Value.real) ?? .text(text)
        default: .text(text)
        }
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8.dropFirst(2))
        func digit(_ byte: UInt8) -> UInt8 { byte <= 57 ? byte - 48 : byte - 87 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digit(digits[$0]) << 4 | digit(digits[$0 + 1]) }
    }
}
