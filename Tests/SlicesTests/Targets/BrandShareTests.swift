import Enterprises
import Evidence
import Foundation
import Imports
import Places
import Policy
import Storage
import TestSupport
import Testing
import Values

@testable import Targets

@Suite("Longwan's share of brand sales is computed from the firms' yearly accounts")
struct BrandShareTests {
    @Test(
        "Own-brand sales over sales of the firms that make leather shoes, where both are known; no interval",
        arguments: TestEngine.available)
    func share(_ engine: TestEngine) async throws {
        try await TestStores.with(engine, schema: .kernel + .imports + .enterprises + .targets) { store in
            let office = RegisterOffice(
                office: Office(
                    store: store, regions: try RegisterOffice.regions.get(), vocabulary: try RegisterOffice.vocabulary.get(),
                    root: ProjectFiles.root))
            let place = "浙江省温州市龙湾区永中街道示例路"
            try await office.take(
                "企业名称,地址,年度,年销售额（万元）,自主品牌销售额（万元）,产品名称", "示例甲厂,\(place)1号,2006,100,60,女皮鞋", "示例乙厂,\(place)2号,2006,100,30,皮鞋",
                "示例丙厂,\(place)3号,2006,800,,皮鞋", "示例丁厂,\(place)4号,2006,1000,0,阀门", "示例戊厂,,2006,1000,0,皮鞋")
            let missed = try #require(try await standing(office))
            #expect(missed.missing == nil)
            #expect(missed.judgement.verdict == .missed)
            #expect(missed.judgement.now?.value == 45 && missed.judgement.now?.n == 2 && missed.judgement.now?.hits == nil)
            #expect(missed.judgement.interval == nil)
            #expect(missed.judgement.neededPerYear != nil)
            #expect(missed.target.open?.contains("自主品牌销售额代替名牌产品销售产值，口径待明确") == true)
            try await office.take("企业名称,年度,年销售额（万元）,自主品牌销售额（万元）", "示例甲厂,2007,300,150")
            let met = try #require(try await standing(office))
            #expect(met.judgement.verdict == .met && met.judgement.now?.value == 50)
            #expect(met.judgement.periods.map(\.value.period.text) == ["2006年", "2007年"])
        }
    }

    @Test("Without a firm that reported both, the accounts are said to hold nothing for it")
    func missing() async throws {
        try await TestStores.with(.sqlite, schema: .kernel + .imports + .enterprises + .targets) { store in
            let office = RegisterOffice(
                office: Office(
                    store: store, regions: try RegisterOffice.regions.get(), vocabulary: try RegisterOffice.vocabulary.get(),
                    root: ProjectFiles.root))
            try await office.take("企业名称,年度,年销售额（万元）,产品名称", "示例甲厂,2006,100,皮鞋")
            let standing = try #require(try await standing(office))
            #expect(standing.judgement.verdict == .unknown)
            #expect(standing.missing?.sentence == "「年度数据」里没有符合口径的记录。原文没有写责任单位，先由质强办认定（条款二）")
        }
    }

    private func standing(_ office: RegisterOffice) async throws -> Standing? {
        let folder = try TargetFixture.folder("longwan-2006")
        let board = TargetBoard(
            catalogue: FactCatalogue(EnterpriseFacts.all), actor: .local, regions: office.office.regions, today: TargetFixture.today)
        return try await office.office.store.read { try board.standing("brand-sales-share", of: folder, $0) }
    }
}
