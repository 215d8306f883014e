import Evidence
import Places
import Values
import WebSupport

/// What the list shows, read in one snapshot.
struct EnterpriseList: Sendable {
    let lines: [EnterpriseLine]
    let next: Int64?
    let total: ListTotal
    let figures: [(Question, Evidence.Figure)]
    let head: Int64
    let government: Region?
}

extension Address {
    /// The address under which a question is answered with its rows.
    static func question(_ question: Question, known: Int64) -> Address {
        QuestionAddress.of(question, known: known)
    }
}

/// The list of dossiers: counts that open, filters, search, one line a firm.
struct EnterpriseListPage {
    let list: EnterpriseList
    let regions: RegionDirectory
    let context: WebContext

    var page: Page {
        let (list, regions, address, query) = (list, regions, context.address, context.query)
        let fields = fields
        let export = list.figures.first.map { Address.question($0.0, known: list.head) }
        return Page(
            EnterpriseWords.title, lead: EnterpriseWords.listLead,
            actions: (export.map { [Link(EnterpriseWords.export, $0, look: .button)] } ?? [])
                + [
                    Link(EnterpriseWords.fillIns, Address("fill-ins"), look: .button),
                    Link(EnterpriseWords.importList, Address("imports", "new"), look: .primary),
                ]
        ) { html in
            html.add(
                FigureStrip(
                    zip(EnterpriseWords.counts, list.figures).map { label, counted in
                        WebSupport.Figure(
                            label, counted.1.value.map { NumberText.grouped(Int($0)) }, unit: EnterpriseWords.firms,
                            rows: Address.question(counted.0, known: list.head))
                    }))
            html.add(
                Sheet(EnterpriseWords.title) { html in
                    html.add(Filter(page: address, query: query, fields: fields))
                    html.add(Self.table(list.lines, regions, seesSales: context.actor.sees(.sales)))
                    html.add(pagination(address))
                })
        }
    }

    private func pagination(_ address: Address) -> Pagination {
        let (shown, after) = (list.lines.count, list.next.map(String.init))
        return switch list.total {
        case .exactly(let count): Pagination(page: address, shown: shown, total: count, after: after)
        case .atLeast(let count): Pagination(page: address, shown: shown, total: max(count, shown), isAtLeast: true, after: after)
        }
    }

    private var fields: [FormField] {
        let today = context.clock.today
        var places: [FormField.Choice] = []
        if let government = list.government {
            places = ([government] + regions.tree.children(of: government.id, on: today)).map { .init(String($0.id.number), Word($0.name)) }
        }
        places.append(.init("none", EnterpriseWords.noRegion))
        let statuses = EnterpriseStatus.allCases.map {
            FormField.Choice($0.rawValue, EnterpriseWords.statuses[$0.rawValue] ?? Word($0.rawValue))
        }
        let years = (0..<6).map { String(today.year - $0) }
        return [
            FormField("q", EnterpriseWords.search, .search), FormField("region", EnterpriseWords.region, .select(places)),
            FormField("status", EnterpriseWords.status, .select(statuses)),
            FormField("missing", EnterpriseWords.missingSales, .select(years.map { .init($0, Word($0)) })),
        ]
    }

    private static func table(_ lines: [EnterpriseLine], _ regions: RegionDirectory, seesSales: Bool) -> Table<EnterpriseLine> {
        var columns: [Column<EnterpriseLine>] = [
            .link(EnterpriseWords.name) { Link($0.firm.name, Address("enterprises", $0.firm.id)) },
            .text(EnterpriseWords.code) { $0.firm.code ?? $0.firm.registrationNumber },
            .text(EnterpriseWords.region) { $0.firm.region.flatMap(regions.name) },
        ]
        if seesSales {
            columns.append(.amount(EnterpriseWords.latestSales) { $0.sales?.tenThousandYuanInColumn })
            columns.append(.text(EnterpriseWords.year) { $0.year.map(String.init) })
        }
        columns.append(.status(EnterpriseWords.status) { EnterpriseWords.badge($0.firm.status) })
        return Table(
            caption: EnterpriseWords.title, rows: lines, columns: columns,
            empty: EmptyState(
                EnterpriseWords.nobody, nextStep: EnterpriseWords.nobodyNext,
                action: Link(EnterpriseWords.importList, Address("imports", "new"), look: .primary)))
    }
}
