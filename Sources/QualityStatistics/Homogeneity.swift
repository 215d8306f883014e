/// Whether the rates of several groups (towns, kinds of product) differ more than chance does; only then may they be put in order.
package struct Homogeneity: Sendable, Equatable {
    /// Pearson's chi-square statistic.
    package let statistic: Double
    package let degrees: Int
    /// The chance of at least this much difference between groups of one true rate.
    package let pValue: Double
    /// Groups whose expected count of either kind is below 5, where the approximation is poor.
    package let sparseGroups: Int

    /// Nil for fewer than two groups, or where all passed or all failed, so that there is nothing to compare.
    package init?(_ groups: [Proportion]) {
        let count = groups.reduce(0) { $0 + $1.count }
        let total = groups.reduce(0) { $0 + $1.total }
        guard groups.count >= 2, count > 0, count < total else { return nil }
        let rate = Double(count) / Double(total)
        statistic = groups.reduce(0) { sum, group in
            let difference = Double(group.count) - Double(group.total) * rate
            return sum + difference * difference / (Double(group.total) * rate * (1 - rate))
        }
        degrees = groups.count - 1
        pValue = SpecialFunctions.chiSquareTail(statistic, degrees: degrees)
        sparseGroups = groups.filter { Double($0.total) * min(rate, 1 - rate) < 5 }.count
    }

    /// Whether an order of the groups may be published.
    package func allowsRanking(level: Double = 0.05) -> Bool { pValue < level }

    /// 无统计差异,不得排名 — or nil where there is a difference.
    package func notice(level: Double = 0.05) -> String? { allowsRanking(level: level) ? nil : "无统计差异,不得排名" }
}

/// The difference of two rates, with Newcombe's hybrid score interval (1998, method 10).
package struct RateDifference: Sendable, Equatable {
    package let difference: Double
    /// Between −1 and 1.
    package let low: Double
    package let high: Double

    package init(_ first: Proportion, _ second: Proportion, confidence: Double = 0.95) {
        let (a, b) = (first.interval(.wilson, confidence: confidence), second.interval(.wilson, confidence: confidence))
        let (p, q) = (first.rate, second.rate)
        difference = p - q
        low = difference - ((p - a.low) * (p - a.low) + (b.high - q) * (b.high - q)).squareRoot()
        high = difference + ((a.high - p) * (a.high - p) + (q - b.low) * (q - b.low)).squareRoot()
    }

    /// The interval holds zero: the difference is noise, and the two are not to be put in order.
    package var isNoise: Bool { low <= 0 && 0 <= high }
}
