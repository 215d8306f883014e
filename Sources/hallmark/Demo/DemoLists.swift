import Foundation
import Values

/// One batch of an invented published list.
struct DemoBatch: Sendable {
    let firm: String
    let address: String
    let product: String
    let model: String
    let made: Day
    let fails: Bool
    let item: String
}

/// One invented publication: a title and its batches, as an official list has them.
struct DemoList: Sendable {
    let title: String
    let followUpTitle: String
    let published: Day
    let batches: [DemoBatch]
}

/// Invents published lists: the region's firms among firms from elsewhere, some of them not in the register.
struct DemoLists {
    let plan: DemoPlan
    let region: String
    let firms: [DemoFirm]

    /// Lists of two years, each quarter national, provincial and municipal in turn, with about `total` batches of the region's firms.
    func make(total: Int, using random: inout SeededGenerator) -> [DemoList] {
        let levels = ["国家", "省级", "市级"]
        let quarters = (0..<8).map { step in quarter(before: 8 - step) }
        let each = max(1, total / (quarters.count * levels.count))
        return quarters.flatMap { year, quarter in
            levels.map { level in list(year: year, quarter: quarter, level: level, batches: each, using: &random) }
        }
    }

    private func quarter(before steps: Int) -> (Int, Int) {
        let now = plan.day.year * 4 + (plan.day.month - 1) / 3
        let index = now - steps
        return (index / 4, index % 4 + 1)
    }

    private func list(year: Int, quarter: Int, level: String, batches count: Int, using random: inout SeededGenerator) -> DemoList {
        let end = (Day(year: year, month: quarter * 3, day: 1) ?? plan.day).endOfMonth
        var batches: [DemoBatch] = []
        for _ in 0..<count { batches.append(own(before: end, level: level, using: &random)) }
        for _ in 0..<(count / 5 + 3) { batches.append(stranger(before: end, using: &random)) }
        batches.append(unregistered(before: end, using: &random))
        let name = "\(year)年第\(quarter)季度\(plan.product)产品质量\(level)监督抽查"
        return DemoList(
            title: name + "结果", followUpTitle: name + "不合格企业后处理结果", published: end.adding(days: 20),
            batches: batches.filter { !$0.fails } + batches.filter(\.fails))
    }

    private func own(before end: Day, level: String, using random: inout SeededGenerator) -> DemoBatch {
        let firm = random.pick(firms)
        let fails = random.chance(min(0.6, firm.weakness * (level == "国家" ? 0.9 : 1.1)))
        return batch(firm.name, firm.address, fails: fails, before: end, using: &random)
    }

    private func stranger(before end: Day, using random: inout SeededGenerator) -> DemoBatch {
        let mark = DemoFirms.mark(Int.random(in: 0..<600, using: &random))
        let trade = random.pick(plan.trades)
        if random.chance(0.06) {
            return batch("\(plan.province.dropLast())\(mark)\(trade)", "", fails: random.chance(0.1), before: end, using: &random)
        }
        let city = random.pick(plan.elsewhere)
        return batch(
            "\(city)\(mark)\(trade)", "\(city)演示路\(Int.random(in: 1..<200, using: &random))号", fails: random.chance(0.1), before: end,
            using: &random)
    }

    private func unregistered(before end: Day, using random: inout SeededGenerator) -> DemoBatch {
        let place = plan.city + (region == plan.city ? "" : region)
        let mark = DemoFirms.mark(6000 + Int.random(in: 0..<600, using: &random))
        return batch("\(place)\(mark)\(plan.trades[1])", "\(place)演示工业区", fails: random.chance(0.3), before: end, using: &random)
    }

    private func batch(_ firm: String, _ address: String, fails: Bool, before end: Day, using random: inout SeededGenerator) -> DemoBatch {
        DemoBatch(
            firm: firm, address: address, product: random.pick(plan.kinds), model: "YS-\(Int.random(in: 100..<999, using: &random))",
            made: end.adding(days: -Int.random(in: 20..<110, using: &random)), fails: fails,
            item: fails ? random.pick(plan.failedItems) : "")
    }
}
