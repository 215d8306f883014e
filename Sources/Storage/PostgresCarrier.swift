import CPQ
import Values

extension PostgresSession: RowCarrier {
    func tables() throws -> [CarriedTable] {
        let columns = try rows(
            """
            select c.table_name::text, c.column_name::text, c.data_type::text from information_schema.columns as c
            join information_schema.tables as t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
            order by c.table_name, c.ordinal_position
            """)
        var tables: [CarriedTable] = []
        for row in columns {
            let column = CarriedTable.Column(name: row.text(1), kind: Self.kind(row.text(2)))
            if let last = tables.last, last.name == row.text(0) {
                tables[tables.count - 1] = CarriedTable(name: last.name, columns: last.columns + [column])
            } else {
                tables.append(CarriedTable(name: row.text(0), columns: [column]))
            }
        }
        return tables
    }

    private static func kind(_ type: String) -> CarriedTable.Column.Kind {
        switch type {
        case "bigint", "integer", "smallint": .integer
        case "double precision": .real
        case "bytea": .blob
        default: .text
        }
    }

    func handOut(_ table: CarriedTable, _ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Int64 {
        PQclear(try check(PQexec(connection, "copy \(table.name) (\(table.names)) to stdout")))
        var count: Int64 = 0
        var failed: (any Error)?
        while true {
            var line: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(connection, &line, 0)
            guard length >= 0, let line else { break }
            defer { PQfreemem(line) }
            count += 1
            // What comes after a failure is read all the same, or the connection could not be used again.
            if failed == nil {
                do { try take(UnsafeRawBufferPointer(start: line, count: Int(length))) } catch {
                    failed = error
                    cancel()
                }
            }
        }
        while let result = PQgetResult(connection) {
            do { PQclear(try check(result)) } catch { failed = failed ?? error }
        }
        if let failed { throw failed }
        return count
    }

    /// Asks the server to stop what it is doing.
    private func cancel() {
        guard let handle = PQgetCancel(connection) else { return }
        defer { PQfreeCancel(handle) }
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(handle, &message, 256)
    }

    func takeIn(_ table: CarriedTable, from reader: BackupReader) throws -> Int64 {
        var count: Int64 = 0
        try copyIn("copy \(table.name) (\(table.names)) from stdin") {
            try reader.rows { piece, endsLine in
                try send(piece)
                if endsLine { count += 1 }
            }
        }
        return count
    }

    func count(_ table: CarriedTable) throws -> Int64 { try integerOf("select count(*) from \(table.name)") }

    func withoutIndexes(_ body: () throws -> Void) throws {
        let indexes = try rows(
            """
            select i.indexname::text, i.indexdef from pg_indexes as i where i.schemaname = current_schema()
            and not exists (select 1 from pg_constraint as c where c.conname = i.indexname and c.connamespace = current_schema()::regnamespace)
            order by i.indexname
            """)
        for index in indexes { try define("drop index \(index.text(0))") }
        try body()
        for index in indexes { try define(index.text(1)) }
        // Until the server has looked at the new rows, it would plan for empty tables.
        for table in try tables() { try define("analyze \(table.name)") }
    }
}
