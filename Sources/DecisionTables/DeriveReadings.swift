package import Values

extension DecisionTable {
    /// The boundary values that overlapping rules share, each with its alternatives; overlaps of whole stretches are no matter of reading.
    package func readings() -> [Reading] {
        var readings: [Reading] = []
        for (axis, segment, groups) in sharedBoundaries() {
            for group in groups { readings.append(reading(axis, segment, group)) }
        }
        return readings
    }

    /// The text as written, then every combination of choices; where there would be more than the limit, only the two in which
    /// the rule that stands first, or last, keeps every boundary.
    package func combinedReadings(limit: Int = 64) -> [CombinedReading] {
        let choices = readings().map(\.alternatives).filter { !$0.isEmpty }
        let asWritten = CombinedReading(rulings: [], label: "按原文：端点两边都含", table: self)
        if choices.isEmpty { return [asWritten] }
        var combinations: [[Reading.Alternative]] = [[]]
        for alternatives in choices {
            combinations = combinations.flatMap { known in alternatives.map { known + [$0] } }
            if combinations.count > limit {
                combinations = [choices.compactMap(\.first), choices.compactMap(\.last)]
                break
            }
        }
        return [asWritten] + combinations.map(combined)
    }

    private func combined(_ alternatives: [Reading.Alternative]) -> CombinedReading {
        var table = self
        var applied: [Reading.Alternative] = []
        for alternative in alternatives {
            // A choice made before may have settled this boundary too.
            guard let next = try? table.applying(alternative.ruling) else { continue }
            table = next
            applied.append(alternative)
        }
        return CombinedReading(rulings: applied.map(\.ruling), label: applied.map(\.label).joined(separator: "，"), table: table)
    }

    /// The table in which one rule keeps a boundary value and the rules that claim it too give it up.
    ///
    /// Throws missing `table.ruling-name` for an unknown input or rule, conflict `table.ruling-void` where the value is not shared (any more).
    package func applying(_ ruling: Ruling) throws(Failure) -> DecisionTable {
        guard let axis = inputs.firstIndex(where: { $0.name == ruling.input }),
            let keeper = rules.firstIndex(where: { $0.id == ruling.rule })
        else {
            throw Failure(
                .missing, "table.ruling-name", "口径认定「\(ruling.key)」所指的条件或规则不在表「\(label)」中。", at: FilePlace(file: file, clause: clause),
                cure: "表已改动，请重新认定。")
        }
        let losers = losers(axis, ruling.value, keeper)
        if losers.isEmpty {
            throw Failure(
                .conflict, "table.ruling-void", "口径认定「\(ruling.key)」没有对象：这个值在表「\(label)」中不是重叠的端点。",
                at: FilePlace(file: file, line: rules[keeper].line, clause: clause), cure: "撤销这项认定，或按现行的表重新认定。")
        }
        let adjusted = rules.enumerated().map { index, rule -> Rule in
            guard losers.contains(index) else { return rule }
            var cells = rule.cells
            cells[ruling.input] = rule.cell(inputs[axis]).removing(ruling.value)
            return Rule(id: rule.id, label: rule.label, cells: cells, output: rule.output, clause: rule.clause, line: rule.line)
        }
        return DecisionTable(
            id: id, label: label, clause: clause, file: file, hit: hit, inputs: inputs, rules: adjusted, outputs: outputs,
            defaultOutput: defaultOutput)
    }

    /// Several rulings one after another.
    package func applying(_ rulings: [Ruling]) throws(Failure) -> DecisionTable {
        var table = self
        for ruling in rulings { table = try table.applying(ruling) }
        return table
    }

    // MARK: finding the boundaries

    /// Pairs that meet only in boundary values, by axis and segment; rules connected through pairs form a group.
    private func sharedBoundaries() -> [(axis: Int, segment: Int, groups: [[Int]])] {
        var pairs: [Int: [Int: [(Int, Int)]]] = [:]
        for pair in overlappingPairs() {
            guard let axis = inputs.indices.first(where: { isBoundary(pair, $0) }) else { continue }
            for segment in pair.box[axis].segments { pairs[axis, default: [:]][segment, default: []].append((pair.first, pair.second)) }
        }
        return pairs.sorted { $0.key < $1.key }.flatMap { axis, bySegment in
            bySegment.sorted { $0.key > $1.key }.map { (axis, $0.key, groups($0.value)) }
        }
    }

    private func isBoundary(_ pair: OverlappingPair, _ axis: Int) -> Bool {
        guard grid.axes[axis].isOrdered else { return false }
        return pair.box[axis].segments.allSatisfy { segment in
            segment % 2 == 1 && [pair.first, pair.second].allSatisfy { isEdge(segment, of: grid.boxes[$0][axis], grid.axes[axis].domain) }
        }
    }

    /// Whether the value is an end of the set and not all of it.
    private func isEdge(_ segment: Int, of set: SegmentSet, _ domain: SegmentSet) -> Bool {
        if set.count < 2 { return false }
        let order = domain.segments
        guard let place = order.firstIndex(of: segment) else { return false }
        let before = place > 0 && set.contains(order[place - 1])
        let after = place + 1 < order.count && set.contains(order[place + 1])
        return !(before && after)
    }

    private func groups(_ pairs: [(Int, Int)]) -> [[Int]] {
        var groups: [Set<Int>] = []
        for (first, second) in pairs {
            let joined = groups.filter { $0.contains(first) || $0.contains(second) }.reduce(Set([first, second])) { $0.union($1) }
            groups = groups.filter { $0.isDisjoint(with: joined) } + [joined]
        }
        return groups.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func losers(_ axis: Int, _ value: FactValue, _ keeper: Int) -> [Int] {
        guard let segment = grid.axes[axis].segment(of: value) else { return [] }
        return overlappingPairs().filter {
            ($0.first == keeper || $0.second == keeper) && $0.box[axis].contains(segment) && isBoundary($0, axis)
        }.map { $0.first == keeper ? $0.second : $0.first }
    }

    // MARK: words

    private func reading(_ axis: Int, _ segment: Int, _ group: [Int]) -> Reading {
        let input = inputs[axis]
        let value = grid.axes[axis].witness(segment)
        let shown = "\(value)" + (input.kind == .day ? "" : input.unit ?? "")
        let ids = group.map { rules[$0].id }
        let alternatives = group.compactMap { keeper -> Reading.Alternative? in
            let ruling = Ruling(input: input.name, value: value, rule: rules[keeper].id)
            guard let table = try? applying(ruling) else { return nil }
            let opensGap = losers(axis, value, keeper).contains { loser in
                inputs.indices.contains { $0 != axis && !grid.boxes[keeper][$0].covers(grid.boxes[loser][$0]) }
            }
            let label = "\(shown)归\(names([rules[keeper].id]))" + (opensGap ? "（别的条件不同时会留下空档）" : "")
            return Reading.Alternative(ruling: ruling, label: label, table: table, opensGap: opensGap)
        }
        return Reading(
            input: input.name, value: value, rules: ids, lines: group.compactMap { rules[$0].line },
            clause: group.first.flatMap { rules[$0].clause } ?? clause, label: "\(input.label)恰为\(shown)时，\(names(ids))都适用",
            alternatives: alternatives)
    }
}

extension TableCell {
    /// The cell without one of its boundary values: an included end becomes an excluded one.
    func removing(_ value: FactValue) -> TableCell {
        switch test {
        case .any: self
        case .oneOf(let intervals): TableCell(test: .oneOf(intervals.flatMap { $0.without(value) }))
        case .noneOf(let intervals):
            // What `not` shuts out grows by the value.
            TableCell(test: .noneOf(grown(intervals, by: value)))
        }
    }

    private func grown(_ intervals: [ValueInterval], by value: FactValue) -> [ValueInterval] {
        let widened = intervals.map { $0.including(value) }
        return widened.contains { $0.contains(value) } ? widened : widened + [ValueInterval(only: value)]
    }
}

extension ValueInterval {
    /// What is left on either side of the value.
    fileprivate func without(_ value: FactValue) -> [ValueInterval] {
        guard contains(value) else { return [self] }
        let end = Bound(value, isIncluded: false)
        return [ValueInterval(lower: lower, upper: end), ValueInterval(lower: end, upper: upper)].filter { !$0.isVoid }
    }

    /// The interval with an end of that value included.
    fileprivate func including(_ value: FactValue) -> ValueInterval {
        var result = self
        if lower?.value == value { result.lower?.isIncluded = true }
        if upper?.value == value { result.upper?.isIncluded = true }
        return result
    }

    /// Whether no value lies within; days are whole.
    private var isVoid: Bool {
        guard let lower, let upper else { return false }
        if case .day(let first) = lower.value, case .day(let last) = upper.value {
            return first.number + (lower.isIncluded ? 0 : 1) > last.number - (upper.isIncluded ? 0 : 1)
        }
        if lower.value == upper.value { return !(lower.isIncluded && upper.isIncluded) }
        return upper.value.isBefore(lower.value) ?? false
    }
}
