import Foundation
import Storage
import TestSupport
import Testing
import Values

@Suite struct JournalTests {
    @Test("entries follow each other without gaps, each holding the hash of the one before", arguments: TestEngine.available)
    func chain(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            for number in 1...5 { _ = try await store.addFirm(Firm.row("厂\(number)")) }
            let entries = try await store.read { try JournalQuery.page($0) }.reversed().map { $0 }
            #expect(entries.map(\.position) == [1, 2, 3, 4, 5])
            #expect(entries.map(\.previous) == [JournalEntry.origin] + entries.dropLast().map(\.hash))
            #expect(Set(entries.map(\.hash)).count == 5)
            #expect(try await store.head() == JournalHead(position: 5, hash: entries[4].hash))
        }
    }

    @Test("an entry carries who, what, why, the subject and the facts", arguments: TestEngine.available)
    func entry(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let actor = Actor(name: "王科长", role: .spotCheckOfficer)
            let entry = try await store.act("firm.import", by: actor, reason: "龙质强办〔2026〕1号") { transaction in
                transaction.subject = "file/名单.xls"
                transaction.detail = ["rows": "2", "file": "名\"单\""]
                try transaction.open(Firm.table, rows: [(1, Firm.row("甲")), (2, Firm.row("乙"))])
            }.entry
            #expect(entry.actor == "王科长")
            #expect(entry.role == "spot-check-officer")
            #expect(entry.action == "firm.import")
            #expect(entry.reason == "龙质强办〔2026〕1号")
            #expect(entry.detail == #"{"file":"名\"单\"","rows":"2"}"#)
            #expect(entry.opened == 2)
            #expect(entry.closed == 0)
            #expect(entry.time.description == "2026-03-02T12:00:00.000+08:00")
            let found = try await store.read { try JournalQuery.page($0, subject: "file/名单.xls") }
            #expect(found == [entry])
        }
    }

    @Test("time never runs backwards, whatever the machine's clock does", arguments: TestEngine.available)
    func clockSetBack(_ engine: TestEngine) async throws {
        let clock = TestClock("2026-03-02")
        try await TestStores.with(engine, schema: Firm.schema, clock: clock) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            clock.move(days: -10)
            _ = try await store.addFirm(Firm.row("乙"))
            clock.move(days: 11)
            _ = try await store.addFirm(Firm.row("丙"))
            let times = try await store.read { try JournalQuery.page($0) }.map(\.time.day.description)
            #expect(times == ["2026-03-03", "2026-03-02", "2026-03-02"])
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("the end of a day in Shanghai finds its last position", arguments: TestEngine.available)
    func endOfDay(_ engine: TestEngine) async throws {
        let clock = TestClock("2026-03-02")
        try await TestStores.with(engine, schema: Firm.schema, clock: clock) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            clock.move(milliseconds: 12 * 3_600_000 - 1)
            _ = try await store.addFirm(Firm.row("乙"))
            clock.move(milliseconds: 1)
            _ = try await store.addFirm(Firm.row("丙"))
            let positions = try await store.read { session in
                try ["2026-03-01", "2026-03-02", "2026-03-03", "2030-01-01"].compactMap { Day($0) }
                    .map { try JournalQuery.position(session, endOf: $0) }
            }
            #expect(positions == [0, 2, 3, 3])
        }
    }

    @Test("a repeated request gets the first answer and writes nothing", arguments: TestEngine.available)
    func onceOnly(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store async throws in
            func add(_ name: String) async throws -> String {
                try await store.actOnce(request: "r'1", "firm.add", by: .local) { transaction in
                    let id: ID<Firm> = try transaction.newID(Firm.table)
                    try transaction.open(Firm.table, id: id.number, Firm.row(name))
                    return "/firms/\(id)"
                }
            }
            #expect(try await add("甲") == "/firms/1")
            #expect(try await add("乙") == "/firms/1")
            #expect(try await store.names() == ["甲"])
            #expect(try await store.head().position == 1)
        }
    }

    @Test("a request that failed may be sent again", arguments: TestEngine.available)
    func failedRequest(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let refusal = Failure(.refused, "test.refused", "不行")
            await #expect(throws: refusal) {
                _ = try await store.actOnce(request: "r1", "firm.add", by: .local) { _ in throw refusal }
            }
            let answer = try await store.actOnce(request: "r1", "firm.add", by: .local) { _ in "done" }
            #expect(answer == "done")
        }
    }

    @Test("writers at the same time are taken one after another", arguments: TestEngine.available)
    func manyWriters(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...20 { group.addTask { _ = try await store.addFirm(Firm.row("厂\(number)")) } }
                try await group.waitForAll()
            }
            #expect(try await store.head().position == 20)
            #expect(Set(try await store.names()).count == 20)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("the same original is kept once, by its SHA-256", arguments: TestEngine.available)
    func originals(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let bytes = Array("名单".utf8)
            let first = try await store.act("file.keep", by: .local) { try $0.keep(original: bytes, name: "a.xls") }
            let second = try await store.act("file.keep", by: .local) { try $0.keep(original: bytes, name: "b.xls") }
            #expect(first.answer == sha256(bytes))
            #expect(second.answer == first.answer)
            #expect(second.entry.opened == 0)
            #expect(try await store.read { try $0.integer("select count(*) from original") } == 1)
        }
    }

    @Test("a head kept elsewhere is read from one line, and any other form is refused")
    func headText() throws {
        let head = JournalHead(position: 12, hash: String(repeating: "a", count: 64))
        #expect(try JournalHead(text: head.text) == head)
        let failure = #expect(throws: Failure.self) { try JournalHead(text: "12 abc", file: "head.txt") }
        #expect(failure?.code == "journal.head-form")
        #expect(failure?.description == "head.txt：日志头文件每行应是：位置、空格、64位哈希。处理办法：重新用 hallmark verify --save-head 或 hallmark journal head 导出")
    }
}
