import Values

/// Brings a store's shape up to date, and refuses one that this program does not know.
struct Migrator {
    let schema: Schema

    func run(_ session: any Session) throws {
        let known = try begin(session)
        try check(known)
        for migration in schema.migrations where known[migration.name] == nil { try apply(migration, session) }
    }

    /// Gives an empty store the shape that another one had: its migrations and no others.
    func run(_ session: any Session, having known: [String: String]) throws {
        _ = try begin(session)
        try check(known)
        for migration in schema.migrations where known[migration.name] != nil { try apply(migration, session) }
    }

    /// Whether a store has all that this program knows; an older one has less.
    ///
    /// - Throws: `store.newer`, `store.not-a-store`.
    func isLatest(_ session: any Session) throws -> Bool {
        guard try StoreContent.carrier(session).tables().contains(where: { $0.name == StoreContent.migrations }) else {
            throw StorageFailure.notAStore
        }
        let known = try applied(session)
        try check(known)
        return known.count == schema.migrations.count
    }

    private func begin(_ session: any Session) throws -> [String: String] {
        try session.define(
            session.dialect.definition("create table if not exists migration (name {text} primary key, checksum {text} not null) {strict}"))
        return try applied(session)
    }

    private func applied(_ session: any Session) throws -> [String: String] {
        Dictionary(
            try session.rows("select name, checksum from migration").map { ($0.text(0), $0.text(1)) },
            uniquingKeysWith: { first, _ in first })
    }

    private func check(_ known: [String: String]) throws {
        let names = Set(schema.migrations.map(\.name))
        if let stranger = known.keys.sorted().first(where: { !names.contains($0) }) { throw Self.newer(stranger) }
        for migration in schema.migrations {
            if let checksum = known[migration.name], checksum != migration.checksum {
                throw Failure(.refused, "store.migration-edited", "数据库结构步骤 \(migration.name) 与程序不符", cure: "使用建库时的程序版本")
            }
        }
    }

    /// Refuses to write where a newer program has been since this one opened the store: what this one writes would lack what that one added.
    func checkUnchanged(_ session: any Session) throws {
        try checkCounters(session)
        guard try session.integer("select count(*) from migration") != Int64(schema.migrations.count) else { return }
        let names = Set(schema.migrations.map(\.name))
        let strangers = try session.rows("select name from migration order by name").map { $0.text(0) }.filter { !names.contains($0) }
        if let stranger = strangers.first { throw Self.newer(stranger) }
    }

    /// Refuses to write where another version counts by other declarations: both would spoil what the other one counted.
    private func checkCounters(_ session: any Session) throws {
        let forms = try session.rows("select fact, declaration from counter_form").map { ($0.text(0), $0.text(1)) }
        let kept = Dictionary(uniqueKeysWithValues: forms)
        for tally in schema.tables.compactMap({ $0.reader?.tally }) where kept[tally.fact] != tally.declaration {
            throw Self.newer(tally.fact)
        }
    }

    private static func newer(_ stranger: String) -> Failure {
        Failure(.refused, "store.newer", "数据库由较新的程序写过（\(stranger)），这个版本不能打开", cure: "使用较新版本的 hallmark，或恢复升级前的备份")
    }

    private func apply(_ migration: Migration, _ session: any Session) throws {
        for statement in migration.statements + (migration.only[session.dialect] ?? []) {
            try session.define(session.dialect.definition(statement))
        }
        try session.run("insert into migration (name, checksum) values (\(migration.name), \(migration.checksum))")
    }
}
