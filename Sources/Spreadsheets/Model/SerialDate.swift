package import Values

/// Dates as spreadsheets store them: days counted from 1900 (or, in old Macintosh files, from 1904), the time in the fraction.
package enum SerialDate {
    /// Days by which the 1904 system lags behind the 1900 system.
    static let offsetOf1904 = 1462.0
    private static let epoch = Day(year: 1899, month: 12, day: 30)?.number ?? 0
    private static let lastSerial = 2_958_466.0

    /// The cell of a date-formatted number, or the plain number where it names no day (a time, a negative, the year 10000).
    static func cell(_ number: Double, uses1904: Bool) -> Cell {
        let serial = uses1904 ? number + offsetOf1904 : number
        guard number.isFinite, number >= 1, let day = day(serial) else { return .number(number) }
        return .day(day, serial: serial)
    }

    /// The day of a serial of the 1900 system; nil for 60, the 29 February 1900 that never was, and outside 1900–9999.
    package static func day(_ serial: Double) -> Day? {
        guard serial >= 1, serial < lastSerial else { return nil }
        let whole = Int(serial)
        if whole == 60 { return nil }
        return Day(number: epoch + whole + (whole < 60 ? 1 : 0))
    }

    /// The serial (1900 system) at the beginning of a day.
    package static func serial(_ day: Day) -> Double {
        let count = day.number - epoch
        return Double(count > 60 ? count : count - 1)
    }
}

/// Decides which number formats show a date (ECMA-376 part 1, 18.8.30, with the East Asian built-in ids).
enum DateFormat {
    /// Built-in format ids that show a day or a time of day.
    static func isBuiltIn(_ id: Int) -> Bool {
        switch id {
        case 14...22, 27...36, 45...47, 50...58: true
        default: false
        }
    }

    /// Whether a custom format code shows a year, a month or a day. Quoted text, escaped characters and bracketed colours are no part of it.
    static func isDate(_ code: String) -> Bool {
        let letters = Set(bare(code).lowercased())
        if letters.contains("y") || letters.contains("d") { return true }
        // A lone m is a month; beside hours or seconds it is minutes.
        return letters.contains("m") && !letters.contains("h") && !letters.contains("s")
    }

    private static func bare(_ code: String) -> String {
        let general = ["general", "g/通用格式", "标准"]
        var result = ""
        var closing: Character?
        var skipNext = false
        // Only the section for positive numbers decides.
        for character in code {
            if skipNext { skipNext = false; continue }
            if let end = closing {
                if character == end { closing = nil }
                continue
            }
            switch character {
            case "\"": closing = "\""
            case "[": closing = "]"
            case "\\", "_", "*": skipNext = true
            case ";": return general.contains(result.lowercased()) ? "" : result
            default: result.append(character)
            }
        }
        return general.contains(result.lowercased()) ? "" : result
    }
}
