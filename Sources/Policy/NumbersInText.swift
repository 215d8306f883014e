package import Foundation
import Values

/// A number as it stands in a document.
package struct NumberInText: Sendable, Hashable {
    /// How the number is written.
    package enum Kind: String, Sendable, CaseIterable {
        /// 2006年9月15日, 12月15日, 2014-12-18, 二OO六年九月五日, 2013年
        case date
        /// 88.99%
        case percent
        /// 第一
        case ordinal
        /// 54, 1000万, 十三
        case cardinal
        /// Ⅰ, or a run of numerals that is no number by itself: 十百千万
        case other
    }

    package let text: String
    /// Characters from the beginning of the document.
    package let offset: Int
    package let kind: Kind
    /// 1000万 is 10000000; nil for dates and what is no number by itself.
    package let value: Decimal?
    /// 1000万 is 1000; nil where no Arabic digits stand before the unit.
    package let mantissa: Decimal?
    /// Some characters before and after, for the reader.
    package let context: String

    package var end: Int { offset + text.count }
}

/// Finds every number of a text, Arabic and Chinese, whether it is a quantity or only a word.
package struct NumbersInText {
    private let characters: [Character]
    private var position = 0
    private var found: [NumberInText] = []

    private init(_ text: String) { characters = Array(text) }

    /// In the order of the text.
    package static func find(in text: String) -> [NumberInText] {
        var search = NumbersInText(text)
        search.run()
        return search.found
    }

    private mutating func run() {
        while position < characters.count {
            if let end = dashedDate(position) ?? writtenDate(position) {
                add(to: end, kind: .date)
            } else if let end = arabic(position) {
                add(to: tail(end), kind: nil)
            } else if let end = chinese(position) {
                add(to: percentEnd(end), kind: nil)
            } else {
                position += 1
            }
        }
    }

    private mutating func add(to end: Int, kind: NumberInText.Kind?) {
        let text = String(characters[position..<end])
        let body = text.hasSuffix("%") || text.hasSuffix("％") ? String(text.dropLast()) : text
        let value = kind == .date ? nil : ChineseNumber.value(body)
        let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        let isOrdinal = position > 0 && characters[position - 1] == "第"
        let natural: NumberInText.Kind = value == nil ? .other : body != text ? .percent : isOrdinal ? .ordinal : .cardinal
        let context = String(characters[max(0, position - 6)..<min(characters.count, end + 6)])
        found.append(
            NumberInText(
                text: text, offset: position, kind: kind ?? natural, value: value,
                mantissa: kind == .date || digits.isEmpty ? nil : ChineseNumber.value(String(digits)), context: context))
        position = end
    }

    // MARK: Dates

    /// 2014-12-18
    private func dashedDate(_ start: Int) -> Int? {
        guard start + 10 <= characters.count, !isDigit(start - 1), !isDigit(start + 10) else { return nil }
        return Day(String(characters[start..<(start + 10)])) == nil ? nil : start + 10
    }

    /// 2006年9月15日, 2006年9月, 2006年, 9月15日; the year has four digits, in Arabic or Chinese.
    private func writtenDate(_ start: Int) -> Int? {
        guard !isNumeral(start - 1) else { return nil }
        if let year = numeral(start, before: "年"), year - start == 5 {
            guard let month = numeral(year, before: "月") else { return year }
            return numeral(month, before: "日") ?? month
        }
        guard let month = numeral(start, before: "月"), month - start <= 3 else { return nil }
        return numeral(month, before: "日")
    }

    /// The end after a run of numerals and the given character.
    private func numeral(_ start: Int, before unit: Character) -> Int? {
        var end = start
        while isNumeral(end) { end += 1 }
        guard end > start, end < characters.count, characters[end] == unit else { return nil }
        return end + 1
    }

    // MARK: Numbers

    /// Digits with decimals and thousands separators; 3·15 is one name.
    private func arabic(_ start: Int) -> Int? {
        guard isDigit(start) else { return nil }
        var end = start
        while true {
            if isDigit(end) {
                end += 1
            } else if end < characters.count, ".·".contains(characters[end]), isDigit(end + 1) {
                end += 1
            } else if end < characters.count, characters[end] == ",", isGroup(end + 1), end - start <= 3 || isGroup(end - 3) {
                end += 1
            } else {
                return end
            }
        }
    }

    private func isGroup(_ start: Int) -> Bool {
        isDigit(start) && isDigit(start + 1) && isDigit(start + 2) && !isDigit(start + 3)
    }

    /// A Chinese unit (万, 亿) and a percent sign after digits.
    private func tail(_ start: Int) -> Int {
        var end = start
        while end < characters.count, "十百千万亿".contains(characters[end]) { end += 1 }
        return percentEnd(end)
    }

    private func percentEnd(_ end: Int) -> Int { end < characters.count && "%％".contains(characters[end]) ? end + 1 : end }

    private func chinese(_ start: Int) -> Int? {
        if start < characters.count, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ".contains(characters[start]) { return start + 1 }
        var end = start
        while end < characters.count, isChinese(end) { end += 1 }
        return end > start ? end : nil
    }

    private func isDigit(_ index: Int) -> Bool {
        guard characters.indices.contains(index) else { return false }
        return ("0"..."9").contains(characters[index]) || ("０"..."９").contains(characters[index])
    }

    /// A Chinese numeral; the letter O counts only between Chinese digits (二OO六).
    private func isChinese(_ index: Int) -> Bool {
        guard characters.indices.contains(index) else { return false }
        let character = characters[index]
        if character == "O" || character == "○" {
            return index > 0 && (isChinese(index - 1))
        }
        return "〇零一二三四五六七八九十百千万亿两".contains(character)
    }

    private func isNumeral(_ index: Int) -> Bool { isDigit(index) || isChinese(index) }
}
