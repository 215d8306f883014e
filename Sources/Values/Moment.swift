/// An instant as the journal records it: milliseconds since 1970-01-01T00:00:00Z.
///
/// Days and printed times are those of China Standard Time (UTC+8, no summer time since 1992), whatever the machine's zone.
package struct Moment: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// The calendar day in Asia/Shanghai.
    package var day: Day { Day(number: Int(shifted.quotient)) }

    /// `2006-09-05T08:30:00.000+08:00`
    package var description: String {
        let rest = shifted.remainder
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let clock =
            "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))"
        return "\(day)T\(clock)+08:00"
    }

    private var shifted: (quotient: Int64, remainder: Int64) {
        let local = milliseconds + 8 * 3_600_000
        let quotient = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
        return (quotient, local - quotient * 86_400_000)
    }
}

/// Where time comes from; passed in, so that tests and imports run at a stated instant.
package struct Clock: Sendable {
    package let now: @Sendable () -> Moment

    package init(now: @escaping @Sendable () -> Moment) { self.now = now }

    /// A clock that always tells the same instant.
    package static func fixed(_ moment: Moment) -> Clock { Clock { moment } }

    /// A clock that stands at noon (Shanghai) of the given day.
    package static func noon(_ day: Day) -> Clock { fixed(Moment(milliseconds: Int64(day.number) * 86_400_000 + 4 * 3_600_000)) }

    package var today: Day { now().day }
}
