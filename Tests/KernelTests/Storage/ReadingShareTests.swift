import Foundation
import Synchronization
import TestSupport
import Testing
import Values

@testable import Storage

@Suite("Long readings and the pages beside them")
struct ReadingShareTests {
    @Test("leave two reading connections to pages, and at least one to themselves", arguments: [(1, 1), (2, 1), (3, 1), (4, 2), (6, 4)])
    func places(_ readers: Int, _ places: Int) { #expect(ReadingShare(readers: readers).places == places) }

    @Test("wait for each other while pages are answered, however many are asked for", arguments: TestEngine.available)
    func pages(_ engine: TestEngine) async throws {
        try await Self.with(engine) { store in
            let gate = Gate()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // More than there are connections.
                for _ in 0..<(store.database.readers + 4) {
                    group.addTask {
                        try await store.readLong { session in
                            gate.begun.withLock { $0 += 1 }
                            while !gate.isOpen.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.005) }
                            _ = try session.integer("select 1")
                        }
                    }
                }
                let share = store.longReads.places
                for _ in 0..<400 where gate.begun.withLock({ $0 }) < share { try await Task.sleep(for: .milliseconds(5)) }
                for _ in 0..<20 { #expect(try await store.read { try $0.integer("select 1") } == 1) }
                // All long readings are still at it.
                #expect(gate.begun.withLock { $0 } == share)
                gate.isOpen.withLock { $0 = true }
                try await group.waitForAll()
            }
        }
    }

    @Test("of one person are two at a time; the third is refused, another person's is not")
    func person() async throws {
        let share = ReadingShare(readers: 6)
        try await share.take(for: "li", patience: .seconds(1))
        try await share.take(for: "li", patience: .seconds(1))
        let failure = await #expect(throws: Failure.self) { try await share.take(for: "li", patience: .seconds(1)) }
        #expect(failure?.message == "您已有 2 个导出在进行，没有再开始一个" && failure?.kind == .busy)
        try await share.take(for: "wang", patience: .seconds(1))
        await share.give(for: "li")
        try await share.take(for: "li", patience: .seconds(1))
    }

    @Test("that find no place in time are told so, and give up their place in the queue")
    func patience() async throws {
        let share = ReadingShare(readers: 1)
        try await share.take(for: nil, patience: nil)
        let failure = await #expect(throws: Failure.self) { try await share.take(for: "li", patience: .milliseconds(20)) }
        #expect(failure?.code == "store.reads.busy")
        await share.give(for: nil)
        try await share.take(for: "li", patience: .milliseconds(20))
    }

    private final class Gate: Sendable {
        let isOpen = Mutex(false)
        let begun = Mutex(0)
    }

    /// With as many connections as a server has.
    private static func with(_ engine: TestEngine, _ body: (Store) async throws -> Void) async throws {
        switch engine {
        case .sqlite: try await TestStores.with(.sqlite, schema: .kernel, body)
        case .postgres:
            try await TestStores.withAddress(.postgres) { address in
                let database = try PostgresDatabase(address: address, readers: 4)
                try await body(try await Store(database, schema: .kernel, clock: TestClock().clock))
                await database.close()
            }
        }
    }
}

@Suite("A request number")
struct RequestNumberTests {
    @Test("answers for one action of one person alone", arguments: TestEngine.available)
    func scope(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: .kernel) { store in
            let (li, wang) = (Actor(name: "li", role: .departmentOfficer), Actor(name: "wang", role: .departmentOfficer))
            func act(_ action: String, _ actor: Actor, _ answer: String) async throws -> String {
                try await store.actOnce(request: "7", action, by: actor) { _ in answer }
            }
            let first = try await act("a.one", li, "first")
            #expect(first == "first")
            #expect(try await act("a.one", li, "again") == "first")
            #expect(try await act("a.two", li, "other") == "other")
            #expect(try await act("a.one", wang, "his own") == "his own")
            #expect(try await store.earlierAnswer(to: "7", "a.one", by: li) == "first")
            #expect(try await store.earlierAnswer(to: "7", "a.three", by: li) == nil)
            #expect(try await store.read { try $0.integer("select count(*) from journal") } == 3)
        }
    }
}
