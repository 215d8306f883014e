/// The dimensions by which a confidential sum may be asked by who does not see single firms' figures: a period, of which one is asked at a time,
/// and a place, whose tree makes every cell either part of another or apart from it.
package struct GuardedDimensions: Sendable {
    package let period: String
    package let place: String

    package init(period: String, place: String) {
        self.period = period
        self.place = place
    }
}

/// Which cells of one period may be shown so that no subtraction leaves fewer firms than a cell needs (互补隐去).
///
/// The cells are fixed: every place with all below it, and of each place the rows that name no finer one. They lie within each other or apart, so
/// that all that can be had from shown cells is what each comes to without the shown ones inside it, and sums of that. That rest is
/// nothing or has as many firms as a cell needs: else the smallest cell inside is hidden, too, or, where that is most of it, the outer one.
struct GuardedCells {
    /// A cell on fewer firms is not shown.
    static let fewest: Int64 = 3

    private static let whole: Int64 = .min
    private var totals: [Int64: Int64] = [:]
    private var own: [Int64: Int64] = [:]
    private var parts: [Int64: Set<Int64>] = [:]
    private var shown: Set<Int64> = []
    private var shownOwn: Set<Int64> = []

    /// A cell with the shown ones directly inside it.
    private struct Cell {
        let place: Int64
        let isOwn: Bool
        let firms: Int64
        var inside: [Cell] = []

        var rank: (Int64, Int64, Int64) { (firms, isOwn ? 1 : 0, place) }
        /// What it comes to without the shown cells inside it.
        var rest: Int64 { firms - inside.reduce(0) { $0 + $1.firms } }
    }

    /// - Parameters:
    ///   - counts: firms by the place that their rows name, empty for none.
    ///   - path: the places that a place lies in, from the outermost to itself.
    init(_ counts: [(place: String, firms: Int64)], path: (Int64) -> [Int64]) {
        for (key, firms) in counts where firms > 0 {
            let place = Int64(key)
            let found = place.map(path) ?? []
            let way = [Self.whole] + (found.isEmpty ? place.map { [$0] } ?? [] : found)
            for (outer, inner) in zip(way, way.dropFirst()) { parts[outer, default: []].insert(inner) }
            for step in way { totals[step, default: 0] += firms }
            own[way[way.count - 1], default: 0] += firms
        }
        for cell in settle(Self.whole) { show(cell) }
    }

    /// Whether the rows of some places, nil for none named, are nothing but shown cells together, so that their sum tells no more than those do.
    ///
    /// - Parameter wants: whether the rows that name a place and no finer one are among them.
    func covers(_ wants: (Int64?) -> Bool) -> Bool {
        func isWanted(_ place: Int64) -> Bool { wants(place == Self.whole ? nil : place) }
        func isFull(_ place: Int64) -> Bool {
            (own[place, default: 0] == 0 || isWanted(place)) && parts[place, default: []].allSatisfy(isFull)
        }
        func isCovered(_ place: Int64) -> Bool {
            if shown.contains(place), isFull(place) { return true }
            if own[place, default: 0] > 0, isWanted(place), !shownOwn.contains(place) { return false }
            return parts[place, default: []].allSatisfy(isCovered)
        }
        return isCovered(Self.whole)
    }

    /// The outermost cells of a place that may be shown, from the finest up.
    private func settle(_ place: Int64) -> [Cell] {
        let firms = totals[place, default: 0]
        guard firms >= Self.fewest else { return [] }
        var cell = Cell(place: place, isOwn: false, firms: firms)
        cell.inside = parts[place, default: []].sorted().flatMap(settle)
        if let own = own[place], own >= Self.fewest { cell.inside.append(Cell(place: place, isOwn: true, firms: own)) }
        while cell.rest > 0, cell.rest < Self.fewest {
            guard let smallest = cell.inside.indices.min(by: { cell.inside[$0].rank < cell.inside[$1].rank }),
                cell.inside[smallest].firms * 2 <= firms
            else { return cell.inside }
            let hidden = cell.inside.remove(at: smallest)
            cell.inside += hidden.inside
        }
        return [cell]
    }

    private mutating func show(_ cell: Cell) {
        if cell.isOwn { shownOwn.insert(cell.place) } else { shown.insert(cell.place) }
        for inner in cell.inside { show(inner) }
    }
}
