import Values

/// Takes a store's text form into an empty place, within one transaction.
///
/// The tables are first made as the store had them then, so that a backup of an older program can be taken in by a newer one.
struct RowLoad {
    let schema: Schema

    /// - Throws: `backup.cut`, `backup.damaged`, `backup.shape`, `store.newer`.
    func run(_ session: any RowCarrier, from reader: BackupReader, place: String) throws -> BackupSeal {
        guard try session.tables().isEmpty else { throw BackupFailure.targetInUse(place) }
        guard try reader.line() + "\n" == RowDump.head, let first = CarriedTable(line: try reader.line()),
            first.name == StoreContent.migrations
        else { throw BackupFailure.shape(StoreContent.migrations) }
        var rows = try makeTables(session, reader, first)
        let there = Dictionary(try session.tables().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        try session.withoutIndexes {
            while try !reader.isAtSeal() {
                let line = try reader.line()
                guard let table = CarriedTable(line: line), let own = there[table.name], own.has(sameColumnsAs: table) else {
                    throw BackupFailure.shape(String(line.prefix(60)))
                }
                rows += try session.takeIn(table, from: reader)
            }
        }
        let seal = try reader.seal()
        guard rows == seal.rows else { throw BackupFailure.differs("应有\(seal.rows)行，写入\(rows)行") }
        for derived in schema.derived {
            try derived.make(session)
            // A server plans for what it has looked at: until then it reads all that a search finds, and sorts it.
            try session.measure(derived.name)
        }
        try Migrator(schema: schema).run(session)
        try Recount.renew(schema, session)
        return seal
    }

    /// Applies the migrations that the store had, and no others.
    private func makeTables(_ session: any RowCarrier, _ reader: BackupReader, _ table: CarriedTable) throws -> Int64 {
        var (had, line, count) = ([String: String](), [UInt8](), Int64(0))
        guard table.columns.map(\.name) == ["name", "checksum"] else { throw BackupFailure.shape(table.name) }
        try reader.rows { piece, endsLine in
            line.append(contentsOf: piece)
            guard endsLine else { return }
            let values = try CopyLine.values(line[..<(line.count - 1)], table.columns.map(\.kind))
            had[values[0].text ?? ""] = values[1].text ?? ""
            line.removeAll()
            count += 1
        }
        try Migrator(schema: schema).run(session, having: had)
        return count
    }
}
