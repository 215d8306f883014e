import DecisionTables
package import Storage
package import Values

/// One reading of a table with the firms that it moves.
package struct ReadingMoves: Sendable {
    /// One alternative: which rule keeps the value, how many firms it moves, the first of them by name.
    package struct Alternative: Sendable {
        package let key: String
        package let label: String
        package let opensGap: Bool
        package let count: Int
        package let subjects: [ClassSubject]
    }

    package let subject: String
    package let label: String
    package let clause: String
    package let alternatives: [Alternative]
    /// The ruling in force, if there is one.
    package let ruling: RecordedRuling?
}

/// A whole reading of a table with how many firms each rule would have.
package struct ReadingCounts: Sendable {
    package let label: String
    /// By rule id, with `overlap` for what stays undecided.
    package let counts: [String: Int]
}

extension ProgrammeDesk {
    /// Every reading of a table with the firms that each alternative moves against the text as written.
    ///
    /// - Parameter written: the run of the table without its rulings (`unruled`).
    package func moves(_ table: ClassTable, _ written: ClassRun, shown: Int = 50, _ session: any Session) throws -> [ReadingMoves] {
        try table.writtenReadings.map { reading in
            let subject = RecordedRuling.subject(of: reading)
            let alternatives = try reading.alternatives.map { alternative in
                let moved = written.moved(by: alternative.table, input: reading.input)
                return ReadingMoves.Alternative(
                    key: alternative.key, label: alternative.label, opensGap: alternative.opensGap, count: moved.count,
                    subjects: try ClassStore.names(Array(moved.prefix(shown)), session, at: nil))
            }
            return ReadingMoves(
                subject: subject, label: reading.label, clause: reading.clause, alternatives: alternatives,
                ruling: table.rulings.first { $0.subject == subject })
        }
    }

    /// The classification of the table as the text gives it, whatever has been ruled; the year stays the ruled one.
    package func unruled(_ table: ClassTable, on day: Day, known: Int64?, by actor: Actor, _ session: any Session) throws -> ClassRun {
        let plain = ClassTable(
            programme: table.programme, rule: table.rule, fileSha: table.fileSha, rulings: table.yearRuling.map { [$0] } ?? [])
        return try classify(plain, on: day, known: known, by: actor, session)
    }
}

extension ClassRun {
    /// The firms that another reading of the table judges otherwise. Only firms that the text leaves undecided, and whose input is known, can move.
    func moved(by reading: DecisionTable, input: String) -> [Int64] {
        guard let column = columns.firstIndex(where: { $0.input == input }) else { return [] }
        let undecided = firms.places.outcomes.map { outcome in
            if case .missing(let names) = outcome { return !names.contains(input) }
            if case .held = outcome { return true }
            return false
        }
        var other = WholeReading(reading, self)
        var moved: [Int64] = []
        firms.forEach { firm in
            guard undecided[firm.place], firm.facts[column] != OutcomePlaces.unknown else { return }
            if !firms.places.outcomes[firm.place].isSame(as: other.outcome(firm.facts)) { moved.append(firm.id) }
        }
        return moved
    }

    /// How many firms each rule has under every whole reading.
    package func combinedReadings() -> [ReadingCounts] {
        let base = Dictionary(groups.filter { $0.kind == .decided }.map { ($0.key, $0.count) }, uniquingKeysWith: +)
        let held = groups.filter { $0.kind == .overlap }.flatMap { members(of: $0.key) }.compactMap { firms.firm($0)?.facts }
        return table.asWritten.combinedReadings().map { reading in
            var counts = base
            var other = WholeReading(reading.table, self)
            for facts in held {
                switch other.outcome(facts) {
                case .decided(let rules, _): counts[rules.joined(separator: "+"), default: 0] += 1
                case .held, .missing, .uncovered: counts["overlap", default: 0] += 1
                }
            }
            return ReadingCounts(label: reading.label, counts: counts)
        }
    }
}

/// Another reading of a run's table, ready for the facts that the run holds.
private struct WholeReading {
    private var places: OutcomePlaces
    private let inputs: [Int]
    private var asked: [Int64]

    init(_ reading: DecisionTable, _ run: ClassRun) {
        places = run.table.places(run.columns, of: reading)
        inputs = run.columns.compactMap { column in run.table.asWritten.inputs.firstIndex { $0.name == column.input } }
        asked = run.table.asWritten.inputs.map { _ in OutcomePlaces.unknown }
    }

    mutating func outcome(_ facts: [Int64]) -> Outcome {
        for (column, input) in inputs.enumerated() { asked[input] = facts[column] }
        let place = places.place(asked)
        return places.outcomes[place]
    }
}
