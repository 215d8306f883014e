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
        var result = pieces
        var before = Int.max
        while result.count < before, let axes = result.first?.indices {
            before = result.count
            for axis in axes {
                var byRest: [[SegmentSet]: SegmentSet] = [:]
                var order: [[SegmentSet]] = []
                for piece in result {
                    var key = piece
                    key[axis] = SegmentSet(count: 0)
                    if let known = byRest[key] {
                        byRest[key] = known.union(piece[axis])
                    } else {
                        byRest[key] = piece[axis]
                        order.append(key)
                    }
                }
                result = order.map { key in
                    var piece = key
                    piece[axis] = byRest[key] ?? piece[axis]
                    return piece
                }
            }
        }
        return result
    }
}
