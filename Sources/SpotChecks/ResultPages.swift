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
        let (answer, rows, next) = try await office.store.read { session in
            let answer = try asking.ask(question, session)
            let page = try asking.rows(question, session, after: after)
            let results = try SpotCheckStore.results(ids: page.rows.map(\.id), session)
            return (answer, results.sorted { $0.id < $1.id }, page.next)
        }
        return .page(page(rows, total: Int(answer.figure.value ?? 0), next: next, question, position: answer.position, context))
    }

    private static func page(
        _ rows: [(id: Int64, result: SampleResult)], total: Int, next: Int64?, _ question: Question, position: Int64, _ context: WebContext
    ) -> Page {
        let (address, query) = (context.address, context.query)
        return Page(
            SpotCheckWords.results, crumbs: [Link(SpotCheckWords.publications, Address("publications"))],
            actions: [Link(ListingWords.asQuestion, QuestionLink.of(question, known: position), look: .button)]
        ) { html in
            html.add(
                Sheet(SpotCheckWords.results, note: Word("\(total) 批次", "\(total) batches")) { html in
                    html.add(Filter(page: address, query: query, fields: fields))
                    html.add(
                        Table(
                            caption: SpotCheckWords.results, rows: rows.map(\.result), columns: columns,
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

    static var columns: [Column<SampleResult>] {
        [
            Column(SpotCheckWords.firm, .wide) { html, row in
                if let id = row.enterprise { html.add(Link(row.firm, Address("enterprises", id))) } else { html.add(.span, text: row.firm) }
                if let doubt = row.doubt { html.add(Badge(.caution, SpotCheckWords.doubts[doubt.rawValue] ?? SpotCheckWords.doubt)) }
            },
            .text(SpotCheckWords.product) { $0.product }, .text(SpotCheckWords.model) { $0.model },
            .text(SpotCheckWords.batch) { $0.batch },
            .status(SpotCheckWords.verdict) { PublicationPages.badge($0.verdict) }, .text(SpotCheckWords.failedItems) { $0.failedItems },
            .text(SpotCheckWords.year) { $0.year.map(String.init) },
            .link(SpotCheckWords.publication) { Link("第\($0.row)行", Address("publications", $0.publication)) },
        ]
    }
}
