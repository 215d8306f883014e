/// Compares the kept counters with what the rows say: totals and every past value.
struct VerifyCounters {
    let schema: Schema

    /// Answers how many cells there are.
    func run(_ session: any Session, findings: inout [Verification.Finding]) throws -> Int64 {
        let isSound = findings.isEmpty
        var expected = RecountedCounters()
        for table in schema.tables { try Recount.run(table, session, into: &expected) }
        let cells = try totals(expected.totals, session, &findings)
        // Where rows or entries were changed, what the counters once were cannot be told from them.
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

    private static func key(_ row: Row) -> CounterKey { CounterKey(row.text(0), (1...6).map { row.text($0) }, row.text(7)) }

    private static func differs(_ key: CounterKey, _ what: String) -> Verification.Finding {
        .init(code: "counter-differs", position: nil, message: "计数 \(key.fact)（\(key.shown)）\(what)")
    }

    private static func missing(_ key: CounterKey, _ what: String) -> Verification.Finding {
        .init(code: "counter-missing", position: nil, message: "计数 \(key.fact)（\(key.shown)）\(what)")
    }
}
