import Foundation
import Places
import Values

/// An invented firm of the demonstration.
struct DemoFirm: Sendable {
    let number: Int
    let name: String
    /// nil: known by its name only.
    let code: String?
    let former: String?
    let town: String
    let address: String
    let registered: Day
    /// 万元 by year; a year that is missing was not reported.
    var sales: [Int: Decimal]
    var brandShare: Double
    /// How often its batches fail.
    let weakness: Double
}

/// Invents the firms of a store.
struct DemoFirms {
    let plan: DemoPlan
    let region: Region
    /// The towns firms stand in, former towns among them.
    let towns: [Region]
    /// Values on which two rows of a rule meet: some firms stand exactly there.
    let edges: [Decimal]

    private static let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]
    private static let branches = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"]

    func make(_ count: Int, using random: inout SeededGenerator) -> [DemoFirm] {
        (0..<count).map { firm($0, using: &random) }
    }

    private func firm(_ number: Int, using random: inout SeededGenerator) -> DemoFirm {
        let town = towns.isEmpty ? region : random.pick(towns)
        let trade = plan.trades[number % plan.trades.count]
        let name = "\(plan.city)\(region.level == .city ? "" : region.name)\(Self.mark(number))\(trade)"
        let years = (0..<3).map { plan.day.year - 3 + $0 }
        let base = random.skewed(median: 1400, spread: 1.15)
        var sales: [Int: Decimal] = [:]
        for (step, year) in years.enumerated() where !random.chance(year == years.last ? 0.05 : 0.12) {
            sales[year] = rounded(base * (1 + 0.08 * Double(step)) * Double.random(in: 0.85..<1.18, using: &random))
        }
        if let last = years.last, let edge = edge(number) { sales[last] = edge }
        return DemoFirm(
            number: number, name: name, code: random.chance(0.04) ? nil : Self.code(region: region.code ?? "330303", number: number),
            former: number % 37 == 5 ? "\(plan.city)\(Self.mark(number))\(plan.product)厂" : nil, town: town.name,
            address:
                "\(plan.city)\(region.level == .city ? "" : region.name)\(town.id == region.id ? "" : town.name)演示路\(number % 300 + 1)号",
            registered: Day(number: plan.day.number - Int.random(in: 400..<7000, using: &random)), sales: sales,
            brandShare: Double.random(in: 0.05..<0.9, using: &random), weakness: random.skewed(median: 0.09, spread: 0.7))
    }

    /// Every 211th firm stands exactly on an edge, the edges in turn.
    private func edge(_ number: Int) -> Decimal? {
        guard number % 211 == 17, !edges.isEmpty else { return nil }
        return edges[number / 211 % edges.count]
    }

    private func rounded(_ value: Double) -> Decimal { Decimal((value * 100).rounded()) / 100 }

    /// 演示甲子, 演示乙丑 … and after sixty 演示甲子二: names nobody bears.
    static func mark(_ number: Int) -> String {
        let round = number / 60
        return "演示" + stems[number % 10] + branches[number % 12] + (round == 0 ? "" : ChineseNumber.written(round + 1))
    }

    /// A credit code with both check characters whose organisation part (`DM…`, beyond a million `DN…`) is made for demonstrations.
    static func code(region: String, number: Int) -> String {
        let digits = String(number % 1_000_000)
        let letters = CreditCode.alphabet.drop { $0 != "M" }
        let letter = letters[letters.startIndex + number / 1_000_000 % letters.count]
        let organisation = "D" + String(letter) + String(repeating: "0", count: 6 - digits.count) + digits
        let body = "91" + region.prefix(6) + organisation + String(OrganisationCode.checkCharacter(of: organisation) ?? "0")
        return body + String(CreditCode.checkCharacter(of: body) ?? "0")
    }
}
