import TestSupport
import Testing
import Values

@testable import Evidence

@Suite struct ValueCountsTests {
    @Test("the most frequent come first, those of one number by their keys, values without rows not at all")
    func most() {
        let counts = ValueCounts(words: ["10", "9", "", "乙", "甲", "没有"], counts: [5, 5, 7, 2, 2, 0])
        #expect(counts.most(3).map(\.key) == ["", "9", "10"])
        #expect(counts.most(9).map(\.key) == ["", "9", "10", "乙", "甲"])
        #expect(counts.total == 5)
        #expect(counts.counted(["甲", "没有", "外"]).map(\.key) == ["甲"])
    }

    @Test("of many the same come first as when all are sorted", arguments: [1, 2, 3] as [UInt64])
    func random(_ seed: UInt64) {
        var random = SeededRandom(seed)
        let words = (0..<500).map { String($0 * 7 % 500) }
        let counts = words.map { _ in Int64.random(in: 0...20, using: &random) }
        let sorted = zip(words, counts).filter { $0.1 > 0 }.sorted { ($1.1, Int64($0.0) ?? 0) < ($0.1, Int64($1.0) ?? 0) }
        #expect(ValueCounts(words: words, counts: counts).most(30).map(\.key) == sorted.prefix(30).map(\.0))
    }
}
