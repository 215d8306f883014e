import Foundation
import Policy
import Testing
import Values

@Suite struct ProgrammeCheckTests {
    private let metrics: Set<String> = [
        "enterprise.sales", "spotcheck.batch-pass-rate", "spotcheck.enterprise-pass-rate", "account.brand-sales-share",
    ]

    private func findings(_ id: String) throws -> [PolicyFinding] {
        ProgrammeCheck(try ProgrammeFilesTests.folder(id), knownMetrics: metrics).findings()
    }

    @Test("Longwan overlaps at exactly 5000 and at exactly 1000, and nowhere else")
    func longwanOverlaps() throws {
        let found = try findings("longwan-2006").filter { [.overlap, .uncovered, .unreachable].contains($0.kind) }
        #expect(found.map(\.kind) == [.overlap, .overlap])
        #expect(found.map(\.line) == [9, 10])
        #expect(found.allSatisfy { $0.clause == "四(三)2" && $0.file == "longwan-2006/rules/enterprise-class.yaml" })
        #expect(found[0].message.contains("5000万元") && found[1].message.contains("1000万元"))
    }

    @Test("Longwan's scale and year are open, and two years are not fourteen months")
    func longwanOpen() throws {
        let found = try findings("longwan-2006")
        #expect(found.contains { $0.code == "open.condition" && $0.message.contains("有较大生产规模") })
        #expect(found.contains { $0.code == "open.input" && $0.message.contains("哪一年") })
        #expect(found.contains { $0.code == "open.missing-paper" })
        let discrepancies = found.filter { $0.kind == .discrepancy }
        #expect(discrepancies.map(\.message) == ["时长与起止日期不符：工程的期限说是2年，而从2006-09-01到2007-10-31是14个月。"])
        #expect(discrepancies.first?.clause == "二、四")
        #expect(found.contains { $0.kind == .unknownName } == false)
    }

    @Test("Longwan has its phases, classes and the seven numbers of its targets")
    func longwan() throws {
        let programme = try ProgrammeFilesTests.folder("longwan-2006").programme
        #expect(programme.phases.map(\.id) == ["mobilise", "survey", "raise", "conclude"])
        #expect(programme.target("national-pass-rate")?.goal == 85)
        #expect(programme.target("quality-index-held")?.kind == .hold)
        #expect(programme.target("national-pass-rate-compared")?.against == ["全国平均", "全省平均", "全市平均"])
        #expect(programme.duties.first { $0.id == "association-prices" }?.legal?.standing == .barred)
        #expect(programme.organisations.filter { $0.roles.contains(.office) }.map(\.id) == ["quality-bureau"])
    }

    @Test("Nanhai: +60 and >280 are two targets, 突破 is strict, and unnamed projects stay open")
    func nanhai() throws {
        let programme = try ProgrammeFilesTests.folder("nanhai-2017").programme
        let added = try #require(programme.target("brands-added"))
        let total = try #require(programme.target("brands-total"))
        #expect(added.kind == .additions && added.goal == 60 && added.comparison == .atLeast)
        #expect(total.kind == .stock && total.goal == 280 && total.comparison == .above)
        #expect(total.comparison?.holds(280, 280) == false)
        #expect(programme.target("brands-most")?.rank == 1)
        #expect(programme.target("village-zones")?.due?.value?.description == "2019-12-31")
        let found = try findings("nanhai-2017")
        #expect(found.contains { $0.code == "open.point" && $0.message.contains("没有点名") })
        #expect(found.contains { $0.kind == .discrepancy } == false)
    }

    @Test("a metric that the store does not know is named with near ones")
    func unknownNames() throws {
        let folder = try PolicyFixture.read(PolicyFixture.target("kind: compare, metric: spotcheck.rate, rank: 1, among: 全市"))
        let found = ProgrammeCheck(folder, knownMetrics: ["spotcheck.batch-pass-rate"]).findings()
        #expect(found.map(\.kind) == [.unknownName])
        #expect(found.first?.message == "目标「目标」用的指标「spotcheck.rate」系统里没有。")
        #expect(found.first?.cure == "系统里相近的指标：spotcheck.batch-pass-rate。")
        #expect(found.first?.file == "demo/programme.yaml")
    }

    @Test("findings can be kept and read back")
    func codable() throws {
        let found = try findings("longwan-2006")
        #expect(try JSONDecoder().decode([PolicyFinding].self, from: JSONEncoder().encode(found)) == found)
    }

    @Test("the digest changes with any byte of any file")
    func digest() throws {
        let one = try PolicyFixture.read().digest
        #expect(try PolicyFixture.read("# \n").digest != one)
        #expect(try PolicyFixture.read(files: ["README.md": "x"]).digest != one)
    }
}
