/// How numbers are printed, without the slow general formatters.
package enum NumberText {
    /// `1,284`, `-12,000`
    package static func grouped(_ number: Int) -> String { grouped(digits: String(number.magnitude), isNegative: number < 0) }

    /// A number with exactly `decimals` decimals, rounded half away from zero, and thousands separators: `4,820.0`. Unknown (NaN) is `—`.
    package static func decimal(_ number: Double, decimals: Int) -> String {
        guard number.isFinite, number.magnitude < 1e15, (0...6).contains(decimals) else { return "—" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((number.magnitude * scale).rounded(.toNearestOrAwayFromZero))
        var digits = String(scaled)
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        let tail = decimals == 0 ? "" : "." + digits.suffix(decimals)
        return grouped(digits: String(digits.dropLast(decimals)), isNegative: number < 0 && scaled > 0) + tail
    }

    /// A share (0…1) as `88.2%`.
    package static func percent(_ share: Double, decimals: Int = 1) -> String {
        let text = decimal(share * 100, decimals: decimals)
        return share.isFinite ? text + "%" : text
    }

    private static func grouped(digits: String, isNegative: Bool) -> String {
        var reversed = ""
        for (offset, digit) in digits.reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { reversed.append(",") }
            reversed.append(digit)
        }
        return (isNegative ? "-" : "") + String(reversed.reversed())
    }
}
