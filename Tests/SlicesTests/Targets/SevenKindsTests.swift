import Foundation
import Policy
import Testing
import Values

@testable import Targets

@Suite("Each of the seven kinds of target is judged by its own test")
struct SevenKindsTests {
    private let day = Day(year: 2007, month: 3, day: 31)!

    private func judge(
        _ programme: String, _ target: String, _ periods: [PeriodValue], others: [(name: String, value: PeriodValue)] = [], day: Day? = nil
    ) throws -> Judgement {
        JudgeTarget.judge(
            TargetInput(try TargetFixture.target(programme, target), periods: periods, others: others, day: day ?? self.day))
    }

    private func share(_ hits: Int64, _ n: Int64, year: Int = 2006) -> PeriodValue {
        PeriodValue(.year(year), value: Decimal(hits) * 100 / Decimal(n), hits: hits, n: n, unit: "%")
    }

    // MARK: reach

    @Test("Longwan's 85 % with 90 of 102 is reached, but not significantly")
    func reachedNotSignificantly() throws {
        let judgement = try judge("longwan-2006", "national-pass-rate", [share(90, 102)])
        #expect(judgement.verdict == .metNotSignificant)
        #expect(judgement.verdict.word.chinese == "达标（统计上不显著）")
        let interval = try #require(judgement.interval)
        #expect(interval.lowerBound > 80 && interval.lowerBound < 81)
        #expect(interval.upperBound > 93 && interval.upperBound < 94.5)
        #expect(judgement.neededPerYear == nil)
    }

    @Test(
        "The four standings of a share against 85 %",
        arguments: [
            (Int64(980), Int64(1000), Verdict.met), (85, 100, .metNotSignificant), (84, 100, .missedNotSignificant), (500, 1000, .missed),
            (0, 2, .missed),
        ])
    func fourStandings(hits: Int64, n: Int64, verdict: Verdict) throws {
        #expect(try judge("longwan-2006", "national-pass-rate", [share(hits, n)]).verdict == verdict)
    }

    @Test("What has not been reached says how much a year is needed to arrive by the due date")
    func neededPerYear() throws {
        let judgement = try judge("longwan-2006", "national-pass-rate", [share(700, 1000)])
        let needed = try #require(judgement.neededPerYear)
        #expect(needed > Decimal(string: "3.9")! && needed < Decimal(string: "4.1")!)
        #expect(judgement.overdueDays == nil)
    }

    @Test("After the due date what was not reached is overdue by so many days")
    func overdue() throws {
        let judgement = try judge("longwan-2006", "national-pass-rate", [share(700, 1000)], day: Day(year: 2011, month: 1, day: 10))
        #expect(judgement.overdueDays == 10)
        #expect(judgement.neededPerYear == nil)
    }

    @Test("The last year decides; two ways of sampling in it give no verdict")
    func lastPeriod() throws {
        #expect(try judge("longwan-2006", "national-pass-rate", [share(10, 1000, year: 2005), share(980, 1000)]).verdict == .met)
        let mixed = [share(90, 100), PeriodValue(.year(2006), group: "双随机", value: 80, hits: 80, n: 100)]
        let judgement = try judge("longwan-2006", "national-pass-rate", mixed)
        #expect(judgement.verdict == .mixed)
        #expect(judgement.periods.count == 2)
        #expect(judgement.shownValue == nil)
    }

    // MARK: hold

    @Test("One bad period fails a target of 90 % in every period")
    func oneBadPeriod() throws {
        let good = [share(990, 1000, year: 2014), share(995, 1000, year: 2015), share(985, 1000, year: 2017)]
        #expect(try judge("nanhai-2017", "pass-rate-industrial", good).verdict == .met)
        let judgement = try judge("nanhai-2017", "pass-rate-industrial", [good[0], share(850, 1000, year: 2016), good[2]])
        #expect(judgement.verdict == .missed)
        #expect(judgement.notes.contains("3期中有1期未达到：2016年"))
        #expect(judgement.notes.contains("原文没有写按年、按季还是按月，这里按数据的期间看"))
    }

    @Test("Exactly 90 % holds at the point and proves nothing")
    func exactlyNinety() throws {
        #expect(try judge("nanhai-2017", "pass-rate-industrial", [share(90, 100, year: 2017)]).verdict == .metNotSignificant)
        #expect(try judge("nanhai-2017", "pass-rate-industrial", []).verdict == .unknown)
    }

    // MARK: additions

    @Test("Nanhai's 60 new brands are counted gross, over all periods")
    func additions() throws {
        let fifty = [TargetFixture.year(2015, 20), TargetFixture.year(2016, 30)]
        #expect(try judge("nanhai-2017", "brands-added", fifty).verdict == .missed)
        let sixty = try judge("nanhai-2017", "brands-added", fifty + [TargetFixture.year(2017, 10)])
        #expect(sixty.verdict == .met)
        #expect(sixty.total == 60)
        #expect(sixty.notes.contains("原文没有写从哪一天起算，已录入的各期都计入"))
    }

    @Test("Periods that overlap are not added up")
    func overlappingAdditions() throws {
        let half = PeriodValue(
            FigurePeriod("2015年上半年", from: Day(year: 2015, month: 1, day: 1), to: Day(year: 2015, month: 6, day: 30)), value: 9)
        let judgement = try judge("nanhai-2017", "brands-added", [TargetFixture.year(2015, 20), half])
        #expect(judgement.verdict == .unknown)
        #expect(judgement.notes.contains("各期的起止日期互相重叠，不能相加"))
    }

    // MARK: stock

    @Test("More than 280: 280 itself fails, 281 passes", arguments: [(280, Verdict.missed), (281, .met), (279, .missed)])
    func strictStock(count: Int, verdict: Verdict) throws {
        #expect(try judge("nanhai-2017", "brands-total", [TargetFixture.year(2017, Decimal(count))]).verdict == verdict)
    }

    // MARK: growth

    @Test("15 % growth a year is computed from one year to the next, and one weak year fails")
    func growth() throws {
        let good = try judge(
            "suzhou-2017", "testing-revenue-growth", [TargetFixture.year(2016, 60, unit: "亿元"), TargetFixture.year(2017, 69, unit: "亿元")])
        #expect(good.verdict == .met)
        #expect(good.shownValue == 15)
        let weak = try judge(
            "suzhou-2017", "testing-revenue-growth",
            [TargetFixture.year(2016, 60, unit: "亿元"), TargetFixture.year(2017, 66, unit: "亿元"), TargetFixture.year(2018, 90, unit: "亿元")])
        #expect(weak.verdict == .missed)
        let rates = try judge("suzhou-2017", "testing-revenue-growth", [TargetFixture.year(2017, 16, unit: "%")])
        #expect(rates.verdict == .met)
    }

    @Test("One year alone has no growth")
    func growthOfOneYear() throws {
        let judgement = try judge("suzhou-2017", "testing-revenue-growth", [TargetFixture.year(2017, 69, unit: "亿元")])
        #expect(judgement.verdict == .unknown)
        #expect(judgement.notes == ["只有一年的数，算不出增长率"])
    }

    // MARK: compare

    @Test("Higher than three averages: one missing average leaves it open")
    func comparison() throws {
        let two: [(name: String, value: PeriodValue)] = [
            (name: "全国平均", value: TargetFixture.year(2006, 80)), (name: "全省平均", value: TargetFixture.year(2006, 82)),
        ]
        let open = try judge("longwan-2006", "national-pass-rate-compared", [share(980, 1000)], others: two)
        #expect(open.verdict == .unknown)
        #expect(open.notes.contains("缺全市平均的数，请录入上级通报数"))
        let met = try judge(
            "longwan-2006", "national-pass-rate-compared", [share(980, 1000)],
            others: two + [(name: "全市平均", value: TargetFixture.year(2006, 85))])
        #expect(met.verdict == .met)
        let equal = try judge(
            "longwan-2006", "national-pass-rate-compared", [share(85, 100)],
            others: two + [(name: "全市平均", value: TargetFixture.year(2006, 85))])
        #expect(equal.verdict == .missedNotSignificant)
    }

    @Test("Most in the city needs the others' figures, and says that somebody has to check them")
    func ranking() throws {
        let alone = try judge("nanhai-2017", "brands-most", [TargetFixture.year(2017, 200)])
        #expect(alone.verdict == .unknown)
        #expect(alone.notes == ["缺佛山市各区的数，不能排位次；请录入上级通报数"])
        let others: [(name: String, value: PeriodValue)] = [
            (name: "甲区", value: TargetFixture.year(2017, 150)), (name: "乙区", value: TargetFixture.year(2017, 210)),
        ]
        let second = try judge("nanhai-2017", "brands-most", [TargetFixture.year(2017, 200)], others: others)
        #expect(second.rank == 2)
        #expect(second.verdict == .missed)
        #expect(second.notes.contains("与已录入的2个单位相比，居第2位；佛山市各区是否都已录入，要人核对"))
    }

    // MARK: qualitative

    @Test("What has no measure is not judged")
    func qualitative() throws {
        let judgement = try judge("longwan-2006", "self-discipline", [])
        #expect(judgement.verdict == .unmeasurable)
        #expect(judgement.verdict.word.chinese == "无可计量口径")
    }
}
