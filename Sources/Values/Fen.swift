/// An amount of money in fen (1/100 yuan), exact; documents mostly speak in 万元 (1,000,000 fen).
package struct Fen: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    package static func < (left: Fen, right: Fen) -> Bool { left.number < right.number }
    package static let perYuan: Int64 = 100
    package static let perTenThousandYuan: Int64 = 1_000_000

    /// In yuan with two decimals and thousands separators: `42,930,390.00`.
    package var yuan: String { Fen.grouped(number, scale: 2, keeping: 2) }

    /// In 万元 with as many of six decimals as are needed: `4293.039`, printed `4,293.039`.
    package var tenThousandYuan: String { Fen.grouped(number, scale: 6, keeping: 0) }

    /// `747.30`: 万元 with at least two decimals, so that the points of a column stand below each other.
    package var tenThousandYuanInColumn: String { Fen.grouped(number, scale: 6, keeping: 2) }

    package var description: String { yuan }

    private static func grouped(_ number: Int64, scale: Int, keeping least: Int) -> String {
        var digits = String(number.magnitude)
        if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
        var decimals = Array(digits.suffix(scale))
        while decimals.count > least, decimals.last == "0" { decimals.removeLast() }
        var whole = ""
        for (offset, digit) in digits.dropLast(scale).reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        let tail = decimals.isEmpty ? "" : "." + String(decimals)
        return (number < 0 ? "-" : "") + String(whole.reversed()) + tail
    }
}
