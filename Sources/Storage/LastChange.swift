import Values

/// At which position each table and each cube of counters last changed, so that what was read before and not touched since can be used again.
///
/// A store that is older than this knowledge has one line `*`: whatever is not named changed at that position at the latest.
package enum LastChange {
    static let migration = Migration(
        "kernel-0004",
        [
            "create table last_change (name {text} primary key, position {int} not null) {strict}",
            "insert into last_change (name, position) select '*', head from (select max(position) as head from journal) as j where head is not null",
        ])

    /// The latest position at which any of some tables changed; 0 where none ever did.
    package static func position(of tables: Set<Identifier>, _ session: any Session) throws -> Int64 {
        try position(names: tables.map(mark), session)
    }

    /// The same for one cube or one sort of things.
    static func position(ofCells name: String, _ session: any Session) throws -> Int64 { try position(names: [mark(cells: name)], session) }

    private static func position(names: [String], _ session: any Session) throws -> Int64 {
        try session.integer("select coalesce(max(position), 0) from last_change where name in \(SQL.list((names + ["*"]).map(Value.text)))")
    }

    static func mark(_ table: Identifier) -> String { "table " + table.name }
    static func mark(cells name: String) -> String { "cells " + name }

    /// Notes what an act changed.
    static func note(_ names: Set<String>, at position: Int64, _ session: any Session) throws {
        guard !names.isEmpty else { return }
        let rows = names.sorted().map { "\(SQL.list([.text($0), .integer(position)]))" as SQL }.joined(", ")
        try session.run(
            "insert into last_change (name, position) values " + rows
                + " on conflict (name) do update set position = excluded.position where excluded.position > last_change.position")
    }
}
