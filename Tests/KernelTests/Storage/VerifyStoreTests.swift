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

    @Test("a row that says it was written at no entry, or at the end of all time, is found", arguments: TestEngine.available)
    func strayRow(_ engine: TestEngine) async throws {
        for position in [Int64(0), 77, .max] {
            try await withStore(engine) { store in
                try await tamper(
                    store, "insert into firm (id, known_from, known_to, name) values (9, \(position), 9223372036854775807, 'x')")
                #expect(try await store.verify().findings.contains { $0.code == "row-without-entry" && $0.position == position })
            }
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

    // MARK: Erased originals

    private static let sha = sha256([1, 2, 3])

    private func withErased(_ engine: TestEngine, _ body: (Store) async throws -> Void) async throws {
        try await withStore(engine) { store in
            try await store.act("file.erase", by: .local, reason: "含个人电话") { try $0.erase(original: Self.sha) }
            try await body(store)
        }
    }

    @Test("an erased original is accepted by its kept digest, and counted", arguments: TestEngine.available)
    func erased(_ engine: TestEngine) async throws {
        try await withErased(engine) { store in
            let found = try await store.verify()
            #expect(found.findings == [])
            #expect(found.erased == 1)
            #expect(found.entries == 5 && found.rows == 5)
            #expect(try await store.read { try $0.integer("select coalesce(sum(length(bytes)), -1) from original") } == 0)
            let original = try await store.read { try OriginalStore.find(Self.sha, $0) }
            #expect(original.size == 3 && original.erasedNote == "2026-03-02，local：含个人电话")
        }
    }

    @Test("what is wrong with an erasure is found", arguments: TestEngine.available)
    func wrongErasures(_ engine: TestEngine) async throws {
        let there = Value.blob([1, 2, 3])
        let other = String(repeating: "0", count: 64)
        let cases: [(SQL, [String], String)] = [
            ("delete from original_erasure", ["original-missing", "rows-changed"], "保存的原始文件没有字节，也没有抹去的记录：\(Self.sha)"),
            (
                "update original_erasure set known_to = 5", ["original-missing", "rows-changed"],
                "保存的原始文件没有字节，也没有抹去的记录：\(Self.sha)"
            ),
            ("update original set bytes = \(there)", ["erased-still-there"], "记为已抹去的原件，字节还在：\(Self.sha)"),
            ("update original set bytes = \(Value.blob([9]))", ["erased-still-there"], "记为已抹去的原件，字节还在：\(Self.sha)"),
            ("update original set name = '别的.xls'", ["original-changed"], "已抹去的原件的文件名被改过：\(Self.sha)"),
            (
                "update original_erasure set digest = \(other)", ["erasure-unproven", "rows-changed"],
                "已抹去的原件留下的摘要，与保存它的日志第4条对不上：\(Self.sha)"
            ),
            ("delete from original", ["erasure-without-original", "rows-changed"], "有抹去的记录，却没有这份原件：\(Self.sha)"),
        ]
        for (change, codes, message) in cases {
            try await withErased(engine) { store in
                try await tamper(store, change)
                let findings = try await store.verify().findings
                #expect(Set(findings.map(\.code)) == Set(codes), "\(change.text)")
                #expect(findings.contains { $0.message == message }, "\(change.text)")
            }
        }
    }

    @Test("an erasure that was recorded with another digest than its entry needs is found", arguments: TestEngine.available)
    func falseDigest(_ engine: TestEngine) async throws {
        try await withStore(engine) { store in
            // As somebody would who knows the program: emptied by hand, the record written through the journal.
            try await tamper(store, "update original set bytes = \(Value.blob([]))")
            try await store.act("file.erase", by: .local, reason: "假的") { transaction in
                let false_ = sha256([7])
                try transaction.open(.originalErasure, id: 1, [.text(Self.sha), .text("名单.xls"), .text(false_), .integer(3)])
            }
            let findings = try await store.verify().findings
            #expect(findings.map(\.code).sorted() == ["erasure-unproven", "rows-changed"])
            #expect(findings.allSatisfy { $0.position == 4 })
        }
    }

    @Test("a changed original cannot be erased, an erased one not twice, an unknown one not at all", arguments: TestEngine.available)
    func refusedErasures(_ engine: TestEngine) async throws {
        try await withErased(engine) { store in
            func erase(_ sha: String) async throws { try await store.act("file.erase", by: .local) { try $0.erase(original: sha) } }
            await #expect(throws: Failure.self) { try await erase(Self.sha) }
            await #expect(throws: Failure.self) { try await erase(sha256([4])) }
            try await store.act("file.keep", by: .local) { try $0.keep(original: [8], name: "乙.xls") }
            try await tamper(store, "update original set bytes = \(Value.blob([9])) where name = '乙.xls'")
            await #expect(throws: Failure.self) { try await erase(sha256([8])) }
            #expect(try await store.head().position == 6)
        }
    }

    @Test("the same file is not kept again by itself, only where somebody says so", arguments: TestEngine.available)
    func keptAgain(_ engine: TestEngine) async throws {
        try await withErased(engine) { store in
            try await store.act("file.keep", by: .local) { try $0.keep(original: [1, 2, 3], name: "名单.xls") }
            #expect(try await store.read { try OriginalStore.find(Self.sha, $0) }.erasure != nil)
            try await store.act("file.keep-again", by: .local) { try $0.keepAgain(original: [1, 2, 3]) }
            let (now, then, file) = try await store.read { session in
                (
                    try OriginalStore.erasure(of: Self.sha, session), try OriginalStore.erasure(of: Self.sha, at: 6, session),
                    try OriginalStore.file(Self.sha, session)
                )
            }
            #expect(now == nil && then?.position == 5)
            #expect(file.name == "名单.xls" && file.bytes == [1, 2, 3])
            let found = try await store.verify()
            #expect(found.findings == [] && found.erased == 0)
            try await store.act("file.erase", by: .local, reason: "再次") { try $0.erase(original: Self.sha) }
            #expect(try await store.verify().findings == [])
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
