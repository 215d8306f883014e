import Values

/// A table as its engine's own catalogue names it.
struct CarriedTable: Sendable, Hashable {
    struct Column: Sendable, Hashable {
        /// The kinds of values that both engines keep alike.
        enum Kind: String, Sendable { case integer, text, real, blob }

        let name: String
        let kind: Kind
    }

    let name: String
    let columns: [Column]

    /// `table firm id:integer name:text`: the line before its rows.
    var line: String { "table " + ([name] + columns.map { "\($0.name):\($0.kind.rawValue)" }).joined(separator: " ") }

    /// From its line; nil where it is none.
    init?(line: String) {
        let parts = line.split(separator: " ").map(String.init)
        guard parts.count > 2, parts[0] == "table" else { return nil }
        var columns: [Column] = []
        for part in parts.dropFirst(2) {
            let pair = part.split(separator: ":").map(String.init)
            guard pair.count == 2, let kind = Column.Kind(rawValue: pair[1]) else { return nil }
            columns.append(Column(name: pair[0], kind: kind))
        }
        self.init(name: parts[1], columns: columns)
    }

    init(name: String, columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    /// The column list of a statement. Names come from the catalogue of the engine that runs it.
    var names: String { columns.map(\.name).joined(separator: ", ") }

    func has(sameColumnsAs other: CarriedTable) -> Bool { Set(columns) == Set(other.columns) && columns.count == other.columns.count }
}

/// What an engine can do with whole tables: hand their rows out as text, one form on both engines, and take them in.
protocol RowCarrier: Session {
    /// All tables of the store that hold rows of their own, in the order of names; not what the engine keeps beside them for searching.
    func tables() throws -> [CarriedTable]

    /// Hands out the rows of a table as `CopyText` has them; answers how many.
    func handOut(_ table: CarriedTable, _ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Int64

    /// Takes the rows of a table in to their end mark; answers how many.
    func takeIn(_ table: CarriedTable, from reader: BackupReader) throws -> Int64

    /// How many rows a table has.
    func count(_ table: CarriedTable) throws -> Int64

    /// Runs a body that writes very many rows while the indexes are away, and makes them again.
    func withoutIndexes(_ body: () throws -> Void) throws
}
