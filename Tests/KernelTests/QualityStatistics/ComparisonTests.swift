import Foundation
import QualityStatistics
import Testing

@Suite("Comparing and weighting rates")
struct ComparisonTests {
    private func groups(_ pairs: [(Int, Int)]) -> [Proportion] { pairs.compactMap { Proportion($0.0, of: $0.1) } }

    @Test("towns without a difference beyond chance may not be ranked")
    func homogeneous() throws {
        let towns = groups([(117, 127), (76, 85), (16, 18), (117, 132), (86, 99), (85, 94)])
        let gate = try #require(Homogeneity(towns))
        #expect(abs(gate.statistic - 1.865952) < 5e-7)
        #expect(gate.degrees == 5)
        #expect(abs(gate.pValue - 0.867365) < 5e-7)
        #expect(gate.notice() == "无统计差异,不得排名")
        #expect(gate.sparseGroups == 1)
        #expect(RateDifference(towns[0], towns[4]).isNoise)
    }

    @Test("towns that differ may")
    func heterogeneous() throws {
        let gate = try #require(
            Homogeneity(groups([(114, 120), (54, 60), (19, 25), (190, 200), (15, 15), (72, 90), (39, 40), (129, 150)])))
        #expect(abs(gate.statistic - 31.9167) < 5e-5)
        #expect(abs(gate.pValue - 4.21e-5) < 5e-8)
        #expect(gate.allowsRanking())
        #expect(gate.notice() == nil)
    }

    @Test("nothing is compared where all passed or only one group is there")
    func nothing() {
        #expect(Homogeneity(groups([(10, 10), (20, 20)])) == nil)
        #expect(Homogeneity(groups([(9, 10)])) == nil)
    }

    @Test("two rates differ when the interval of the difference leaves zero out (Newcombe 1998: 56/70 and 48/80)")
    func difference() throws {
        let found = RateDifference(try #require(Proportion(56, of: 70)), try #require(Proportion(48, of: 80)))
        #expect(abs(found.low - 0.0524) < 5e-5)
        #expect(abs(found.high - 0.3339) < 5e-5)
        #expect(!found.isNoise)
    }

    @Test("a stratified rate weights by the size of the strata")
    func stratified() throws {
        let strata = [(200, 18, 20), (600, 24, 30), (50, 9, 10)].compactMap { size, x, n in
            Proportion(x, of: n).flatMap { Stratum(size: size, sample: $0) }
        }
        let rate = try #require(StratifiedRate(strata))
        #expect(abs(rate.rate - 0.829412) < 5e-7)
        #expect(abs(rate.standardError - 0.0536221) < 5e-8)
        #expect(abs(rate.interval().low - 0.724315) < 1e-6)
        #expect(abs(rate.interval().high - 0.934509) < 1e-6)
        #expect(StratifiedRate([]) == nil)
        #expect(Stratum(size: 5, sample: try #require(Proportion(1, of: 6))) == nil)
    }

    @Test(
        "numbers are rounded in one step, half to even or half up",
        arguments: [
            ("0.25", 1, "0.2", "0.3"), ("0.35", 1, "0.4", "0.4"), ("1.050", 1, "1.0", "1.1"), ("12.1498", 1, "12.1", "12.1"),
            ("15.4546", 0, "15", "15"),
            ("92.125", 2, "92.12", "92.13"), ("92.135", 2, "92.14", "92.14"), ("-0.25", 1, "-0.2", "-0.3"),
        ])
    func rounding(_ text: String, _ places: Int, _ even: String, _ upward: String) throws {
        let value = try #require(Decimal(string: text))
        #expect(Rounding.text(Rounding.round(value, places: places, .halfEven), places: places) == even)
        #expect(Rounding.text(Rounding.round(value, places: places, .halfUp), places: places) == upward)
    }

    @Test("percentages are rounded from the counts themselves")
    func percent() throws {
        #expect(Rounding.percent(try #require(Proportion(1507, of: 1728)), places: 1) == "87.2")
        #expect(Rounding.percent(try #require(Proportion(1, of: 8)), places: 0) == "13")
        #expect(Rounding.percent(try #require(Proportion(1, of: 8)), places: 0, .halfEven) == "12")
        #expect(Rounding.percent(try #require(Proportion(737, of: 800)), places: 2) == "92.13")
        #expect(Rounding.percent(try #require(Proportion(737, of: 800)), places: 2, .halfEven) == "92.12")
        #expect(Rounding.percent(try #require(Proportion(1, of: 1)), places: 1) == "100.0")
    }
}
