/// One stratum of a population: its size, and what a sample of it showed.
package struct Stratum: Sendable, Equatable {
    /// Units in the population.
    package let size: Int
    package let sample: Proportion

    /// Nil where the sample is larger than the population.
    package init?(size: Int, sample: Proportion) {
        guard size >= sample.total else { return nil }
        self.size = size
        self.sample = sample
    }
}

/// A rate over strata weighted by their sizes, with finite population correction: p = ΣW p_h.
package struct StratifiedRate: Sendable, Equatable {
    package let rate: Double
    package let standardError: Double

    /// Nil without strata, or where a stratum has a single sample, whose variance cannot be estimated.
    package init?(_ strata: [Stratum]) {
        let population = Double(strata.reduce(0) { $0 + $1.size })
        guard population > 0, strata.allSatisfy({ $0.sample.total > 1 || $0.size == $0.sample.total }) else { return nil }
        var rate = 0.0
        var variance = 0.0
        for stratum in strata {
            let weight = Double(stratum.size) / population
            let (p, n) = (stratum.sample.rate, Double(stratum.sample.total))
            rate += weight * p
            guard stratum.size > stratum.sample.total else { continue }
            variance += weight * weight * (1 - n / Double(stratum.size)) * p * (1 - p) / (n - 1)
        }
        self.rate = rate
        standardError = variance.squareRoot()
    }

    /// Wald's interval, cut at 0 and 1.
    package func interval(confidence: Double = 0.95) -> RateInterval {
        let spread = SpecialFunctions.normalQuantile(0.5 + confidence / 2) * standardError
        return RateInterval(low: max(0, rate - spread), high: min(1, rate + spread))
    }
}
