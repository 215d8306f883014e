/// What the rows of one act add to the counters, gathered by the keys of whole rows before cubes are thought of.
struct CounterBook: Sendable {
    private struct Page: Sendable {
        let reader: TallyReader
        var leaves: [[String]: [Int64]] = [:]
    }

    private var pages: [Identifier: Page] = [:]
    private(set) var things: [CountedThing: [String: ThingStanding]] = [:]
    private let share: ThingShare

    init(_ share: ThingShare = .all) { self.share = share }

    /// Adds a row that opened (`sign` 1) or closed (-1).
    mutating func add(_ table: RecordTable, id: Int64, row: [Value], sign: Int64) {
        guard let reader = table.reader, reader.counts(row) else { return }
        let leaf = reader.leaf(row)
        if share.takesCells {
            let amounts = reader.amounts(row)
            let width = amounts.count
            pages[table.name, default: Page(reader: reader)].leaves[leaf, default: Array(repeating: 0, count: width)]
                .withUnsafeMutableBufferPointer {
                    for place in 0..<width { $0[place] += sign * amounts[place] }
                }
        }
        for (sort, place) in reader.groupKeys.enumerated() {
            guard let (name, misses) = reader.thing(sort, id: id, row) else { continue }
            let thing = ThingMark(name)
            guard share.takes(thing) else { continue }
            let counted = CountedThing(head: ThingHead(fact: place.name, pinned: place.pinned.map { leaf[$0] }), thing: thing)
            let standing = ThingStanding(rows: sign, misses: misses ? sign : 0)
            let before = things[counted]?[leaf[place.leaf]] ?? ThingStanding()
            things[counted, default: [:]][leaf[place.leaf]] = before + standing
        }
    }

    /// Adds what another book gathered of the same act.
    mutating func add(_ other: CounterBook) {
        for (name, page) in other.pages {
            for (leaf, amounts) in page.leaves {
                let before = pages[name]?.leaves[leaf] ?? Array(repeating: 0, count: amounts.count)
                pages[name, default: Page(reader: page.reader)].leaves[leaf] = zip(before, amounts).map { $0 + $1 }
            }
        }
        for (thing, leaves) in other.things { things[thing, default: [:]].merge(leaves) { $0 + $1 } }
    }

    /// The cells of all cubes; those that come to nothing are left out.
    var cells: [CounterKey: Int64] {
        var cells: [CounterKey: Int64] = [:]
        for page in pages.values {
            let names = page.reader.tally.parts.map(\.name)
            for cube in page.reader.cubes {
                for (leaf, amounts) in page.leaves {
                    let keys = cube.keys.map { leaf[$0] }
                    for part in cube.parts where amounts[part] != 0 { cells[CounterKey(cube.name, keys, names[part]), default: 0] += amounts[part] }
                }
            }
        }
        return cells.filter { $0.value != 0 }
    }
}

/// A part of the things, so that millions can be counted again without being held at once; the first part takes the cubes along.
struct ThingShare: Sendable {
    let place: UInt64
    let of: UInt64

    static let all = ThingShare(place: 0, of: 1)

    var takesCells: Bool { place == 0 }
    func takes(_ thing: ThingMark) -> Bool { of == 1 || thing.low % of == place }
}

/// The cell of a thing: all leaf values it has rows at, each with whether any of them misses.
enum ThingCell {
    /// nil where it has no rows.
    static func key(_ thing: CountedThing, _ leaves: [String: ThingStanding]) -> CounterKey? {
        let there = leaves.filter { $0.value.rows > 0 }
        guard let only = there.first else { return nil }
        let head = thing.head
        guard there.count > 1 else { return CounterKey(head.fact, [mark(only.key, only.value)] + head.pinned, "groups") }
        let list = there.map { mark($0.key, $0.value) }.sorted().joined(separator: ";")
        return CounterKey(head.fact + "+", [list] + head.pinned, "groups")
    }

    private static func mark(_ leaf: String, _ standing: ThingStanding) -> String { leaf + (standing.misses > 0 ? ":-" : ":+") }
}

/// Where counters are kept: in the store, or beside it while it is being verified.
protocol CounterSheet {
    mutating func leaves(of things: [CountedThing]) throws -> [CountedThing: [String: ThingStanding]]
    mutating func set(_ leaves: [CountedThing: [String: ThingStanding]]) throws
    mutating func add(_ cells: [CounterKey: Int64], at position: Int64) throws
}

extension CounterSheet {
    /// Keeps what an act added. Things move from the cell of their leaf values before to that of those after.
    mutating func keep(_ book: CounterBook, at position: Int64) throws {
        var cells = book.cells
        let changed = book.things.filter { $0.value.contains { $0.value != ThingStanding() } }
        if !changed.isEmpty {
            let before = try leaves(of: Array(changed.keys))
            var written: [CountedThing: [String: ThingStanding]] = [:]
            for (thing, changes) in changed {
                var now = before[thing] ?? [:]
                if let cell = ThingCell.key(thing, now) { cells[cell, default: 0] -= 1 }
                for (leaf, change) in changes { now[leaf] = (now[leaf] ?? ThingStanding()) + change }
                if let cell = ThingCell.key(thing, now) { cells[cell, default: 0] += 1 }
                written[thing] = now.filter { changes[$0.key] != nil }
            }
            try set(written)
        }
        try add(cells.filter { $0.value != 0 }, at: position)
    }
}
