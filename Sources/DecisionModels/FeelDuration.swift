package import DecisionTables

/// Durations as ISO 8601 writes them.
package enum FeelDuration {
    /// From `P1Y2M`, `P3DT4H5M6.7S`, `-PT20H`; years and months do not mix with days and times. Nil for any other form.
    package static func value(_ text: String) -> FeelValue? {
        let isNegative = text.hasPrefix("-")
        var rest = isNegative ? text.dropFirst() : text[...]
        guard rest.first == "P" else { return nil }
        rest = rest.dropFirst()
        var parts: [(mark: Character, number: Decimal34)] = []
        var isTime = false
        while let first = rest.first {
            if first == "T" {
                if isTime { return nil }
                isTime = true
                rest = rest.dropFirst()
                if rest.isEmpty { return nil }
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            guard let number = Decimal34(String(digits)), let mark = rest.dropFirst(digits.count).first else { return nil }
            parts.append((isTime ? Character(mark.lowercased()) : mark, number))
            rest = rest.dropFirst(digits.count + 1)
        }
        return parts.isEmpty ? nil : value(parts, isNegative)
    }

    /// `Y`, `M`, `D` before the T; `h`, `m`, `s` after it.
    private static func value(_ parts: [(mark: Character, number: Decimal34)], _ isNegative: Bool) -> FeelValue? {
        let order: [Character] = ["Y", "M", "D", "h", "m", "s"]
        let places = parts.compactMap { order.firstIndex(of: $0.mark) }
        guard places.count == parts.count, zip(places, places.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        guard parts.allSatisfy({ $0.mark == "s" || $0.number.whole != nil }) else { return nil }
        if places.allSatisfy({ $0 < 2 }) {
            let months = parts.reduce(Optional(Decimal34.zero)) { $0?.plus($1.number, times: $1.mark == "Y" ? 12 : 1) }
            guard let whole = months?.whole, whole < 1_000_000_000 else { return nil }
            return .months(isNegative ? -whole : whole)
        }
        guard places.allSatisfy({ $0 >= 2 }) else { return nil }
        let units = [0, 0, 86_400, 3600, 60, 1]
        let seconds = zip(parts, places).reduce(Optional(Decimal34.zero)) { $0?.plus($1.0.number, times: units[$1.1]) }
        return seconds.map { .seconds(isNegative ? -$0 : $0) }
    }

    package static func text(months: Int) -> String {
        let (years, rest) = (months.magnitude / 12, months.magnitude % 12)
        if months == 0 { return "P0M" }
        return (months < 0 ? "-" : "") + "P" + (years > 0 ? "\(years)Y" : "") + (rest > 0 ? "\(rest)M" : "")
    }

    package static func text(seconds: Decimal34) -> String {
        let size = seconds.isNegative ? -seconds : seconds
        guard let days = size.floored(by: Decimal34(86_400)), let rest = size.subtracting(Decimal34(days * 86_400)) else {
            return "PT\(seconds)S"
        }
        let time = FeelTime(seconds: rest, offset: nil)
        let (hours, minutes) = (time.whole / 3600, time.whole / 60 % 60)
        var clock = (hours > 0 ? "\(hours)H" : "") + (minutes > 0 ? "\(minutes)M" : "")
        if !time.second.isZero || (days == 0 && clock.isEmpty) { clock += "\(time.second)S" }
        return (seconds.isNegative ? "-" : "") + "P" + (days > 0 ? "\(days)D" : "") + (clock.isEmpty ? "" : "T" + clock)
    }
}

extension Decimal34 {
    func plus(_ other: Decimal34, times factor: Int) -> Decimal34? { other.multiplied(by: Decimal34(factor)).flatMap { adding($0) } }
}
