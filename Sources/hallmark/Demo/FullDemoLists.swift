import Imports
import Places
import SpotChecks
import Values

/// Invents published lists month by month: about a third of their rows are the registers' firms, the others stand elsewhere or nowhere.
struct FullDemoLists: Sendable {
    let plan: DemoPlan
    let firms: FullDemoFirms
    /// The number of the first firm's dossier; the others follow.
    let firstDossier: Int64
    let own: Region
    let elsewhere: [Region]
    let original: String

    /// How many rows a list has at most.
    static let longest = 1000

    /// One invented list.
    struct List: Sendable {
        let publication: Publication
        let rows: [SampleResult]
    }

    private static let laboratories = (1...12).map { "演示产品质量检验中心第\($0)所" }
    private static let methods: [(ListLevel, SamplingMethod, String)] = [
        (.national, .doubleRandom, "国家监督抽查"), (.province, .doubleRandom, "省级双随机监督抽查"), (.province, .special, "省级专项监督抽查"),
        (.city, .doubleRandom, "市级双随机监督抽查"), (.city, .risk, "市级风险监测"), (.county, .special, "区级专项监督抽查"),
        (.county, .joint, "区级联动监督抽查"), (.city, .recheck, "市级复查"),
    ]

    /// The numbers and sizes of a month's lists, with so many rows in all.
    static func sizes(_ rows: Int) -> [(number: Int, rows: Int)] {
        stride(from: 0, to: rows, by: longest).enumerated().map { ($0.offset + 1, min(longest, rows - $0.element)) }
    }

    /// One list of the month that ends on a day.
    func list(_ number: Int, ending end: Day, rows: Int) -> List {
        var random = SeededGenerator(seed: firms.seed &+ UInt64(end.number) &* 0x9FB2_1C65_1E98_DF25 &+ UInt64(number))
        let (level, method, word) = random.pick(Self.methods)
        let goods = random.pick(firms.goods)
        let stage: SamplingStage = random.pick([.production, .production, .circulation, .online])
        let title = "\(end.year)年\(end.month)月\(goods.kind)产品质量\(word)结果（第\(number)批）"
        let publication = Publication(
            title: title, level: level, year: end.year, quarter: (end.month + 2) / 3, method: method, stage: stage, issuer: "演示市场监督管理部门",
            publishedDay: end, kind: .results, productKind: goods.kind, file: title + ".xlsx", sheet: "Sheet1", original: original,
            region: level == .county ? own.id.number : nil)
        var results: [SampleResult] = []
        results.reserveCapacity(rows)
        for index in 0..<rows {
            var row = SampleResult()
            row.sequence = String(index + 1)
            (row.method, row.stage, row.level, row.year, row.productKind) = (method, stage, level, end.year, goods.kind)
            fill(&row, goods, ending: end, &random)
            results.append(row)
        }
        return List(publication: publication, rows: results)
    }

    private func fill(_ row: inout SampleResult, _ goods: DemoGoods, ending end: Day, _ random: inout SeededGenerator) {
        let weakness = name(&row, &random)
        let outcome = Double.random(in: 0..<1, using: &random)
        let share = weakness * (row.method == .risk ? 1.8 : row.level == .national ? 0.8 : 1)
        row.verdict = outcome < share ? .fail : outcome > 0.998 ? .refused : outcome > 0.997 ? .notSampled : .pass
        if row.verdict == .fail { row.failedItems = random.pick(goods.failedItems) }
        row.product = goods.kind
        row.brand = random.chance(0.3) ? "演示\(Int.random(in: 1..<7919, using: &random))" : nil
        row.model = "YS-\(Int.random(in: 100..<999, using: &random))"
        row.batch = end.adding(days: -Int.random(in: 40..<150, using: &random)).description
        row.eventDay = end.adding(days: -Int.random(in: 5..<35, using: &random))
        row.laboratory = random.pick(Self.laboratories)
        if row.stage != .production { row.sampledUnit = "演示商场第\(Int.random(in: 1..<400, using: &random))店" }
        if random.chance(0.003) { suspect(&row) }
    }

    /// Says whose the batch is; answers how often such a firm fails.
    private func name(_ row: inout SampleResult, _ random: inout SeededGenerator) -> Double {
        let lot = Double.random(in: 0..<1, using: &random)
        if lot < 0.30 {
            let number = Int.random(in: 0..<firms.count, using: &random)
            let firm = firms.standing(number)
            (row.producer, row.address, row.region) = (firm.name, firm.address, firm.region.id.number)
            row.enterprise = firstDossier + Int64(number)
            (row.placeNote, row.linkNote) = ("依据：生产企业地址“\(firm.address)”", "按企业名称对应")
            return firm.weakness
        }
        let stranger = Int.random(in: 0..<max(100, firms.count / 2), using: &random)
        if lot < 0.33 {
            row.producer = firms.names.name(2 * firms.count + stranger)
            row.address = firms.place + "演示工业区"
            (row.region, row.placeNote) = (own.id.number, "依据：生产企业地址“\(firms.place)演示工业区”")
            return 0.2
        }
        let name = firms.names.placeless(stranger)
        if lot < 0.39 {
            (row.producer, row.placeNote) = ("\(plan.province.dropLast())\(name)", "没有可据以判断地点的文字")
            return 0.1
        }
        let region = elsewhere[stranger % elsewhere.count]
        row.producer = region.name + name
        row.address = "\(region.name)演示路\(stranger % 200 + 1)号"
        (row.region, row.placeNote) = (region.id.number, "依据：生产企业地址“\(row.address ?? "")”")
        return 0.1
    }

    /// A label that may be counterfeit counts against nobody.
    private func suspect(_ row: inout SampleResult) {
        row.doubt = .counterfeit
        row.isRated = false
        row.mentions = [row.region].compactMap { $0 }
        (row.region, row.enterprise, row.linkNote) = (nil, nil, "涉嫌假冒，没有对应")
        row.placeNote = "涉嫌假冒，不按标称生产者计地区；" + row.placeNote
    }

    /// What was done after failures: most of ours, some of the others.
    func followUps(
        _ failures: [(id: Int64, result: SampleResult)], ending end: Day
    ) -> (publication: Publication, entries: [(followUp: FollowUp, id: Int64, failure: SampleResult)]) {
        var random = SeededGenerator(seed: firms.seed &+ UInt64(end.number) &* 0xA24B_AED4_963E_E407)
        var entries: [(followUp: FollowUp, id: Int64, failure: SampleResult)] = []
        for (id, result) in failures where random.chance(result.enterprise == nil ? 0.25 : 0.8) {
            var entry = FollowUp()
            entry.sequence = String(entries.count + 1)
            entry.firm = result.firm
            (entry.enterprise, entry.region, entry.product) = (result.enterprise, result.region, result.product)
            (entry.model, entry.batch, entry.failedItems) = (result.model, result.batch, result.failedItems)
            entry.rectification = random.chance(0.93) ? "完成整改" : "正在整改"
            entry.recheck = random.chance(0.9) ? "复查合格" : "复查不合格"
            entry.penalty = random.chance(0.3) ? "已立案" : "无"
            entry.linkNote = "按企业名称和产品对应"
            entries.append((entry, id, result))
        }
        let title = "\(end.year)年\(end.month)月产品质量监督抽查不合格企业后处理结果"
        let publication = Publication(
            title: title, level: .unstated, year: end.year, quarter: (end.month + 2) / 3, method: .unstated, stage: .unstated,
            issuer: "演示市场监督管理部门",
            publishedDay: end, kind: .followUps, productKind: nil, file: title + ".xlsx", sheet: "Sheet1", original: original, region: nil)
        return (publication, entries)
    }
}
