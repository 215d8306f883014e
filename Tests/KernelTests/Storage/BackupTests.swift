import Foundation
import Storage
import TestSupport
import Testing
import Values

/// A backup is a whole store or an error that names the file; a restored one is the same store.
@Suite struct BackupTests {
    static let backup = BackupStore(schema: Firm.schema, clock: TestClock().clock)
    static let restore = RestoreStore(schema: Firm.schema, clock: TestClock().clock)

    /// Rows of every kind, versions, and an original of several pieces.
    static func fill(_ store: Store) async throws {
        _ = try await store.addFirm(Firm.row("甲\t乙\n丙\\丁\r", town: nil, sales: -5, score: 0.1, mark: [0, 9, 10, 92, 255]))
        let second = try await store.addFirm(Firm.row("", town: "\\N", sales: .max, score: 1e-300, mark: []))
        try await store.replaceFirm(second, Firm.row("戊", score: -2.5e20))
        try await store.act("file.keep", by: .local) { transaction in
            try transaction.keep(original: (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }, name: "大.xls")
            try transaction.keep(original: Array("小".utf8), name: "小.csv")
        }
        _ = try await store.actOnce(request: "r1", "firm.add", by: .local) { transaction in
            try transaction.open(Firm.table, id: 9, Firm.row("己"))
            return "/firms/9"
        }
    }

    @Test(
        "what was backed up comes back: rows, past, originals, requests, counters and journal", arguments: TestEngine.available,
        TestEngine.available)
    func roundTrip(_ from: TestEngine, _ to: TestEngine) async throws {
        try await TestStores.with(from, schema: Firm.schema) { store in
            try await Self.fill(store)
            try await TestStores.withFile { path in
                let made = try await Self.backup.run(store.database, to: path + ".backup", verifies: true)
                let head = try await store.head()
                #expect(made.seal.head == head && made.seal.engine == store.database.dialect)
                guard case .whole(let checked) = made.proof else { return #expect(Bool(false), "not checked row by row") }
                #expect(checked.findings == [] && checked.rows == 6 && checked.head == head)
                try await TestStores.withPlace(to) { place, reopen in
                    let back = try await Self.restore.run(path + ".backup", into: place, verifies: true)
                    #expect(back.seal == made.seal)
                    let restored = try await Store(reopen(), schema: Firm.schema, clock: TestClock().clock)
                    #expect(try await restored.verify(kept: head).findings == [])
                    for position in [1, 2, 3, nil] as [Int64?] {
                        #expect(try await restored.names(at: position) == store.names(at: position))
                    }
                    let kept: @Sendable (any Session) throws -> [Row] = {
                        try $0.rows("select sha256, name, bytes from original order by sha256")
                    }
                    #expect(try await restored.read(kept).map(\.values) == store.read(kept).map(\.values))
                    let again = try await restored.actOnce(request: "r1", "firm.add", by: .local) { _ in "twice" }
                    #expect(again == "/firms/9")
                    _ = try await restored.addFirm(Firm.row("庚"))
                    #expect(try await restored.verify().findings == [])
                    await restored.database.close()
                }
                #expect(try Self.left(beside: path) == [".backup"])
            }
        }
    }

    @Test("is whole though others write while it is made", arguments: TestEngine.available)
    func whileWriting(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            for number in 1...20 { _ = try await store.addFirm(Firm.row("厂\(number)")) }
            try await TestStores.withFile { path in
                let writing = Task { for number in 21...80 { _ = try await store.addFirm(Firm.row("厂\(number)")) } }
                for step in 1...3 {
                    let made = try await Self.backup.run(store.database, to: "\(path).\(step)", verifies: true)
                    guard case .whole(let checked) = made.proof else { return #expect(Bool(false), "not checked row by row") }
                    #expect(checked.findings == [] && checked.rows == made.seal.head.position)
                }
                try await writing.value
                #expect(try await store.verify().findings == [])
            }
        }
    }

    @Test(
        "a file that was cut is refused wherever it was cut, and one changed byte is found wherever it is", arguments: TestEngine.available)
    func damaged(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            try await Self.fill(store)
            try await TestStores.withFile { path in
                _ = try await Self.backup.run(store.database, to: path + ".backup", verifies: false)
                let whole = try Data(contentsOf: URL(fileURLWithPath: path + ".backup"))
                var random = SeededRandom(7)
                for length in [0, 1, 20, whole.count - 1] + (0..<5).map({ _ in Int.random(in: 0..<whole.count, using: &random) }) {
                    try whole.prefix(length).write(to: URL(fileURLWithPath: path + ".cut"))
                    let failure = await #expect(throws: Failure.self) {
                        _ = try await Self.restore.run(path + ".cut", into: .file(path), verifies: true)
                    }
                    #expect(
                        failure?.description
                            == "\(path).cut：不是完整的备份：末尾没有校验行，可能没有传完。处理办法：重新传一次，或换用另一份备份；没有恢复任何内容", "\(length)")
                }
                for place in [0, 18, whole.count - 3, whole.count - 200]
                    + (0..<8).map({ _ in Int.random(in: 0..<whole.count, using: &random) })
                {
                    var changed = whole
                    changed[place] ^= 0x10
                    try changed.write(to: URL(fileURLWithPath: path + ".cut"))
                    let failure = await #expect(throws: Failure.self) {
                        _ = try await Self.restore.run(path + ".cut", into: .file(path), verifies: true)
                    }
                    #expect(["backup.damaged", "backup.cut"].contains(failure?.code), "\(place)")
                    #expect(failure?.place.file == path + ".cut" && failure?.cure != nil)
                }
                #expect(try Self.left(beside: path) == [".backup", ".cut"])
            }
        }
    }

    @Test("neither a backup nor a store is written over", arguments: TestEngine.available)
    func occupied(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await TestStores.withFile { path in
                _ = try await Self.backup.run(store.database, to: path + ".backup", verifies: false)
                let twice = await #expect(throws: Failure.self) {
                    _ = try await Self.backup.run(store.database, to: path + ".backup", verifies: false)
                }
                #expect(twice?.description == "\(path).backup：已有这个文件，不覆盖。处理办法：换一个文件名，例如带上日期")
                try Data("别的".utf8).write(to: URL(fileURLWithPath: path))
                let there = await #expect(throws: Failure.self) {
                    _ = try await Self.restore.run(path + ".backup", into: .file(path), verifies: true)
                }
                #expect(there?.message == "那里已有数据，不能写进去；原有数据没有改动")
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("别的".utf8))
                // A log without its database would be taken for the new one's.
                try FileManager.default.removeItem(atPath: path)
                try Data("x".utf8).write(to: URL(fileURLWithPath: path + "-wal"))
                let log = await #expect(throws: Failure.self) {
                    _ = try await Self.restore.run(path + ".backup", into: .file(path), verifies: true)
                }
                #expect(log?.code == "restore.target-in-use")
                guard engine == .postgres else { return }
                let server = await #expect(throws: Failure.self) {
                    _ = try await Self.restore.run(path + ".backup", into: .server(store.database, "postgres://…"), verifies: true)
                }
                #expect(server?.description == "postgres://…：那里已有数据，不能写进去；原有数据没有改动。处理办法：换一个不存在的文件名，或空的数据库、空的 schema")
                #expect(try await store.verify().findings == [])
            }
        }
    }

    @Test("one of an older program is taken in and brought up to date; one of a newer program is refused", arguments: TestEngine.available)
    func otherVersions(_ engine: TestEngine) async throws {
        let newer = Firm.schema + Schema(migrations: [Migration("more-0001", ["create table more (a {int})"])], tables: [])
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await TestStores.withFile { path in
                let made = try await BackupStore(schema: newer, clock: TestClock().clock).run(
                    store.database, to: path + ".backup", verifies: true)
                guard case .counts = made.proof else { return #expect(Bool(false), "an older shape cannot be checked row by row") }
                try await TestStores.withPlace(engine) { place, reopen in
                    let restored = try await RestoreStore(schema: newer, clock: TestClock().clock).run(
                        path + ".backup", into: place, verifies: true)
                    guard case .whole(let found) = restored.proof else { return #expect(Bool(false)) }
                    #expect(found.findings == [])
                    let database = try reopen()
                    #expect(try await database.read { try $0.integer("select count(*) from more") } == 0)
                    await database.close()
                }
                let older = RestoreStore(schema: .kernel, clock: TestClock().clock)
                let refused = await #expect(throws: Failure.self) {
                    _ = try await older.run(path + ".backup", into: .file(path), verifies: true)
                }
                #expect(refused?.message == "数据库由较新的程序写过（firm-0001），这个版本不能打开")
                #expect(try Self.left(beside: path) == [".backup"])
            }
        }
    }

    @Test("a store that was tampered with is backed up as it is, and said to be so", arguments: TestEngine.available)
    func tampered(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await store.database.write { _ = try $0.run("update firm set name = '乙'") }
            try await TestStores.withFile { path in
                let made = try await Self.backup.run(store.database, to: path + ".backup", verifies: true)
                guard case .whole(let checked) = made.proof else { return #expect(Bool(false)) }
                #expect(checked.findings.map(\.code) == ["rows-changed"])
            }
        }
    }

    @Test("what an ended process left half made is cleared away by the next one")
    func leftovers() async throws {
        try await TestStores.with(.sqlite, schema: Firm.schema) { store in
            _ = try await store.addFirm(Firm.row("甲"))
            try await TestStores.withFile { path in
                for ending in [".backup.999999999.partial", ".backup.999999999.partial-wal", ".other.999999999.partial"] {
                    try Data("半".utf8).write(to: URL(fileURLWithPath: path + ending))
                }
                _ = try await Self.backup.run(store.database, to: path + ".backup", verifies: false)
                #expect(try Self.left(beside: path) == [".backup", ".other.999999999.partial"])
            }
        }
    }

    /// The endings of what lies in the folder.
    private static func left(beside path: String) throws -> [String] {
        let url = URL(fileURLWithPath: path)
        return try FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)
            .map { String($0.dropFirst(url.lastPathComponent.count)) }.sorted()
    }
}
