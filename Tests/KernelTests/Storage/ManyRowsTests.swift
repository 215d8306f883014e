import Foundation
import Storage
import TestSupport
import Testing
import Values

/// Rows by the thousand take other ways into the engines than single ones; what is stored and vouched for must not differ.
@Suite struct ManyRowsTests {
    static let texts = [
        "甲\t乙", "甲\\乙", "甲\\N", "\\N", "\\.", "甲\n乙", "甲\r\n乙", "\\t", "", " 甲 ", "'\"`$1?", "龘\u{10FFFF}😀", "\\\\", "\u{7F}\u{8}\u{B}",
        "甲\\",
    ]

    @Test("texts that mean something to a copy come back as they were", arguments: TestEngine.available)
    func escaped(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let rows = (0..<900).map { index in
                let text = Self.texts[index % Self.texts.count]
                return (
                    id: Int64(index + 1),
                    row: Firm.row(
                        "\(index)\(text)", town: index % 7 == 0 ? nil : text, sales: index % 5 == 0 ? nil : .min + Int64(index),
                        score: index % 3 == 0 ? nil : Double(index) / 7, mark: index % 4 == 0 ? nil : Array("\(text)\\x00".utf8) + [0, 255])
                )
            }
            let entry = try await store.act("firm.many", by: .local) { try $0.open(Firm.table, rows: rows) }.entry
            #expect(entry.opened == 900)
            let found = try await store.read { try $0.rows("select name, town, sales, score, mark from firm order by id") }
            #expect(found.map(\.values) == rows.map(\.row))
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("one act of many rows has the digest of the same act row by row", arguments: TestEngine.available)
    func sameDigest(_ engine: TestEngine) async throws {
        var entries: [JournalEntry] = []
        for isWhole in [true, false] {
            try await TestStores.with(engine, schema: Firm.schema) { store in
                let rows = (1...700).map { (id: Int64($0), row: Firm.row("\($0)号厂", town: "\($0 % 9)镇")) }
                let entry = try await store.act("firm.many", by: .local) { transaction in
                    if isWhole {
                        try transaction.open(Firm.table, rows: rows)
                    } else {
                        for (id, row) in rows.reversed() { try transaction.open(Firm.table, id: id, row) }
                    }
                }.entry
                entries.append(entry)
                #expect(try await store.verify().cells == 9)
            }
        }
        #expect(entries[0].hash == entries[1].hash)
    }

    @Test("a zero character among many rows leaves nothing behind, and the store goes on", arguments: TestEngine.available)
    func zero(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let rows = (1...600).map { (id: Int64($0), row: Firm.row($0 == 500 ? "甲\0厂" : "\($0)号厂")) }
            await #expect(throws: Failure.self) { try await store.act("firm.many", by: .local) { try $0.open(Firm.table, rows: rows) } }
            #expect(try await store.names() == [])
            _ = try await store.addFirm(Firm.row("乙厂"))
            #expect(try await store.names() == ["乙厂"])
        }
    }

    @Test("two rows of one key among many are a conflict and leave nothing behind", arguments: TestEngine.available)
    func conflict(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            let rows = (1...600).map { (id: Int64($0), row: Firm.row($0 == 600 ? "1号厂" : "\($0)号厂")) }
            await #expect(throws: Failure.self) { try await store.act("firm.many", by: .local) { try $0.open(Firm.table, rows: rows) } }
            let (names, position) = (try await store.names(), try await store.head().position)
            #expect(names == [] && position == 0)
        }
    }

    @Test("what an act opened it cannot close, in whatever order its numbers came", arguments: TestEngine.available)
    func twice(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.act("firm.many", by: .local) { transaction in
                for id in [5, 6, 7, 20, 3, 21] as [Int64] { try transaction.open(Firm.table, id: id, Firm.row("\(id)号厂")) }
                for id in [5, 6, 7, 20, 3, 21] as [Int64] { #expect(transaction.hasWritten(Firm.table, id: id)) }
                for id in [4, 8, 19, 22, 1] as [Int64] { #expect(!transaction.hasWritten(Firm.table, id: id)) }
                #expect(throws: Failure.self) { try transaction.close(Firm.table, id: 3) }
            }
        }
    }

    @Test("a file kept where it lies is vouched for like one that was held", arguments: TestEngine.available)
    func keptFile(_ engine: TestEngine) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 251) }
        try Data(bytes).write(to: file)
        var digests: [String] = []
        for isHeld in [true, false] {
            try await TestStores.with(engine, schema: Firm.schema) { store in
                let entry = try await store.act("file.keep", by: .local) { transaction in
                    if isHeld {
                        try transaction.keep(original: bytes, name: "甲.csv")
                    } else {
                        try transaction.keep(original: KeptFile(path: file.path, name: "甲.csv"), sha256: sha256(bytes), name: "甲.csv")
                    }
                }.entry
                digests.append(entry.digest)
                let kept = try await store.read { try $0.row("select bytes from original")?.value(0) }
                #expect(kept == .blob(bytes))
                #expect(try await store.verify().findings == [])
            }
        }
        #expect(digests[0] == digests[1])
    }

    @Test("a file that changed since it was read is not kept")
    func changedFile() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("甲".utf8).write(to: file)
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            _ = await #expect(throws: Failure.self) {
                try await store.act("file.keep", by: .local) {
                    try $0.keep(original: KeptFile(path: file.path, name: "甲.csv"), sha256: sha256(Array("乙".utf8)), name: "甲.csv")
                }
            }
        }
    }
}
