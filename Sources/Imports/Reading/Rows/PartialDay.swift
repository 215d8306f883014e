package import Values

/// A date of which only the year, or the year and month, may be known (生产日期 2012-07).
package struct PartialDay: Sendable, Hashable, CustomStringConvertible {
    package let year: Int
    package let month: Int?
    package let dayOfMonth: Int?

    package init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1900...2100).contains(year), (1...12).contains(month ?? 1) else { return nil }
        if let day { guard let month, Day(year: year, month: month, day: day) != nil else { return nil } }
        self.year = year
        self.month = month
        dayOfMonth = day
    }

    package init(_ day: Day) {
        let parts = day.parts
        (year, month, dayOfMonth) = (parts.year, parts.month, parts.day)
    }

    /// The day, where it is wholly known.
    package var day: Day? {
        guard let month, let dayOfMonth else { return nil }
        return Day(year: year, month: month, day: dayOfMonth)
    }

    /// `2012`, `2012-07` or `2012-07-09`.
    package var description: String {
        [month, dayOfMonth].compactMap { $0 }.reduce(String(year)) { $0 + ($1 < 10 ? "-0\($1)" : "-\($1)") }
    }
}

/// Reads a date at the beginning of a text in the spellings of lists and registers.
struct DayScan {
    /// What was read, and what stands behind it.
    let day: PartialDay
    let rest: Substring

    /// `2012-01-12`, `2012.1.12`, `2012/01/12`, `2011年12月28日`, `2012-07`, `2014年4月`, `20130318`, `201303`, `202405-17`, `2013年`.
    init?(_ text: some StringProtocol) {
        let text = Substring(text)
        var scan = text[...]
        guard let digits = DayScan.digits(&scan) else { return nil }
        switch digits.count {
        case 8:
            guard let day = DayScan.packed(digits) else { return nil }
            (self.day, rest) = (day, DayScan.withoutTime(scan))
        case 6:
            guard let year = Int(digits.prefix(4)), let month = Int(digits.suffix(2)) else { return nil }
            var tail = scan
            if tail.popFirst() == "-", let last = DayScan.digits(&tail), last.count <= 2, let number = Int(last),
                let day = PartialDay(year: year, month: month, day: number)
            {
                (self.day, rest) = (day, tail)
            } else {
                guard let day = PartialDay(year: year, month: month), (1950...2100).contains(year) else { return nil }
                (self.day, rest) = (day, scan)
            }
        case 4:
            guard let year = Int(digits), let found = DayScan.spelled(year, scan) else { return nil }
            (day, rest) = found
        default: return nil
        }
    }

    private static func packed(_ digits: Substring) -> PartialDay? {
        guard let year = Int(digits.prefix(4)), let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2)) else {
            return nil
        }
        return (1950...2100).contains(year) ? PartialDay(year: year, month: month, day: day) : nil
    }

    /// Month and day behind a year of four digits.
    private static func spelled(_ year: Int, _ text: Substring) -> (PartialDay, Substring)? {
        var scan = text
        guard let separator = scan.popFirst(), "-./年－—／．".contains(separator) else { return nil }
        skipSpaces(&scan)
        guard let monthDigits = digits(&scan), monthDigits.count <= 2, let month = Int(monthDigits) else {
            guard separator == "年" else { return nil }
            return PartialDay(year: year).map { ($0, scan) }
        }
        guard let whole = PartialDay(year: year, month: month) else { return nil }
        var tail = scan
        guard let second = tail.popFirst(), second == separator || second == "月" || "-./".contains(second) && separator != "年" else {
            return (whole, scan)
        }
        let afterMonth = second == "月" ? tail : scan
        skipSpaces(&tail)
        guard let dayDigits = digits(&tail), dayDigits.count <= 2, let number = Int(dayDigits) else { return (whole, afterMonth) }
        guard let day = PartialDay(year: year, month: month, day: number) else { return (whole, afterMonth) }
        if let next = tail.first, "日号".contains(next) { tail.removeFirst() }
        return (day, withoutTime(tail))
    }

    /// Drops a time of day: ` 00:00:00`, `T08:30`.
    private static func withoutTime(_ text: Substring) -> Substring {
        // Asked of every date: the pattern is tried only where something like a time follows.
        guard text.first == " " || text.first == "T" else { return text }
        guard let found = text.prefixMatch(of: /[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?/) else { return text }
        return text[found.range.upperBound...]
    }

    private static func skipSpaces(_ text: inout Substring) { while text.first == " " { text.removeFirst() } }

    /// ASCII digits at the beginning, or nil where there are none.
    private static func digits(_ text: inout Substring) -> Substring? {
        let found = text.prefix { $0.isASCII && $0.isNumber }
        guard !found.isEmpty, found.count <= 8 else { return nil }
        text = text[found.endIndex...]
        return found
    }
}
