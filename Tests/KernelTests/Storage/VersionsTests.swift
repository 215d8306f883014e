import Storage
import TestSupport
import Testing
import Values

@Suite struct VersionsTests {
    @Test("PostgreSQL takes part in every store test", .enabled(if: TestEngine.postgresAddress != nil, "\(TestEngine.postgresMissing)"))
    func bothEngines() {
        #expect(TestEngine.available == [.sqlite, .postgres])
    }

    @Test("a position shows what the store knew then", arguments: TestEngine.available)
    func knownAt(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let first = try await store.addFirm(Firm.row("甲厂"))
            _ = try await store.addFirm(Firm.row("乙厂"))
            try await store.replaceFirm(first, Firm.row("甲集团"))
            try await store.act("firm.close", by: .local) { try $0.close(Firm.table, id: first) }
            #expect(try await store.names(at: 0) == [])
            #expect(try await store.names(at: 1) == ["甲厂"])
            #expect(try await store.names(at: 2) == ["甲厂", "乙厂"])
            #expect(try await store.names(at: 3) == ["甲集团", "乙厂"])
            #expect(try await store.names(at: 4) == ["乙厂"])
            #expect(try await store.names() == ["乙厂"])
            #expect(try await store.names(at: 99) == ["乙厂"])
        }
    }

    @Test("every kind of value comes back as it was written", arguments: TestEngine.available)
    func kinds(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let row = Firm.row("龘厂 'x' \\ \"y\"\n%", town: nil, sales: .max - 1, score: 0.1, mark: [0, 1, 254, 255, 39])
            let id = try await store.addFirm(row)
            let values = try await store.read { session in
                try session.rows("select name, town, sales, score, mark from firm where id = \(id)").first?.values
            }
            #expect(values == row)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("the same record cannot be written twice in one act", arguments: TestEngine.available)
    func twice(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let id = try await store.addFirm(Firm.row("甲厂"))
            let failure = await #expect(throws: Failure.self) {
                try await store.act("firm.correct", by: .local) { transaction in
                    try transaction.replace(Firm.table, id: id, Firm.row("乙厂"))
                    try transaction.replace(Firm.table, id: id, Firm.row("丙厂"))
                }
            }
            #expect(failure?.code == "store.twice-in-one-act")
            #expect(failure?.message == "同一次操作对同一条记录写了两次")
            #expect(try await store.names() == ["甲厂"])
        }
    }

    @Test("a record that has ended cannot be closed again", arguments: TestEngine.available)
    func ended(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let id = try await store.addFirm(Firm.row("甲厂"))
            try await store.act("firm.close", by: .local) { try $0.close(Firm.table, id: id) }
            let failure = await #expect(throws: Failure.self) {
                try await store.act("firm.close", by: .local) { try $0.close(Firm.table, id: id) }
            }
            #expect(failure?.kind == .missing)
            #expect(failure?.message == "记录不存在或已结束")
        }
    }

    @Test("numbers are never used again after a record has ended", arguments: TestEngine.available)
    func numbers(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let first = try await store.addFirm(Firm.row("甲厂"))
            try await store.act("firm.close", by: .local) { try $0.close(Firm.table, id: first) }
            #expect(try await store.addFirm(Firm.row("甲厂")) == first + 1)
        }
    }

    @Test("an act that fails leaves nothing behind", arguments: TestEngine.available)
    func rollback(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲厂"))
            let failure = await #expect(throws: Failure.self) {
                try await store.act("firm.import", by: .local) { transaction in
                    try transaction.keep(original: [1, 2, 3], name: "名单.xls")
                    try transaction.open(Firm.table, rows: [(7, Firm.row("乙厂")), (8, Firm.row("甲厂"))])
                }
            }
            #expect(failure?.kind == .conflict)
            #expect(failure?.code == "store.conflict")
            #expect(try await store.names() == ["甲厂"])
            #expect(try await store.head().position == 1)
            #expect(try await store.read { try $0.integer("select count(*) from original") } == 0)
            #expect(try await store.verify().findings == [])
            #expect(try await store.addFirm(Firm.row("丙厂")) == 2)
        }
    }

    @Test("many rows are opened in one act and one entry", arguments: TestEngine.available)
    func manyRows(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let rows = (1...4000).map { (Int64($0), Firm.row("厂\($0)", sales: Int64($0))) }
            let entry = try await store.act("firm.import", by: .local) { try $0.open(Firm.table, rows: rows) }.entry
            #expect(entry.opened == 4000)
            #expect(try await store.read { try $0.integer("select sum(sales) from firm") } == 4000 * 4001 / 2)
            let verification = try await store.verify()
            #expect(verification.findings == [])
            #expect(verification.rows == 4000)
        }
    }

    @Test("rows can be walked inside the walk of other rows", arguments: TestEngine.available)
    func nestedWalk(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            for name in ["甲", "乙", "丙"] { _ = try await store.addFirm(Firm.row(name)) }
            let pairs = try await store.read { session in
                var pairs: [String] = []
                try session.forEach("select id, name from firm order by id") { outer in
                    try session.forEach("select name from firm where id > \(outer.integer(0)) order by id") { inner in
                        pairs.append(outer.text(1) + inner.text(0))
                    }
                }
                return pairs
            }
            #expect(pairs == ["甲乙", "甲丙", "乙丙"])
        }
    }

    @Test("a text with a zero character is refused on both engines", arguments: TestEngine.available)
    func zeroCharacter(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store async throws in
            let failure = await #expect(throws: Failure.self) { _ = try await store.addFirm(Firm.row("甲\0厂")) }
            #expect(failure?.code == "store.zero-character")
            #expect(try await store.head().position == 0)
        }
    }
}
