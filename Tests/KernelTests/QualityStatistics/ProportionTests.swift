import Foundation
import QualityStatistics
import TestSupport
import Testing

@Suite("Rates and their intervals")
struct ProportionTests {
    private func near(_ interval: RateInterval, _ low: Double, _ high: Double, _ tolerance: Double = 5e-7) -> Bool {
        abs(interval.low - low) < tolerance && abs(interval.high - high) < tolerance
    }

    @Test(
        "have Wilson's interval",
        arguments: [
            (81, 263, 0.255289, 0.366210), (15, 148, 0.062386, 0.160487), (0, 20, 0, 0.161125), (1, 29, 0.006113, 0.171755),
            (497, 555, 0.867268, 0.918285),
            (16, 18, 0.672002, 0.968980), (10, 10, 0.722467, 1),
        ] as [(Int, Int, Double, Double)])
    func wilson(_ x: Int, _ n: Int, _ low: Double, _ high: Double) throws {
        #expect(near(try #require(Proportion(x, of: n)).interval(.wilson), low, high), "\(x)/\(n)")
    }

    @Test(
        "have the exact interval of Clopper and Pearson",
        arguments: [
            (81, 263, 0.252737, 0.367622), (15, 148, 0.057844, 0.161650), (0, 20, 0, 0.168433), (1, 29, 0.000873, 0.177644),
            (497, 555, 0.867003, 0.919685),
            (10, 10, 0.691503, 1), (1, 1, 0.025, 1), (92, 100, 0.848442, 0.964828), (460, 500, 0.892655, 0.942234),
        ] as [(Int, Int, Double, Double)])
    func clopperPearson(_ x: Int, _ n: Int, _ low: Double, _ high: Double) throws {
        #expect(near(try #require(Proportion(x, of: n)).interval(.clopperPearson), low, high), "\(x)/\(n)")
    }

    @Test("agree with the published intervals to nine places", .enabled(if: SharedData.isPresent, "needs the shared interval table"))
    func published() throws {
        let url = try #require(SharedData.url("data/statistics/binomial-intervals-half.csv"))
        var checked = 0
        for line in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            guard fields.count == 5, fields[2] == "exact" || fields[2] == "wilson", let x = Int(fields[0]), let n = Int(fields[1]),
                let low = Double(fields[3]), let high = Double(fields[4])
            else { continue }
            let method: IntervalMethod = fields[2] == "exact" ? .clopperPearson : .wilson
            // Rows with eight printed digits are compared to half their last digit.
            let tolerance = fields[3].count > 14 ? 1e-9 : 6e-9
            #expect(near(try #require(Proportion(x, of: n)).interval(method), low, high, tolerance), "\(line)")
            checked += 1
        }
        #expect(checked == 8)
    }

    @Test("exist only for counts within what was counted")
    func bounds() {
        #expect(Proportion(1, of: 0) == nil)
        #expect(Proportion(3, of: 2) == nil)
        #expect(Proportion(-1, of: 2) == nil)
    }

    @Test("say that a sample is too small when the half width exceeds ten points")
    func small() throws {
        #expect(try #require(Proportion(16, of: 18)).isTooSmall())
        #expect(try !#require(Proportion(497, of: 555)).isTooSmall())
        #expect(RateStatement(try #require(Proportion(16, of: 18))).sentence == "88.9%（16/18，95%区间 67.2%～96.9%）样本量不足")
        #expect(RateStatement(try #require(Proportion(497, of: 555))).sentence == "89.5%（497/555，95%区间 86.7%～91.8%）")
    }

    @Test("meet a target with or without statistical weight")
    func target() throws {
        let hundred = try #require(Proportion(92, of: 100))
        #expect(hundred.standing(atLeast: 90).label == "达标(统计上不显著)")
        #expect(abs(hundred.chanceOfAtLeast(rate: 0.9) - 0.320874) < 5e-7)
        let more = try #require(Proportion(460, of: 500))
        #expect(more.standing(atLeast: 90) == .metNotSignificant)
        #expect(abs(more.chanceOfAtLeast(rate: 0.9) - 0.075089) < 5e-7)
        #expect(try #require(Proportion(1900, of: 2000)).standing(atLeast: 90).label == "达标")
        #expect(try #require(Proportion(88, of: 100)).standing(atLeast: 90).label == "未达标(统计上不显著)")
        #expect(try #require(Proportion(50, of: 100)).standing(atLeast: 90).label == "未达标")
        #expect(try #require(Proportion(9, of: 10)).standing(atLeast: 90) == .metNotSignificant)
    }

    @Test("of no failure at all are weak evidence: 59 of 59 for 95 %, 29 of 29 for 90 %")
    func zeroFailures() throws {
        #expect(Proportion.allPassingNeeded(toClaim: 0.95) == 59)
        #expect(Proportion.allPassingNeeded(toClaim: 0.90) == 29)
        #expect(Proportion.allPassingNeeded(toClaim: 1) == nil)
        #expect(near(try #require(Proportion(1, of: 25)).interval(.clopperPearson), 0.0010, 0.2035, 5e-5))
        #expect(near(try #require(Proportion(25, of: 25)).interval(.clopperPearson), 0.8628, 1, 5e-5))
    }

    @Test("have exact tails", arguments: [(4, 20, 0.05, 0.0159015), (3, 12, 0.10, 0.110870)] as [(Int, Int, Double, Double)])
    func tails(_ x: Int, _ n: Int, _ rate: Double, _ expected: Double) throws {
        #expect(abs(try #require(Proportion(x, of: n)).chanceOfAtLeast(rate: rate) - expected) < 5e-7)
    }
}
