import Values

/// Brings a store's shape up to date, and refuses one that this program does not know.
struct Migrator {
    let schema: Schema

    func run(_ session: any Session) throws {
        try session.define(session.dialect.definition("create table if not exists migration (name {text} primary key, checksum {text} not null) {strict}"))
        let applied = try session.rows("select name, checksum from migration")
        let known = Dictionary(uniqueKeysWithValues: applied.map { ($0.text(0), $0.text(1)) })
        let names = Set(schema.migrations.map(\.name))
        if let stranger = known.keys.sorted().first(where: { !names.contains($0) }) {
            throw Failure(.refused, "store.newer", "数据库由较新的程序写过（\(stranger)），这个版本不能打开", cure: "使用较新版本的 hallmark，或恢复升级前的备份")
        }
        for migration in schema.migrations {
            if let checksum = known[migration.name] {
                guard checksum == migration.checksum else {
                    throw Failure(.refused, "store.migration-edited", "数据库结构步骤 \(migration.name) 与程序不符", cure: "使用建库时的程序版本")
                }
            } else {
                try apply(migration, session)
            }
        }
    }

    private func apply(_ migration: Migration, _ session: any Session) throws {
        for statement in migration.statements + (migration.only[session.dialect] ?? []) {
            try session.define(session.dialect.definition(statement))
        }
        try session.run("insert into migration (name, checksum) values (\(migration.name), \(migration.checksum))")
    }
}
