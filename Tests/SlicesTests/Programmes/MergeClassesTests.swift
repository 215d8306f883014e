import Enterprises
import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Programmes

/// Confirmed classes when two dossiers of one firm are merged.
@Suite struct MergeClassesTests {
    private static func classes(_ office: ProgrammeFixture, of firm: Int64) async throws -> [String] {
        try await office.desk.office.store.read { session in
            try session.rows(
                "select c.rule from enterprise_class as c where c.enterprise_id = \(firm) and \(RecordTable.current("c")) order by c.id"
            ).map { $0.text(0) }
        }
    }

    private static func confirm(_ office: ProgrammeFixture, _ firm: Int64, _ rule: String) async throws {
        try await ConfirmClasses(office.desk).exception(
            enterprise: firm, programme: ProgrammeFixture.programme, table: ProgrammeFixture.table, rule: rule, on: ProgrammeFixture.today,
            reason: "示例理由", documentNumber: "示例〔2007〕3号", by: .local, request: UUID().uuidString)
    }

    private static func office() async throws -> (ProgrammeFixture, MergeDossiers) {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        return (office, MergeDossiers(office.desk.office, with: DossierTable.classes))
    }

    @Test func `a class that only the absorbed dossier has moves along and comes back`() async throws {
        let (office, merging) = try await Self.office()
        try await Self.confirm(office, 3, "B")
        try await merging.merge(ID(3), into: ID(1), by: .local, reason: "同一家")
        #expect(try await Self.classes(office, of: 1) == ["B"])
        try await merging.undo(ID(3), by: .local, reason: "并错了")
        #expect(try await Self.classes(office, of: 1).isEmpty)
        #expect(try await Self.classes(office, of: 3) == ["B"])
        #expect(try await office.desk.office.store.verify().findings.isEmpty)
    }

    @Test func `of two equal classes one ends, and taking the merging back restores it`() async throws {
        let (office, merging) = try await Self.office()
        try await Self.confirm(office, 1, "A")
        try await Self.confirm(office, 3, "A")
        try await merging.merge(ID(3), into: ID(1), by: .local, reason: "同一家")
        #expect(try await Self.classes(office, of: 1) == ["A"])
        #expect(try await Self.classes(office, of: 3).isEmpty)
        try await merging.undo(ID(3), by: .local, reason: "并错了")
        #expect(try await Self.classes(office, of: 1) == ["A"])
        #expect(try await Self.classes(office, of: 3) == ["A"])
        #expect(try await office.desk.office.store.verify().findings.isEmpty)
    }

    @Test func `two different classes refuse the merging with what to do`() async throws {
        let (office, merging) = try await Self.office()
        try await Self.confirm(office, 1, "A")
        try await Self.confirm(office, 3, "B")
        let refused = await #expect(throws: Failure.self) {
            try await merging.merge(ID(3), into: ID(1), by: .local, reason: "同一家")
        }
        #expect(refused?.message == "两份档案已确认的类不同（B类(重点帮扶)、A类(重点培育)），不能并档")
        #expect(refused?.cure == "先在方案的分类名单里把其中一份人工调整为同一类，再并档")
        #expect(try await Self.classes(office, of: 3) == ["B"])
    }
}
