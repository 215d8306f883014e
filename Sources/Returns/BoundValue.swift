package import Evidence
package import Foundation
import Values

/// A metric's number in the unit that a form asks for.
package enum BoundValue {
    /// Units of money and how many fen they hold.
    static let fen: [(unit: String, fen: Decimal)] = [("元", 100), ("万元", 1_000_000), ("亿元", 10_000_000_000)]

    /// What a metric is, as far as units go.
    enum Measure: Sendable { case money, share, amount }

    static func measure(_ metric: Metric) -> Measure {
        switch metric.kind {
        case .share, .shareOfGroups, .ratio: return .share
        case .sum: return metric.unit.chinese.hasSuffix("元") || metric.unit.chinese == "分" ? .money : .amount
        case .count, .distinct: return .amount
        }
    }

    /// The units among which a form may choose for a metric; the first is meant where none is chosen.
    package static func units(_ metric: Metric) -> [String] {
        switch measure(metric) {
        case .money: ["万元", "元", "亿元"]
        case .share: ["%"]
        case .amount: [metric.unit.chinese]
        }
    }

    /// - Throws: `returns.unit` where the unit cannot be had from the metric.
    package static func check(_ unit: String, _ metric: Metric) throws {
        guard !unit.isEmpty else { return }
        let fits: Bool
        switch measure(metric) {
        case .money: fits = fen.contains { $0.unit == unit }
        case .share: fits = unit == "%"
        case .amount: fits = unit != "%" && !fen.contains { $0.unit == unit }
        }
        guard !fits else { return }
        throw Failure(
            .invalid, "returns.unit", "「\(metric.label.chinese)」的单位是\(units(metric).joined(separator: "、"))，不能按“\(unit)”填",
            cure: "改选单位，或换一个指标")
    }

    /// The number in the unit, rounded half away from zero; nil where there is none to give.
    package static func value(_ figure: Evidence.Figure, _ metric: Metric, unit: String, decimals: Int) -> Decimal? {
        guard let value = figure.value, !figure.isSuppressed else { return nil }
        switch measure(metric) {
        case .share:
            if let hits = figure.hits { return figure.n > 0 ? rounded(Decimal(hits) * 100 / Decimal(figure.n), decimals) : nil }
            return rounded(Decimal((value * 1e9).rounded()) / 10_000_000, decimals)
        case .money:
            guard let whole = Int64(exactly: value.rounded()) else { return nil }
            return rounded(Decimal(whole) / (fen.first { $0.unit == unit }?.fen ?? 1_000_000), decimals)
        case .amount:
            return Int64(exactly: value.rounded()).map { rounded(Decimal($0), decimals) }
        }
    }

    package static func rounded(_ value: Decimal, _ decimals: Int) -> Decimal {
        var source = value
        var result = Decimal()
        NSDecimalRound(&result, &source, decimals, .plain)
        return result
    }
}
