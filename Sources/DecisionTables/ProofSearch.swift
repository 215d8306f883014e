/// The searches of one proof, which share a budget.
struct ProofSearch {
    let table: DecisionTable
    let limit: Int?
    private(set) var visited = 0
    private(set) var isExhausted = false

    init(table: DecisionTable, limit: Int?) {
        self.table = table
        self.limit = limit
    }

    /// Why a rule can never decide.
    enum Cause {
        case emptyCell(axis: Int)
        case others([String])
    }

    /// The regions in which no rule matches.
    mutating func uncovered() -> [[SegmentSet]] {
        let whole = table.grid.whole
        if table.defaultOutput != nil || whole.contains(where: \.isEmpty) { return [] }
        let pieces = rest(of: whole, without: table.grid.boxes.filter { !$0.contains(where: \.isEmpty) }, stopsAtFirst: false)
        let keyed = Remainder.merged(pieces).map { piece in (key: piece.map { $0.segments + [-1] }.flatMap { $0 }, piece: piece) }
        return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.piece)
    }

    /// The rules that can never decide, in the order of the file.
    mutating func unreachable() -> [(rule: Int, cause: Cause)] {
        var found: [(rule: Int, cause: Cause)] = []
        for rule in table.rules.indices {
            if let axis = table.grid.boxes[rule].firstIndex(where: \.isEmpty) {
                found.append((rule, .emptyCell(axis: axis)))
            } else if let others = coverers(of: rule) {
                found.append((rule, .others(others)))
            }
        }
        return found
    }

    /// The rules that together take everything from this one; nil where it can decide, or where the budget ended first.
    private mutating func coverers(of rule: Int) -> [String]? {
        let boxes = table.grid.boxes
        let rivals = self.rivals(of: rule).filter { Remainder.intersects(boxes[$0], boxes[rule]) }
        if rivals.isEmpty { return nil }
        if let single = rivals.first(where: { other in boxes[rule].indices.allSatisfy { boxes[other][$0].covers(boxes[rule][$0]) } }) {
            return [table.rules[single].id]
        }
        let wasExhausted = isExhausted
        isExhausted = false
        let rest = rest(of: boxes[rule], without: rivals.map { boxes[$0] }, stopsAtFirst: true)
        let isProved = !isExhausted
        isExhausted = isExhausted || wasExhausted
        return rest.isEmpty && isProved ? rivals.map { table.rules[$0].id } : nil
    }

    /// The rules that keep another from deciding where they match too.
    private func rivals(of rule: Int) -> [Int] {
        switch table.hit {
        case .unique: table.rules.indices.filter { $0 != rule }
        case .first: Array(0..<rule)
        case .priority: table.rules.indices.filter { table.rank($0).lexicographicallyPrecedes(table.rank(rule)) }
        case .any, .ruleOrder, .outputOrder, .collect, .collectSum, .collectMin, .collectMax, .collectCount: []
        }
    }

    private mutating func rest(of box: [SegmentSet], without boxes: [[SegmentSet]], stopsAtFirst: Bool) -> [[SegmentSet]] {
        var remainder = Remainder(limit: limit.map { max(0, $0 - visited) }, stopsAtFirst: stopsAtFirst)
        remainder.take(boxes, from: box)
        visited += remainder.visited
        if remainder.isExhausted { isExhausted = true }
        return remainder.pieces
    }
}
