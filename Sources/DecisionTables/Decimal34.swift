/// A decimal number of 34 significant digits, rounded half to even: the number of DMN (IEEE 754 decimal128).
///
/// Foundation's `Decimal` stops the program when a product of two long numbers overflows, so that a cell of a rule file or a model from
/// outside must not be reckoned with it. Equal values are equal whatever their trailing zeros.
package struct Decimal34: Hashable, Sendable {
    package let isNegative: Bool
    /// Below 10^34, without trailing zeros.
    let coefficient: UInt128
    let exponent: Int

    package static let zero = Decimal34(0)
    static let digits = 34
    /// The exponents of decimal128; beyond them a number does not exist.
    private static let exponents = -6176...6111

    package init(_ whole: Int) {
        self.init(normal: whole < 0, UInt128(whole.magnitude), 0)
    }

    /// Rounds to 34 digits; nil where the number is too large. What is too small becomes zero.
    init?(rounding isNegative: Bool, _ coefficient: UInt128, _ exponent: Int) {
        let surplus = Decimal34.count(coefficient) - Decimal34.digits
        guard surplus > 0 else {
            self.init(limited: isNegative, coefficient, exponent)
            return
        }
        let unit = Decimal34.power(surplus)
        let (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: unit)
        self.init(limited: isNegative, quotient + Decimal34.carry(quotient, rest, unit), exponent + surplus)
    }

    private init?(limited isNegative: Bool, _ coefficient: UInt128, _ exponent: Int) {
        let value = Decimal34(normal: isNegative, coefficient, exponent)
        let top = value.exponent + Decimal34.count(value.coefficient)
        if value.coefficient != 0, top > Decimal34.exponents.upperBound + Decimal34.digits { return nil }
        self = value.exponent < Decimal34.exponents.lowerBound ? Decimal34(normal: false, 0, 0) : value
    }

    private init(normal isNegative: Bool, _ coefficient: UInt128, _ exponent: Int) {
        var (coefficient, exponent) = (coefficient, exponent)
        while coefficient != 0, coefficient % 10 == 0 {
            coefficient /= 10
            exponent += 1
        }
        self.isNegative = isNegative && coefficient != 0
        self.coefficient = coefficient
        self.exponent = coefficient == 0 ? 0 : exponent
    }

    package var isZero: Bool { coefficient == 0 }

    /// The number as an integer, where it is a whole one that fits.
    package var whole: Int? {
        guard exponent >= 0, exponent < 20, coefficient < Decimal34.power(19) else { return nil }
        let (magnitude, overflows) = coefficient.multipliedReportingOverflow(by: Decimal34.power(exponent))
        guard !overflows, magnitude <= UInt128(Int.max) else { return nil }
        return isNegative ? -Int(magnitude) : Int(magnitude)
    }

    // MARK: reckoning; nil where the result does not exist

    package static prefix func - (number: Decimal34) -> Decimal34 {
        Decimal34(normal: !number.isNegative, number.coefficient, number.exponent)
    }

    package func adding(_ other: Decimal34) -> Decimal34? {
        if isZero { return other }
        if other.isZero { return self }
        let (high, low) = exponent >= other.exponent ? (self, other) : (other, self)
        let gap = high.exponent - low.exponent
        let shift = min(gap, 38 - Decimal34.count(high.coefficient))
        let large = high.coefficient * Decimal34.power(shift)
        let small = Decimal34.shortened(low.coefficient, by: gap - shift)
        let scale = high.exponent - shift
        if high.isNegative == low.isNegative { return Decimal34(rounding: high.isNegative, large + small, scale) }
        return large >= small
            ? Decimal34(rounding: high.isNegative, large - small, scale) : Decimal34(rounding: low.isNegative, small - large, scale)
    }

    package func subtracting(_ other: Decimal34) -> Decimal34? { adding(-other) }

    package func multiplied(by other: Decimal34) -> Decimal34? {
        let product = coefficient.multipliedFullWidth(by: other.coefficient)
        let unit = Decimal34.power(Decimal34.digits)
        let (above, below) = unit.dividingFullWidth((product.high, product.low))
        let sign = isNegative != other.isNegative
        if above == 0 { return Decimal34(rounding: sign, below, exponent + other.exponent) }
        let surplus = Decimal34.count(above)
        let cut = Decimal34.power(surplus)
        let (kept, rest) = below.quotientAndRemainder(dividingBy: cut)
        let quotient = above * Decimal34.power(Decimal34.digits - surplus) + kept
        return Decimal34(rounding: sign, quotient + Decimal34.carry(quotient, rest, cut), exponent + other.exponent + surplus)
    }

    package func divided(by other: Decimal34) -> Decimal34? {
        if other.isZero { return nil }
        if isZero { return self }
        var (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: other.coefficient)
        var scale = exponent - other.exponent
        while rest != 0, quotient < Decimal34.power(35) {
            let (digit, left) = (rest * 10).quotientAndRemainder(dividingBy: other.coefficient)
            quotient = quotient * 10 + digit
            rest = left
            scale -= 1
        }
        // Two digits more than are kept stand here; what follows them only breaks a tie.
        if rest != 0, quotient % 5 == 0 { quotient += 1 }
        return Decimal34(rounding: isNegative != other.isNegative, quotient, scale)
    }

    /// By squaring, each step rounded; whole exponents up to 999,999,999, as DMN limits them.
    package func raised(to power: Decimal34) -> Decimal34? {
        guard let exponent = power.whole, exponent.magnitude <= 999_999_999 else { return nil }
        var (result, base, left) = (Decimal34(1), self, exponent.magnitude)
        while left > 0 {
            if left & 1 == 1 {
                guard let next = result.multiplied(by: base) else { return nil }
                result = next
            }
            left >>= 1
            if left == 0 { break }
            guard let square = base.multiplied(by: base) else { return nil }
            base = square
        }
        return exponent < 0 ? Decimal34(1).divided(by: result) : result
    }

    // MARK: digits

    static func power(_ exponent: Int) -> UInt128 { powers[exponent] }

    private static let powers: [UInt128] = (0..<38).reduce(into: [1]) { powers, _ in powers.append((powers.last ?? 1) * 10) }

    static func count(_ coefficient: UInt128) -> Int {
        var (low, high) = (0, powers.count)
        while low < high {
            let middle = (low + high) / 2
            if powers[middle] <= coefficient { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// One where the digits cut off are more than a half, or a half after an odd digit.
    private static func carry(_ kept: UInt128, _ rest: UInt128, _ unit: UInt128) -> UInt128 {
        let half = unit / 2
        return rest > half || (rest == half && kept % 2 == 1) ? 1 : 0
    }

    /// Without its last digits; where they are not all zero the last digit left is no 0 and no 5, so that no tie is made up.
    private static func shortened(_ coefficient: UInt128, by digits: Int) -> UInt128 {
        if digits == 0 { return coefficient }
        let (kept, rest) = digits < powers.count ? coefficient.quotientAndRemainder(dividingBy: powers[digits]) : (0, coefficient)
        return rest != 0 && kept % 5 == 0 ? kept + 1 : kept
    }
}
