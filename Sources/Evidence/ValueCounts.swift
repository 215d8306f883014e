/// How many rows each value of a dimension has: of thousands of values only the most frequent are ever put in order.
package struct ValueCounts: Sendable {
    /// One value with its rows.
    package typealias Counted = (key: String, count: Int64)

    private let words: [String]
    /// Of each word; 0 where no row has it.
    private let counts: [Int64]

    init(words: [String], counts: [Int64]) {
        self.words = words
        self.counts = counts
    }

    /// How many values have rows.
    package var total: Int { counts.count { $0 != 0 } }

    /// Every value that has rows, in no order.
    package var all: [Counted] { counts.indices.compactMap { counts[$0] == 0 ? nil : (words[$0], counts[$0]) } }

    /// Some values, where they have rows.
    package func counted(_ keys: [String]) -> [Counted] { all(where: Set(keys).contains) }

    /// The most frequent values, those of one number by their keys: numbers by their size, texts by their letters.
    package func most(_ limit: Int) -> [Counted] {
        var best: [Int] = []
        for place in counts.indices where counts[place] != 0 {
            if best.count == limit, let last = best.last, !goes(place, before: last) { continue }
            best.insert(place, at: best.firstIndex { goes(place, before: $0) } ?? best.count)
            if best.count > limit { best.removeLast() }
        }
        return best.map { (words[$0], counts[$0]) }
    }

    private func all(where isWanted: (String) -> Bool) -> [Counted] {
        counts.indices.compactMap { counts[$0] != 0 && isWanted(words[$0]) ? (words[$0], counts[$0]) : nil }
    }

    private func goes(_ one: Int, before other: Int) -> Bool {
        if counts[one] != counts[other] { return counts[one] > counts[other] }
        if let first = Int64(words[one]), let second = Int64(words[other]) { return first < second }
        return words[one] < words[other]
    }
}
