package import DecisionTables
package import Policy
package import Storage
package import Values

/// A ruling as it was recorded (口径认定): who decided what, when and why.
package struct RecordedRuling: Sendable, Hashable {
    /// What is ruled on.
    package enum Kind: String, Sendable {
        /// Which rule keeps a boundary value.
        case boundary
        /// Of which year an input is taken.
        case year
    }

    package let id: Int64
    package let programme: String
    package let table: String
    /// SHA-256 of the rule file that was ruled on; with another file the ruling no longer holds.
    package let fileSha: String
    package let kind: Kind
    /// The input concerned; empty for the year.
    package let input: String
    /// `sales=5000`, or `year`.
    package let subject: String
    /// The key of the alternative (`sales=5000→A`), or the year.
    package let choice: String
    package let reason: String
    package let documentNumber: String
    package let day: Day
    package let actor: String
    package let position: Int64
}

/// Reads rulings.
enum RulingStore {
    static func rulings(
        of programme: String, table: String, _ session: any Session, at position: Int64? = nil
    ) throws -> [RecordedRuling] {
        try session.rows(
            """
            select r.id, r.programme, r.table_id, r.file_sha, r.kind, r.input, r.subject, r.choice, r.reason, r.document_number, j.day, j.actor,
                r.known_from
            from ruling as r join journal as j on j.position = r.known_from
            where r.programme = \(programme) and r.table_id = \(table) and \(RecordTable.known("r", at: position)) order by r.id
            """
        ).compactMap(ruling)
    }

    private static func ruling(_ row: Row) -> RecordedRuling? {
        guard let kind = RecordedRuling.Kind(rawValue: row.text(4)), let day = row.day(10) else { return nil }
        return RecordedRuling(
            id: row.integer(0), programme: row.text(1), table: row.text(2), fileSha: row.text(3), kind: kind, input: row.text(5),
            subject: row.text(6), choice: row.text(7), reason: row.text(8), documentNumber: row.text(9), day: day, actor: row.text(11),
            position: row.integer(12))
    }
}

/// A decision table as it decides today: the adopted file, the rulings that hold on it, and the year it asks for.
package struct ClassTable: Sendable {
    package let programme: Programme
    package let rule: RuleFile
    package let fileSha: String
    /// Boundary rulings that hold on this file.
    package let rulings: [RecordedRuling]
    /// The ruling on the year, if there is one.
    package let yearRuling: RecordedRuling?
    /// The table as the file gives it.
    package var asWritten: DecisionTable { rule.table }
    /// The table under its rulings.
    package let table: DecisionTable
    /// What is still undecided in the table under its rulings.
    let readings: [Reading]
    /// What the file leaves undecided.
    let writtenReadings: [Reading]

    /// The year whose accounts are asked for on a day: the ruled one, else the last full year before (待明确).
    package func year(on day: Day) -> Int { yearRuling.flatMap { Int($0.choice) } ?? day.year - 1 }

    /// Applies rulings to a file; those of another file are left out.
    init(programme: Programme, rule: RuleFile, fileSha: String, rulings: [RecordedRuling]) {
        self.programme = programme
        self.rule = rule
        self.fileSha = fileSha
        let holding = rulings.filter { $0.fileSha == fileSha }
        yearRuling = holding.last { $0.kind == .year }
        writtenReadings = rule.table.readings()
        let alternatives = writtenReadings.flatMap(\.alternatives)
        var table = rule.table
        var applied: [RecordedRuling] = []
        for ruling in holding where ruling.kind == .boundary {
            guard let alternative = alternatives.first(where: { $0.key == ruling.choice }),
                let next = try? table.applying(alternative.ruling)
            else { continue }
            table = next
            applied.append(ruling)
        }
        self.table = table
        self.rulings = applied
        readings = applied.isEmpty ? writtenReadings : table.readings()
    }

    /// Readings that nobody has ruled on.
    package var openReadings: [Reading] {
        writtenReadings.filter { reading in !rulings.contains { $0.subject == RecordedRuling.subject(of: reading) } }
    }
}

extension RecordedRuling {
    /// What a ruling on this reading is filed under: `sales=5000`.
    package static func subject(of reading: Reading) -> String { "\(reading.input)=\(reading.value.literal)" }
    static let yearSubject = "year"
}

extension ProgrammeDesk {
    /// The tables of a programme in force that decide something about an enterprise.
    package func classTables(_ folder: ProgrammeFolder, _ session: any Session, at position: Int64? = nil) throws -> [ClassTable] {
        try folder.rules.map { rule in
            let sha = folder.files.first { $0.name == rule.file }?.sha256 ?? ""
            let rulings = try RulingStore.rulings(of: folder.programme.id, table: rule.table.id, session, at: position)
            let key = ([folder.digest, rule.table.id, sha] + rulings.map { "\($0.position)/\($0.id)" }).joined(separator: "|")
            return shelf.table(key) { ClassTable(programme: folder.programme, rule: rule, fileSha: sha, rulings: rulings) }
        }
    }

    /// One table of a programme in force.
    ///
    /// - Throws: `programme.not-adopted`, `programme.no-table`.
    package func classTable(_ programme: String, _ id: String, _ session: any Session, at position: Int64? = nil) throws -> ClassTable {
        guard let folder = try adopted(programme, session, at: position) else {
            throw Failure(
                .missing, "programme.not-adopted", "方案“\(programme)”还没有采纳，不能用来分类", cure: "先看采纳预览，再采纳方案")
        }
        guard let table = try classTables(folder, session, at: position).first(where: { $0.asWritten.id == id }) else {
            throw Failure(
                .missing, "programme.no-table", "方案“\(programme)”里没有决定“\(id)”的表",
                cure: "可用：" + folder.rules.map(\.table.id).joined(separator: "、"))
        }
        return table
    }
}
