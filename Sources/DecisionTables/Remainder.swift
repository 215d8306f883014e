/// What is left of a box when other boxes are taken away, as boxes that do not touch; exact unless a limit of visited cells is set.
struct Remainder {
    /// Nil for no limit.
    let limit: Int?
    /// Whether one piece is enough to know.
    let stopsAtFirst: Bool
    private(set) var visited = 0
    private(set) var isExhausted = false
    private(set) var pieces: [[SegmentSet]] = []

    init(limit: Int?, stopsAtFirst: Bool = false) {
        self.limit = limit
        self.stopsAtFirst = stopsAtFirst
    }

    /// Takes the boxes away from `box` and keeps the pieces.
    mutating func take(_ boxes: [[SegmentSet]], from box: [SegmentSet]) {
        if isExhausted || (stopsAtFirst && !pieces.isEmpty) { return }
        visited += 1
        if let limit, visited > limit {
            isExhausted = true
            return
        }
        var touching: [[SegmentSet]] = []
        var best: (offset: Int, axes: [Int])?
        for other in boxes where Remainder.intersects(other, box) {
            let axes = box.indices.filter { !other[$0].covers(box[$0]) }
            if axes.isEmpty { return }
            if axes.count < best?.axes.count ?? .max { best = (touching.count, axes) }
            touching.append(other)
        }
        guard let best else {
            pieces.append(box)
            return
        }
        let taken = touching.remove(at: best.offset)
        var rest = box
        for axis in best.axes {
            var piece = rest
            piece[axis] = rest[axis].subtracting(taken[axis])
            take(touching, from: piece)
            rest[axis] = rest[axis].intersection(taken[axis])
        }
    }

    static func intersects(_ left: [SegmentSet], _ right: [SegmentSet]) -> Bool {
        for axis in left.indices where !left[axis].intersects(right[axis]) { return false }
        return true
    }

    /// Joins pieces that differ on one axis only, so that a region reads as one sentence.
    static func merged(_ pieces: [[SegmentSet]]) -> [[SegmentSet]] {
        guard let first = pieces.first else { return pieces }
        // One flat row of words a piece: thousands of pieces are looked up on every axis.
        let ends = first.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.words.count) }
        let spans = zip(ends, ends.dropFirst()).map { $0..<$1 }
        var rows = pieces.map { $0.flatMap(\.words) }
        var before = Int.max
        // Nobody reads ten thousand regions, so that they are joined once and not over and over.
        let isReadable = rows.count <= 10_000
        while rows.count < before, isReadable || before == .max {
            before = rows.count
            for span in spans { rows = joined(rows, along: span) }
        }
        return rows.map { row in spans.map { SegmentSet(words: Array(row[$0])) } }
    }

    /// Rows that are equal outside the span become one, in the order of their first.
    private static func joined(_ rows: [[UInt64]], along span: Range<Int>) -> [[UInt64]] {
        var places: [[UInt64]: Int] = [:]
        places.reserveCapacity(rows.count)
        var result: [[UInt64]] = []
        for row in rows {
            var key = row
            for word in span { key[word] = 0 }
            if let place = places[key] {
                for word in span { result[place][word] |= row[word] }
            } else {
                places[key] = result.count
                result.append(row)
            }
        }
        return result
    }
}
