import Enterprises
import Policy
import Storage
import Testing
import Values

@testable import Programmes

@Suite struct ClassifyTests {
    @Test func `exactly 5000 and exactly 1000 are held, the others are classed`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let run = try await office.run()
        #expect(run.year == 2006)
        #expect(run.members(of: "A") == [1])
        #expect(run.members(of: "B") == [3])
        #expect(run.members(of: "C") == [5])
        #expect(run.members(of: "overlap:A+B") == [2])
        #expect(run.members(of: "overlap:B+C") == [4])
        #expect(run.members(of: "missing:sales") == [6])
        #expect(run.group("overlap:A+B")?.label.contains("5000万元") == true)
        #expect(run.total == 6)
    }

    @Test func `a ruling moves the firm that it names and is journalled with its reason`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let moves = try await office.moves()
        #expect(moves.map(\.subject) == ["sales=5000", "sales=1000"])
        #expect(moves[0].alternatives.map { $0.subjects.map(\.name) } == [["示例二号鞋厂"], ["示例二号鞋厂"]])
        try await office.rule("sales=5000→A")
        let run = try await office.run()
        #expect(run.members(of: "A") == [1, 2])
        #expect(run.members(of: "overlap:B+C") == [4])
        #expect(run.table.rulings.first?.documentNumber == "示例〔2007〕1号")
        #expect(run.table.rulings.first?.actor == "local")
        #expect(run.table.openReadings.count == 1)
        try await office.rule("sales=5000→B")
        #expect(try await office.run().members(of: "B") == [2, 3])
        #expect(try await office.moves()[0].ruling?.choice == "sales=5000→B")
        let counts = try await office.run().combinedReadings()
        #expect(counts.contains { $0.counts["A"] == 1 })
    }

    @Test func `a ruling needs a reason and a reading that the table has`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let sha = try await office.run().table.fileSha
        let ruling = RecordRuling(office.desk)
        let first = await #expect(throws: Failure.self) {
            try await ruling.boundary(
                programme: "longwan-2006", table: "enterprise.class", fileSha: sha, choice: "sales=5000→A", reason: "", documentNumber: "",
                by: .local, request: "r1")
        }
        #expect(first?.message == "口径认定要写理由")
        let second = await #expect(throws: Failure.self) {
            try await ruling.boundary(
                programme: "longwan-2006", table: "enterprise.class", fileSha: sha, choice: "sales=4000→A", reason: "x", documentNumber: "",
                by: .local, request: "r2")
        }
        #expect(second?.message == "表里没有“sales=4000→A”这种读法")
        let third = await #expect(throws: Failure.self) {
            try await ruling.year(
                programme: "longwan-2006", table: "enterprise.class", fileSha: "old", year: 2006, reason: "x", documentNumber: "",
                by: .local,
                request: "r3")
        }
        #expect(third?.message == "您看到的表已被新采纳的文件代替，认定没有记下")
    }

    @Test func `a ruling on the year decides whose figures are asked for`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let run = try await office.run()
        #expect(run.table.openPoints(on: run.on, conditions: []).contains { $0.contains("现取2006年，待认定") })
        try await RecordRuling(office.desk).year(
            programme: "longwan-2006", table: "enterprise.class", fileSha: run.table.fileSha, year: 2005, reason: "会议纪要",
            documentNumber: "",
            by: .local, request: "y1")
        let after = try await office.run()
        #expect(after.year == 2005)
        #expect(after.members(of: "missing:sales").count == 6)
        #expect(after.table.openPoints(on: after.on, conditions: []).isEmpty)
    }

    @Test func `a list is confirmed in one act, and a correction shows the difference`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let run = try await office.run()
        let confirm = ConfirmClasses(office.desk)
        let list = ConfirmClasses.List(
            programme: "longwan-2006", table: "enterprise.class", group: "B", on: ProgrammeFixture.today,
            seal: ConfirmClasses.seal(of: run, group: "B"))
        #expect(try await confirm.list(list, documentNumber: "示例〔2007〕2号", by: .local, request: "c1") == 1)
        #expect(try await confirm.list(list, documentNumber: "示例〔2007〕2号", by: .local, request: "c1") == 1)
        #expect(try await office.run().differences().isEmpty)
        try await office.correct(3, sales: 6_500_000_000)
        let after = try await office.run()
        #expect(after.differences().map(\.enterprise) == [3])
        #expect(after.differences().first?.group == "A")
        let explanation = try #require(try await office.desk.explain("示例三号鞋厂", on: ProgrammeFixture.today, by: .local).first)
        #expect(explanation.differs)
        #expect(explanation.confirmed?.basis.contains("年销售额（2006年）=4820万元") == true)
        #expect(explanation.lines.contains("与系统建议不一致。"))
        let stale = await #expect(throws: Failure.self) {
            try await confirm.list(
                ConfirmClasses.List(
                    programme: "longwan-2006", table: "enterprise.class", group: "A", on: ProgrammeFixture.today,
                    seal: ConfirmClasses.seal(of: run, group: "A")), documentNumber: "示例", by: .local, request: "c2")
        }
        #expect(stale?.message == "名单在您打开以后变了，现在是2家，没有确认")
    }

    @Test func `an exception carries its own reason and what is held cannot be confirmed`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let confirm = ConfirmClasses(office.desk)
        try await confirm.exception(
            enterprise: 6, programme: "longwan-2006", table: "enterprise.class", rule: "C", on: ProgrammeFixture.today,
            reason: "新办企业，没有上年数",
            documentNumber: "示例〔2007〕3号", by: .local, request: "e1")
        let run = try await office.run()
        #expect(run.differences().map(\.isException) == [true])
        let refused = await #expect(throws: Failure.self) {
            try await confirm.list(
                ConfirmClasses.List(
                    programme: "longwan-2006", table: "enterprise.class", group: "overlap:A+B", on: ProgrammeFixture.today, seal: nil),
                documentNumber: "示例", by: .local, request: "e2")
        }
        #expect(refused?.code == "class.not-decided")
        let noReason = await #expect(throws: Failure.self) {
            try await confirm.exception(
                enterprise: 6, programme: "longwan-2006", table: "enterprise.class", rule: "C", on: ProgrammeFixture.today, reason: "",
                documentNumber: "示例", by: .local, request: "e3")
        }
        #expect(noReason?.message == "人工调整要写明理由")
        #expect(try await office.desk.office.store.verify().findings.isEmpty)
    }

    @Test func `an explanation names rule, clause, fact, nearest change and what is open`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let explanation = try #require(try await office.desk.explain("3", on: ProgrammeFixture.today, by: .local).first)
        #expect(explanation.group.key == "B")
        #expect(explanation.clause == "四(三)2")
        #expect(explanation.facts.map(\.value) == ["4820万元"])
        #expect(explanation.nearest?.contains("还差180万元") == true)
        #expect(explanation.open.contains { $0.contains("待认定") })
        let json = String(decoding: try ClassExplanation.json([explanation]), as: UTF8.self)
        #expect(json.contains("\"group\":\"B\""))
        let missing = await #expect(throws: Failure.self) {
            try await office.desk.explain("没有这家", on: ProgrammeFixture.today, by: .local)
        }
        #expect(missing?.message == "没有找到企业“没有这家”")
    }
}
