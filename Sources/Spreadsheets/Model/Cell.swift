import Glibc
package import Values

/// What stands in one cell of a sheet, as the file's author left it; no cell is guessed into another kind here.
package enum Cell: Sendable, Equatable {
    case empty
    /// Text with its inner line breaks as LF; never the empty string, never with trailing NULs.
    case text(String)
    case number(Double)
    /// A number that the file formats as a date. `serial` keeps the time of day in its fraction and counts in the 1900 date
    /// system, whatever the file's own system is.
    case day(Day, serial: Double)
    case boolean(Bool)
    /// An error value as the spreadsheet shows it (`#N/A`), or `公式未计算` for a formula saved without its result.
    case error(String)

    /// Text with LF for every line break and without trailing NULs, or `.empty` where nothing is left of it.
    package init(text: String) {
        guard text.utf8.last == 0 || text.holds(byte: 13) else {
            self = text.isEmpty ? .empty : .text(text)
            return
        }
        var bytes: [UInt8] = []
        var followsReturn = false
        for byte in text.utf8 {
            if byte != 10 || !followsReturn { bytes.append(byte == 13 ? 10 : byte) }
            followsReturn = byte == 13
        }
        while bytes.last == 0 { bytes.removeLast() }
        self = bytes.isEmpty ? .empty : .text(String(decoding: bytes, as: UTF8.self))
    }

    package var isEmpty: Bool { self == .empty }

    /// The cell as a clerk reads it: whole numbers without decimals, no exponent up to 15 digits, days as `2006-09-05`.
    package var text: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .number(let number): NumberText.of(number)
        case .day(let day, _): day.description
        case .boolean(let flag): flag ? "TRUE" : "FALSE"
        case .error(let text): text
        }
    }
}

extension String {
    /// Whether a byte stands in the text; asked of every cell of a long table.
    func holds(byte: UInt8) -> Bool {
        let isThere = utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, Int32(byte), bytes.count) != nil } ?? false
        }
        return isThere ?? utf8.contains(byte)
    }
}

/// Prints numbers as spreadsheets do: at most 15 significant digits, an exponent only where nothing else fits.
package enum NumberText {
    package static func of(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "#NUM!" : (number < 0 ? "-∞" : "∞") }
        if number == number.rounded(), abs(number) < 9.2e18 { return String(Int64(number)) }
        if let short = shortDecimal(number) { return short }
        let (digits, exponent) = significantDigits(number)
        guard (-9...21).contains(exponent) else { return formatted("%.15g", number) }
        return (number < 0 ? "-" : "") + placed(digits, exponent)
    }

    /// A number of at most six decimals, which is what tables hold, without the C library's slow way.
    private static func shortDecimal(_ number: Double) -> String? {
        var scale = 1.0
        for decimals in 1...6 {
            scale *= 10
            let scaled = (abs(number) * scale).rounded()
            guard scaled < 1e15 else { return nil }
            guard scaled / scale == abs(number) else { continue }
            let digits = String(Int64(scaled))
            let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
            return (number < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
        }
        return nil
    }

    /// The digits without trailing zeros and the power of ten of the first one.
    private static func significantDigits(_ number: Double) -> (digits: String, exponent: Int) {
        let parts = formatted("%.14e", abs(number)).split(separator: "e")
        var digits = parts[0].filter { $0 != "." }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (digits, parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }

    private static func placed(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = digits.prefix(exponent + 1)
        let padding = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
        let decimals = digits.dropFirst(exponent + 1)
        return whole + padding + (decimals.isEmpty ? "" : "." + decimals)
    }

    private static func formatted(_ format: String, _ number: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 40)
        let length = withVaList([number]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
