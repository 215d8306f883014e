/// The counters in the store: totals, what each cell came to after every act that changed it, and the things that are counted once.
struct StoredCounters: CounterSheet {
    let session: any Session
    private var heads: [ThingHead: Int64] = [:]

    init(session: any Session) { self.session = session }

    /// How many rows go into one statement; a few sizes, so that few statements are prepared.
    private static let sizes = [64, 16, 4, 1]

    mutating func leaves(of things: [CountedThing]) throws -> [CountedThing: [String: ThingStanding]] {
        var found: [CountedThing: [String: ThingStanding]] = [:]
        for (head, members) in Dictionary(grouping: things, by: \.head) {
            guard let number = try number(of: head) else { continue }
            try Self.chunks(members) { part in
                let rows = try session.rows(
                    """
                    select thing, leaf, rows_there, misses from counter_thing
                    where head = \(number) and thing in \(SQL.list(part.map(\.thing.value)))
                    """)
                for row in rows {
                    guard let mark = ThingMark(row.value(0)) else { continue }
                    found[CountedThing(head: head, thing: mark), default: [:]][row.text(1)] = ThingStanding(
                        rows: row.integer(2), misses: row.integer(3))
                }
            }
        }
        return found
    }

    mutating func set(_ leaves: [CountedThing: [String: ThingStanding]]) throws {
        var rows: [[Value]] = []
        for (head, members) in Dictionary(grouping: leaves.keys, by: \.head) {
            let number = try number(of: head) ?? newNumber(of: head)
            for thing in members {
                for (leaf, standing) in leaves[thing] ?? [:] {
                    rows.append([.integer(number), thing.thing.value, .text(leaf), .integer(standing.rows), .integer(standing.misses)])
                }
            }
        }
        try Self.chunks(rows) { part in
            let values = part.map { "\(SQL.list($0))" as SQL }.joined(", ")
            try session.run(
                "insert into counter_thing (head, thing, leaf, rows_there, misses) values " + values
                    + " on conflict (head, thing, leaf) do update set rows_there = excluded.rows_there, misses = excluded.misses")
        }
    }

    private mutating func number(of head: ThingHead) throws -> Int64? {
        if let number = heads[head] { return number }
        let keys = Self.filled(head.pinned)
        let row = try session.row(
            """
            select id from counter_head where fact = \(head.fact) and k1 = \(keys[0]) and k2 = \(keys[1]) and k3 = \(keys[2])
                and k4 = \(keys[3]) and k5 = \(keys[4])
            """)
        guard let row else { return nil }
        heads[head] = row.integer(0)
        return row.integer(0)
    }

    private mutating func newNumber(of head: ThingHead) throws -> Int64 {
        let number = try session.integer("select coalesce(max(id), 0) + 1 from counter_head")
        let keys = Self.filled(head.pinned)
        try session.run(
            """
            insert into counter_head (id, fact, k1, k2, k3, k4, k5)
            values (\(number), \(head.fact), \(keys[0]), \(keys[1]), \(keys[2]), \(keys[3]), \(keys[4]))
            """)
        heads[head] = number
        return number
    }

    mutating func add(_ cells: [CounterKey: Int64], at position: Int64) throws {
        let ordered = cells.sorted { $0.key < $1.key }
        var past: [[Value]] = []
        try Self.chunks(ordered) { part in
            let values = part.map { "\(SQL.list(Self.address($0.key) + [.integer($0.value)]))" as SQL }.joined(", ")
            let rows = try session.rows(
                "insert into counter (fact, k1, k2, k3, k4, k5, k6, metric, value) values " + values
                    + " on conflict (fact, k1, k2, k3, k4, k5, k6, metric) do update set value = counter.value + excluded.value"
                    + " returning fact, k1, k2, k3, k4, k5, k6, metric, value")
            past += rows.map { Array($0.values.dropLast()) + [.integer(position), $0.value(8)] }
            if past.count > 5000 { try flush(&past) }
        }
        try flush(&past)
        try LastChange.note(Set(cells.keys.map { LastChange.mark(cells: $0.fact) }), at: position, session)
    }

    private func flush(_ past: inout [[Value]]) throws {
        try session.insert(
            into: "counter_past", columns: ["fact", "k1", "k2", "k3", "k4", "k5", "k6", "metric", "position", "value"], rows: past)
        past.removeAll(keepingCapacity: true)
    }

    private static func address(_ key: CounterKey) -> [Value] { [.text(key.fact)] + key.keys.map(Value.text) + [.text(key.metric)] }

    private static func filled(_ pinned: [String]) -> [String] {
        pinned + Array(repeating: "", count: max(0, Tally.width - 1 - pinned.count))
    }

    private static func chunks<Element>(_ list: [Element], _ body: (ArraySlice<Element>) throws -> Void) throws {
        var start = 0
        while start < list.count {
            let size = sizes.first { $0 <= list.count - start } ?? 1
            try body(list[start..<(start + size)])
            start += size
        }
    }
}

/// The counters in memory, made from the rows alone.
struct RecountedCounters: CounterSheet {
    /// What each act changed a cell by.
    private(set) var changes: [CounterKey: [Int64: Int64]] = [:]
    private(set) var things: [CountedThing: [String: ThingStanding]] = [:]

    mutating func leaves(of wanted: [CountedThing]) -> [CountedThing: [String: ThingStanding]] {
        var found: [CountedThing: [String: ThingStanding]] = [:]
        for thing in wanted { found[thing] = things[thing] }
        return found
    }

    mutating func set(_ leaves: [CountedThing: [String: ThingStanding]]) {
        for (thing, there) in leaves {
            for (leaf, standing) in there { things[thing, default: [:]][leaf] = standing == ThingStanding() ? nil : standing }
            if things[thing]?.isEmpty == true { things[thing] = nil }
        }
    }

    mutating func add(_ cells: [CounterKey: Int64], at position: Int64) {
        for (key, value) in cells { changes[key, default: [:]][position, default: 0] += value }
    }

    /// Lets go of one share of the things before the next is counted.
    mutating func forgetThings() { things = [:] }

    var totals: [CounterKey: Int64] { changes.mapValues { $0.values.reduce(0, +) } }

    /// What each cell came to after every act that changed it.
    var past: [CounterKey: [Int64: Int64]] {
        changes.mapValues { byPosition in
            var total: Int64 = 0
            var past: [Int64: Int64] = [:]
            for (position, change) in byPosition.sorted(by: { $0.key < $1.key }) where change != 0 {
                total += change
                past[position] = total
            }
            return past
        }
    }
}
