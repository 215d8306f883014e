/// The English of sentences that are composed in Chinese where they arise: failures, findings, remarks, notes (`texts/english/`).
///
/// A phrase is the Chinese sentence with `{}` where a value stands and `{#}` where a number does; its English names the values `{1}`, `{2}` …
/// in the order of the Chinese.
/// Values are looked up themselves, so that a sentence inside a sentence is translated too; what no phrase matches stays as it is.
package struct Phrasebook: Sendable {
    /// A phrase with places for values.
    private struct Pattern: Sendable {
        /// The fixed parts around the values; the first and the last may be empty.
        let parts: [String]
        /// Which of the values must be numbers.
        let numbers: [Bool]
        let english: String

        /// The more of a text is fixed, the better the phrase says it.
        var weight: Int { fixed * 4 + numbers.count(where: { $0 }) }
        /// Would also be met by names and addresses.
        var isLoose: Bool { fixed < 4 && !numbers.contains(true) }
        private var fixed: Int { parts.reduce(0) { $0 + $1.count } }
    }

    /// Where to look for a pattern, so that a text is held against few of them.
    private enum Shelf: Hashable {
        case beginning(Character)
        case ending(Character)
        case openAtBothEnds
    }

    private var whole: [String: String] = [:]
    private var shelves: [Shelf: [Pattern]] = [:]
    /// Deeper nesting is data, not a sentence.
    private static let deepest = 6

    package init() {}

    /// - Parameter phrases: Chinese with `{}` and `{#}` to English with `{1}` ….
    /// - Parameter words: texts of the interface that occur inside such sentences.
    package init(_ phrases: [String: String], words: [Word] = []) {
        for word in words { if let english = word.english { whole[word.chinese] = english } }
        for (chinese, english) in phrases {
            let pattern = Self.pattern(chinese, english)
            if pattern.numbers.isEmpty {
                whole[chinese] = english
            } else {
                shelves[Self.shelf(pattern), default: []].append(pattern)
            }
        }
        for key in shelves.keys { shelves[key]?.sort { ($0.weight, $0.english) > ($1.weight, $1.english) } }
    }

    /// How many phrases it holds.
    package var count: Int { whole.count + shelves.values.reduce(0) { $0 + $1.count } }

    /// The English of a text; nil where no phrase says it.
    /// - Parameter isData: what was entered or imported is held only against phrases of some length, so that names are left alone.
    package func english(_ chinese: String, isData: Bool = false) -> String? {
        english(chinese[...], isData, depth: 0)
    }

    private func english(_ text: Substring, _ isData: Bool, depth: Int) -> String? {
        guard depth < Self.deepest, text.utf8.contains(where: { $0 > 0x7F }), let first = text.first, let last = text.last else {
            return nil
        }
        if let found = whole[String(text)] { return found }
        for shelf in [Shelf.beginning(first), .ending(last), .openAtBothEnds] {
            for pattern in shelves[shelf] ?? [] where !isData || !pattern.isLoose {
                guard let values = Self.values(of: pattern, in: text) else { continue }
                return fill(pattern.english, with: values, isData, depth: depth)
            }
        }
        return sentences(text, isData, depth: depth)
    }

    private static func shelf(_ pattern: Pattern) -> Shelf {
        if let first = pattern.parts.first?.first { return .beginning(first) }
        return pattern.parts.last?.last.map { .ending($0) } ?? .openAtBothEnds
    }

    /// Sentences, clauses or names in a row, each looked up. Of the program's own texts those that are known suffice; of data all must be.
    private func sentences(_ text: Substring, _ isData: Bool, depth: Int) -> String? {
        for (mark, joint) in Self.joints {
            let parts = text.split(separator: mark, omittingEmptySubsequences: false).map { Self.trimmed($0) }
            guard parts.count > 1 else { continue }
            let known = parts.map { part -> String? in
                if part.isEmpty { return "" }
                return english(part, isData, depth: depth + 1) ?? (mark == "。" ? english(part + "。", isData, depth: depth + 1) : nil)
            }
            let found = known.contains { $0?.isEmpty == false }
            guard isData ? known.allSatisfy({ $0 != nil }) : found else { continue }
            return zip(known, parts).map { $0 ?? String($1) }.joined(separator: joint)
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    private static let joints: [(mark: Character, joint: String)] = [
        ("。", ". "), ("；", "; "), ("·", " · "), ("：", ": "), ("，", ", "), ("、", ", "),
    ]

    private func fill(_ english: String, with values: [Substring], _ isData: Bool, depth: Int) -> String {
        var result = ""
        var rest = english[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            if let number = Int(rest[rest.index(after: open)..<close]), values.indices.contains(number - 1) {
                let value = values[number - 1]
                result += self.english(value, isData, depth: depth + 1) ?? String(value)
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func pattern(_ chinese: String, _ english: String) -> Pattern {
        var parts: [String] = []
        var numbers: [Bool] = []
        var rest = chinese[...]
        while let place = [rest.firstRange(of: "{}"), rest.firstRange(of: "{#}")].compactMap({ $0 }).min(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            parts.append(String(rest[..<place.lowerBound]))
            numbers.append(rest[place] == "{#}")
            rest = rest[place.upperBound...]
        }
        return Pattern(parts: parts + [String(rest)], numbers: numbers, english: english)
    }

    /// What stands in the places of a pattern; nil where the text is not of its form.
    private static func values(of pattern: Pattern, in text: Substring) -> [Substring]? {
        guard text.hasPrefix(pattern.parts[0]) else { return nil }
        var rest = text.dropFirst(pattern.parts[0].count)
        var values: [Substring] = []
        for (index, part) in pattern.parts.enumerated().dropFirst() {
            if index == pattern.parts.count - 1 {
                guard rest.hasSuffix(part) else { return nil }
                values.append(rest.dropLast(part.count))
            } else if let found = rest.firstRange(of: part) {
                values.append(rest[..<found.lowerBound])
                rest = rest[found.upperBound...]
            } else {
                return nil
            }
        }
        for (value, isNumber) in zip(values, pattern.numbers) where isNumber || value.isEmpty {
            guard isNumber, !value.isEmpty, value.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }) else { return nil }
        }
        return values
    }
}
