/// A calendar day without time, as official documents and registers give dates (proleptic Gregorian calendar).
///
/// Stored and compared as the number of days since 1970-01-01; written as `2006-09-05` (GB/T 7408).
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// Days since 1970-01-01; negative before.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// A day from its parts, or nil when no such day exists (2007-02-29).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else {
            return nil
        }
        number = Day.count(year: year, month: month, day: day)
    }

    /// A day from `2006-09-05`; nil for any other form. Other spellings are read by the importer, not here.
    package init?(_ text: String) {
        guard text.utf8.count == 10 else { return nil }
        // Year, month, day: what stands between the hyphens.
        var parts = (0, 0, 0)
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard (48...57).contains(byte) else { return nil }
            let digit = Int(byte) - 48
            switch place {
            case 0..<4: parts.0 = parts.0 * 10 + digit
            case 5..<7: parts.1 = parts.1 * 10 + digit
            default: parts.2 = parts.2 * 10 + digit
            }
        }
        self.init(year: parts.0, month: parts.1, day: parts.2)
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    package var description: String {
        let (year, month, day) = parts
        guard (0...9999).contains(year) else { return "\(year)-\(padded(month, 2))-\(padded(day, 2))" }
        return String(unsafeUninitializedCapacity: 10) { bytes in
            (bytes[0], bytes[1]) = (48 + UInt8(year / 1000), 48 + UInt8(year / 100 % 10))
            (bytes[2], bytes[3]) = (48 + UInt8(year / 10 % 10), 48 + UInt8(year % 10))
            (bytes[4], bytes[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
            (bytes[5], bytes[6]) = (48 + UInt8(month / 10), 48 + UInt8(month % 10))
            (bytes[8], bytes[9]) = (48 + UInt8(day / 10), 48 + UInt8(day % 10))
            return 10
        }
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
