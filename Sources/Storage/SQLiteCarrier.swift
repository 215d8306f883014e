import Values

extension SQLiteSession: RowCarrier {
    func tables() throws -> [CarriedTable] {
        // The tables behind a search index are of the kind `shadow`.
        let names = try rows(
            "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite!_%' escape '!' order by name"
        )
        return try names.map { row in
            let columns = try rows("select name, type from pragma_table_info(\(row.text(0))) order by cid").map { column in
                CarriedTable.Column(name: column.text(0), kind: Self.kind(column.text(1)))
            }
            return CarriedTable(name: row.text(0), columns: columns)
        }
    }

    private static func kind(_ type: String) -> CarriedTable.Column.Kind {
        switch type.uppercased() {
        case "INTEGER", "INT": .integer
        case "REAL": .real
        case "BLOB": .blob
        default: .text
        }
    }

    func handOut(_ table: CarriedTable, _ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Int64 {
        var (count, text) = (Int64(0), CopyText())
        try walk("select \(table.names) from \(table.name)") { row in
            count += 1
            for value in row.values { try text.add(value) }
            text.endRow()
            if text.bytes.count > 65_536 {
                try text.bytes.withUnsafeBytes(take)
                text.removeAll()
            }
        }
        try text.bytes.withUnsafeBytes(take)
        return count
    }

    func takeIn(_ table: CarriedTable, from reader: BackupReader) throws -> Int64 {
        if table.name == RecordTable.original.name.name { return try takeInOriginals(table, from: reader) }
        let marks = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
        let statement = try prepared("insert into \(table.name) (\(table.names)) values (\(marks))")
        defer { statement.reset() }
        let kinds = table.columns.map(\.kind)
        var (count, line) = (Int64(0), [UInt8]())
        try reader.rows { piece, endsLine in
            line.append(contentsOf: piece)
            guard endsLine else { return }
            try statement.bind(try CopyLine.values(line[..<(line.count - 1)], kinds))
            try statement.insertOne()
            line.removeAll(keepingCapacity: line.count < 1 << 20)
            count += 1
        }
        return count
    }

    /// Kept files pass through a file of their own on the disk, however long they are.
    private func takeInOriginals(_ table: CarriedTable, from reader: BackupReader) throws -> Int64 {
        guard table.columns.map(\.name) == RowDump.originalColumns.map(\.name) else { throw BackupFailure.shape(table.line) }
        var (count, head, tabs) = (Int64(0), [UInt8](), 0)
        var bytes = try SpilledBytes()
        try reader.rows { piece, endsLine in
            var rest = piece
            if endsLine { rest = UnsafeRawBufferPointer(rebasing: piece.dropLast()) }
            while tabs < 3, let first = rest.first {
                head.append(first)
                if first == 9 { tabs += 1 }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
            }
            try bytes.add(hexadecimal: rest)
            guard endsLine else { return }
            let fields = try CopyLine.values(head.dropLast(), [.text, .text, .integer])
            let fixed = [("sha256", fields[0]), ("name", fields[1]), ("known_from", fields[2])] as [(Identifier, Value)]
            try insert(into: "original", fixed: fixed, file: try bytes.finish(), as: "bytes")
            bytes = try SpilledBytes()
            (head, tabs) = ([], 0)
            count += 1
        }
        return count
    }

    func count(_ table: CarriedTable) throws -> Int64 {
        var count: Int64 = 0
        try walk("select count(*) from \(table.name)") { count = $0.integer(0) }
        return count
    }

    func withoutIndexes(_ body: () throws -> Void) throws {
        let indexes = try rows("select name, sql from sqlite_master where type = 'index' and sql is not null order by name")
        for index in indexes { try define("drop index \(index.text(0))") }
        try body()
        for index in indexes { try define(index.text(1)) }
    }

    private func walk(_ text: String, _ body: (Row) throws -> Void) throws {
        let statement = try prepared(text)
        defer { statement.reset() }
        while try statement.step() { try body(statement.row) }
    }
}
