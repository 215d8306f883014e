/// Makes counters from a table's versions alone, act by act in the order of the journal.
enum Recount {
    static func run(_ table: RecordTable, _ session: any Session, into sheet: inout some CounterSheet) throws {
        guard let reader = table.reader else { return }
        let columns = table.columns.map { reader.used.contains($0) ? $0.sql : "null" as SQL }.joined(", ")
        var sql: SQL = "select known_from as position, 1 as sign, \(table.key) as id, \(columns) from \(table.name)"
        if table.isVersioned {
            sql += " union all select known_to, -1, \(table.key), \(columns) from \(table.name) where known_to <> 9223372036854775807"
        }
        var book = CounterBook(things: false)
        var position: Int64 = 0
        try session.forEach("select * from (" + sql + ") as change order by position") { row in
            if row.integer(0) != position {
                try sheet.add(book.cells, at: position)
                book = CounterBook(things: false)
                position = row.integer(0)
            }
            book.add(table, id: row.integer(2), row: Array(row.values.dropFirst(3)), sign: row.integer(1))
        }
        try sheet.add(book.cells, at: position)
        if let moves = try ThingMoves(table, session) { try sheet.add(moves) }
    }

    /// Counts anew what was counted by another declaration than the program's, in the transaction that opens the store.
    static func renew(_ schema: Schema, _ session: any Session) throws {
        let kept = Dictionary(
            uniqueKeysWithValues: try session.rows("select fact, declaration from counter_form").map { ($0.text(0), $0.text(1)) })
        for table in schema.tables {
            guard let tally = table.reader?.tally, kept[tally.fact] != tally.declaration else { continue }
            let own: SQL = "fact = \(tally.fact) or \(SQL.begins("fact", with: tally.fact + "/"))"
            for place in ["counter", "counter_past"] as [Identifier] { try session.run("delete from \(place) where \(own)") }
            var sheet = StoredCounters(session: session)
            try run(table, session, into: &sheet)
            session.held.forget()
            try session.run(
                """
                insert into counter_form (fact, declaration) values (\(tally.fact), \(tally.declaration))
                on conflict (fact) do update set declaration = excluded.declaration
                """)
        }
    }
}
