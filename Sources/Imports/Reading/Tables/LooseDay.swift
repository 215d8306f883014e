import Spreadsheets
import Values

/// Days in spellings that no reader of digits knows: Chinese numerals, and the bare number under which a spreadsheet keeps a day.
package enum LooseDay {
    /// The years in which a bare number is taken for a day: 1954-10-03 to 2064-04-07.
    private static let serials = 20_000..<60_000

    /// `二〇〇六年九月十五日` → 2006-09-15; nil for anything else.
    package static func inNumerals(_ text: String) -> PartialDay? {
        let parts = text.split(omittingEmptySubsequences: true) { "年月日号".contains($0) }.map(String.init)
        guard text.contains("年"), (1...3).contains(parts.count), text.filter({ !"年月日号".contains($0) && !ChineseNumber.isPart($0) }).isEmpty
        else { return nil }
        let numbers = parts.compactMap { ChineseNumber.integer($0) }
        guard numbers.count == parts.count else { return nil }
        return PartialDay(year: numbers[0], month: numbers.dropFirst().first, day: numbers.dropFirst(2).first)
    }

    /// `38975` → 2006-09-15 in the 1900 date system, with or without a time behind the point; nil for anything else.
    package static func serial(_ text: String) -> PartialDay? {
        guard let number = Double(text), number.isFinite, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else { return nil }
        guard serials.contains(Int(number)) else { return nil }
        return SerialDate.day(number).map { PartialDay($0) }
    }
}
