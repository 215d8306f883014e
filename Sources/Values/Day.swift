/// A calendar day without time, as official documents and registers give dates (proleptic Gregorian calendar).
///
/// Stored and compared as the number of days since 1970-01-01; written as `2006-09-05` (GB/T 7408).
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// Days since 1970-01-01; negative before.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// A day from its parts, or nil when no such day exists (2007-02-29).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else { return nil }
        number = Day.count(year: year, month: month, day: day)
    }

    /// A day from `2006-09-05`; nil for any other form. Other spellings are read by the importer, not here.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2 else { return nil }
        let numbers = parts.compactMap { part in part.allSatisfy { (48...57).contains($0) } ? Int(Substring(part)) : nil }
        guard numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    package var description: String {
        let (year, month, day) = parts
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Year, month and day of the month.
    package var parts: (year: Int, month: Int, day: Int) { Day.civil(number) }
    package var year: Int { parts.year }
    package var month: Int { parts.month }

    package func adding(days: Int) -> Day { Day(number: number + days) }

    /// The same day of the month `months` later; the last day of that month where it is shorter.
    package func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let index = year * 12 + (month - 1) + months
        let newYear = Int((Double(index) / 12).rounded(.down))
        let newMonth = index - newYear * 12 + 1
        return Day(number: Day.count(year: newYear, month: newMonth, day: min(day, Day.length(ofMonth: newMonth, year: newYear))))
    }

    /// The last day of this day's month.
    package var endOfMonth: Day {
        let (year, month, _) = parts
        return Day(number: Day.count(year: year, month: month, day: Day.length(ofMonth: month, year: year)))
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a day: \(text)"))
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The number of days in a month, leap years included.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Civil-calendar arithmetic in eras of 400 years (H. Hinnant, "chrono-compatible low-level date algorithms", public domain).
    private static func count(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
