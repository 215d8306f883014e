import Enterprises
import Foundation
import Places
import Policy
import Storage
import TestSupport
import Testing
import Values

@testable import Programmes

@Suite struct AdoptTests {
    @Test func `nothing is classed before a person has adopted the programme`() async throws {
        let office = try await ProgrammeFixture.make()
        let refused = await #expect(throws: Failure.self) { try await office.run() }
        #expect(refused?.message == "方案“longwan-2006”还没有采纳，不能用来分类")
        let preview = try await office.preview()
        #expect(preview.isFirst)
        #expect(preview.tables.first?.groups.first { $0.key == "A" }?.count == 1)
        #expect(preview.findings.contains { $0.kind == .overlap })
    }

    @Test func `adopting stores the bytes and says whose government the store is`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let desk = office.desk
        let government = try await desk.office.store.read { try desk.office.government($0)?.code }
        #expect(government == "330303")
        let state = try await desk.office.store.read { try desk.state("longwan-2006", $0) }
        #expect(state.standing == .adopted)
        #expect(state.adopted?.digest == state.onDisk?.digest)
    }

    @Test func `a changed file is not in force and shows who would move`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        try await office.rule("sales=5000→A")
        try office.edit(">= 5000", ">= 4500")
        let preview = try await office.preview()
        #expect(preview.changed == ["rules/enterprise-class.yaml"])
        let table = try #require(preview.tables.first)
        #expect(table.moves.map(\.subject.name).contains("示例三号鞋厂"))
        #expect(table.endingRulings.map(\.choice) == ["sales=5000→A"])
        let desk = office.desk
        #expect(try await desk.office.store.read { try desk.state("longwan-2006", $0).standing } == .changed)
        #expect(try await office.run().members(of: "B") == [3])
        let late = await #expect(throws: Failure.self) {
            try await AdoptProgramme(desk).adopt("longwan-2006", digest: "other", by: .local, request: "late")
        }
        #expect(late?.message == "方案文件在您看过预览以后又改了，没有采纳")
        try await AdoptProgramme(desk).adopt("longwan-2006", digest: preview.digest, by: .local, request: "again")
        let run = try await office.run()
        #expect(run.table.rulings.isEmpty)
        #expect(run.members(of: "overlap:A+B").contains(3))
    }

    @Test func `a faulty file cannot be adopted and is named with its line`() async throws {
        let office = try await ProgrammeFixture.make()
        try office.edit("hit: unique", "hit: whatever")
        let refused = await #expect(throws: Failure.self) { try await office.adopt() }
        #expect(refused?.code == "programme.broken")
        let findings = try ProgrammeFindings.check(
            directories: [office.root.appendingPathComponent("programmes")], knownMetrics: office.desk.knownMetrics)
        #expect(findings.hasFaults)
        #expect(findings.findings.contains { $0.kind == "invalid" && $0.file == "longwan-2006/rules/enterprise-class.yaml" })
    }

    @Test func `the shipped programmes have findings with file and line, and their cases pass`() throws {
        let folder = ProjectFiles.url("programmes")
        let findings = try ProgrammeFindings.check(directories: [folder], knownMetrics: RuleInputs.accounts.names)
        #expect(!findings.hasFaults)
        let overlap = try #require(findings.findings.first { $0.kind == "overlap" && $0.programme == "longwan-2006" })
        #expect(overlap.file == "longwan-2006/rules/enterprise-class.yaml")
        #expect(overlap.line == 9)
        #expect(overlap.clause == "四(三)2")
        let json = try #require(try JSONSerialization.jsonObject(with: findings.json()) as? [String: [[String: Any]]])
        #expect(json["findings"]?.count == findings.findings.count)
        let (trials, failures) = try ProgrammeTrial.run(directories: [folder])
        #expect(failures.isEmpty)
        #expect(trials.flatMap(\.failed).isEmpty)
    }
}
