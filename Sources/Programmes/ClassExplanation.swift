package import DecisionTables
import Enterprises
package import Evidence
import Policy
package import Storage
package import Values

/// Why a firm stands where it stands (为什么是这一类): rule, clause, facts with values and dates, what is nearest, what is open, what was confirmed.
package struct ClassExplanation: Sendable {
    /// One fact that the table used.
    package struct FactUsed: Sendable {
        package let input: String
        package let label: String
        /// With its unit; 未知 where nobody has reported it.
        package let value: String
        /// The year it is taken from; nil for what holds on the day.
        package let year: Int?
        /// The rows that it comes from; nil where no register answers.
        package let question: Question?
    }

    package let subject: ClassSubject
    package let programme: String
    package let programmeTitle: String
    package let table: String
    package let tableLabel: String
    package let clause: String
    package let on: Day
    /// The journal position of the facts.
    package let position: Int64
    /// What the system proposes: the group that the firm falls into.
    package let group: ClassGroup
    package let decision: Decision
    package let facts: [FactUsed]
    /// `年销售额：距「A类」还差180万元`
    package let nearest: String?
    /// What the text leaves open: words without a measure, the year where nobody has ruled.
    package let open: [String]
    package let rulings: [RecordedRuling]
    package let confirmed: ConfirmedClass?

    /// Whether a confirmed class is not what is proposed now.
    package var differs: Bool { confirmed.map { $0.rule != group.key } ?? false }
}

extension ClassTable {
    /// What the text leaves open about this table on a day, in sentences.
    package func openPoints(on day: Day, conditions: [OpenCondition]) -> [String] {
        var open = conditions.map { "「\($0.label)」原文没有尺度（\($0.clause)）" }
        for (input, note) in rule.openInputs.sorted(by: { $0.key < $1.key }) {
            let label = asWritten.input(input)?.label ?? input
            if yearRuling == nil { open.append("「\(label)」：\(note)；现取\(year(on: day))年，待认定") }
        }
        return open
    }
}

extension ProgrammeDesk {
    /// Why a firm is in its class, for every table of every programme in force.
    ///
    /// - Parameter who: credit code, registration number, exact name, or the dossier's number.
    package func explain(
        _ who: String, on day: Day, known: Int64? = nil, by actor: Actor, _ session: any Session
    ) throws -> [ClassExplanation] {
        try explain(try ClassStore.find(who, session, at: known), on: day, known: known, by: actor, session)
    }

    /// The same for a firm that has been read already.
    func explain(_ subject: ClassSubject, on day: Day, known: Int64?, by actor: Actor, _ session: any Session) throws -> [ClassExplanation]
    {
        try adopted(session, at: known).flatMap { try classTables($0, session, at: known) }.map {
            try explain(subject, $0, on: day, known: known, by: actor, session)
        }
    }

    /// The same, opening its own read.
    package func explain(_ who: String, on day: Day, known: Int64? = nil, by actor: Actor) async throws -> [ClassExplanation] {
        let desk = self
        return try await office.store.read { try desk.explain(who, on: day, known: known, by: actor, $0) }
    }

    func explain(
        _ subject: ClassSubject, _ table: ClassTable, on day: Day, known: Int64?, by actor: Actor, _ session: any Session
    ) throws -> ClassExplanation {
        let position = try known ?? JournalQuery.head(session).position
        let year = table.year(on: day)
        let asking = asking(actor)
        var facts: [String: FactValue] = [:]
        var used: [ClassExplanation.FactUsed] = []
        for input in table.asWritten.inputs where input.kind != .open {
            let metric = table.rule.metrics[input.name]
            let source = metric.flatMap { inputs[$0.name] }
            let question = source?.question(year: year, on: day, known: known, enterprise: subject.id)
            var value = FactValue.unknown
            if let source, let question {
                try asking.byRecord(question, dimension: source.dimension, session) { _, figure in
                    if let number = figure.value { value = source.value(number, unit: metric?.unit) }
                }
            }
            facts[input.name] = value
            used.append(
                ClassExplanation.FactUsed(
                    input: input.name, label: input.label, value: value == .unknown ? "未知" : "\(value)\(input.unit ?? "")",
                    year: source?.year == nil ? nil : year, question: question))
        }
        let decision = table.table.decide(facts)
        let confirmed = try ClassStore.confirmed(
            [subject.id], programme: table.programme.id, table: table.asWritten.id, session, at: known)
        return ClassExplanation(
            subject: subject, programme: table.programme.id, programmeTitle: table.programme.title, table: table.asWritten.id,
            tableLabel: table.asWritten.label, clause: table.asWritten.clause, on: day, position: position,
            group: ClassGroup(table, decision.outcome, count: 1),
            decision: decision,
            facts: used, nearest: decision.nearest.first?.sentence,
            open: table.openPoints(on: day, conditions: decision.openConditions),
            rulings: table.rulings + (table.yearRuling.map { [$0] } ?? []),
            confirmed: confirmed[subject.id])
    }
}
