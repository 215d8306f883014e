import Foundation
import Values

/// A table seen as boxes: every input's domain cut into segments on which no cell changes its mind, every rule a product of segment sets.
struct Grid: Sendable, Hashable {
    let axes: [Axis]
    /// For each rule, for each axis, the segments that its cell accepts.
    let boxes: [[SegmentSet]]

    init(inputs: [DecisionTable.Input], rules: [DecisionTable.Rule]) {
        axes = inputs.map { input in Axis(input, cells: rules.compactMap { $0.cells[input.name] }) }
        let axes = axes
        boxes = rules.map { rule in axes.map { $0.set(of: rule.cell($0.input)) } }
    }

    /// The whole domain as a box.
    var whole: [SegmentSet] { axes.map(\.domain) }

    /// How many inputs any rule restricts.
    var constrainedAxes: Int {
        axes.indices.filter { axis in boxes.contains { $0[axis] != axes[axis].domain } }.count
    }
}

/// One input's domain in elementary pieces.
///
/// Numbers and days with k boundary values have 2k + 1 segments: the gap before the first value, the value, the next gap, and so on;
/// texts have one segment a value and one for every other text; truths have two; an open input has one.
struct Axis: Sendable, Hashable {
    let input: DecisionTable.Input
    /// Boundary values in ascending order, or the values of an enumeration.
    let points: [FactValue]
    /// The points as text, made once because a proof writes them often.
    let names: [String]
    /// The segments that can occur: gaps between neighbouring days are empty, and `allowed` shuts others out.
    let domain: SegmentSet

    var isOrdered: Bool { input.kind == .number || input.kind == .day }

    init(_ input: DecisionTable.Input, cells: [TableCell]) {
        self.input = input
        let limits = input.kind == .text ? [] : (input.allowed ?? []).compactMap(Axis.cell)
        let intervals = (cells + limits).flatMap(\.test.intervals)
        switch input.kind {
        case .number, .day: points = Axis.boundaries(intervals, kind: input.kind)
        case .text:
            var seen = Set<FactValue>()
            let named = intervals.compactMap(\.single).filter { $0.kind == .text }
            points = (input.allowed.map { $0.map(FactValue.text) } ?? named).filter { seen.insert($0).inserted }
        case .boolean: points = [.boolean(false), .boolean(true)]
        case .open: points = []
        }
        names = points.map(\.description)
        let count = Axis.segmentCount(input, points)
        var every = SegmentSet(count: count)
        for segment in 0..<count where !Axis.isEmptyGap(segment, points, input.kind) { every.insert(segment) }
        var domain = every
        if !limits.isEmpty {
            domain = SegmentSet(count: count)
            for limit in limits { domain = domain.union(Axis.set(of: limit, input, points, within: every)) }
        }
        self.domain = domain
    }

    /// The segments that a cell accepts.
    func set(of cell: TableCell) -> SegmentSet { Axis.set(of: cell, input, points, within: domain) }

    /// The segment of a known value of the right kind.
    func segment(of value: FactValue) -> Int? {
        switch input.kind {
        case .open: return 0
        case .boolean: return points.firstIndex(of: value)
        case .text: return points.firstIndex(of: value) ?? (input.allowed == nil && value.kind == .text ? points.count : nil)
        case .number, .day:
            guard value.kind == input.kind else { return nil }
            let index = Axis.position(of: value, in: points)
            return index < points.count && points[index] == value ? 2 * index + 1 : 2 * index
        }
    }

    private static func cell(_ text: String) -> TableCell? {
        do throws(Failure) { return try TableCell(parsing: text) } catch { return nil }
    }

    private static func boundaries(_ intervals: [ValueInterval], kind: InputKind) -> [FactValue] {
        let values = Set(intervals.flatMap { [$0.lower?.value, $0.upper?.value] }.compactMap { $0 }.filter { $0.kind == kind })
        return values.sorted { $0.isBefore($1) == true }
    }

    private static func segmentCount(_ input: DecisionTable.Input, _ points: [FactValue]) -> Int {
        switch input.kind {
        case .number, .day: 2 * points.count + 1
        case .text: points.count + (input.allowed == nil ? 1 : 0)
        case .boolean: 2
        case .open: 1
        }
    }

    /// Between two days that follow each other there is nothing.
    private static func isEmptyGap(_ segment: Int, _ points: [FactValue], _ kind: InputKind) -> Bool {
        guard kind == .day, segment % 2 == 0, segment > 0, segment / 2 < points.count,
            case .day(let left) = points[segment / 2 - 1], case .day(let right) = points[segment / 2]
        else { return false }
        return right.number - left.number == 1
    }

    private static func set(of cell: TableCell, _ input: DecisionTable.Input, _ points: [FactValue], within domain: SegmentSet)
        -> SegmentSet
    {
        if cell.test == .any || input.kind == .open { return domain }
        var named = SegmentSet(count: segmentCount(input, points))
        for interval in cell.test.intervals {
            for segment in segments(of: interval, input, points) { named.insert(segment) }
        }
        if case .noneOf = cell.test { return domain.subtracting(named) }
        return domain.intersection(named)
    }

    private static func segments(of interval: ValueInterval, _ input: DecisionTable.Input, _ points: [FactValue]) -> [Int] {
        guard input.kind == .number || input.kind == .day else {
            return interval.single.flatMap { points.firstIndex(of: $0) }.map { [$0] } ?? []
        }
        guard interval.kind == input.kind else { return [] }
        let start = interval.lower.map { 2 * position(of: $0.value, in: points) + ($0.isIncluded ? 1 : 2) } ?? 0
        let end = interval.upper.map { 2 * position(of: $0.value, in: points) + ($0.isIncluded ? 1 : 0) } ?? 2 * points.count
        return start <= end ? Array(start...end) : []
    }

    /// The index of the first point that is not before the value (binary search).
    private static func position(of value: FactValue, in points: [FactValue]) -> Int {
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if points[middle].isBefore(value) == true { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
