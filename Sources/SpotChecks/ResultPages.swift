import Enterprises
import Evidence
import Imports
import Storage
import Values
import WebSupport

/// The list of results with its filters; the same rows as the question they make.
enum ResultPages {
    private static let filters = ["verdict", "product", "region", "year", "publication", "producer"]

    static func reply(_ office: Office, _ context: WebContext) async throws -> Reply {
        let query = context.query
        let asked = filters.compactMap { name in query[name].map { Question.Filter(name, [$0]) } }
        let question = Question("spotcheck.result", where: asked)
        let asking = Asking(catalogue: FactCatalogue(SpotCheckFacts.all), viewer: Viewer(context.actor), regions: office.regions)
        let after = query["after"].flatMap { Int64($0) } ?? 0
        let (answer, rows, titles, next) = try await office.store.read { session in
            let answer = try asking.ask(question, session)
            let page = try asking.rows(question, session, after: after)
            let results = try SpotCheckStore.results(ids: page.rows.map(\.id), session)
            let titles = try SpotCheckStore.titles(of: Set(results.map(\.result.publication)), at: nil, session)
            return (answer, results.sorted { $0.id < $1.id }, titles, page.next)
        }
        return .page(
            page(rows, titles: titles, total: Int(answer.figure.value ?? 0), next: next, question, position: answer.position, context))
    }

    private static func page(
        _ rows: [(id: Int64, result: SampleResult)], titles: [Int64: String], total: Int, next: Int64?, _ question: Question,
        position: Int64, _ context: WebContext
    ) -> Page {
        let (address, query) = (context.address, context.query)
        return Page(
            SpotCheckWords.results, crumbs: [Link(SpotCheckWords.publications, Address("publications"))],
            actions: [Link(ListingWords.asQuestion, QuestionLink.of(question, known: position), look: .button)]
        ) { html in
            html.add(
                Sheet(SpotCheckWords.results, note: SpotCheckWords.batches(total)) { html in
                    html.add(Filter(page: address, query: query, fields: fields))
                    html.add(
                        Table(
                            caption: SpotCheckWords.results, rows: rows.map(\.result), columns: [firm] + columns(titles),
                            empty: EmptyState(ListingWords.noResults, nextStep: ListingWords.noResultsHint)))
                    html.add(
                        Pagination(page: address, shown: rows.count, total: total, after: next.map { _ in String(rows.last?.id ?? 0) }))
                })
        }
    }

    private static var fields: [FormField] {
        let verdicts = Verdict.allCases.map { FormField.Choice($0.rawValue, SpotCheckWords.verdicts[$0.rawValue] ?? Word($0.label)) }
        return [
            FormField("verdict", SpotCheckWords.verdict, .select(verdicts)), FormField("product", SpotCheckWords.productKind, .search),
            FormField("region", SpotCheckWords.region, .search), FormField("year", SpotCheckWords.year, .search),
        ]
    }

    private static var firm: Column<SampleResult> {
        Column(SpotCheckWords.firm, .wide) { html, row in
            if let id = row.enterprise { html.add(Link(row.firm, Address("enterprises", id))) } else { html.add(.span, text: row.firm) }
            if let doubt = row.doubt { html.add(Badge(.caution, SpotCheckWords.doubts[doubt.rawValue] ?? SpotCheckWords.doubt)) }
        }
    }

    /// What a result says beside whose it is; lists by their titles.
    /// - Parameter opens: whether the reader may open publications.
    static func columns(_ titles: [Int64: String], opens: Bool = true) -> [Column<SampleResult>] {
        [
            .text(SpotCheckWords.product) { $0.product }, .text(SpotCheckWords.model) { $0.model },
            .text(SpotCheckWords.batch) { $0.batch },
            .status(SpotCheckWords.verdict) { PublicationPages.badge($0.verdict) }, .text(SpotCheckWords.failedItems) { $0.failedItems },
            .text(SpotCheckWords.year) { $0.year.map(String.init) },
            Column(SpotCheckWords.publication, .wide) { html, row in
                let title = titles[row.publication] ?? "#\(row.publication)"
                if opens { html.add(Link(title, Address("publications", row.publication))) } else { html.add(title) }
                html.add(.small, text: Word("第\(row.row)行", "row \(row.row)"))
            },
        ]
    }
}
