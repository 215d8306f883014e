import Accounts
import Storage
import TestSupport
import Testing
import Values

@testable import Panels

@Suite("Assessors and their panels")
struct PanelTests {
    private static let assessor = Actor(name: "zhang", role: .assessor)
    private static let day = Day(number: 13_603)  // 2007-03-31
    private static let other = Actor(name: "li", role: .assessor)

    /// A panel with one assessor, another assessor who belongs to none.
    private func with(_ engine: TestEngine, _ body: @escaping @Sendable (Store) async throws -> Void) async throws {
        try await TestStores.with(engine, schema: .kernel + .accounts + .panels, clock: TestClock("2007-03-31")) { store in
            try await store.act("test.people", by: .local) { transaction in
                try transaction.open(
                    .organisation, id: 1, [.text("panel"), .text("示例皮鞋评审组"), .null, .null, .text("2007-01-01"), .null])
                for (id, account, panel) in [(Int64(1), "zhang", Value.integer(1)), (2, "li", .null)] {
                    try transaction.open(
                        .person, id: id, [.text(account), .text("示例" + account), panel, .text("assessor"), .null, .integer(1)])
                }
            }
            try await body(store)
        }
    }

    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch { return (error as? Failure)?.code }
    }

    private static func declare(_ enterprise: String, _ reason: String, _ store: Store, by actor: Actor) async -> String? {
        await code {
            try await DeclareInterest.run(
                enterprise, ground: .relative, reason: reason, on: store, by: actor, request: "\(actor.name)-\(enterprise)-\(reason)")
        }
    }

    @Test("an assessor declares and takes back; the office sees it on the panel, the journal keeps it", arguments: TestEngine.available)
    func declaring(_ engine: TestEngine) async throws {
        try await with(engine) { store in
            let first = await Self.declare("示例甲鞋厂", "配偶任职", store, by: Self.assessor)
            #expect(first == nil)
            let panels = try await store.read { try PanelStore.panels(on: Self.day, $0) }
            #expect(panels.map(\.organisation.name) == ["示例皮鞋评审组"])
            #expect(panels.first?.members.map(\.account) == ["zhang"])
            #expect(panels.first?.interests.map(\.enterprise) == ["示例甲鞋厂"])
            let again = await Self.declare("示例甲鞋厂 ", "又一次", store, by: Self.assessor)
            #expect(again == "interest.declared")
            let stranger = await Self.code {
                try await DeclareInterest.withdraw(ID(1), reason: "不是我的", on: store, by: Self.other, request: "w1")
            }
            #expect(stranger == "interest.missing", "nobody takes back what another declared")
            try await DeclareInterest.withdraw(ID(1), reason: "已离职", on: store, by: Self.assessor, request: "w2")
            let left = try await store.read { try PanelStore.interests(of: "zhang", $0) }
            #expect(left.isEmpty)
            let entries = try await store.read { try JournalQuery.page($0, subject: "interest/1") }
            #expect(entries.map(\.action) == ["panels.withdraw-interest", "panels.declare-interest"])
        }
    }

    @Test("nobody declares without a reason, without a panel, or in another role", arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await with(engine) { store in
            let silent = await Self.declare("示例甲鞋厂", " ", store, by: Self.assessor)
            let nameless = await Self.declare(" ", "有", store, by: Self.assessor)
            let outside = await Self.declare("示例甲鞋厂", "有", store, by: Self.other)
            let office = await Self.declare("示例甲鞋厂", "有", store, by: .local)
            #expect([silent, nameless, outside, office] == ["interest.reason", "interest.enterprise", "interest.member", "access.role"])
        }
    }
}
