import Foundation
import Storage
import TestSupport
import Testing
import Values

/// The interpreter of the second verifier, or nil where it is not installed.
private let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }

/// The second verifier, in Python, agrees with the first; it shares no code with it.
@Suite(.blocking, .enabled(if: python != nil, "python3 is not installed"))
struct VerifyScriptTests {
    /// What the script prints and its exit code.
    private func script(_ arguments: String...) throws -> (lines: [String], code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(python))
        process.arguments = [ProjectFiles.url("tools/verify_store.py").path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (text.split(separator: "\n").map(String.init), process.terminationStatus)
    }

    private func withStore(_ body: (Store, String) async throws -> Void) async throws {
        try await TestStores.withFile { path in
            let store = try await Store(SQLiteDatabase(path: path), schema: Firm.schema, clock: TestClock().clock)
            let first = try await store.addFirm(Firm.row("甲厂", sales: -5, score: 0.1, mark: [0, 255]))
            _ = try await store.addFirm(Firm.row("乙\n厂", town: nil, score: 1e-7))
            try await store.replaceFirm(first, Firm.row("甲集团", score: 12_345_678.5))
            try await store.act("file.keep", by: .local, reason: "来文") { transaction in
                transaction.detail = ["a": "\u{1}\"\\"]
                try transaction.keep(original: [1, 2, 3], name: "名单.xls")
            }
            try await store.act("file.keep", by: .local) { try $0.keep(original: [4, 5, 6], name: "电话.xls") }
            try await store.act("file.erase", by: .local, reason: "含电话") { try $0.erase(original: sha256([4, 5, 6])) }
            try await body(store, path)
        }
    }

    @Test("an untouched store passes, with and without a head kept elsewhere")
    func untouched() async throws {
        try await withStore { store, path in
            #expect(try script(path).lines == [])
            #expect(try script(path).code == 0)
            let head = path + ".head"
            try await store.head().text.write(toFile: head, atomically: true, encoding: .utf8)
            #expect(try script(path, "--head", head).code == 0)
            #expect(try script(path, "--wrong").code == 2)
        }
    }

    private static let changes: [SQL] = [
        "update firm set sales = 5 where id = 1 and known_from = 1",
        "delete from firm where id = 2",
        "insert into firm (id, known_from, known_to, name) values (9, 2, 3, '丙厂')",
        "delete from journal where position = 2",
        "update journal set reason = '别的' where position = 3",
        "update journal set day = '2020-01-01' where position = 3",
        "update original set bytes = x'00' where name = '名单.xls'",
        "update original set bytes = x'' where name = '名单.xls'",
        "update original set bytes = x'040506' where name = '电话.xls'",
        "update original set bytes = x'00' where name = '电话.xls'",
        "update original set name = '别的.xls' where name = '电话.xls'",
        "update original set known_from = 4 where name = '电话.xls'",
        "delete from original where name = '电话.xls'",
        "delete from original_erasure",
        "update original_erasure set known_to = 6",
        "update original_erasure set digest = '0123456789012345678901234567890123456789012345678901234567890123'",
        "update original_erasure set digest = 'none'",
        "update original_erasure set name = '别的.xls'",
        "update counter set value = value + 1",
    ]

    @Test("both verifiers find every change", arguments: changes.indices)
    func tampered(_ index: Int) async throws {
        try await withStore { store, path in
            _ = try await store.database.write { session in try session.run(Self.changes[index]) }
            let found = try script(path)
            #expect(found.code == 1)
            let counted = { (code: String) in code != "counter-differs" && code != "counter-missing" }
            let own = Set(try await store.verify().findings.map(\.code).filter(counted))
            #expect(Set(found.lines.map { String($0.prefix { $0 != ":" }) }.filter(counted)) == own)
        }
    }

    @Test("a cut tail is found by the head alone")
    func cutTail() async throws {
        try await withStore { store, path in
            let head = path + ".head"
            try await store.head().text.write(toFile: head, atomically: true, encoding: .utf8)
            try await store.database.write { session in
                try session.run("delete from journal where position > 3")
                try session.run("delete from original")
                try session.run("delete from original_erasure")
            }
            #expect(try script(path).code == 0)
            #expect(try script(path, "--head", head).lines == ["tail-missing: 4"])
        }
    }
}
