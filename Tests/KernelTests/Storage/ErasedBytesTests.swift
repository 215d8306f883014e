import Foundation
import Storage
import TestSupport
import Testing
import Values

/// After an erasure the bytes are not in the store's files any more, wherever the engine had put them.
@Suite struct ErasedBytesTests {
    private static let mark = "13800138000张"

    /// Files from a few bytes to many pages, full of the mark.
    private static func file(_ number: Int, _ size: Int) -> [UInt8] {
        Array((String(number) + String(repeating: mark, count: size)).utf8)
    }

    private static let sizes = [1, 3, 20, 60, 100, 150, 200, 230, 240, 250, 400, 900, 4000, 40_000]

    private func occurrences(_ path: String) throws -> [String: Int] {
        let wanted = Data(Self.mark.utf8)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try Dictionary(
            uniqueKeysWithValues: files.map { file in
                let data = try Data(contentsOf: file)
                var (count, place) = (0, data.startIndex)
                while let found = data.range(of: wanted, in: place..<data.endIndex) {
                    count += 1
                    place = found.upperBound
                }
                return (file.lastPathComponent, count)
            }
        ).filter { $0.value > 0 }
    }

    @Test("neither the database nor its log has them, though other files around them stay", arguments: [1, 2, 3] as [UInt64])
    func gone(_ seed: UInt64) async throws {
        try await TestStores.withFile { path in
            var random = SeededRandom(seed)
            let store = try await Store(SQLiteDatabase(path: path), schema: Firm.schema, clock: TestClock().clock)
            var files: [[UInt8]] = []
            for number in 0..<40 {
                let bytes = Self.file(number, Self.sizes.randomElement(using: &random) ?? 1)
                files.append(bytes)
                try await store.act("file.keep", by: .local) { transaction in
                    try transaction.keep(original: bytes, name: "名单\(number).xls")
                    try transaction.keep(original: Array("无关\(number)".utf8), name: "别的\(number).txt")
                }
            }
            #expect(try occurrences(path).isEmpty == false)
            for bytes in files.shuffled(using: &random) {
                try await store.act("file.erase", by: .local, reason: "含电话") { try $0.erase(original: sha256(bytes)) }
            }
            #expect(try await store.database.cutLog())
            #expect(try occurrences(path) == [:])
            let found = try await store.verify()
            #expect(found.findings == [] && found.erased == 40)
            await store.database.close()
        }
    }
}
