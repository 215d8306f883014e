import Enterprises
import Evidence
import Foundation
import Imports
import Places
import SpotChecks
import Storage
import Testing
import Values

/// What a published rate may rest on, and who a failure counts against.
@Suite struct HonestRatesTests {
    private static let heading = ["序号", "生产企业名称", "产品名称", "规格型号", "生产日期/批号", "检验结论", "不合格项目", "备注"]

    private static func list(_ title: String, _ rows: (firm: String, verdict: String, remark: String)...) -> [[String]] {
        [[title], heading]
            + rows.enumerated().map { index, row in
                [
                    "\(index + 1)", row.firm, "", "M\(index)", "2013-0\(index + 1)", row.verdict, row.verdict == "不合格" ? "耐热" : "",
                    row.remark,
                ]
            }
    }

    private static let sockets = list(
        "2013年插座产品质量国家监督抽查结果", ("佛山市南海示例甲电器厂", "合格", ""), ("佛山市南海示例甲电器厂", "不合格", ""), ("佛山市南海示例乙电器厂", "合格", ""))
    private static let lamps = list("2013年灯具产品质量国家监督抽查结果", ("佛山市南海示例甲电器厂", "合格", ""), ("佛山市南海示例丙电器厂", "不合格", ""))

    @Test("lists sampled in several ways give one rate each and none for all; one way gives its rate")
    func mixed() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("插座.xlsx", Self.sockets)
        try await office.take("灯具.xlsx", Self.lamps)
        try await StateSampling.run(
            1, method: .special, office: office.office, actor: .local, reason: "抽查方案第3条", request: UUID().uuidString)
        try await StateSampling.run(
            2, method: .doubleRandom, office: office.office, actor: .local, reason: "双随机抽查计划", request: UUID().uuidString)
        for (metric, shares) in [("batch-pass-rate", [0.5, 2.0 / 3]), ("enterprise-pass-rate", [0.5, 0.5])] {
            let answer = try await office.ask(Question("spotcheck.result", metric: metric))
            #expect(answer.figure.value == nil && answer.figure.interval == nil, "\(metric)")
            #expect(answer.notes == ["抽样方式混合，只分组给出，不给合计"])
            #expect(Set(answer.groups.map { $0.labels.joined() }) == ["专项", "双随机"])
            #expect(answer.groups.compactMap(\.figure.value).sorted() == shares.sorted(), "\(metric)")
            let one = try await office.ask(Question("spotcheck.result", metric: metric, where: [.init("method", ["special"])]))
            #expect(one.figure.interval != nil && one.groups.isEmpty)
        }
    }

    @Test("a firm passes when all its batches do; 家 counts firms, 家次 a firm once for each kind of product")
    func firms() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("插座.xlsx", Self.sockets)
        try await office.take("灯具.xlsx", Self.lamps)
        let rate = try await office.ask(Question("spotcheck.result", metric: "enterprise-pass-rate"))
        #expect(rate.figure.n == 3 && rate.figure.hits == 1)
        #expect(try await office.count(metric: "firms") == 3)
        #expect(try await office.count(metric: "firm-products") == 4)
        #expect(try await office.count() == 5)
    }

    @Test("batches of risk monitoring enter no rate, whether counted or by rows, and are still rows")
    func riskMonitoring() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("插座.xlsx", Self.sockets)
        try await office.take("风险.xlsx", Self.list("2013年灯具产品质量风险监测结果", ("佛山市南海示例丙电器厂", "不合格", ""), ("佛山市南海示例丁电器厂", "不合格", "")))
        #expect(try await office.count(where: [("method", SamplingMethod.risk.code)]) == 2)
        for question in [
            Question("spotcheck.result", metric: "batch-pass-rate"),
            Question("spotcheck.result", metric: "batch-pass-rate", where: [.init("doubt", ["none"])]),
        ] {
            let rate = try await office.ask(question)
            #expect(rate.figure.n == 3 && rate.figure.hits == 2)
        }
        #expect(try await office.ask(Question("spotcheck.result", metric: "enterprise-pass-rate")).figure.n == 2)
        let alone = try await office.ask(
            Question("spotcheck.result", metric: "batch-pass-rate", where: [.init("method", [SamplingMethod.risk.code])]))
        #expect(alone.figure.value == nil && alone.figure.n == 0)
        try await StateSampling.run(1, method: .risk, office: office.office, actor: .local, reason: "实为风险监测", request: UUID().uuidString)
        #expect(try await office.ask(Question("spotcheck.result", metric: "batch-pass-rate")).figure.n == 0)
    }

    @Test("a possible counterfeit is never linked to the maker on its label, nor counted for firm, region or rate")
    func counterfeit() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("插座.xlsx", Self.sockets)
        let region = try office.office.regions.find("440605")
        _ = try await AcceptListedCandidates.run(publications: [1], region: region, office: office.office, actor: .local, reason: "上榜建档")
        try await office.take(
            "灯具.xlsx",
            Self.list("2013年灯具产品质量国家监督抽查结果", ("佛山市南海示例乙电器厂", "不合格", "企业否认生产，涉嫌假冒"), ("佛山市南海示例丙电器厂", "合格", "")))
        let maker = try #require(
            try await office.ask(Question("spotcheck.result", by: ["enterprise"])).groups.first { $0.labels == ["佛山市南海示例乙电器厂"] })
        #expect(maker.figure.value == 1)
        #expect(try await office.count(where: [("enterprise", maker.keys[0]), ("verdict", "fail")]) == 0)
        #expect(try await office.count(where: [("region", "440605"), ("verdict", "fail")]) == 1)
        #expect(try await office.count(metric: "firms", where: [("doubt", "counterfeit")]) == 0)
        // Counted without a filter, by rows with one: the same firms.
        #expect(try await office.count(metric: "firms") == 3)
        #expect(try await office.count(metric: "firms", where: [("doubt", "none")]) == 3)
        #expect(try await office.ask(Question("spotcheck.result", metric: "batch-pass-rate")).figure.n == 4)
        #expect(try await LinkResults.run(publications: [2], office: office.office, actor: .local, request: UUID().uuidString) == 0)
        let row = try await office.office.store.read {
            try #require(try $0.row("select id from result as r where doubt = 'counterfeit' and \(RecordTable.current("r"))")).integer(0)
        }
        let dossier = try #require(Int64(maker.keys[0]))
        for claim in [Settlement.linked(dossier), .inside(region.id.number)] {
            let failure = await #expect(throws: Failure.self) {
                try await SettleUnclear.run(
                    [(row, claim)], office: office.office, actor: .local, reason: "镇街核实", request: UUID().uuidString)
            }
            #expect(failure?.code == "settle.doubtful")
            #expect(failure?.message == "“佛山市南海示例乙电器厂”涉嫌假冒或名称被隐去，不能计入本辖区或任何企业")
            #expect(failure?.cure == "留空，或归属选外地；嫌疑排除后更正名单重新导入")
        }
    }

    @Test("after a merging the firm's results and follow-ups follow it, and go back when it is taken back")
    func merging() async throws {
        let office = try await SpotCheckOffice()
        try await office.take("插座.xlsx", Self.sockets)
        let region = try office.office.regions.find("440605")
        _ = try await AcceptListedCandidates.run(publications: [1], region: region, office: office.office, actor: .local, reason: "上榜建档")
        try await office.take(
            "后处理.xlsx",
            [
                ["2013年插座产品质量国家监督抽查不合格企业后处理结果"], ["序号", "企业名称", "产品名称", "不合格项目", "整改情况", "复查结果"],
                ["1", "佛山市南海示例甲电器厂", "插座", "耐热", "已整改", "合格"],
            ], .followups)
        let publications = try await office.office.store.read {
            try $0.rows("select id from publication order by id").map { $0.integer(0) }
        }
        try await LinkResults.run(publications: publications, office: office.office, actor: .local, request: UUID().uuidString)
        func held(_ fact: String) async throws -> [String: Double] {
            let answer = try await office.ask(Question(fact, by: ["enterprise"]))
            return Dictionary(uniqueKeysWithValues: answer.groups.map { ($0.keys[0], $0.figure.value ?? -1) })
        }
        let before = try await held("spotcheck.result")
        let gone = try #require(before.first { $0.value == 2 }?.key)
        let kept = try #require(before.first { $0.value == 1 }?.key)
        let followed = try await held("spotcheck.followup")
        let merging = MergeDossiers(office.office, with: DossierTable.spotChecks)
        let (loser, winner) = (ID<Enterprise>(try #require(Int64(gone))), ID<Enterprise>(try #require(Int64(kept))))
        try await merging.merge(loser, into: winner, by: .local, reason: "同一家")
        #expect(try await held("spotcheck.result") == [kept: 3])
        #expect(
            try await held("spotcheck.followup")
                == Dictionary(uniqueKeysWithValues: followed.map { ($0.key == gone ? kept : $0.key, $0.value) }))
        #expect(followed[gone] == 1)
        let again = try await office.take("再来.xlsx", Self.sockets)
        #expect(again.unchanged == 3 && again.changed == 0, "\(again)")
        try await merging.undo(loser, by: .local, reason: "并错了")
        #expect(try await held("spotcheck.result") == before)
        #expect(try await held("spotcheck.followup") == followed)
        #expect(try await office.office.store.verify().findings.isEmpty)
    }
}
