package import Foundation

/// An exact number with up to six decimals, kept as a whole number of millionths, so that both engines store the same.
package struct Millionths: Hashable, Comparable, Sendable {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    /// Rounded half away from zero; nil beyond about nine million million.
    package init?(_ decimal: Decimal) {
        var product = decimal * 1_000_000
        var rounded = Decimal()
        NSDecimalRound(&rounded, &product, 0, .plain)
        guard let number = Int64("\(rounded)") else { return nil }
        self.number = number
    }

    /// Reads `1,353.23` or `88.2`; nil for anything else, and for more than six decimals, which would be lost.
    package init?(text: String) {
        let plain = text.filter { $0 != "," && !$0.isWhitespace }
        let body = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }) else { return nil }
        guard parts.count == 1 || parts[1].count <= 6, let value = Decimal(string: plain) else { return nil }
        self.init(value)
    }

    package static func < (left: Millionths, right: Millionths) -> Bool { left.number < right.number }

    package var decimal: Decimal { Decimal(number) / 1_000_000 }

    /// With thousands separators and only the decimals that are needed: `1,353.23`.
    package var text: String { grouped(number) }

    /// The same, rounded to so many decimals.
    package func text(atMost places: Int) -> String {
        var source = decimal
        var rounded = Decimal()
        NSDecimalRound(&rounded, &source, places, .plain)
        return Millionths(rounded)?.text ?? text
    }

    private func grouped(_ number: Int64) -> String {
        var digits = String(number.magnitude)
        if digits.count < 7 { digits = String(repeating: "0", count: 7 - digits.count) + digits }
        var decimals = Array(digits.suffix(6))
        while decimals.last == "0" { decimals.removeLast() }
        var whole: [Character] = []
        for (offset, digit) in digits.dropLast(6).reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        return (number < 0 ? "-" : "") + String(whole.reversed()) + (decimals.isEmpty ? "" : "." + String(decimals))
    }
}

extension Decimal {
    /// The number as a page shows it, with at most so many decimals.
    package func shown(atMost places: Int = 2) -> String { Millionths(self)?.text(atMost: places) ?? "\(self)" }
}
