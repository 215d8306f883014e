/// Says which field a heading means, by a score: listed spellings first, then words that speak for and against together with the likeness
/// to the listed spellings.
package struct HeadingMatcher: Sendable {
    /// A field that a heading may mean.
    package struct Candidate: Sendable, Equatable {
        package let field: String
        /// 100 for a listed spelling; below `accepted` nothing is matched.
        package let score: Int
    }

    /// The least score that counts as recognised.
    package static let accepted = 40
    /// Words alone never weigh as much as a listed spelling.
    private static let mostByWords = 90
    /// From here on a score comes from a listed spelling, and nothing else is asked.
    private static let listed = 96

    package let kind: KindVocabulary
    package let writing: WritingWords
    private let spellings: [String: [Candidate]]
    private let plainSpellings: Set<String>
    private let firstLetters: LetterSet
    private let lexicon: HeadingLexicon
    private let similarity: HeadingSimilarity

    package init(kind: KindVocabulary, writing: WritingWords) {
        self.kind = kind
        self.writing = writing
        var spellings: [String: [Candidate]] = [:]
        var plain: Set<String> = []
        for field in kind.fields {
            for (text, score) in field.headings.map({ ($0, 100) }) + field.loosely.map({ ($0, $1) }) {
                plain.insert(text)
                let key = HeadingText(text, writing: writing).whole
                guard spellings[key]?.contains(where: { $0.field == field.name }) != true else { continue }
                spellings[key, default: []].append(Candidate(field: field.name, score: score))
            }
        }
        self.spellings = spellings
        plainSpellings = plain
        firstLetters = LetterSet(plain.compactMap(\.unicodeScalars.first))
        lexicon = HeadingLexicon(fields: kind.fields)
        similarity = HeadingSimilarity(fields: kind.fields, writing: writing)
    }

    /// The fields that a heading may mean, the likeliest first; empty where nothing reaches `accepted`.
    package func candidates(_ heading: HeadingText) -> [Candidate] {
        guard !heading.whole.isEmpty else { return [] }
        var best: [String: Int] = [:]
        for (text, reduction) in [(heading.whole, 0), (heading.core, 4)] where !text.isEmpty {
            for candidate in spellings[text] ?? [] { best[candidate.field] = max(best[candidate.field] ?? 0, candidate.score - reduction) }
        }
        for (text, reduction) in [(heading.whole, 0), (heading.core, 4)] where !text.isEmpty && (reduction == 0 || text != heading.whole) {
            for (place, weight) in lexicon.weights(text) {
                let name = kind.fields[place].name
                best[name] = max(best[name] ?? 0, min(HeadingMatcher.mostByWords, weight) - reduction)
            }
        }
        let isListed = (best.values.max() ?? 0) >= HeadingMatcher.listed
        if !isListed { addLikeness(heading, to: &best) }
        let order = Dictionary(kind.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return best.filter { $0.value >= HeadingMatcher.accepted }
            .sorted { ($1.value, order[$0.key] ?? 0) < ($0.value, order[$1.key] ?? 0) }
            .map { Candidate(field: $0.key, score: isListed ? $0.value : HeadingMatcher.belowListed($0.value)) }
    }

    /// What the words in brackets say counts a little less than the heading without them.
    private func addLikeness(_ heading: HeadingText, to best: inout [String: Int]) {
        var likeness = similarity.likeness(heading.whole)
        if heading.core != heading.whole {
            for (place, share) in similarity.likeness(heading.core) { likeness[place] = max(likeness[place] ?? 0, share * 0.95) }
        }
        for (place, share) in likeness { best[kind.fields[place].name, default: 0] += Int((share * HeadingSimilarity.weight).rounded()) }
    }

    /// Words and likeness together stay below a listed spelling, and in their order.
    private static func belowListed(_ score: Int) -> Int {
        score <= mostByWords ? score : min(listed - 1, mostByWords + (score - mostByWords) / 12)
    }

    package func candidates(_ heading: String) -> [Candidate] { candidates(HeadingText(heading, writing: writing)) }

    /// The field that a heading alone means.
    package func field(_ heading: String) -> String? { candidates(heading).first?.field }

    /// Whether a heading is a listed spelling of some field of the kind.
    package func isListed(_ heading: HeadingText) -> Bool { spellings[heading.whole] != nil || spellings[heading.core] != nil }

    /// Whether a cell's text is a listed spelling just as it stands; cheap enough to be asked of every row.
    func isPlainSpelling(_ text: String) -> Bool { firstLetters.mayBegin(text) && plainSpellings.contains(text.trimmedText) }
}

/// The weighted words of all fields of a kind, found in a heading in one pass.
struct HeadingLexicon: Sendable {
    private struct Word: Sendable {
        let scalars: [UInt32]
        /// Place of the field → weight.
        let weights: [(place: Int, weight: Int)]
    }

    private let byFirst: [UInt32: [Word]]

    init(fields: [FieldDefinition]) {
        var weights: [String: [(place: Int, weight: Int)]] = [:]
        for (place, field) in fields.enumerated() {
            for (word, weight) in field.words { weights[word.lowercased(), default: []].append((place, weight)) }
        }
        var byFirst: [UInt32: [Word]] = [:]
        for (word, list) in weights {
            let scalars = word.unicodeScalars.map(\.value)
            if let first = scalars.first { byFirst[first, default: []].append(Word(scalars: scalars, weights: list)) }
        }
        self.byFirst = byFirst
    }

    /// Field place → sum of the weights of the words found, longer words first and each character used once; what no word explains
    /// costs up to 15. Fields for which no word speaks are left out.
    func weights(_ text: String) -> [Int: Int] {
        let scalars = text.unicodeScalars.map(\.value)
        var found: [Int: [(start: Int, length: Int, weight: Int)]] = [:]
        for start in scalars.indices {
            for word in byFirst[scalars[start]] ?? [] where start + word.scalars.count <= scalars.count {
                guard scalars[start..<(start + word.scalars.count)].elementsEqual(word.scalars) else { continue }
                for entry in word.weights { found[entry.place, default: []].append((start, word.scalars.count, entry.weight)) }
            }
        }
        guard found.values.contains(where: { list in list.contains { $0.weight > 0 } }) else { return [:] }
        let counted = text.unicodeScalars.map {
            $0.value > 0x7F ? $0.properties.isAlphabetic || $0.properties.isIdeographic : $0.properties.isAlphabetic
        }
        return found.compactMapValues { list in list.contains { $0.weight > 0 } ? HeadingLexicon.sum(list, counted) : nil }
    }

    private static func sum(_ list: [(start: Int, length: Int, weight: Int)], _ counted: [Bool]) -> Int {
        var used = counted.map { _ in false }
        var sum = 0
        // A word that speaks against does not use up its characters: 被抽样单位地址 is judged by 地址 and by 被抽样 alike.
        for word in list.sorted(by: { ($1.length, $0.start) < ($0.length, $1.start) }) {
            let range = word.start..<(word.start + word.length)
            guard !range.contains(where: { used[$0] }) else { continue }
            sum += word.weight
            if word.weight > 0 { for place in range { used[place] = true } }
        }
        return sum - min(15, zip(used, counted).count { !$0 && $1 })
    }
}
