import Storage
import TestSupport
import Testing
import Values

/// Every way of changing a store behind its journal, and what verifying finds.
@Suite struct VerifyStoreTests {
    /// Four acts: two firms, a correction, an original.
    private func withStore(_ engine: TestEngine, _ body: (Store) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let first = try await store.addFirm(Firm.row("甲厂", sales: 50, score: 0.25, mark: [1, 2]))
            _ = try await store.addFirm(Firm.row("乙厂", town: nil))
            try await store.replaceFirm(first, Firm.row("甲集团", town: "乙镇"))
            try await store.act("file.keep", by: .local) { try $0.keep(original: [1, 2, 3], name: "名单.xls") }
            try await body(store)
        }
    }

    private func codes(_ store: Store, kept: JournalHead? = nil) async throws -> Set<String> {
        Set(try await store.verify(kept: kept).findings.map(\.code))
    }

    private func tamper(_ store: Store, _ changes: SQL...) async throws {
        try await store.database.write { session in for change in changes { try session.run(change) } }
    }

    @Test("an untouched store has no findings, and says that its tail is unproven without a head", arguments: TestEngine.available)
    func untouched(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let alone = try await store.verify()
            #expect(alone.findings == [])
            #expect(!alone.isTailProven)
            #expect(alone.entries == 4)
            #expect(alone.rows == 4)
            #expect(alone.cells == 3)
            let kept = try await store.verify(kept: alone.head)
            #expect(kept.findings == [])
            #expect(kept.isTailProven)
        }
    }

    @Test("a changed row is found with its entry", arguments: TestEngine.available)
    func changedRow(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "update firm set sales = 5000 where id = 1 and known_from = 1")
            let findings = try await store.verify().findings
            #expect(findings.map(\.code) == ["rows-changed"])
            #expect(findings.first?.position == 1)
            #expect(findings.first?.message == "日志第1条（firm.add，2026-03-02T12:00:00.000+08:00）所记的行被改过、少了或多了")
        }
    }

    @Test("a missing row is found", arguments: TestEngine.available)
    func missingRow(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "delete from firm where id = 2")
            #expect(try await codes(store) == ["rows-changed", "counter-differs"])
        }
    }

    @Test("an inserted row is found, also one that names no entry", arguments: TestEngine.available)
    func insertedRow(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(
                store, "insert into firm (id, known_from, known_to, name) values (9, 2, 3, '丙厂')",
                "insert into firm (id, known_from, known_to, name) values (10, 77, 78, '丁厂')")
            let findings = try await store.verify().findings
            #expect(findings.map(\.code) == ["rows-changed", "rows-changed", "row-without-entry", "row-without-entry"])
            #expect(findings.last?.message == "有1行记录写着日志位置78，但日志里没有这一条")
        }
    }

    @Test("a version that was opened again or ended earlier is found", arguments: TestEngine.available)
    func movedBound(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "update firm set known_to = 4 where id = 1 and known_from = 1")
            #expect(try await store.verify().findings.map(\.position) == [3, 4])
        }
    }

    @Test("a removed entry is found", arguments: TestEngine.available)
    func removedEntry(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "delete from journal where position = 2")
            #expect(try await codes(store) == ["entry-missing", "chain-broken", "row-without-entry"])
        }
    }

    @Test("an inserted entry is found", arguments: TestEngine.available)
    func insertedEntry(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(
                store,
                """
                insert into journal (position, time, day, actor, role, action, subject, reason, detail, opened, closed, digest, previous, hash)
                select 5, time, day, actor, role, 'firm.add', subject, reason, detail, opened, closed, digest, previous, hash
                from journal where position = 2
                """)
            #expect(try await codes(store).isSuperset(of: ["chain-broken", "entry-changed", "rows-changed"]))
        }
    }

    @Test("reordered entries are found", arguments: TestEngine.available)
    func reordered(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(
                store, "update journal set position = 99 where position = 2", "update journal set position = 2 where position = 3",
                "update journal set position = 3 where position = 99")
            #expect(try await codes(store).isSuperset(of: ["chain-broken", "entry-changed"]))
        }
    }

    @Test("a changed entry is found, also where only its day was changed", arguments: TestEngine.available)
    func changedEntry(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "update journal set actor = '别人' where position = 3")
            #expect(try await codes(store) == ["entry-changed"])
            try await tamper(store, "update journal set actor = 'local', day = '2020-01-01' where position = 3")
            #expect(try await codes(store) == ["entry-changed"])
        }
    }

    @Test("changed counters are found: totals, past values, and cells that are missing", arguments: TestEngine.available)
    func changedCounter(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "update counter set value = 7 where k1 = '乙镇'")
            let findings = try await store.verify().findings
            #expect(findings.map(\.message) == ["计数 firm/town（乙镇）为7，逐行数为1"])
            try await tamper(store, "update counter set value = 1 where k1 = '乙镇'", "update counter_past set value = 3 where k1 = '乙镇'")
            #expect(try await store.verify().findings.map(\.message) == ["计数 firm/town（乙镇）在第3条日志时为3，逐行数为1"])
            try await tamper(store, "delete from counter where k1 = '乙镇'", "update counter_past set value = 1 where k1 = '乙镇'")
            #expect(try await store.verify().findings.map(\.code) == ["counter-missing"])
        }
    }

    @Test("a changed original is found by its hash", arguments: TestEngine.available)
    func changedOriginal(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await tamper(store, "update original set bytes = \(Value.blob([9, 9]))")
            #expect(try await codes(store) == ["original-changed", "rows-changed"])
        }
    }

    @Test("a tail cut off together with its rows is found by a head kept elsewhere alone", arguments: TestEngine.available)
    func cutTail(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let head = try await store.head()
            try await tamper(store, "delete from journal where position = 4", "delete from original")
            #expect(try await codes(store) == [])
            let findings = try await store.verify(kept: head).findings
            #expect(findings.map(\.message) == ["另存的日志头在第4条，库里只到第3条：末尾被截去"])
        }
    }

    @Test("a rewritten journal differs from the head kept elsewhere", arguments: TestEngine.available)
    func rewritten(_ engine: TestEngine) async throws {
        try await withStore(engine) { store async throws in
            let other = JournalHead(position: 2, hash: String(repeating: "f", count: 64))
            #expect(try await codes(store, kept: other) == ["head-differs"])
        }
    }
}
