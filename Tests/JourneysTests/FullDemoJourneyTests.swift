import Foundation
import TestSupport
import Testing

/// A large demonstration store at a small size.
@Suite("a large demonstration store", .blocking)
struct FullDemoJourneyTests {
    private static func make(_ file: URL, seed: Int = 7) throws {
        let arguments = ["demo", file.path, "--enterprises", "60", "--results", "1300", "--seed", String(seed)]
        #expect(try HallmarkCommand.run(arguments).code == 0)
    }

    private static func value(_ fact: String, _ filters: [String] = [], store: URL) throws -> Int? {
        let arguments = ["ask", fact, "--json"] + filters.flatMap { ["--where", $0] }
        return try HallmarkCommand.run(arguments, store: store).json()["value"] as? Int
    }

    @Test("it holds what was asked for, verifies, and its failures lead to their lists and follow-ups")
    func holds() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = folder.appendingPathComponent("大库.sqlite")
        try Self.make(store)
        #expect(try Self.value("enterprise", store: store) == 60)
        #expect(try Self.value("spotcheck.result", store: store) == 1300)
        let failing = 1300 - (try Self.value("spotcheck.result", ["follow-up=not-needed"], store: store) ?? 0)
        #expect(failing > 50)
        #expect(try Self.value("spotcheck.result", ["follow-up=recorded"], store: store) ?? 0 > 20)
        #expect(try Self.value("spotcheck.result", ["publication=0"], store: store) == 0)
        #expect(try HallmarkCommand.run(["verify"], store: store).code == 0)
        #expect(try HallmarkCommand.run(["demo", store.path]).code != 0, "a store that is there is left alone")
    }

    @Test("the same seed makes the same journal, another seed another")
    func seeded() throws {
        let folder = try HallmarkCommand.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let hashes = try [7, 7, 8].enumerated().map { number, seed in
            let store = folder.appendingPathComponent("\(number).sqlite")
            try Self.make(store, seed: seed)
            return try HallmarkCommand.run(["verify", "--json"], store: store).json()["hash"] as? String
        }
        #expect(hashes[0] != nil)
        #expect(hashes[0] == hashes[1])
        #expect(hashes[0] != hashes[2])
    }
}
