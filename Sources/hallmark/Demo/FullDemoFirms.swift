import Enterprises
import Places
import Values

/// Invents the firms of a full-size store one by one: each is made from the seed and its number alone, so that none has to be remembered.
struct FullDemoFirms: Sendable {
    let seed: UInt64
    let count: Int
    let day: Day
    let names: NameGrammar
    let regionCode: String
    let towns: [Region]
    /// City and district, as addresses begin.
    let place: String
    let industries: [IndustryCode]
    let goods: [DemoGoods]

    init(_ plan: DemoPlan, region: Region, towns: [Region], industries: [IndustryCode], seed: UInt64, count: Int) {
        self.seed = seed
        self.count = count
        self.towns = towns.isEmpty ? [region] : towns
        self.industries = industries
        day = plan.day
        goods = DemoGoods.all(plan)
        place = region.level == .city ? region.name : plan.city + region.name
        regionCode = String((region.code ?? "330303").prefix(6))
        let short = region.short ?? region.name
        let inside = towns.map { short + ($0.short ?? $0.name) }
        names = NameGrammar(places: [place, plan.city, plan.city.dropLast() + short] + inside, trades: Self.trades)
    }

    private static let trades = ["鞋业", "鞋材", "皮革", "服饰", "机械", "阀门", "电器", "眼镜", "五金", "包装", "塑料", "印务"]
    private static let kinds = ["有限责任公司", "股份有限公司", "个人独资企业", "合伙企业", "外商投资企业"]
    private static let titles = ["注册商标", "质量管理体系认证", "省级名牌产品", "测量管理体系认证", "绿色产品认证"]

    /// What lists say of a firm.
    struct Standing: Sendable {
        let name: String
        let region: Region
        let address: String
        /// Of a hundred batches so many fail.
        let weakness: Double
    }

    func standing(_ number: Int) -> Standing {
        var random = generator(number, purpose: 1)
        return standing(number, &random)
    }

    private func standing(_ number: Int, _ random: inout SeededGenerator) -> Standing {
        let town = random.pick(towns)
        return Standing(
            name: names.name(number), region: town, address: "\(place)\(town.level == .town ? town.name : "")演示路\(number % 900 + 1)号",
            weakness: min(0.6, random.skewed(median: 0.09, spread: 0.7)))
    }

    func dossier(_ number: Int) -> NewDossier {
        let standing = standing(number)
        var random = generator(number, purpose: 2)
        var firm = Enterprise(id: ID(0), name: standing.name, status: random.chance(0.07) ? .closed : .active)
        firm.region = standing.region.id.number
        firm.address = standing.address
        firm.code = random.chance(0.04) ? nil : DemoFirms.code(region: regionCode, number: number)
        if random.chance(0.8), !industries.isEmpty {
            let industry = random.pick(industries)
            (firm.industryVersion, firm.industryCode, firm.industry) = (String(industry.version), industry.code, industry.name)
        }
        firm.kind = random.pick(Self.kinds)
        firm.capital = Fen(Int64(random.skewed(median: 100, spread: 1.3)) * Fen.perTenThousandYuan)
        firm.registeredDay = day.adding(days: -Int.random(in: 3700..<9000, using: &random))
        var dossier = NewDossier(firm)
        if number % 37 == 5 { dossier.former = [names.name(number + count)] }
        for _ in 0..<random.pick([1, 1, 1, 2, 2, 3]) { dossier.products.append(product(number, &random)) }
        if random.chance(0.28) { dossier.holdings.append(holding(number, &random)) }
        return dossier
    }

    private func product(_ number: Int, _ random: inout SeededGenerator) -> Product {
        let own = random.pick(goods)
        return Product(
            new: own.kind, brand: random.chance(0.4) ? "演示\(number % 7919)" : nil, standard: "GB/T \(10_000 + number % 20_000)",
            adopted: random.chance(0.1) ? "ISO \(1_000 + number % 9_000)" : nil)
    }

    private func holding(_ number: Int, _ random: inout SeededGenerator) -> Holding {
        let from = day.adding(days: -Int.random(in: 100..<3600, using: &random))
        return Holding(
            new: random.pick(Self.titles), number: "YS-\(number)", issuer: "演示认证机构", from: from,
            to: from.adding(months: 12 * random.pick([3, 5, 10])))
    }

    /// One year of a firm, in fen; nil where it did not report. Sales have many small values and a long tail.
    func account(_ number: Int, year: Int, firm: ID<Enterprise>) -> Account? {
        var random = generator(number, purpose: 3)
        let base = random.skewed(median: 1400, spread: 1.15) * Double(Fen.perTenThousandYuan)
        let brandShare = Double.random(in: 0.05..<0.9, using: &random)
        let exports = random.chance(0.3) ? Double.random(in: 0.05..<0.8, using: &random) : 0
        var annual = generator(number, purpose: UInt64(year))
        guard !annual.chance(0.08) else { return nil }
        let sales = base * Double.random(in: 0.8..<1.3, using: &annual)
        func fen(_ share: Double) -> Fen { Fen(Int64(sales * share)) }
        var figures: [AccountFigure: Fen] = [.sales: fen(1), .tax: fen(Double.random(in: 0.01..<0.06, using: &annual))]
        if !annual.chance(0.2) { figures[.brandSales] = fen(brandShare) }
        if exports > 0 { figures[.exports] = fen(exports) }
        if annual.chance(0.5) { figures[.research] = fen(Double.random(in: 0..<0.05, using: &annual)) }
        return Account(of: firm, year: year, figures: figures, region: standing(number).region.id.number)
    }

    private func generator(_ number: Int, purpose: UInt64) -> SeededGenerator {
        SeededGenerator(seed: seed &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03 &+ purpose &* 0x2545_F491_4F6C_DD1D)
    }
}
