import Storage
import Values

/// A small versioned table with a column of every kind and one counter, for storage tests.
enum Firm {
    static let table = RecordTable(
        "firm", columns: ["name", "town", "sales", "score", "mark"],
        counted: Tally("firm", keys: [.init("town", "town")], cubes: [.init("town")]))

    static let schema =
        Schema.kernel
        + Schema(
            migrations: [
                Migration(
                    "firm-0001",
                    [
                        """
                        create table firm (
                            id {int} not null, known_from {int} not null, known_to {int} not null, name {text} not null, town {text},
                            sales {int}, score {real}, mark {blob}, primary key (id, known_from)
                        ) {strict}
                        """,
                        "create unique index firm_name on firm (name) where known_to = 9223372036854775807",
                    ])
            ],
            tables: [table])

    static func row(
        _ name: String, town: String? = "甲镇", sales: Int64? = nil, score: Double? = nil, mark: [UInt8]? = nil
    ) -> [Value] {
        [.text(name), Value(town), Value(sales), score.map(Value.real) ?? .null, mark.map(Value.blob) ?? .null]
    }

    /// The names known at a position (nil: now), in the order of their numbers.
    static func names(_ session: any Session, at position: Int64? = nil) throws -> [String] {
        try session.rows("select f.name from firm as f where \(RecordTable.known("f", at: position)) order by f.id").map { $0.text(0) }
    }
}

extension Store {
    /// Adds one firm in an act of its own; answers its number.
    func addFirm(_ row: [Value]) async throws -> Int64 {
        try await act("firm.add", by: .local) { transaction in
            let id: ID<Firm> = try transaction.newID(Firm.table)
            try transaction.open(Firm.table, id: id.number, row)
            return id.number
        }.answer
    }

    func replaceFirm(_ id: Int64, _ row: [Value]) async throws {
        try await act("firm.correct", by: .local, reason: "更正") { try $0.replace(Firm.table, id: id, row) }
    }

    func names(at position: Int64? = nil) async throws -> [String] {
        try await read { try Firm.names($0, at: position) }
    }

    func head() async throws -> JournalHead { try await read { try JournalQuery.head($0) } }
}
