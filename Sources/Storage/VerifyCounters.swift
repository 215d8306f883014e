/// Compares the kept counters with what the rows say: totals, every past value, and the things that are counted once.
struct VerifyCounters {
    let schema: Schema

    /// Things that are counted again at once; more are counted share by share, each with a walk over the rows.
    private static let thingsAtOnce: Int64 = 1_500_000

    /// Answers how many cells there are.
    func run(_ session: any Session, findings: inout [Verification.Finding]) throws -> Int64 {
        let isSound = findings.isEmpty
        var expected = RecountedCounters()
        let parts = UInt64(1 + (try session.integer("select count(*) from counter_thing")) / Self.thingsAtOnce)
        for place in 0..<parts {
            let share = ThingShare(place: place, of: parts)
            for table in schema.tables where share.takesCells || table.reader?.groupKeys.isEmpty == false {
                try Recount.run(table, session, share: share, into: &expected)
            }
            // Where rows or entries were changed, what the counters once were cannot be told from them.
            if isSound { try things(expected.things, share, session, &findings) }
            expected.forgetThings()
        }
        let cells = try totals(expected.totals, session, &findings)
        if isSound { try past(expected.past, session, &findings) }
        return cells
    }

    private func totals(_ expected: [CounterKey: Int64], _ session: any Session, _ findings: inout [Verification.Finding]) throws -> Int64 {
        var rest = expected.filter { $0.value != 0 }
        var cells: Int64 = 0
        var found: [Verification.Finding] = []
        try session.forEach("select fact, k1, k2, k3, k4, k5, k6, metric, value from counter") { row in
            cells += 1
            let key = Self.key(row)
            let counted = rest.removeValue(forKey: key) ?? 0
            if counted != row.integer(8) { found.append(Self.differs(key, "为\(row.integer(8))，逐行数为\(counted)")) }
        }
        findings += found + rest.map { Self.missing($0.key, "缺失，逐行数为\($0.value)") }
        return cells
    }

    private func past(
        _ expected: [CounterKey: [Int64: Int64]], _ session: any Session, _ findings: inout [Verification.Finding]
    ) throws {
        var rest = expected
        var found: [Verification.Finding] = []
        try session.forEach("select fact, k1, k2, k3, k4, k5, k6, metric, value, position from counter_past") { row in
            let key = Self.key(row)
            let counted = rest[key]?.removeValue(forKey: row.integer(9))
            if counted != row.integer(8) {
                found.append(Self.differs(key, "在第\(row.integer(9))条日志时为\(row.integer(8))，逐行数为\(counted.map { String($0) } ?? "未变")"))
            }
        }
        findings += found
        for (key, values) in rest {
            for position in values.keys.sorted() { findings.append(Self.missing(key, "缺第\(position)条日志时的数")) }
        }
    }

    private func things(
        _ expected: [CountedThing: [String: ThingStanding]], _ share: ThingShare, _ session: any Session,
        _ findings: inout [Verification.Finding]
    ) throws {
        var rest = expected
        var found: [Verification.Finding] = []
        let heads = try heads(session)
        try session.forEach("select head, thing, leaf, rows_there, misses from counter_thing") { row in
            guard let mark = ThingMark(row.value(1)), share.takes(mark) else { return }
            guard let head = heads[row.integer(0)] else {
                found.append(.init(code: "counter-differs", position: nil, message: "计数表里有不属于任何口径的一行（\(row.integer(0))）"))
                return
            }
            let counted = rest[CountedThing(head: head, thing: mark)]?.removeValue(forKey: row.text(2)) ?? ThingStanding()
            let kept = ThingStanding(rows: row.integer(3), misses: row.integer(4))
            if counted != kept {
                found.append(
                    .init(
                        code: "counter-differs", position: nil,
                        message: "计数 \(head.shown)（\(row.text(2))）里一家记为\(kept.rows)行，逐行数为\(counted.rows)"))
            }
        }
        for (thing, leaves) in rest where !leaves.isEmpty {
            found.append(.init(code: "counter-missing", position: nil, message: "计数 \(thing.head.shown) 缺失一家"))
        }
        findings += found
    }

    private func heads(_ session: any Session) throws -> [Int64: ThingHead] {
        let pinned = Dictionary(
            schema.tables.flatMap { $0.reader?.groupKeys ?? [] }.map { ($0.name, $0.pinned.count) }, uniquingKeysWith: { first, _ in first })
        var heads: [Int64: ThingHead] = [:]
        for row in try session.rows("select id, fact, k1, k2, k3, k4, k5 from counter_head") {
            let count = pinned[row.text(1)] ?? 0
            heads[row.integer(0)] = ThingHead(fact: row.text(1), pinned: (0..<count).map { row.text(2 + $0) })
        }
        return heads
    }

    private static func key(_ row: Row) -> CounterKey { CounterKey(row.text(0), (1...6).map { row.text($0) }, row.text(7)) }

    private static func differs(_ key: CounterKey, _ what: String) -> Verification.Finding {
        .init(code: "counter-differs", position: nil, message: "计数 \(key.fact)（\(key.shown)）\(what)")
    }

    private static func missing(_ key: CounterKey, _ what: String) -> Verification.Finding {
        .init(code: "counter-missing", position: nil, message: "计数 \(key.fact)（\(key.shown)）\(what)")
    }
}
