import Values

/// Writes a whole store as text in one snapshot: the table of migrations first, then every other table, then the line that seals it.
struct RowDump {
    static let head = "hallmark-rows 1\n"
    /// Bytes last, so that whoever takes them in knows the rest.
    static let originalColumns = [
        CarriedTable.Column(name: "sha256", kind: .text), .init(name: "name", kind: .text), .init(name: "known_from", kind: .integer),
        .init(name: "bytes", kind: .blob),
    ]
    let schema: Schema

    func run(_ session: any RowCarrier, into writer: BackupWriter, time: Moment) throws -> BackupSeal {
        try writer.write(Self.head)
        var rows: Int64 = 0
        let tables = try StoreContent.tables(session, schema)
        for table in tables.filter({ $0.name == StoreContent.migrations }) + tables.filter({ $0.name != StoreContent.migrations }) {
            rows += table.name == RecordTable.original.name.name ? try originals(session, writer) : try whole(table, session, writer)
            try writer.write("\\.\n")
        }
        return try writer.seal(.rows, engine: session.dialect, head: try JournalQuery.head(session), rows: rows, time: time)
    }

    private func whole(_ table: CarriedTable, _ session: any RowCarrier, _ writer: BackupWriter) throws -> Int64 {
        try writer.write(table.line + "\n")
        return try session.handOut(table) { try writer.write($0) }
    }

    /// Kept files one by one and in pieces: one of them may be longer than the engine likes to hand out at once.
    private func originals(_ session: any RowCarrier, _ writer: BackupWriter) throws -> Int64 {
        try writer.write(CarriedTable(name: RecordTable.original.name.name, columns: Self.originalColumns).line + "\n")
        let keys = try session.rows("select sha256 from original order by sha256").map { $0.text(0) }
        for key in keys {
            guard let row = try session.row("select name, known_from from original where sha256 = \(key)") else { continue }
            var text = CopyText()
            for value in [.text(key)] + row.values { try text.add(value) }
            text.beginBytes()
            _ = try session.readBytes(of: "bytes", in: "original", where: ("sha256", .text(key))) { piece in
                for start in stride(from: 0, to: piece.count, by: 1 << 20) {
                    text.add(bytes: UnsafeRawBufferPointer(rebasing: piece[start..<min(start + 1 << 20, piece.count)]))
                    try text.handOver { try writer.write($0) }
                }
            }
            text.endRow()
            try text.handOver { try writer.write($0) }
        }
        return Int64(keys.count)
    }
}

/// What a store consists of, as its engine tells.
enum StoreContent {
    static let migrations = "migration"

    /// The tables whose rows cannot be made again from others.
    static func tables(_ session: any RowCarrier, _ schema: Schema) throws -> [CarriedTable] {
        let derived = Set(schema.derived.map(\.name.name))
        return try session.tables().filter { !derived.contains($0.name) }
    }

    /// How many rows all of them have together.
    static func rows(_ session: any RowCarrier, _ schema: Schema) throws -> Int64 {
        try tables(session, schema).reduce(0) { try $0 + session.count($1) }
    }

    /// The session as one that carries whole tables.
    static func carrier(_ session: any Session) throws -> any RowCarrier {
        guard let carrier = session as? any RowCarrier else { throw Failure(.internal, "store.engine", "no whole tables") }
        return carrier
    }
}
