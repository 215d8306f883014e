/// What the title of a list says: when, of what, by whom, how chosen.
package struct ListTitle: Sendable, Equatable {
    /// The title as printed, its lines joined by a space.
    package let text: String
    package let kind: ListKind
    package let level: ListLevel
    package let method: SamplingMethod
    package let year: Int?
    /// 1–4 where the title names a quarter.
    package let quarter: Int?
    /// The period as printed: `2012年2季度`, `近3年`.
    package let period: String?
    /// Kinds of product, as printed; empty where the title names none.
    package let products: [String]
    /// The number of the annex: `1-1`.
    package let annex: String?

    /// Reads the lines above a heading. Nothing is assumed: what the words do not say is `unstated`.
    package init(lines: [String], words: TitleWords) {
        text = lines.map { line in String(line.filter { !$0.isNewline }) }.joined(separator: " ")
        let compact = TitlePeriod.compact(lines)
        stem = compact
        kind = words.listKinds.first { entry in entry.words.contains { compact.contains($0) } }?.kind ?? .unknown
        level = words.levels.first { entry in entry.words.contains { compact.contains($0) } }?.level ?? .unstated
        method = words.methods.first { entry in entry.words.contains { compact.contains($0) } }.map(\.method) ?? .unstated
        let when = TitlePeriod(compact)
        (year, quarter, period) = (when.year, when.quarter, when.text)
        annex = lines.lazy.compactMap { TitlePeriod.annex($0) }.first
        products = TitleProducts.of(compact, words)
    }

    /// The title without numbers of annexes and white space, for comparing the sheets of one publication.
    let stem: String
}

/// Year, quarter and the words of the period in a title.
struct TitlePeriod {
    var year: Int?
    var quarter: Int?
    var text: String?
    private static let digits: [Character: Int] = ["一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4]

    init(_ title: String) {
        if let found = title.firstMatch(of: /近[0-9一二三两]+年/) { text = String(found.0) }
        guard let found = title.firstMatch(of: TitlePeriod.pattern) else { return }
        year = Int(found.1)
        text = String(found.0)
        if let sign = found.2?.first { quarter = TitlePeriod.digits[sign] }
    }

    private static var pattern: Regex<(Substring, Substring, Substring?)> {
        /((?:19|20)[0-9]{2})年(?:度)?(?:第?([一二三四1-4])季度|[上下]半年|第[一二三四五六0-9]+批(?:次)?|[0-9]{1,2}(?:[-—~至][0-9]{1,2})?月(?:份)?)?/
    }

    /// Where the period stands in a title.
    static func range(_ title: String) -> Range<String.Index>? {
        title.firstMatch(of: pattern)?.range ?? title.firstMatch(of: /近[0-9一二三两]+年/)?.range
    }

    static func annex(_ title: String) -> String? {
        title.firstMatch(of: /附[件表]\s*([0-9一二三四五六七八九十]+(?:[-—.－][0-9]+)?)/).map { String($0.1) }
    }

    /// The lines without annex numbers (which would run into a year: 附件3 2020年) and without white space.
    static func compact(_ lines: [String]) -> String {
        lines.map { line in String(withoutAnnex(line.trimmedText).filter { !$0.isWhitespace }) }.joined()
    }

    static func withoutAnnex(_ title: String) -> String {
        title.replacing(/^附[件表]?\s*[0-9一二三四五六七八九十]*(?:[-—.－][0-9]+)?\s*[：:、.]?/, with: "")
    }
}

/// The kinds of product that a title names.
enum TitleProducts {
    static func of(_ title: String, _ words: TitleWords) -> [String] {
        var rest = title
        if rest.hasPrefix("关于") { rest.removeFirst(2) }
        let cut = words.productEnds.compactMap { rest.range(ofText: $0)?.lowerBound }.min()
        guard let cut else { return [] }
        if let period = TitlePeriod.range(rest), period.upperBound <= cut {
            rest = String(rest[period.upperBound..<cut])
        } else {
            rest = String(rest[..<cut])
        }
        for noise in words.productNoise where rest.hasPrefix(noise) { rest.removeFirst(noise.count) }
        rest = rest.replacing(/等?[0-9一二三四五六七八九十]+[种类]$/, with: "").replacing(/^[^，。]{2,12}(?:市场监督管理局|质量技术监督局|质监局|工商局)/, with: "")
        if rest.hasSuffix("等") { rest.removeLast() }
        if rest.hasSuffix("产品"), rest.count > 4 { rest.removeLast(2) }
        return split(rest)
    }

    /// Splits at 、 and 和 outside brackets.
    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text {
            if "（(".contains(character) { depth += 1 }
            if "）)".contains(character) { depth = max(0, depth - 1) }
            if depth == 0, "、，,；".contains(character) { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map(\.trimmedText).filter { !$0.isEmpty }
    }
}

extension String {
    /// The first place of a plain text.
    func range(ofText text: String) -> Range<String.Index>? { firstRange(of: text) }
}
