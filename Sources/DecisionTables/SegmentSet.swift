/// A set of segments of one axis, as bits.
struct SegmentSet: Sendable, Hashable {
    private(set) var words: [UInt64]

    init(words: [UInt64]) { self.words = words }

    init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

    mutating func insert(_ segment: Int) { words[segment >> 6] |= 1 << UInt64(segment & 63) }

    mutating func remove(_ segment: Int) { words[segment >> 6] &= ~(1 << UInt64(segment & 63)) }

    func contains(_ segment: Int) -> Bool { words[segment >> 6] & (1 << UInt64(segment & 63)) != 0 }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Its segments in ascending order.
    var segments: [Int] {
        var result: [Int] = []
        for (offset, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                result.append(offset << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return result
    }

    var first: Int? {
        for (offset, word) in words.enumerated() where word != 0 { return offset << 6 + word.trailingZeroBitCount }
        return nil
    }

    func intersects(_ other: SegmentSet) -> Bool {
        for offset in words.indices where words[offset] & other.words[offset] != 0 { return true }
        return false
    }

    /// Whether every segment of the other one is here too.
    func covers(_ other: SegmentSet) -> Bool {
        for offset in words.indices where other.words[offset] & ~words[offset] != 0 { return false }
        return true
    }

    func intersection(_ other: SegmentSet) -> SegmentSet { combined(other) { $0 & $1 } }
    func subtracting(_ other: SegmentSet) -> SegmentSet { combined(other) { $0 & ~$1 } }
    func union(_ other: SegmentSet) -> SegmentSet { combined(other) { $0 | $1 } }

    private func combined(_ other: SegmentSet, _ operation: (UInt64, UInt64) -> UInt64) -> SegmentSet {
        var result = self
        for offset in words.indices { result.words[offset] = operation(words[offset], other.words[offset]) }
        return result
    }
}
