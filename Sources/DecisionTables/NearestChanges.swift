import Foundation
import Values

extension DecisionTable {
    /// For every number and day that is known: the closest value at which another rule matches, all else unchanged.
    func nearest(_ facts: [FactValue], _ matches: [Match]) -> [NearestChange] {
        var found: [NearestChange] = []
        for (index, axis) in grid.axes.enumerated() where axis.isOrdered && facts[index] != .unknown {
            guard let here = axis.segment(of: facts[index]) else { continue }
            for rule in rules.indices where matches[rule] == .no && holdsElsewhere(rule, facts, except: index) {
                found += changes(to: rule, axis: index, from: here, facts)
            }
        }
        return found.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }.map(\.element)
    }

    private func holdsElsewhere(_ rule: Int, _ facts: [FactValue], except axis: Int) -> Bool {
        inputs.indices.allSatisfy { $0 == axis || rules[rule].cell(inputs[$0]).match(facts[$0]) == .yes }
    }

    /// The nearest way up and the nearest way down, whichever exist; the shorter one is kept.
    private func changes(to rule: Int, axis index: Int, from here: Int, _ facts: [FactValue]) -> [NearestChange] {
        let segments = grid.boxes[rule][index].segments
        let ways = [
            segments.first { $0 > here }.flatMap { change(to: rule, axis: index, segment: $0, .up, facts) },
            segments.last { $0 < here }.flatMap { change(to: rule, axis: index, segment: $0, .down, facts) },
        ].compactMap { $0 }
        return ways.min { $0.distance < $1.distance }.map { [$0] } ?? []
    }

    private func change(
        to rule: Int, axis index: Int, segment: Int, _ direction: NearestChange.Direction, _ facts: [FactValue]
    ) -> NearestChange? {
        let axis = grid.axes[index]
        let isPoint = segment % 2 == 1
        let boundary = isPoint ? axis.points[segment / 2] : axis.points[direction == .up ? segment / 2 - 1 : segment / 2]
        let there = axis.witness(segment)
        var changed = facts
        changed[index] = there
        let matches = rules.indices.map { match($0, changed) }
        let outcome = outcome(matches: matches, facts: changed)
        let id = rules[rule].id
        guard outcome.matchingRules.contains(id) else { return nil }
        let contested: [String] = if case .held(let rules) = outcome { rules.filter { $0 != id } } else { [] }
        guard let target = reached(boundary, isPoint, direction), let distance = distance(facts[index], target.value) else { return nil }
        return NearestChange(
            input: axis.input.name, rule: id, direction: direction, distance: distance, boundary: target.value,
            isIncluded: target.isIncluded,
            contestedBy: contested, sentence: sentence(axis.input, id, direction, distance, target, contested))
    }

    /// Days are whole, so passing a day means reaching the next one; a number can be passed by as little as one likes.
    private func reached(_ boundary: FactValue, _ isPoint: Bool, _ direction: NearestChange.Direction) -> Bound? {
        if !isPoint, case .day(let day) = boundary {
            return Bound(.day(day.adding(days: direction == .up ? 1 : -1)), isIncluded: true)
        }
        return Bound(boundary, isIncluded: isPoint)
    }

    private func distance(_ from: FactValue, _ to: FactValue) -> Decimal? {
        switch (from, to) {
        case (.number(let left), .number(let right)): left < right ? right - left : left - right
        case (.day(let left), .day(let right)): Decimal(abs(right.number - left.number))
        default: nil
        }
    }

    private func sentence(
        _ input: Input, _ rule: String, _ direction: NearestChange.Direction, _ distance: Decimal, _ target: Bound, _ contested: [String]
    ) -> String {
        let unit = input.kind == .day ? "天" : input.unit ?? ""
        var text = "\(input.label)："
        switch (direction, target.isIncluded) {
        case (.up, true): text += "距\(names([rule]))还差\(distance)\(unit)"
        case (.up, false): text += "距\(names([rule]))还差\(distance)\(unit)以上（须超过\(target.value)\(unit)）"
        case (.down, true): text += "再减\(distance)\(unit)即为\(names([rule]))"
        case (.down, false): text += "再减\(distance)\(unit)以上即为\(names([rule]))（须低于\(target.value)\(unit)）"
        }
        let shown = "\(target.value)" + (input.kind == .day ? "" : unit)
        return contested.isEmpty ? text : text + "；恰为\(shown)时与\(names(contested))重叠，待口径认定"
    }
}
