import DecisionTables
import Values

/// A time of day, with the offset of its zone where one is written.
package struct FeelTime: Hashable, Sendable, CustomStringConvertible {
    /// Since midnight, below 86,400.
    let seconds: Decimal34
    /// East of Greenwich, in seconds.
    let offset: Int?

    init(seconds: Decimal34, offset: Int?) {
        self.seconds = seconds
        self.offset = offset
    }

    /// From `11:00:00`, `11:59:45.5`, `11:00:00Z`, `11:00:00+02:00`; nil for any other form and for named zones.
    package init?(_ text: String) {
        let body: Substring
        if text.hasSuffix("Z") {
            body = text.dropLast()
            offset = 0
        } else if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let zone = FeelTime.zone(text[sign...]) else { return nil }
            body = text[..<sign]
            offset = zone
        } else {
            body = text[...]
            offset = nil
        }
        let parts = body.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = FeelTime.pair(parts[0]), hour < 24, let minute = FeelTime.pair(parts[1]), minute < 60,
            FeelTime.pair(parts[2].prefix(2)) != nil, parts[2].count == 2 || (parts[2].count > 3 && parts[2].dropFirst(2).first == "."),
            let second = Decimal34(String(parts[2])), second < Decimal34(60),
            let whole = Decimal34(hour * 3600 + minute * 60).adding(second)
        else { return nil }
        seconds = whole
    }

    /// From hours, minutes and seconds.
    init?(hour: Int, minute: Int, second: Decimal34, offset: Int?) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), !second.isNegative, second < Decimal34(60),
            let whole = Decimal34(hour * 3600 + minute * 60).adding(second)
        else { return nil }
        seconds = whole
        self.offset = offset
    }

    private static func zone(_ text: Substring) -> Int? {
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = pair(parts[0]), hours <= 14, let minutes = pair(parts[1]), minutes < 60 else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private static func pair(_ text: Substring) -> Int? {
        text.count == 2 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    /// On the scale of times: at Greenwich, where a zone is known.
    var position: Decimal34 { seconds.adding(Decimal34(-(offset ?? 0))) ?? seconds }

    /// Whole seconds since midnight.
    var whole: Int { Int(Substring(seconds.description.prefix { $0 != "." })) ?? 0 }

    /// The seconds of the minute with their fraction.
    var second: Decimal34 { seconds.subtracting(Decimal34(whole / 60 * 60)) ?? .zero }

    package var description: String {
        let second = second
        let zone = offset.map { $0 == 0 ? "Z" : ($0 < 0 ? "-" : "+") + two(abs($0) / 3600) + ":" + two(abs($0) / 60 % 60) } ?? ""
        return two(whole / 3600) + ":" + two(whole / 60 % 60) + ":" + (second < Decimal34(10) ? "0" : "") + second.description + zone
    }

    private func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

/// A day and a time of that day.
package struct FeelMoment: Hashable, Sendable, CustomStringConvertible {
    let day: Day
    let time: FeelTime

    init(day: Day, time: FeelTime) {
        self.day = day
        self.time = time
    }

    /// From `2016-03-16T12:00:00Z`; a day alone is its midnight.
    package init?(_ text: String) {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let day = Day(String(parts[0])),
            let time = parts.count == 1 ? FeelTime(seconds: .zero, offset: nil) : FeelTime(String(parts[1]))
        else { return nil }
        self.init(day: day, time: time)
    }

    /// Seconds since the beginning of 1970.
    var position: Decimal34 { Decimal34(day.number * 86_400).adding(time.position) ?? time.position }

    /// So many seconds later; nil beyond the calendar.
    func adding(_ seconds: Decimal34) -> FeelMoment? {
        guard let sum = time.seconds.adding(seconds), let days = sum.floored(by: Decimal34(86_400)), days.magnitude < 4_000_000,
            let rest = sum.subtracting(Decimal34(days * 86_400)), (-719_162...2_932_896).contains(day.number + days)
        else { return nil }
        return FeelMoment(day: day.adding(days: days), time: FeelTime(seconds: rest, offset: time.offset))
    }

    package var description: String { "\(day)T\(time)" }
}

extension Decimal34 {
    /// How often the unit goes into the number, towards below.
    func floored(by unit: Decimal34) -> Int? {
        guard let quotient = divided(by: unit) else { return nil }
        let written = quotient.description
        guard !written.contains("E"), let whole = Int(written.prefix { $0 != "." }) ?? (written.hasPrefix("-0") ? 0 : nil) else {
            return nil
        }
        return quotient.isNegative && quotient.whole == nil ? whole - 1 : whole
    }
}
