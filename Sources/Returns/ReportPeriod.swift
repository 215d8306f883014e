package import Values

/// How often a form is due (报送周期).
package enum Cadence: String, Sendable, CaseIterable {
    case month, quarter, year

    package var word: Word {
        switch self {
        case .month: Word("月报", "monthly")
        case .quarter: Word("季报", "quarterly")
        case .year: Word("年报", "yearly")
        }
    }
}

/// The time that one filling of a form is about (期别): `2026Q3`, `2026-09` or `2026`.
package struct ReportPeriod: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let cadence: Cadence
    package let year: Int
    /// Month 1–12, quarter 1–4; 1 for a year.
    package let part: Int

    package init?(_ cadence: Cadence, year: Int, part: Int = 1) {
        let most = cadence == .month ? 12 : cadence == .quarter ? 4 : 1
        guard (1...9999).contains(year), (1...most).contains(part) else { return nil }
        self.cadence = cadence
        self.year = year
        self.part = part
    }

    /// Reads `2026Q3`, `2026-09` and `2026`; nil for anything else.
    package init?(_ text: String) {
        let text = text.uppercased().filter { !$0.isWhitespace }
        guard text.count >= 4, let year = Int(text.prefix(4)) else { return nil }
        let rest = text.dropFirst(4).drop { $0 == "-" }
        if rest.isEmpty {
            self.init(.year, year: year)
        } else if rest.hasPrefix("Q"), let part = Int(rest.dropFirst()) {
            self.init(.quarter, year: year, part: part)
        } else if let part = Int(rest.hasPrefix("M") ? rest.dropFirst() : rest) {
            self.init(.month, year: year, part: part)
        } else {
            return nil
        }
    }

    /// The period of a cadence that a day lies in.
    package init(_ cadence: Cadence, holding day: Day) {
        self.cadence = cadence
        year = day.year
        switch cadence {
        case .month: part = day.month
        case .quarter: part = (day.month - 1) / 3 + 1
        case .year: part = 1
        }
    }

    package var description: String {
        switch cadence {
        case .month: "\(year)-\(part < 10 ? "0" : "")\(part)"
        case .quarter: "\(year)Q\(part)"
        case .year: String(year)
        }
    }

    package var word: Word {
        switch cadence {
        case .month: Word("\(year)年\(part)月", description)
        case .quarter: Word("\(year)年第\(["一", "二", "三", "四"][part - 1])季度", description)
        case .year: Word("\(year)年", description)
        }
    }

    private var months: (first: Int, last: Int) {
        switch cadence {
        case .month: (part, part)
        case .quarter: (part * 3 - 2, part * 3)
        case .year: (1, 12)
        }
    }

    /// Both included.
    package var from: Day { Day(year: year, month: months.first, day: 1) ?? Day(number: 0) }
    package var to: Day { (Day(year: year, month: months.last, day: 1) ?? Day(number: 0)).endOfMonth }

    package var previous: ReportPeriod { ReportPeriod(cadence, holding: from.adding(days: -1)) }

    package static func < (left: ReportPeriod, right: ReportPeriod) -> Bool { (left.to, left.from) < (right.to, right.from) }
}
