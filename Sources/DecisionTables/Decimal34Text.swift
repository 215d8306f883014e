package import Foundation

extension Decimal34: Comparable, CustomStringConvertible {
    package static func < (left: Decimal34, right: Decimal34) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// By magnitude.
    private func isSmaller(than other: Decimal34) -> Bool {
        if isZero || other.isZero { return !other.isZero }
        let (own, others) = (Decimal34.count(coefficient), Decimal34.count(other.coefficient))
        if own + exponent != others + other.exponent { return own + exponent < others + other.exponent }
        let length = max(own, others)
        return coefficient * Decimal34.power(length - own) < other.coefficient * Decimal34.power(length - others)
    }

    /// Reads `12`, `-0.5`, `.5`, `1.2E-7`; nil for anything else, and for numbers beyond the range. More than 34 digits are rounded.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        var scale = 0
        if let mark = bytes.firstIndex(where: { $0 | 32 == UInt8(ascii: "e") }) {
            let written = String(decoding: bytes[(mark + 1)...], as: UTF8.self)
            guard let number = Int(written), number.magnitude < 100_000 else { return nil }
            scale = number
            bytes = bytes[..<mark]
        }
        let halves = bytes.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), bytes.contains(where: { $0 != UInt8(ascii: ".") }), bytes.count <= 10_000,
            halves.allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        scale -= halves.count == 2 ? halves[1].count : 0
        self.init(isNegative, digits: halves.joined(), scale)
    }

    /// The first 37 digits, and whether anything but zeros follows.
    private init?(_ isNegative: Bool, digits: some Sequence<UInt8>, _ scale: Int) {
        var coefficient: UInt128 = 0
        var scale = scale
        var isCut = false
        for byte in digits {
            if coefficient < Decimal34.power(36) {
                coefficient = coefficient * 10 + UInt128(byte - 48)
            } else {
                scale += 1
                if byte != 48 { isCut = true }
            }
        }
        if isCut, coefficient % 5 == 0 { coefficient += 1 }
        self.init(rounding: isNegative, coefficient, scale)
    }

    /// Plain digits up to forty places, else with an exponent: `0.00001`, `1.2E+50`.
    package var description: String {
        let digits = String(coefficient)
        let sign = isNegative ? "-" : ""
        let point = digits.count + exponent
        if exponent >= 0, point <= 40 { return sign + digits + String(repeating: "0", count: exponent) }
        if exponent < 0, exponent >= -40 {
            if point > 0 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
            return sign + "0." + String(repeating: "0", count: -point) + digits
        }
        let rest = digits.count > 1 ? "." + digits.dropFirst() : ""
        return sign + digits.prefix(1) + rest + "E" + (point > 0 ? "+" : "") + String(point - 1)
    }

    /// The number as facts and cells hold it; nil beyond 10 to the 120th, where nothing is measured.
    package var decimal: Decimal? {
        guard isZero || (exponent >= -120 && exponent + Decimal34.count(coefficient) <= 120) else { return nil }
        return Decimal(string: (isNegative ? "-" : "") + String(coefficient) + "e\(exponent)", locale: Locale(identifier: "en_US_POSIX"))
    }

    /// A number that was measured or written in a cell.
    package init?(_ decimal: Decimal) { self.init("\(decimal)") }
}
