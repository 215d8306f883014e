import Foundation

/// A rate as a page, an export and a brief show it: counts, rate, interval, and what must be said with it.
package struct RateStatement: Sendable, Equatable {
    package let proportion: Proportion
    /// In per cent, rounded half up to the given places.
    package let percent: String
    /// The 95 % interval in per cent: `84.5%～89.1%`.
    package let interval: String
    /// 样本量不足, or nil.
    package let note: String?

    package init(_ proportion: Proportion, places: Int = 1) {
        self.proportion = proportion
        percent = Rounding.percent(proportion, places: places) + "%"
        let bounds = proportion.interval(.wilson)
        interval = RateStatement.percent(bounds.low, places) + "～" + RateStatement.percent(bounds.high, places)
        note = proportion.isTooSmall() ? "样本量不足" : nil
    }

    /// `87.2%（1507/1728，95%区间 85.6%～88.7%）`.
    package var sentence: String {
        let body = "\(percent)（\(proportion.count)/\(proportion.total)，95%区间 \(interval)）"
        return note.map { body + $0 } ?? body
    }

    private static func percent(_ rate: Double, _ places: Int) -> String {
        Rounding.text(Rounding.round(.init(rate * 100), places: places, .halfUp), places: places) + "%"
    }
}
