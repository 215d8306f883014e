package import Foundation

/// Numbers as Chinese official texts write them: 十三, 一百零五, 两千, 二〇〇六, 百家, 3万, 1.2亿, 半.
package enum ChineseNumber {
    /// The value of a whole text, or nil when it is not a number. Measure words (个, 家, 项) do not belong to the number.
    ///
    /// `二〇〇六` and `二OO六` are read digit by digit, `百` alone is 100, `一百五` is 150 as in speech, `半` is 0.5.
    package static func value(_ text: String) -> Decimal? {
        var characters = Array(NameFolding.narrowed(text))
        guard !characters.isEmpty else { return nil }
        if characters == ["半"] || characters == ["一", "半"] { return Decimal(sign: .plus, exponent: -1, significand: 5) }
        var half = false
        if characters.count > 2, characters.suffix(2) == ["个", "半"] {
            half = true
            characters.removeLast(2)
        }
        guard let whole = plainValue(characters) else { return nil }
        return half ? whole + Decimal(sign: .plus, exponent: -1, significand: 5) : whole
    }

    /// The value as a whole number, or nil when it is none or does not fit.
    package static func integer(_ text: String) -> Int? {
        guard let value = value(text) else { return nil }
        var source = value
        var rounded = Decimal()
        NSDecimalRound(&rounded, &source, 0, .plain)
        return rounded == value ? Int("\(rounded)") : nil
    }

    /// A capital amount as receipts and contracts write it: 壹万伍仟元整, 叁佰元伍角贰分. Nil when it is not one.
    package static func money(_ text: String) -> Fen? {
        var rest = NameFolding.narrowed(text)
        for lead in ["人民币", "RMB"] where rest.hasPrefix(lead) { rest = String(rest.dropFirst(lead.count)) }
        while let last = rest.last, "整正".contains(last) { rest.removeLast() }
        var fen = Decimal(0)
        var found = false
        for (units, factor) in [("元圆", 100), ("角", 10), ("分", 1)] {
            guard let end = rest.firstIndex(where: { units.contains($0) }) else { continue }
            var part = String(rest[..<end])
            while units != "元圆", let first = part.first, "零〇".contains(first), part.count > 1 { part.removeFirst() }
            guard let value = value(part) else { return nil }
            fen += value * Decimal(factor)
            rest = String(rest[rest.index(after: end)...])
            found = true
        }
        guard found, rest.isEmpty, let number = Int64("\(fen)") else { return nil }
        return Fen(number)
    }

    /// A whole number in Chinese characters: 105 → 一百零五, 13 → 十三, 20000 → 二万.
    package static func written(_ number: Int) -> String {
        guard number != 0 else { return "零" }
        let text = sections(number.magnitude)
        let short = text.hasPrefix("一十") ? String(text.dropFirst()) : text
        return (number < 0 ? "负" : "") + short
    }
}

extension ChineseNumber {
    private static let digits: [Character: Int] = {
        var table: [Character: Int] = ["O": 0, "o": 0, "○": 0, "〇": 0, "两": 2, "俩": 2]
        for row in ["零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "零弌貳參肆伍陸柒捌玖", "0123456789"] {
            for (value, character) in row.enumerated() { table[character] = value }
        }
        return table
    }()
    private static let small: [Character: Int] = ["十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000]
    private static let large: [Character: Int] = ["万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000]

    /// Whether a character may stand inside a Chinese or mixed number.
    package static func isPart(_ character: Character) -> Bool {
        digits[character] != nil || small[character] != nil || large[character] != nil
    }

    private static func plainValue(_ characters: [Character]) -> Decimal? {
        if let arabic = arabic(characters) { return arabic }
        if characters.count > 1, characters.allSatisfy({ digits[$0] != nil }) {
            return Decimal(string: characters.compactMap { digits[$0].map(String.init) }.joined())
        }
        return composed(characters)
    }

    /// `1,050`, `4910`, `1.2`: separators only before groups of three.
    private static func arabic(_ characters: [Character]) -> Decimal? {
        let text = String(characters)
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }) else { return nil }
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first, !whole.isEmpty else { return nil }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }) else {
            return nil
        }
        let tail = halves.count == 2 ? halves[1] : ""
        guard halves.count == 1 || !tail.isEmpty, !tail.contains(",") else { return nil }
        guard whole.filter({ $0 != "," }).count + tail.count <= 30 else { return nil }
        return Decimal(string: groups.joined() + (tail.isEmpty ? "" : "." + tail))
    }

    /// A composed number is the sum of sections before 亿 and 万, each a sum of digits times 千, 百, 十.
    private static func composed(_ characters: [Character]) -> Decimal? {
        if let marker = characters.lastIndex(where: { large[$0] == 100_000_000 }) ?? characters.lastIndex(where: { large[$0] == 10_000 }) {
            return split(characters, at: marker)
        }
        return section(characters)
    }

    private static func split(_ characters: [Character], at marker: Int) -> Decimal? {
        guard let unit = large[characters[marker]] else { return nil }
        let head = Array(characters[..<marker])
        let tail = Array(characters[(marker + 1)...])
        guard let high = head.isEmpty ? Decimal(1) : head.count == 1 ? section(head) : plainValue(head) else { return nil }
        if tail.isEmpty { return high * Decimal(unit) }
        guard let low = remainder(tail, below: unit), low < Decimal(unit) else { return nil }
        return high * Decimal(unit) + low
    }

    /// After a unit a single digit without 零 means tenths of that unit: 一万二 = 12000.
    private static func remainder(_ characters: [Character], below unit: Int) -> Decimal? {
        if characters.count == 1, let digit = digits[characters[0]], digit > 0 { return Decimal(digit) * Decimal(unit / 10) }
        if let first = characters.first, digits[first] == 0, characters.count > 1 { return composed(Array(characters.dropFirst())) }
        return plainValue(characters)
    }

    private static func section(_ characters: [Character]) -> Decimal? {
        if let point = characters.firstIndex(of: "点") { return pointed(characters, at: point) }
        var total = Decimal(0)
        var rest = characters[...]
        var last = 10_000
        var zero = false
        while !rest.isEmpty {
            let run = rest.prefix { small[$0] == nil }
            rest = rest.dropFirst(run.count)
            guard let unitCharacter = rest.popFirst(), let unit = small[unitCharacter] else {
                guard let end = units(Array(run), after: last, afterZero: zero) else { return nil }
                return total + end
            }
            guard unit < last, let factor = factor(Array(run), unit: unit, leading: last == 10_000) else { return nil }
            total += factor * Decimal(unit)
            zero = false
            last = unit
        }
        return total
    }

    /// The multiplier before 千, 百 or 十; none means one, and one 零 may stand before it.
    private static func factor(_ run: [Character], unit: Int, leading: Bool) -> Decimal? {
        var run = run
        if !leading, run.count > 1, digits[run[0]] == 0 { run.removeFirst() }
        if run.isEmpty { return leading || unit == 10 ? 1 : nil }
        if run.count == 1, let digit = digits[run[0]] { return Decimal(digit) }
        return leading ? arabic(run) : nil
    }

    /// The units at the end of a section: 一百零五 has 5, 一百五 has 50.
    private static func units(_ run: [Character], after last: Int, afterZero: Bool) -> Decimal? {
        if last == 10_000 {
            if run.count == 1, let digit = digits[run[0]] { return Decimal(digit) }
            return arabic(run)
        }
        if run.count == 2, digits[run[0]] == 0, let digit = digits[run[1]] { return Decimal(digit) }
        guard run.count == 1, let digit = digits[run[0]] else { return nil }
        return Decimal(digit) * Decimal(last / 10)
    }

    /// 一点二 = 1.2.
    private static func pointed(_ characters: [Character], at point: Int) -> Decimal? {
        let tail = characters[(point + 1)...]
        guard point > 0, !tail.isEmpty, let whole = section(Array(characters[..<point])) else { return nil }
        let decimals = tail.compactMap { digits[$0].map(String.init) }
        guard decimals.count == tail.count else { return nil }
        return Decimal(string: "\(whole)." + decimals.joined())
    }

    private static func sections(_ number: UInt) -> String {
        for (unit, name) in [(UInt(100_000_000), "亿"), (10_000, "万")] where number >= unit {
            let tail = number % unit
            let gap = tail > 0 && tail < unit / 10 ? "零" : ""
            return sections(number / unit) + name + gap + (tail > 0 ? sections(tail) : "")
        }
        return belowTenThousand(number)
    }

    private static func belowTenThousand(_ number: UInt) -> String {
        let names = Array("零一二三四五六七八九")
        var text = ""
        var rest = number
        for (unit, name) in [(UInt(1000), "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / unit
            rest %= unit
            if digit > 0 {
                text += String(names[Int(digit)]) + name
            } else if !text.isEmpty, rest > 0, !text.hasSuffix("零") {
                text += "零"
            }
        }
        return text
    }
}
