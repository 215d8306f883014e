import Foundation
import Values

/// A table made ready for many subjects whose facts are whole numbers.
///
/// What a table says depends only on the segment in which each fact lies, so that it is asked once for every combination of segments that
/// occurs; each further subject costs a few comparisons of whole numbers.
package struct OutcomePlaces: Sendable {
    /// A fact that nobody has reported.
    package static let unknown = Int64.min

    package let table: DecisionTable
    /// The outcomes by place: one for each rule, then others in the order in which they were met.
    package private(set) var outcomes: [Outcome]
    private let axes: [WholeAxis]
    private var places: [Int: Int] = [:]
    /// The same for tables with few combinations; -1 where none has been asked.
    private var fewPlaces: [Int32] = []

    /// - Parameter decimals: for each input of the table, how many decimals the whole numbers carry in the unit of the table: 6 for fen under 万元.
    package init(_ table: DecisionTable, decimals: [Int]) {
        self.table = table
        outcomes = table.rules.map { .decided(rules: [$0.id], answer: .one(table.output(of: $0))) }
        axes = table.grid.axes.enumerated().map { WholeAxis($1, decimals: decimals.indices.contains($0) ? decimals[$0] : 0) }
        let combinations = axes.reduce(1) { $0 > 65_536 ? $0 : $0 * ($1.segments + 1) }
        if combinations <= 65_536 { fewPlaces = [Int32](repeating: -1, count: combinations) }
    }

    /// The place of the outcome for one subject, given a number for each input in the order of the table.
    package mutating func place(_ facts: [Int64]) -> Int {
        var combination = 0
        for index in axes.indices { combination = combination &* (axes[index].segments + 1) &+ axes[index].segment(of: facts[index]) }
        if !fewPlaces.isEmpty {
            let known = fewPlaces[combination]
            if known >= 0 { return Int(known) }
        } else if let known = places[combination] {
            return known
        }
        let place = ask(facts)
        if fewPlaces.isEmpty { places[combination] = place } else { fewPlaces[combination] = Int32(place) }
        return place
    }

    private mutating func ask(_ facts: [Int64]) -> Int {
        var named: [String: FactValue] = [:]
        for (axis, fact) in zip(axes, facts) where fact != Self.unknown { named[axis.name] = axis.value(fact) }
        let outcome = table.outcome(named)
        if let known = outcomes.firstIndex(of: outcome) { return known }
        outcomes.append(outcome)
        return outcomes.count - 1
    }
}

/// One input's boundaries as whole numbers.
private struct WholeAxis: Sendable {
    let name: String
    /// How many segments there are; the number after the last stands for unknown, also for what lies outside the domain.
    let segments: Int
    private let decimals: Int
    private let isNumber: Bool
    /// The boundaries, rounded down, in ascending order.
    private let floors: [Int64]
    /// Whether the boundary is the whole number itself.
    private let isWhole: [Bool]
    private let isInDomain: [Bool]

    init(_ axis: Axis, decimals: Int) {
        name = axis.input.name
        self.decimals = decimals
        isNumber = axis.input.kind == .number
        guard isNumber else {
            (segments, floors, isWhole, isInDomain) = (0, [], [], [])
            return
        }
        let points = axis.points.map { WholeAxis.whole($0, decimals) }
        segments = 2 * points.count + 1
        floors = points.map(\.floor)
        isWhole = points.map(\.isWhole)
        isInDomain = (0..<segments).map { axis.domain.contains($0) }
    }

    func segment(of fact: Int64) -> Int {
        guard isNumber, fact != OutcomePlaces.unknown else { return segments }
        var index = 0
        while index < floors.count, fact > floors[index] { index += 1 }
        let isBoundary = index < floors.count && isWhole[index] && fact == floors[index]
        let segment = isBoundary ? 2 * index + 1 : 2 * index
        return isInDomain[segment] ? segment : segments
    }

    func value(_ fact: Int64) -> FactValue { .number(Decimal(fact) * Decimal(sign: .plus, exponent: -decimals, significand: 1)) }

    private static func whole(_ point: FactValue, _ decimals: Int) -> (floor: Int64, isWhole: Bool) {
        guard case .number(let number) = point else { return (Int64.max, false) }
        var scaled = number * Decimal(sign: .plus, exponent: decimals, significand: 1)
        var floor = Decimal()
        NSDecimalRound(&floor, &scaled, 0, .down)
        if floor > scaled { floor -= 1 }
        guard let whole = Int64("\(floor)") else { return (scaled > 0 ? Int64.max : Int64.min + 1, false) }
        return (whole, floor == scaled)
    }
}
