import Enterprises
import Evidence
import QualityStatistics
import Storage
import Values

/// Asks for one figure for each area of a map, an area standing for everything within its region.
struct AskMap {
    let asking: Asking
    let question: Question
    let fact: Fact
    let regions: RegionDirectory

    /// nil where the fact knows no places, or its figures must not be mixed.
    func answer(_ wanted: ID<BoundaryMap>?, _ session: any Session) throws -> MapAnswer? {
        guard let place = fact.place else { return nil }
        var asked = question
        asked.by = [place.name]
        let answer = try asking.ask(asked, session, wantsTotal: false)
        guard !answer.isApart(by: asked.by) else { return nil }
        let maps = try BoundaryStore.maps(session)
        let groups = answer.groups.map { (path: Int64($0.keys[0]).map { regions.path(of: $0, question) } ?? [], figure: $0.figure) }
        var best: (map: BoundaryMap, boundaries: [Boundary], n: Int64)?
        for candidate in maps.map(\.map) where wanted == nil || candidate.id == wanted {
            let boundaries = try BoundaryStore.boundaries(of: candidate.id, session)
            let numbers = Set(boundaries.compactMap(\.region))
            let n = groups.reduce(0) { $0 + ($1.path.contains(where: numbers.contains) ? $1.figure.n : 0) }
            if best.map({ n > $0.n }) ?? true { best = (candidate, boundaries, n) }
        }
        guard let best else { return MapAnswer(maps: maps, map: nil, boundaries: [], figures: [:], elsewhere: nil) }
        let numbers = Set(best.boundaries.compactMap(\.region))
        let elsewhere = answer.groups.contains(where: \.figure.isSuppressed) ? nil : groups.reduce(0) { $0 + $1.figure.n } - best.n
        return MapAnswer(
            maps: maps, map: best.map, boundaries: best.boundaries,
            figures: hidingOneMore(try figures(numbers, groups, answer.metric, place, session)), elsewhere: elsewhere)
    }

    /// Counts, sums and shares of rows are put together from the parts; what cannot be added is asked for area by area.
    private func figures(
        _ numbers: Set<Int64>, _ groups: [(path: [Int64], figure: Figure)], _ metric: Metric, _ place: Dimension, _ session: any Session
    ) throws -> [Int64: Figure] {
        let isAdded = metric.isAdditive && !groups.contains(where: \.figure.isSuppressed)
        var figures: [Int64: Figure] = [:]
        for number in numbers.sorted() {
            if isAdded {
                figures[number] = metric.together(groups.filter { $0.path.contains(number) }.map(\.figure))
            } else if groups.contains(where: { $0.path.contains(number) }) {
                var asked = question
                asked.by = [place.name]
                figures[number] = try asking.ask(asked.narrowed([String(number)]), session).figure
            }
        }
        return figures
    }

    /// A single withheld area could be had by subtraction, so the next smallest is withheld with it.
    private func hidingOneMore(_ figures: [Int64: Figure]) -> [Int64: Figure] {
        guard figures.count(where: \.value.isSuppressed) == 1,
            let smallest = figures.filter({ !$0.value.isSuppressed }).min(by: { ($0.value.n, $0.key) < ($1.value.n, $1.key) })
        else { return figures }
        var hidden = figures
        hidden[smallest.key] = Figure(value: nil, n: 0, isSuppressed: true)
        return hidden
    }
}

extension Metric {
    /// Whether figures of parts without common rows give the figure of the whole.
    var isAdditive: Bool {
        switch kind {
        case .count, .sum, .share: true
        case .distinct, .shareOfGroups, .ratio: false
        }
    }

    /// The figure of several parts; nil where there is no part.
    func together(_ parts: [Figure]) -> Figure? {
        guard !parts.isEmpty else { return nil }
        let n = parts.reduce(0) { $0 + $1.n }
        guard case .share = kind else {
            let values = parts.compactMap(\.value)
            return Figure(value: values.isEmpty ? nil : values.reduce(0, +), n: n)
        }
        let hits = parts.reduce(0) { $0 + ($1.hits ?? 0) }
        guard let share = Proportion(Int(hits), of: Int(n)), n > 0 else { return Figure(value: nil, n: 0, hits: 0) }
        let interval = share.interval()
        return Figure(value: share.rate, n: n, hits: hits, interval: interval.low...interval.high)
    }
}
