/// Where counters are kept: in the store, or beside it while it is being verified.
protocol CounterSheet {
    mutating func add(_ cells: [CounterKey: Int64], at position: Int64) throws
    /// Takes what the things of a table moved, by position.
    mutating func add(_ moves: ThingMoves) throws
}

/// The counters in the store: totals, and what each cell came to after every act that changed it.
struct StoredCounters: CounterSheet {
    let session: any Session

    init(session: any Session) { self.session = session }

    /// How many rows go into one statement; a few sizes, so that few statements are prepared.
    private static let sizes = [64, 16, 4, 1]

    /// From how many rows on an act makes what the engine knew of a table out of date.
    private static let manyRows = 4096

    /// Keeps what an act added; its rows are written, the note of what changed last is not.
    func keep(_ book: CounterBook, at position: Int64) throws {
        var cells = book.cells
        for page in book.pages where page.touched.contains(where: { !$0.isEmpty }) {
            let hadRows = try LastChange.position(of: [page.table.name], session) > 0
            if hadRows, page.touched.contains(where: { $0.count >= Self.manyRows }) { try session.measure(page.table.name) }
            var moving = MoveThings(page, hasEarlierRows: hadRows, session)
            try moving.add(to: &cells)
        }
        try add(cells.filter { $0.value != 0 }, at: position)
    }

    func add(_ cells: [CounterKey: Int64], at position: Int64) throws {
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

    func add(_ moves: ThingMoves) throws {
        var past: [[Value]] = []
        var (totals, latest): ([CounterKey: Int64], [String: Int64]) = ([:], [:])
        try moves.forEachCell { key, values in
            for (position, value) in values { past.append(Self.address(key) + [.integer(position), .integer(value)]) }
            if past.count > 5000 { try flush(&past) }
            guard let last = values.last else { return }
            totals[key] = last.value
            latest[key.fact] = max(latest[key.fact] ?? 0, last.position)
        }
        try flush(&past)
        try Self.chunks(totals.sorted { $0.key < $1.key }) { part in
            try session.insert(
                into: "counter", columns: ["fact", "k1", "k2", "k3", "k4", "k5", "k6", "metric", "value"],
                rows: part.map { Self.address($0.key) + [.integer($0.value)] })
        }
        for (fact, position) in latest { try LastChange.note([LastChange.mark(cells: fact)], at: position, session) }
    }

    private func flush(_ past: inout [[Value]]) throws {
        try session.insert(
            into: "counter_past", columns: ["fact", "k1", "k2", "k3", "k4", "k5", "k6", "metric", "position", "value"], rows: past)
        past.removeAll(keepingCapacity: true)
    }

    private static func address(_ key: CounterKey) -> [Value] { [.text(key.fact)] + key.keys.map(Value.text) + [.text(key.metric)] }

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

    mutating func add(_ cells: [CounterKey: Int64], at position: Int64) {
        for (key, value) in cells { changes[key, default: [:]][position, default: 0] += value }
    }

    mutating func add(_ moves: ThingMoves) {
        moves.forEachCell { key, values in
            var before: Int64 = 0
            for (position, value) in values {
                changes[key, default: [:]][position] = value - before
                before = value
            }
        }
    }

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
