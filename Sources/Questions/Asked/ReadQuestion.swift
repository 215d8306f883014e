import Enterprises
import Evidence
import Storage
import Values
import WebSupport

/// Reads what a question page shows, all of it in one snapshot.
struct ReadQuestion: Sendable {
    let office: Office
    let catalogue: FactCatalogue
    let names: RecordNames
    let asking: Asking
    /// Rows that a page shows, and that a caller of the interface gets at once.
    static let shownRows = 20
    static let pageLength = 50

    /// What a page is made from: its fact's own tables, names of records, borders.
    static func tables(_ fact: Fact, _ names: RecordNames) -> Set<Identifier> {
        fact.allTables.union(names.tables).union([RecordTable.boundaryMap.name, RecordTable.boundary.name])
    }

    var text: QuestionText { QuestionText(catalogue: catalogue, regions: office.regions) }

    func view(_ parts: QuestionText.Parts, _ query: Query, _ session: any Storage.Session) throws -> QuestionView {
        let reading = try text.read(parts, session)
        let fact = try catalogue.fact(parts.fact)
        let head = try JournalQuery.head(session).position
        // The latest position is what is known now, and is answered like it.
        let form = query["as"].flatMap { QuestionForm(rawValue: $0) }
        let cost = AskingCost(fact: fact, asking: asking)
        let isSmall = try cost.isSmall(session)
        let hasFormer = try isByPlace(reading.question, form, fact) && hasFormer(reading.question, fact, isSmall: isSmall, session)
        // Maps are drawn with the borders of today.
        let question = form == .map && hasFormer && reading.question.structure == .then ? reading.question.under(.now) : reading.question
        let asked = try asking.settled(question.at(question.known == head ? nil : question.known), session)
        let answer = try asking.ask(try isWhole(asked, form, fact) ? asked : asked.grouped(by: []), session)
        let after = query["after"].flatMap { Int64($0) } ?? 0
        let rows = try asking.rows(asked, session, after: after, limit: Self.shownRows)
        let reader = FacetReader(fact: fact, question: asked, asking: asking, regions: office.regions, text: text)
        let knownDay = try reading.question.known.flatMap { try JournalQuery.entry(session, at: $0)?.time.day }
        let shown = try shown(asked, form, answer, fact, query, session)
        return QuestionView(
            fact: fact, question: question, answer: answer, shown: shown, coarse: coarse(shown, asked, fact),
            facets: try reader.facets(opened: Set(query.all("show")), isSmall: isSmall, session), rows: rows,
            names: try NamedRecords(asked, fact, rows, directory: names, asking: asking, at: answer.position, session),
            remarks: reading.remarks,
            text: text, query: query, isFirst: after == 0, knownDay: knownDay,
            hasFormerPlaces: hasFormer && form != .map, divisions: office.regions.structure(asked.structure))
    }

    /// Whether places are asked by, filtered, or drawn.
    private func isByPlace(_ question: Question, _ form: QuestionForm?, _ fact: Fact) -> Bool {
        guard let place = fact.place?.name else { return false }
        if form == .map || question.by.contains(place) || question.filters.contains(where: { $0.dimension == place }) { return true }
        return question.structure != .then
    }

    /// Whether rows stand under divisions that others took the place of; so it is taken to be where counting them would keep the page waiting.
    private func hasFormer(_ question: Question, _ fact: Fact, isSmall: Bool, _ session: any Storage.Session) throws -> Bool {
        guard let place = fact.place, let count = fact.countMetric else { return false }
        let counting = Question(fact.name, metric: count.name, by: [place.name], known: question.known)
        guard isSmall || asking.isCounted(counting) else { return true }
        let today = try asking.settled(counting.under(.now), session)
        return try asking.ask(counting, session, wantsTotal: false).groups.contains { group in
            guard let number = Int64(group.keys[0]), let structure = office.regions.structure(today.structure) else { return false }
            return structure.isDivided(number) || structure.path(of: number) != office.regions.path(of: number)
        }
    }

    /// Whether the number and its groups are one answer: a number never mixes what its groups keep apart, so groups by that are asked beside it.
    private func isWhole(_ asked: Question, _ form: QuestionForm?, _ fact: Fact) throws -> Bool {
        guard form == .bars || form == .table || (form == nil && asked.by.count == 1) else { return false }
        guard let one = try fact.metric(asked.metric).needsOne else { return true }
        return !asked.by.contains(one)
    }

    private func coarse(_ shown: QuestionView.Shown, _ asked: Question, _ fact: Fact) -> Set<String> {
        guard let place = fact.place?.name else { return [] }
        var keys: Set<String> = []
        switch shown {
        case .groups(let answer, _):
            guard let index = answer.question.by.firstIndex(of: place) else { return [] }
            keys = Set(answer.groups.map { $0.keys[index] })
        case .cross(let cross):
            if cross.rowName == place { keys = Set(cross.cells.keys.map(\.row)) }
            if cross.columnName == place { keys = Set(cross.cells.keys.map(\.column)) }
        case .nothing, .apart, .trend, .map: return []
        }
        let above = keys.compactMap { Int64($0) }.flatMap { office.regions.path(of: $0, asked).dropLast() }
        return keys.intersection(above.map { String($0) })
    }

    private func shown(
        _ asked: Question, _ form: QuestionForm?, _ answer: Answer, _ fact: Fact, _ query: Query, _ session: any Storage.Session
    ) throws -> QuestionView.Shown {
        let found: QuestionView.Shown?
        switch form ?? (asked.by.count == 2 ? .cross : asked.by.isEmpty ? nil : .bars) {
        case nil: found = .nothing
        case .bars, .table: found = try groups(asked, form ?? .bars, answer, fact, session)
        case .cross: found = try cross(asked, fact, session).map { .cross($0) }
        case .trend: found = try AskTrend(asking: asking, question: asked, fact: fact).answer(query["period"], session).map { .trend($0) }
        case .map:
            let wanted: ID<BoundaryMap>? = query["map"].flatMap { Int64($0) }.map { ID($0) }
            found = try AskMap(asking: asking, question: asked, fact: fact, regions: office.regions).answer(wanted, session)
                .map { .map($0) }
        }
        if let found, !isApart(answer, asked, found) { return found }
        return try apart(asked, fact, session)
    }

    private func isApart(_ answer: Answer, _ asked: Question, _ found: QuestionView.Shown) -> Bool {
        if case .nothing = found { return answer.isApart(by: []) }
        return false
    }

    private func groups(
        _ asked: Question, _ form: QuestionForm, _ answer: Answer, _ fact: Fact, _ session: any Storage.Session
    ) throws -> QuestionView.Shown? {
        var asked = asked
        if asked.by.isEmpty {
            guard let dimension = fact.suggested() else { return .nothing }
            asked.by = [dimension.name]
        }
        let grouped = answer.question.by == asked.by ? answer : try asking.ask(asked, session)
        return grouped.isApart(by: asked.by) ? nil : .groups(grouped, form)
    }

    private func cross(_ asked: Question, _ fact: Fact, _ session: any Storage.Session) throws -> CrossAnswer? {
        var names = asked.by
        while names.count < 2, let more = fact.suggested(besides: names) { names.append(more.name) }
        guard names.count == 2 else { return nil }
        return try AskCross(asking: asking, question: asked).answer(names[0], names[1], session)
    }

    /// Groups by what must not be mixed, so that the reader can choose one.
    private func apart(_ asked: Question, _ fact: Fact, _ session: any Storage.Session) throws -> QuestionView.Shown {
        guard let name = try fact.metric(asked.metric).needsOne else { return .nothing }
        var split = asked
        split.by = [name]
        return .apart(try asking.ask(split, session), try fact.dimension(name))
    }
}
