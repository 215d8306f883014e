import Foundation
import Storage
import TestSupport
import Testing
import Values

/// The journal's heads in a file of a second party: a line a day, only ever appended.
@Suite struct HeadFileTests {
    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("a line a day: position, hash, time and the store; a second one the same day is not written", arguments: TestEngine.available)
    func daily(_ engine: TestEngine) async throws {
        let clock = TestClock("2026-03-02")
        try await TestStores.with(engine, schema: Firm.schema, clock: clock) { store in
            try await TestStores.withFile { path in
                let file = HeadFile(path: path)
                let empty = await #expect(throws: Failure.self) { _ = try await file.append(store) }
                #expect(empty?.description == "日志还是空的，没有日志头。处理办法：先导入名单或采纳方案")
                _ = try await store.addFirm(Firm.row("甲"))
                let first = try await store.head()
                #expect(try await file.append(store) == .appended(first))
                _ = try await store.addFirm(Firm.row("乙"))
                #expect(try await file.append(store) == .alreadyToday(first))
                clock.move(days: 1)
                let second = try await store.head()
                #expect(try await file.append(store) == .appended(second))
                #expect(
                    try Self.lines(path) == [
                        "1 \(first.hash) 2026-03-02T12:00:00.000+08:00 \(first.hash)",
                        "2 \(second.hash) 2026-03-03T12:00:00.000+08:00 \(first.hash)",
                    ])
                #expect(try file.heads() == [first, second])
                #expect(try await store.verify(kept: file.heads()).findings == [])
                #expect(try await store.verify(kept: file.heads()).isTailProven)
            }
        }
    }

    @Test("of several processes that export at once one writes the day's line")
    func atOnce() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await TestStores.withFile { path in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 { group.addTask { _ = try await HeadFile(path: path).append(store) } }
                    try await group.waitForAll()
                }
                #expect(try Self.lines(path).count == 1)
            }
        }
    }

    @Test("a journal that does not continue the last line is refused, and the file stays as it was", arguments: TestEngine.available)
    func broken(_ engine: TestEngine) async throws {
        let clock = TestClock("2026-03-02")
        try await TestStores.withFile { path in
            let file = HeadFile(path: path)
            try await TestStores.with(engine, schema: Firm.schema, clock: clock) { store in
                _ = try await store.addFirm(Firm.row("甲"))
                _ = try await store.addFirm(Firm.row("乙"))
                _ = try await file.append(store)
                try await store.database.write { session in
                    for sql in [
                        "delete from journal where position = 2", "delete from firm where known_from = 2",
                        "delete from counter_past where position = 2",
                    ] as [SQL] { try session.run(sql) }
                }
                let cut = await #expect(throws: Failure.self) { _ = try await file.append(store) }
                #expect(cut?.code == "journal.head-behind" && cut?.place.file == path)
                #expect(cut?.message == "日志头文件里已有第2条，库里只到第1条：末尾被截去，或恢复过旧的备份")
                clock.move(milliseconds: 5)
                _ = try await store.addFirm(Firm.row("丙"))
                let other = await #expect(throws: Failure.self) { _ = try await file.append(store) }
                #expect(other?.message == "日志头文件里第2条与库里的不同：日志被改写过，或这是另一个库的文件")
                #expect(other?.cure == "保管好原来的文件；先运行 hallmark verify --head，查明原因，再换一个新文件")
                #expect(try await store.verify(kept: file.heads()).findings.map(\.code).contains("head-differs"))
            }
            try await TestStores.with(engine, schema: Firm.schema, clock: TestClock("2026-04-01")) { store in
                for name in ["甲", "乙", "丙"] { _ = try await store.addFirm(Firm.row(name)) }
                let stranger = await #expect(throws: Failure.self) { _ = try await file.append(store) }
                #expect(stranger?.code == "journal.head-differs")
            }
            #expect(try Self.lines(path).count == 1)
        }
    }

    @Test("a rewritten past is found by an early line, though the last one fits")
    func everyLine() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            for name in ["甲", "乙"] { _ = try await store.addFirm(Firm.row(name)) }
            let heads = [JournalHead(position: 1, hash: String(repeating: "a", count: 64)), try await store.head()]
            #expect(try await store.verify(kept: heads).findings.map(\.code) == ["head-differs"])
        }
    }

    @Test("a last line that was not written to its end is refused, and so is any other text")
    func form() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await TestStores.withFile { path in
                try Data("1 abc".utf8).write(to: URL(fileURLWithPath: path))
                let cut = await #expect(throws: Failure.self) { _ = try await HeadFile(path: path).append(store) }
                #expect(cut?.description == "\(path)：日志头文件的最后一行不完整。处理办法：删去不完整的最后一行，再导出")
                try Data("名单\n".utf8).write(to: URL(fileURLWithPath: path))
                let form = #expect(throws: Failure.self) { _ = try HeadFile(path: path).heads() }
                #expect(form?.code == "journal.head-form" && form?.place.line == 1)
                try Data().write(to: URL(fileURLWithPath: path))
                #expect(#expect(throws: Failure.self) { _ = try HeadFile(path: path).heads() }?.code == "journal.head-form")
                let missing = #expect(throws: Failure.self) { _ = try HeadFile(path: path + ".no").heads() }
                #expect(missing?.message == "日志头文件读不到")
            }
        }
    }
}
