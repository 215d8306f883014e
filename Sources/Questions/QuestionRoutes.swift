package import Enterprises
package import Evidence
import Jobs
import Storage
import Values
package import WebSupport

/// Addresses of the questions: `/questions`, `/questions/{fact}`, its values and exports, the saved views and the maps.
package enum QuestionRoutes {
    package static func table(_ office: Office, catalogue: FactCatalogue, names: RecordNames = RecordNames()) -> RouteTable {
        let jobs = QuestionJobs(office.store)
        let site = QuestionSite(office: office, catalogue: catalogue, names: names, jobs: jobs)
        var table = RouteTable()
        table.get("/questions", may: QuestionRights.ask) { context in
            context.wantsJSON ? .json(AnswerJSON.list(catalogue).bytes) : .page(try await site.start(context))
        }
        table.get("/questions/{fact}", may: QuestionRights.ask) { try await site.question($0) }
        table.get("/questions/{fact}/values", may: QuestionRights.ask) { try await site.values($0) }
        table.get("/questions/{fact}/export", may: QuestionRights.ask) { try await site.export($0) }
        table.add(JobRoutes.table(jobs))
        table.add(ViewRoutes.table(office, catalogue: catalogue))
        table.add(BoundaryRoutes.table(office))
        return table
    }
}

/// What answers the addresses.
private struct QuestionSite: Sendable {
    let office: Office
    let catalogue: FactCatalogue
    let names: RecordNames
    let jobs: QuestionJobs
    /// Pages that were read since an act touched what they are made from.
    let views = PositionCache<ViewKey, QuestionView>(limit: 300)

    /// What a page shows depends on: its whole address, the position it is read at and whether that is the latest, and who looks.
    struct ViewKey: Hashable, Sendable {
        let address: Address
        let known: Int64?
        let isLatest: Bool
        let sight: Sight
    }

    private var text: QuestionText { QuestionText(catalogue: catalogue, regions: office.regions) }

    private func asking(_ context: WebContext) -> Asking {
        Asking(catalogue: catalogue, viewer: Viewer(context.actor), regions: office.regions)
    }

    func start(_ context: WebContext) async throws -> Page {
        let asking = asking(context)
        let (entries, views) = try await office.store.read { session in
            let entries = try catalogue.facts.map { fact in
                let question = Question(fact.name, metric: fact.countMetric?.name)
                let isQuick = asking.isCounted(question) && !fact.isConfidential
                return StartPages.Entry(fact: fact, count: isQuick ? try asking.ask(question, session).figure.value.map { Int($0) } : nil)
            }
            return (entries, try SavedViewStore.all(session))
        }
        return StartPages.start(entries, views: views, text: text)
    }

    func question(_ context: WebContext) async throws -> Reply {
        let query = context.query
        if ["dimension", "value", "second", "day"].contains(where: { query[$0] != nil }) { return .seeOther(try canonical(context)) }
        let parts = try parts(context)
        guard !context.wantsJSON else { return try await json(parts, context) }
        let address = context.address
        let sight = Sight(of: context.actor, divisions: office.regions.lastChange(until: office.regions.today))
        let reading = try await read(parts, context) { [office, catalogue, names, views] asking, parts, session in
            let page = ReadQuestion(office: office, catalogue: catalogue, names: names, asking: asking)
            // A job notes the answers it finds; a kept page would leave it none.
            guard !asking.isRecording else { return try page.view(parts, query, session) }
            let question = try page.text.read(parts, session).question
            let head = try JournalQuery.head(session).position
            let changed = try LastChange.position(of: ReadQuestion.tables(catalogue.fact(parts.fact), names), session)
            let key = ViewKey(address: address, known: question.known, isLatest: question.known ?? head == head, sight: sight)
            // Which divisions are meant by those of today is told by the day of the position.
            return try views.answer(key, at: question.structure == .then ? changed : head, keeping: \.isLight) {
                try page.view(parts, query, session)
            }
        }
        guard case .read(let view) = reading else { return Self.waiting(reading) }
        let mayKeep = QuestionRights.ask.isHeld(by: context.actor)
        let keeping = KeepForm(
            question: view.question, pinned: view.pinned, form: view.shownForm, seal: mayKeep ? context.formSeal() : nil,
            mayUseDesk: QuestionRights.arrangeDesk.isHeld(by: context.actor))
        return .page(QuestionPages.question(view, keeping: keeping)).revealing(try reveals(parts))
    }

    private func json(_ parts: QuestionText.Parts, _ context: WebContext) async throws -> Reply {
        let text = text
        let wantsRows = context.query["rows"] != nil
        let after = context.query["after"].flatMap { Int64($0) } ?? 0
        let reading = try await read(parts, context) { asking, parts, session in
            let question = try text.read(parts, session).question
            let answer = try asking.ask(question, session)
            let pinned = question.at(answer.position)
            return (answer, wantsRows ? try asking.rows(pinned, session, after: after, limit: ReadQuestion.pageLength) : nil)
        }
        guard case .read(let (answer, rows)) = reading else { return Self.waiting(reading) }
        let list = rows.map { page in JSONValue.list(page.rows.map { AnswerJSON.row(page.columns, $0.values) }) }
        return .json(AnswerJSON.of(answer, rows: list).bytes).revealing(try reveals(parts))
    }

    /// Whether an answer shows what only the firms' own offices may see: its number, or a column of its rows.
    private func reveals(_ parts: QuestionText.Parts) throws -> Bool {
        let fact = try catalogue.fact(parts.fact)
        return try fact.isConfidential || fact.metric(parts.metric).isConfidential || fact.columns.contains(where: \.isConfidential)
    }

    /// Reads a page, or has a job read it first.
    private func read<Value: Sendable>(
        _ parts: QuestionText.Parts, _ context: WebContext,
        _ body: @escaping @Sendable (Asking, QuestionText.Parts, any Storage.Session) throws -> Value
    ) async throws -> QuestionJobs.Reading<Value> {
        let text = text
        let question = try await office.store.read { try text.read(parts, $0).question }
        return try await jobs.read(question, sentence: text.sentence(question), page: context.address, asking: asking(context)) {
            asking, position, session in
            var parts = parts
            if let position { parts.known = String(position) }
            return try body(asking, parts, session)
        }
    }

    private static func waiting<Value>(_ reading: QuestionJobs.Reading<Value>) -> Reply {
        guard case .waits(let job) = reading else { return .seeOther(Address("questions")) }
        return .seeOther(Address("jobs", job.id))
    }

    /// All values of one dimension under the question's other conditions.
    func values(_ context: WebContext) async throws -> Reply {
        let (parts, text, names, regions) = (try parts(context), text, names, office.regions)
        let fact = try catalogue.fact(parts.fact)
        let dimension = try fact.dimension(context.query["dimension"] ?? "")
        let finding = context.query["find"]
        let reading = try await read(parts, context) { asking, parts, session in
            let question = try text.read(parts, session).question
            let settled = try asking.settled(question, session)
            let reader = FacetReader(fact: fact, question: settled, asking: asking, regions: regions, text: text)
            let named = try NamedRecords(question, fact, nil, directory: names, asking: asking, at: question.known, session)
            return (try reader.facet(dimension, limit: FacetPages.mostValues, finding: finding ?? "", session), question, named)
        }
        guard case .read(let (facet, question, named)) = reading else { return Self.waiting(reading) }
        return .page(FacetPages.page(facet, question: question, text: text, named: named.word, finding: finding, form: context.query["as"]))
    }

    func export(_ context: WebContext) async throws -> Reply {
        guard let format = QuestionExport.Format(rawValue: context.query["format"] ?? "xlsx") else {
            throw Failure(.invalid, "export.format", "不能导出成“\(context.query["format"] ?? "")”", cure: "用 xlsx、csv 或 json")
        }
        let (parts, text, asking) = (try parts(context), text, asking(context))
        let name = try catalogue.fact(parts.fact).label.chinese + "." + format.rawValue
        let file = try context.newFile()
        try await office.store.readLong(for: context.actor) { [names] session in
            let question = try text.read(parts, session).question
            try QuestionExport.write(
                question, asking: asking, note: text.sentence(question), format: format, to: file.path, names: names, session)
        }
        return .download(Download(name: name, kind: kind(format), file: file))
    }

    private func kind(_ format: QuestionExport.Format) -> Download.Kind {
        switch format {
        case .xlsx: .xlsx
        case .csv: .csv
        case .json: .json
        }
    }

    private func parts(_ context: WebContext) throws -> QuestionText.Parts {
        let query = context.query
        return QuestionText.Parts(
            fact: try context.parameter("fact"), metric: query["metric"], filters: query.all("where").filter { !$0.isEmpty },
            by: query.all("by").filter { !$0.isEmpty }, on: query["on"], known: query["known"],
            structure: query["structure"])
    }

    /// The address that the forms' fields mean: a new condition becomes a `where`, the second grouping a further `by`, a known day takes
    /// the place of a position.
    private func canonical(_ context: WebContext) throws -> Address {
        let query = context.query
        var address = Address("questions", try context.parameter("fact")).with("metric", query["metric"])
        for text in query.all("where") where !text.isEmpty { address = address.with("where", text) }
        if let dimension = query["dimension"], let value = query["value"] { address = address.with("where", dimension + "=" + value) }
        for name in query.all("by") + query.all("second") where !name.isEmpty { address = address.with("by", name) }
        address = address.with("on", query["on"]).with("structure", query["structure"]).with("known", query["day"] ?? query["known"])
        address = address.with("as", query["as"])
        return query.all("show").reduce(address) { $0.with("show", $1) }
    }
}
