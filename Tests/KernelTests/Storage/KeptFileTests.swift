import Foundation
import Storage
import TestSupport
import Testing
import Values

/// Originals pass in pieces; acts take turns.
@Suite struct KeptFileTests {
    @Test("a file of several pieces comes back as it went in, and is vouched for", arguments: TestEngine.available)
    func roundTrip(_ engine: TestEngine) async throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        let bytes = (0..<2_500_001).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try Data(bytes).write(to: url)
        let sha = sha256(bytes)
        try await TestStores.with(engine, schema: .kernel) { store in
            for _ in 0..<2 {
                try await store.act("test.keep", by: .local) { transaction in
                    try transaction.keep(original: try KeptFile(path: url.path, name: "甲"), sha256: sha, name: "甲")
                }
            }
            let (isThere, isOther, found) = try await store.read { session in
                var found: [UInt8] = []
                let isThere = try session.readBytes(of: "bytes", in: "original", where: ("sha256", .text(sha))) { found += Array($0) }
                let isOther = try session.readBytes(of: "bytes", in: "original", where: ("sha256", .text("0"))) { _ in }
                return (isThere, isOther, found)
            }
            #expect(isThere && !isOther)
            #expect(found == bytes)
            #expect(try await store.verify().findings == [])
        }
    }

    @Test("an act that would wait too long for another is told that the store is busy; one that may wait comes after it")
    func turns() async throws {
        try await TestStores.withDatabase(.sqlite) { database in
            let store = try await Store(database, schema: .kernel, clock: TestClock().clock, patience: .milliseconds(50))
            let gate = DispatchSemaphore(value: 0)
            async let long = store.act("test.long", by: .local) { _ in gate.wait() }
            try await Task.sleep(for: .milliseconds(200))
            async let patient = store.act("test.patient", by: .local, waits: true) { _ in }
            await #expect(throws: Failure.self) { _ = try await store.act("test.hasty", by: .local) { _ in } }
            // Pages are read meanwhile.
            #expect(try await store.read { try JournalQuery.head($0).position } == 0)
            gate.signal()
            let entries = try await [long.entry.position, patient.entry.position]
            #expect(entries == [1, 2])
            let next = try await store.act("test.next", by: .local) { _ in }
            #expect(next.entry.position == 3)
        }
    }
}
