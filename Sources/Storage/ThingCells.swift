/// The cell of a thing: all leaf values it has rows at, each with whether any of them misses.
struct ThingCell: Hashable, Sendable {
    let group: Int32
    let head: Int32
    /// Twice the number of the leaf value, and one more where a row there misses; ascending.
    let first: Int32
    let others: [Int32]
}

/// Follows things from cell to cell while rows open and close.
///
/// The state is that of one thing; the numbers of keys are kept for all.
struct ThingCells {
    private struct Spot {
        let leaf: Int32
        var rows: Int32
        var misses: Int32
    }

    private let groups: [(name: String, pinned: [Int], leaf: Int)]
    private var heads: [LeafCodes]
    private var values: [LeafCodes]
    /// For every group the head and the leaf value of each leaf of the page.
    private var places: [[(head: Int32, value: Int32)]]
    /// Where the thing stands: by head of the group that is looked at.
    private var spots: [Int32: [Spot]] = [:]

    init(_ reader: TallyReader) {
        groups = reader.groupKeys
        heads = groups.map { _ in LeafCodes() }
        values = heads
        places = groups.map { _ in [] }
    }

    /// Moves one thing: `now` are the rows that it has after the act, `changes` what the act opened and closed.
    mutating func move(
        now: [TouchedRow], changes: ArraySlice<TouchedRow>, _ leaves: LeafCodes, _ take: (ThingCell, Int64) -> Void
    ) {
        for group in groups.indices {
            if now.count == 1, changes.count == 1, let row = changes.first, row.sign == 1 {
                // Most things are new and have one row.
                if let cell = cell(of: row, group, leaves) { take(cell, 1) }
                continue
            }
            spots.removeAll(keepingCapacity: true)
            for row in changes { add(row, sign: -row.sign, group, leaves) }
            for row in now { add(row, sign: row.sign, group, leaves, onlyKnownHeads: true) }
            apply(changes, group, leaves, take)
        }
    }

    /// Follows one thing through all its rows; each change stands with its position, ascending.
    mutating func follow(
        _ changes: [(position: Int64, row: TouchedRow)], _ leaves: LeafCodes, _ take: (ThingCell, _ position: Int64, Int64) -> Void
    ) {
        for group in groups.indices {
            spots.removeAll(keepingCapacity: true)
            var start = 0
            while start < changes.count {
                let position = changes[start].position
                let end = changes[start...].firstIndex { $0.position != position } ?? changes.count
                apply(changes[start..<end].map(\.row)[...], group, leaves) { take($0, position, $1) }
                start = end
            }
        }
    }

    /// The address of a cell among the counters.
    func key(_ cell: ThingCell) -> CounterKey {
        let group = groups[Int(cell.group)]
        let marks = ([cell.first] + cell.others).map { mark in
            values[Int(cell.group)].all[Int(mark / 2)][0] + (mark % 2 == 1 ? ":-" : ":+")
        }
        let pinned = heads[Int(cell.group)].all[Int(cell.head)]
        return CounterKey(
            cell.others.isEmpty ? group.name : group.name + "+", [marks.sorted().joined(separator: ";")] + pinned, "groups")
    }

    // MARK: One thing under one group

    private mutating func apply(
        _ changes: ArraySlice<TouchedRow>, _ group: Int, _ leaves: LeafCodes, _ take: (ThingCell, Int64) -> Void
    ) {
        let touched = Set(changes.filter { $0.takes >> UInt16(group) & 1 == 1 }.map { place($0.leaf, group, leaves).head })
        for head in touched { if let cell = cell(head, group) { take(cell, -1) } }
        for row in changes { add(row, sign: row.sign, group, leaves) }
        for head in touched { if let cell = cell(head, group) { take(cell, 1) } }
    }

    private mutating func add(
        _ row: TouchedRow, sign: Int32, _ group: Int, _ leaves: LeafCodes, onlyKnownHeads: Bool = false
    ) {
        guard row.takes >> UInt16(group) & 1 == 1 else { return }
        let place = place(row.leaf, group, leaves)
        if onlyKnownHeads, spots[place.head] == nil { return }
        let missing = Int32(row.misses >> UInt16(group) & 1) * sign
        if let index = spots[place.head]?.firstIndex(where: { $0.leaf == place.value }) {
            spots[place.head]?[index].rows += sign
            spots[place.head]?[index].misses += missing
        } else {
            spots[place.head, default: []].append(Spot(leaf: place.value, rows: sign, misses: missing))
        }
    }

    /// nil where the thing has no rows under the head.
    private func cell(_ head: Int32, _ group: Int) -> ThingCell? {
        let marks = (spots[head] ?? []).filter { $0.rows > 0 }.map { $0.leaf * 2 + ($0.misses > 0 ? 1 : 0) }.sorted()
        guard let first = marks.first else { return nil }
        return ThingCell(group: Int32(group), head: head, first: first, others: Array(marks.dropFirst()))
    }

    private mutating func cell(of row: TouchedRow, _ group: Int, _ leaves: LeafCodes) -> ThingCell? {
        guard row.takes >> UInt16(group) & 1 == 1 else { return nil }
        let place = place(row.leaf, group, leaves)
        return ThingCell(
            group: Int32(group), head: place.head, first: place.value * 2 + Int32(row.misses >> UInt16(group) & 1), others: [])
    }

    private mutating func place(_ leaf: Int32, _ group: Int, _ leaves: LeafCodes) -> (head: Int32, value: Int32) {
        while places[group].count <= Int(leaf) {
            let keys = leaves.all[places[group].count]
            let head = heads[group].code(groups[group].pinned.map { keys[$0] })
            places[group].append((head, values[group].code([keys[groups[group].leaf]])))
        }
        return places[group][Int(leaf)]
    }
}
