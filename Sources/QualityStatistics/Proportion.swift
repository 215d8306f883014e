/// An interval of plausible values of a rate, both ends between 0 and 1.
package struct RateInterval: Sendable, Equatable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    package var halfWidth: Double { (high - low) / 2 }
    package func contains(_ rate: Double) -> Bool { low <= rate && rate <= high }
}

/// Which interval is meant; shown beside it.
package enum IntervalMethod: String, Sendable, CaseIterable {
    /// Wilson's score interval, for display.
    case wilson
    /// The exact interval of Clopper and Pearson, for every claim that a target is met.
    case clopperPearson = "clopper-pearson"
}

/// A count out of a number of trials (合格批次 of 抽查批次) with its rate and interval. A rate never goes without its n.
package struct Proportion: Sendable, Hashable {
    /// Successes, 0…n.
    package let count: Int
    package let total: Int

    /// Nil where the count is not within 0…total or nothing was counted.
    package init?(_ count: Int, of total: Int) {
        guard total > 0, (0...total).contains(count) else { return nil }
        self.count = count
        self.total = total
    }

    /// The point estimate.
    package var rate: Double { Double(count) / Double(total) }

    /// The interval at a confidence level, 95 % unless told.
    package func interval(_ method: IntervalMethod = .wilson, confidence: Double = 0.95) -> RateInterval {
        switch method {
        case .wilson: wilson(confidence)
        case .clopperPearson: clopperPearson(confidence)
        }
    }

    private func wilson(_ confidence: Double) -> RateInterval {
        let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2)
        let n = Double(total)
        let middle = rate + z * z / (2 * n)
        let spread = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        // At 0 and n the end is exactly 0 and 1; rounding must not push it beyond.
        return RateInterval(low: count == 0 ? 0 : (middle - spread) / scale, high: count == total ? 1 : (middle + spread) / scale)
    }

    private func clopperPearson(_ confidence: Double) -> RateInterval {
        let tail = (1 - confidence) / 2
        let (x, n) = (Double(count), Double(total))
        let low = count == 0 ? 0 : SpecialFunctions.betaQuantile(tail, x, n - x + 1)
        let high = count == total ? 1 : SpecialFunctions.betaQuantile(1 - tail, x + 1, n - x)
        return RateInterval(low: low, high: high)
    }

    /// Whether the sample is too small to say much: the Wilson half width exceeds `limit` (0.10 is ten points).
    package func isTooSmall(limit: Double = 0.10) -> Bool { interval().halfWidth > limit }

    /// P(X ≥ count) if the true rate were `rate`.
    package func chanceOfAtLeast(rate: Double) -> Double { SpecialFunctions.binomialTail(atLeast: count, of: total, probability: rate) }
}

/// How a rate stands to a target "at least so much".
package enum TargetStanding: String, Sendable, CaseIterable {
    /// The lower end of the exact interval reaches the target.
    case met
    /// The point reaches it, the interval does not exclude less.
    case metNotSignificant = "met-not-significant"
    /// The point misses it, the interval does not exclude it.
    case missedNotSignificant = "missed-not-significant"
    /// Even the upper end misses it.
    case missed

    /// 达标, 达标(统计上不显著), 未达标(统计上不显著), 未达标.
    package var label: String {
        switch self {
        case .met: "达标"
        case .metNotSignificant: "达标(统计上不显著)"
        case .missedNotSignificant: "未达标(统计上不显著)"
        case .missed: "未达标"
        }
    }
}

extension Proportion {
    /// The standing against a target share in parts per hundred given as a whole fraction (90 of 100), compared exactly at the point.
    package func standing(atLeast share: Int, of whole: Int = 100, confidence: Double = 0.95) -> TargetStanding {
        let target = Double(share) / Double(whole)
        let interval = interval(.clopperPearson, confidence: confidence)
        if count * whole >= share * total { return interval.low >= target ? .met : .metNotSignificant }
        return interval.high < target ? .missed : .missedNotSignificant
    }

    /// How many must be tested, all passing, to claim at least `rate` with the given confidence: 59 for 95 %, 29 for 90 %.
    package static func allPassingNeeded(toClaim rate: Double, confidence: Double = 0.95) -> Int? {
        guard rate > 0, rate < 1, confidence > 0, confidence < 1 else { return nil }
        var needed = 1
        var chance = rate
        while chance > 1 - confidence {
            chance *= rate
            needed += 1
        }
        return needed
    }
}
