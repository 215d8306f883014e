import Foundation

/// The few special functions behind the intervals and tests, in double precision (relative error below 1e-12 for our ranges).
enum SpecialFunctions {
    /// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz's method; DLMF 8.17.22).
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        // The fraction converges quickly only below the mean; above it the symmetry I_x(a,b) = 1 − I_{1−x}(b,a) is used.
        if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
        let front = exp(lgammaValue(a + b) - lgammaValue(a) - lgammaValue(b) + a * log(x) + b * log1p(-x)) / a
        return front * betaFraction(x, a, b)
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / guarded(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / guarded(1 + even * d)
            c = guarded(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / guarded(1 + odd * d)
            c = guarded(1 + odd / c)
            let change = d * c
            result *= change
            if abs(change - 1) < 1e-16 { break }
        }
        return result
    }

    /// The quantile of the beta distribution, by bisection until the interval cannot be halved.
    static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if incompleteBeta(middle, a, b) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The upper tail of the chi-square distribution: Q(df/2, x/2), by series below the mean and continued fraction above.
    static func chiSquareTail(_ x: Double, degrees: Int) -> Double {
        let (a, t) = (Double(degrees) / 2, x / 2)
        if t <= 0 { return 1 }
        let front = exp(a * log(t) - t - lgammaValue(a))
        if t < a + 1 {
            var term = 1 / a
            var sum = term
            for step in 1...10_000 {
                term *= t / (a + Double(step))
                sum += term
                if term < sum * 1e-16 { break }
            }
            return max(0, 1 - front * sum)
        }
        var b = t + 1 - a
        var c = 1e300
        var d = 1 / b
        var result = d
        for step in 1...10_000 {
            let numerator = -Double(step) * (Double(step) - a)
            b += 2
            d = 1 / (numerator * d + b)
            c = b + numerator / c
            result *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return front * result
    }

    /// The standard normal distribution function.
    static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// The standard normal quantile, by bisection.
    static func normalQuantile(_ probability: Double) -> Double {
        var (low, high) = (-40.0, 40.0)
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if normal(middle) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// P(X ≥ x) of a binomial count.
    static func binomialTail(atLeast x: Int, of n: Int, probability: Double) -> Double {
        if x <= 0 { return 1 }
        if x > n { return 0 }
        return incompleteBeta(probability, Double(x), Double(n - x + 1))
    }

    /// ln Γ(x), Lanczos approximation (g = 7, nine terms); the library's own keeps a global sign and is not safe across threads.
    private static func lgammaValue(_ x: Double) -> Double {
        let terms = [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
            -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ]
        if x < 0.5 { return log(Double.pi / abs(sin(Double.pi * x))) - lgammaValue(1 - x) }
        let shifted = x - 1
        let base = shifted + 7.5
        let sum = terms.dropFirst().enumerated().reduce(terms[0]) { $0 + $1.element / (shifted + Double($1.offset + 1)) }
        return 0.5 * log(2 * Double.pi) + (shifted + 0.5) * log(base) - base + log(sum)
    }
}
