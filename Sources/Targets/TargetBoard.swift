package import Evidence
import Foundation
package import Policy
package import Storage
package import Values

/// Computes targets for one viewer: asks the questions, reads the stated figures, judges.
package struct TargetBoard: Sendable {
    package let asking: Asking
    let questions: MetricQuestions
    /// The day the judgement is about.
    let day: Day
    /// Set where the reader asks for another day than today; today's figures come from the counters.
    let on: Day?
    let known: Int64?

    /// - Parameter answers: where answers of this actor are kept; nil asks anew.
    package init(
        catalogue: FactCatalogue, actor: Actor, regions: any RegionScope, today: Day, on: Day? = nil, known: Int64? = nil,
        answers: AnswerShelf? = nil
    ) {
        let plain = Asking(catalogue: catalogue, viewer: Viewer(actor), regions: regions)
        asking = answers.map(plain.keeping) ?? plain
        questions = MetricQuestions(catalogue: catalogue, regions: regions)
        day = on ?? today
        self.on = on == today ? nil : on
        self.known = known
    }

    /// Every target of a programme in the order of its file.
    package func standings(of folder: ProgrammeFolder, _ session: any Session) throws -> [Standing] {
        let programme = folder.programme
        let figures = try visible(FigureStore.figures(of: programme.id, known: known, session))
        let position = try known ?? JournalQuery.head(session).position
        return try programme.targets.map { try standing($0, programme, figures, position, session) }
    }

    /// One target; nil where the programme has none of that id.
    package func standing(_ id: String, of folder: ProgrammeFolder, _ session: any Session) throws -> Standing? {
        guard let target = folder.programme.target(id) else { return nil }
        let figures = try visible(FigureStore.figures(of: folder.programme.id, known: known, session))
        let position = try known ?? JournalQuery.head(session).position
        return try standing(target, folder.programme, figures, position, session)
    }

    /// Leaders and the public see released figures only.
    private func visible(_ figures: [TargetFigure]) -> [TargetFigure] {
        seesReleasedOnly ? figures.filter { $0.state == .released } : figures
    }

    /// Whether what is computed from rows is not for this reader until somebody has released it.
    var seesReleasedOnly: Bool {
        switch asking.viewer.actor.role {
        case .assessor, .leader, .auditor, .administrator, .enterprise, .outsideSystem, .visitor: true
        case .programmeOffice, .departmentOfficer, .townOfficer, .spotCheckOfficer: false
        }
    }

    private func standing(
        _ target: Target, _ programme: Programme, _ all: [TargetFigure], _ position: Int64, _ session: any Session
    ) throws -> Standing {
        let figures = all.filter { $0.target == target.id }
        var missing: MissingInput?
        var periods: [PeriodValue] = []
        var unplaced: Int64 = 0
        switch questions.outcome(target, of: programme) {
        case .question(let reading) where seesReleasedOnly:
            periods = Self.stated(figures)
            if periods.isEmpty { missing = lacking(reading, target, programme) }
        case .question(let reading):
            (periods, unplaced) = try values(reading, target, position, session)
            if periods.isEmpty { missing = lacking(reading, target, programme) }
        case .reported(let input):
            periods = Self.stated(figures)
            if periods.isEmpty { missing = input }
        case .missing(let input):
            if target.kind != .qualitative { missing = input }
        }
        var judgement = JudgeTarget.judge(TargetInput(target, periods: periods, others: Self.others(figures), day: day))
        if unplaced > 0 { judgement.notes.append("另有\(unplaced)行没有写明期间，不参与判断") }
        if target.kind == .reach, let now = judgement.now, now.question != nil, periods.count > 1 {
            judgement.notes.append("按最近一期（\(now.period.text)）的数判断")
        }
        return Standing(
            programme: programme.id, target: target, owner: target.owner.value.flatMap { programme.organisation($0)?.name },
            judgement: judgement, question: judgement.now?.question, missing: missing,
            readings: seesReleasedOnly ? [] : try readings(target, programme, position, session), superior: Self.superior(figures, periods),
            figures: figures,
            position: position)
    }

    private func lacking(_ reading: MetricReading, _ target: Target, _ programme: Programme) -> MissingInput {
        MissingInput(
            what: "「\(reading.fact.label.chinese)」里没有符合口径的记录", owner: target.owner.value.flatMap { programme.organisation($0)?.name },
            clause: target.clause)
    }

    // MARK: Asking

    /// The values of every period, oldest first, and how many rows carry none.
    func values(_ reading: MetricReading, _ target: Target, _ position: Int64, _ session: any Session) throws -> ([PeriodValue], Int64) {
        var question = reading.question
        question.known = known
        question.on = on
        if target.kind == .stock, question.on == nil, case .validity = reading.fact.time { question.on = day }
        question.by = [reading.period, reading.apart].compactMap { $0 }
        let answer = try asking.ask(question, session, wantsTotal: question.by.isEmpty)
        var pinned = question
        pinned.known = position
        guard !question.by.isEmpty else {
            guard let value = reading.value(answer.figure), answer.figure.n > 0 || target.kind == .stock else { return ([], 0) }
            pinned.by = []
            return (
                [
                    PeriodValue(
                        FigurePeriod("截至\(day)", to: day), value: value, hits: answer.figure.hits, n: answer.figure.n, unit: target.unit,
                        question: pinned)
                ], 0
            )
        }
        return Self.placed(answer, reading, pinned, day)
    }

    private static func placed(_ answer: Answer, _ reading: MetricReading, _ question: Question, _ day: Day) -> ([PeriodValue], Int64) {
        var values: [PeriodValue] = []
        var unplaced: Int64 = 0
        let groupIndex = reading.apart == nil ? nil : (reading.period == nil ? 0 : 1)
        for group in answer.groups {
            let period = reading.period == nil ? FigurePeriod("截至\(day)", to: day) : period(group.keys[0], group.labels[0])
            guard let period else {
                unplaced += group.figure.n
                continue
            }
            values.append(
                PeriodValue(
                    period, group: groupIndex.map { group.labels[$0] }, value: reading.value(group.figure), hits: group.figure.hits,
                    n: group.figure.n, unit: reading.unit, question: question.narrowed(group.keys)))
        }
        return (values, unplaced)
    }

    private static func period(_ key: String, _ label: String) -> FigurePeriod? {
        if key.isEmpty { return nil }
        if key.count == 4, let year = Int(key) { return .year(year) }
        return FigurePeriod(label)
    }

    /// The latest value by each other metric that the wording may mean.
    private func readings(_ target: Target, _ programme: Programme, _ position: Int64, _ session: any Session) throws -> [OtherReading] {
        try target.otherReadings.compactMap { name in
            guard case .question(let reading) = questions.outcome(target, of: programme, reading: name) else { return nil }
            let (periods, _) = try values(reading, target, position, session)
            guard let last = periods.last, periods.filter({ $0.period == last.period }).count == 1 else { return nil }
            return OtherReading(label: reading.metric.label, value: last, verdict: JudgeTarget.verdict(last, target).0)
        }
    }

    // MARK: Stated figures

    /// Our own stated figures, one a period, oldest first; a department's report goes before our own of the same period.
    static func stated(_ figures: [TargetFigure]) -> [PeriodValue] {
        let ours = figures.filter { $0.subject.isEmpty && $0.source != .superior }
        let chosen = ours.filter { figure in
            figure.source == .department || !ours.contains { $0.source == .department && $0.period.text == figure.period.text }
        }
        return chosen.sorted { ($0.period.to ?? $0.period.from, $0.id) < ($1.period.to ?? $1.period.from, $1.id) }.map { PeriodValue($0) }
    }

    /// The latest figure of every other body.
    static func others(_ figures: [TargetFigure]) -> [(name: String, value: PeriodValue)] {
        var latest: [String: TargetFigure] = [:]
        for figure in figures where !figure.subject.isEmpty {
            guard let known = latest[figure.subject],
                (known.period.to ?? known.period.from, known.id) > (figure.period.to ?? figure.period.from, figure.id)
            else {
                latest[figure.subject] = figure
                continue
            }
        }
        return latest.keys.sorted().compactMap { name in latest[name].map { (name, PeriodValue($0)) } }
    }

    static func superior(_ figures: [TargetFigure], _ periods: [PeriodValue]) -> SuperiorComparison? {
        let notices = figures.filter { $0.source == .superior && $0.subject.isEmpty }
        guard let notice = notices.max(by: { ($0.period.to ?? $0.period.from, $0.id) < ($1.period.to ?? $1.period.from, $1.id) }) else {
            return nil
        }
        let same = periods.filter { period in
            period.period.text == notice.period.text
                || (period.period.to != nil && period.period.from == notice.period.from && period.period.to == notice.period.to)
        }
        if same.count == 1 { return SuperiorComparison(superior: notice, ours: same.first, isSamePeriod: true) }
        return SuperiorComparison(superior: notice, ours: same.isEmpty ? periods.last : nil, isSamePeriod: false)
    }
}

/// An unknown day comes before every known one.
private func < (left: (Day?, ID<TargetFigure>), right: (Day?, ID<TargetFigure>)) -> Bool {
    let first = left.0?.number ?? .min
    let second = right.0?.number ?? .min
    return first == second ? left.1 < right.1 : first < second
}

private func > (left: (Day?, ID<TargetFigure>), right: (Day?, ID<TargetFigure>)) -> Bool { right < left }
