package import Foundation

/// How a published figure is rounded; every figure carries its mode, because the two differ at the half.
package enum RoundingMode: String, Sendable, CaseIterable {
    /// 四舍五入, as government bulletins do.
    case halfUp = "half-up"
    /// 四舍六入五成双 (GB/T 8170-2008).
    case halfEven = "half-even"
}

/// Rounds decimals in one step, never successively, and never through binary fractions.
package enum Rounding {
    /// The value with `places` decimals; halves away from zero or to the even digit.
    package static func round(_ value: Decimal, places: Int, _ mode: RoundingMode) -> Decimal {
        var source = value
        var result = Decimal()
        NSDecimalRound(&result, &source, places, mode == .halfUp ? .plain : .bankers)
        return result
    }

    /// A share in per cent with exactly `places` decimals, from whole counts: 1507 of 1728 → `87.2`.
    package static func percent(_ proportion: Proportion, places: Int, _ mode: RoundingMode = .halfUp) -> String {
        // Whole numbers only: 100·10^places·count / total, with the remainder deciding.
        var scale = 100
        for _ in 0..<min(max(places, 0), 9) { scale *= 10 }
        let (product, overflow) = proportion.count.multipliedReportingOverflow(by: scale)
        guard !overflow else { return text(round(Decimal(proportion.rate) * 100, places: places, mode), places: places) }
        var quotient = product / proportion.total
        let twice = product % proportion.total * 2
        if twice > proportion.total || twice == proportion.total && (mode == .halfUp || !quotient.isMultiple(of: 2)) { quotient += 1 }
        return text(Decimal(quotient) * Decimal(sign: .plus, exponent: -places, significand: 1), places: places)
    }

    /// Plain decimal text with exactly `places` decimals: 92.1 → `92.10`.
    package static func text(_ value: Decimal, places: Int) -> String {
        let parts = "\(round(value, places: places, .halfUp))".split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.map(String.init) ?? "0"
        guard places > 0 else { return whole }
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return whole + "." + decimals + String(repeating: "0", count: max(0, places - decimals.count))
    }
}
