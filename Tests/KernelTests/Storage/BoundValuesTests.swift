import Storage
import TestSupport
import Testing
import Values

/// That input cannot become SQL is the compiler's work: `SQL` takes static texts alone. Here: that values are bound wherever they go.
@Suite struct BoundValuesTests {
    static let attacks = [
        "'; drop table firm; --", "' or '1'='1", "$1", "?", "\\'; delete from journal; --", "x' union select 1 --", "?1 :a @b",
    ]

    @Test("hostile texts are kept as texts in every column of an entry and a row", arguments: TestEngine.available)
    func attacked(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            for (index, attack) in Self.attacks.enumerated() {
                let entry = try await store.act(attack, by: Actor(name: attack, role: .leader), reason: attack) { transaction in
                    transaction.subject = attack
                    transaction.detail = [attack: attack]
                    try transaction.keep(original: Array(attack.utf8), name: attack)
                    try transaction.open(Firm.table, id: Int64(index + 1), Firm.row(attack, town: attack, mark: Array(attack.utf8)))
                }.entry
                #expect(entry.action == attack)
                #expect(entry.reason == attack)
                let found = try await store.read { try $0.rows("select name from firm where name = \(attack) and town = \(attack)") }
                #expect(found.map { $0.text(0) } == [attack])
                #expect(try await store.read { try JournalQuery.page($0, subject: attack) }.map(\.position) == [entry.position])
                _ = try await store.actOnce(request: attack, "test.request", by: .local) { _ in attack }
            }
            #expect(try await store.names() == Self.attacks)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("a piece of a text is looked for as it stands, wildcards and all", arguments: TestEngine.available)
    func pieces(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            for name in ["甲%厂", "甲乙厂", "甲_厂!", "甲\\厂"] { _ = try await store.addFirm(Firm.row(name)) }
            func found(_ condition: SQL) async throws -> [String] {
                try await store.read { try $0.rows("select name from firm where \(condition) order by id").map { $0.text(0) } }
            }
            #expect(try await found(SQL.holds("name", "甲%")) == ["甲%厂"])
            #expect(try await found(SQL.holds("name", "_厂")) == ["甲_厂!"])
            #expect(try await found(SQL.begins("name", with: "甲_")) == ["甲_厂!"])
            #expect(try await found(SQL.ends("name", in: "厂")) == ["甲%厂", "甲乙厂", "甲\\厂"])
            #expect(try await found(SQL.ends("name", in: "厂!")) == ["甲_厂!"])
            #expect(try await found(SQL.ends("name", in: "\\厂")) == ["甲\\厂"])
        }
    }

    @Test("the position that is asked about is put in with its values in their places")
    func asked() {
        let sql: SQL =
            "select '{' from a where x = \(1) and \(RecordTable.asked("a")) and y = '{asked' and \(RecordTable.asked("b")) and z = \(2)"
        let now =
            "select '{' from a where x = ? and a.known_to = 9223372036854775807 and y = '{asked' and b.known_to = 9223372036854775807 and z = ?"
        #expect(sql.asked(at: nil).text == now)
        #expect(sql.asked(at: nil).values == [.integer(1), .integer(2)])
        #expect(sql.asked(at: 7).values == [1, 7, 7, 7, 7, 2].map { .integer($0) })
        #expect(sql.asked(at: 7).text.contains("a.known_from <= ? and a.known_to > ? and y"))
        let plain: SQL = "select \(1)"
        #expect(plain.asked(at: 7) == plain)
    }

    @Test("a statement holds its literal pieces and its values apart")
    func apart() {
        let name = "'; drop table firm"
        let sql: SQL = "select id from firm where name = \(name) and town in \(SQL.list([.text("a"), .null])) limit \(3)"
        #expect(sql.text == "select id from firm where name = ? and town in (?, ?) limit ?")
        #expect(sql.values == [.text(name), .text("a"), .null, .integer(3)])
        #expect(SQL.list([]).text == "(null)")
    }

    @Test("PostgreSQL's placeholders are numbered outside quotes alone")
    func numbered() {
        #expect(Dialect.postgres.numbered("a = ? and b = '?' and c in (?, ?)") == "a = $1 and b = '?' and c in ($2, $3)")
        #expect(Dialect.postgres.numbered("b = 'it''s ?' and c = ?") == "b = 'it''s ?' and c = $1")
        #expect(Dialect.sqlite.numbered("a = ?") == "a = ?")
    }

    @Test("definitions are spelled for each engine")
    func definitions() {
        let text = "create table t (id {id}, n {int}, x {real}, b {blob}, s {text}) {strict}"
        #expect(Dialect.sqlite.definition(text) == "create table t (id INTEGER PRIMARY KEY, n INTEGER, x REAL, b BLOB, s TEXT) STRICT")
        #expect(
            Dialect.postgres.definition(text) == "create table t (id BIGINT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, b BYTEA, s TEXT) ")
    }

    @Test(
        "a statement planned anew is kept by no connection, whatever it was composed into, and answers the same",
        arguments: TestEngine.available)
    func plannedAnew(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲厂"))
            let condition = ("f.name = \("甲厂")" as SQL).plannedAnew()
            let composed: SQL = "select count(*) from firm as f where \([condition, "f.id > \(0)"].joined(" and "))"
            let plain: SQL = "select count(*) from firm as f where f.name = \("甲厂") and f.id >= \(0)"
            try await store.read { session in
                for _ in 0..<7 {
                    #expect(try session.integer(composed) == 1)
                    #expect(try session.integer(plain) == 1)
                }
                guard session.dialect == .postgres else { return }
                let kept = try session.rows("select statement from pg_prepared_statements").map { $0.text(0) }
                #expect(kept.contains { $0.contains("f.id >= ") } && !kept.contains { $0.contains("f.id > ") })
            }
        }
    }
}
