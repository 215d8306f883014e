import Imports
import SpotChecks
import Values
import WebSupport

/// Lists that were opened, one list, and the rows of all that bear a firm's name.
enum PublicListPages {
    static func table(_ lists: [OpenedList], _ place: PublicPlace) -> Table<OpenedList> {
        Table(
            caption: PublicWords.lists, rows: lists,
            columns: [
                .link(PublicWords.list) { Link($0.title, place("lists", $0.id)) },
                .text(PublicWords.issuer) { $0.issuer },
                .text(PublicWords.level) { $0.level == .unstated ? nil : PublicWords.level($0.level.label) },
                .text(PublicWords.published) { $0.period },
                .day(PublicWords.openedOn) { $0.openedOn },
            ], empty: EmptyState(PublicWords.noLists, nextStep: PublicWords.later))
    }

    static func all(_ found: [OpenedList], _ query: PublicQuery, _ context: WebContext) -> Page {
        let lists = Array(found.prefix(PublicRoutes.shown))
        let (place, address) = (PublicPlace(context), context.address)
        let next = found.count > lists.count ? lists.last.map { String($0.id) } : nil
        return Page(PublicWords.lists, lead: PublicWords.listsLead, crumbs: [Link(PublicWords.title, place())], notices: notices(query)) {
            html in
            html.add(Sheet(PublicWords.searchTitle) { html in html.add(PublicSearch(page: address, text: query.text ?? "")) })
            html.add(
                Sheet(PublicWords.lists) { html in
                    html.add(table(lists, place))
                    if !lists.isEmpty { html.add(Pagination(page: address, shown: lists.count, after: next)) }
                })
        }
    }

    static func found(_ hits: [PublicHit], next: PublicCursor?, _ query: PublicQuery, _ context: WebContext) -> Page {
        let (place, address) = (PublicPlace(context), context.address)
        return Page(
            PublicWords.lists, lead: PublicWords.named(query.text ?? ""),
            crumbs: [Link(PublicWords.title, place()), Link(PublicWords.lists, place("lists"))]
        ) { html in
            html.add(Sheet(PublicWords.searchTitle) { html in html.add(PublicSearch(page: address, text: query.text ?? "")) })
            html.add(
                Sheet(PublicWords.hits, note: PublicWords.hitsNote) { html in
                    html.add(
                        Table(
                            caption: PublicWords.hits, rows: hits,
                            columns: OpenedRowTable.columns(showsSampled: hits.contains { $0.list.showsSampled }).map { column in
                                column.of { (hit: PublicHit) in hit.row }
                            } + [listColumn(place)],
                            empty: EmptyState(PublicWords.noHits, nextStep: PublicWords.noHitsNext)))
                    if !hits.isEmpty || next != nil {
                        html.add(Pagination(page: address, shown: hits.count, after: next.map(\.text)))
                    }
                })
        }
    }

    static func list(_ list: OpenedList, _ found: [OpenedRow], _ query: PublicQuery, _ context: WebContext) -> Page {
        let rows = Array(found.prefix(PublicRoutes.shown))
        let (place, address) = (PublicPlace(context), context.address)
        let next = found.count > rows.count ? rows.last.map { String($0.id) } : nil
        return Page(
            Word(name: list.title), lead: PublicWords.asPublished,
            crumbs: [Link(PublicWords.title, place()), Link(PublicWords.lists, place("lists"))], notices: notices(query)
        ) { html in
            html.add(Sheet { html in html.add(facts(list)) })
            html.add(
                Sheet(PublicWords.rows, note: PublicWords.rowsNote) { html in
                    html.add(PublicSearch(page: address, text: query.text ?? ""))
                    html.add(
                        Table(
                            caption: PublicWords.rows, rows: rows, columns: OpenedRowTable.columns(showsSampled: list.showsSampled),
                            empty: EmptyState(PublicWords.noHits, nextStep: PublicWords.noHitsNext)))
                    if !rows.isEmpty { html.add(Pagination(page: address, shown: rows.count, after: next)) }
                })
        }
    }

    private static func facts(_ list: OpenedList) -> DefinitionList {
        var facts = DefinitionList()
        facts.add(PublicWords.issuer, list.issuer ?? PublicWords.unstated)
        facts.add(PublicWords.published, list.period ?? PublicWords.unstated)
        facts.add(PublicWords.source) { html in
            if let address = ExternalAddress(list.source) {
                html.add(.a, .href(address), .other("rel", "noreferrer"), text: list.source)
            } else {
                html.add(list.source)
            }
        }
        facts.add(PublicWords.openedOn, list.openedOn.description)
        return facts
    }

    private static func listColumn(_ place: PublicPlace) -> Column<PublicHit> {
        Column(PublicWords.list, .wide) { html, hit in
            html.add(Link(hit.list.title, place("lists", hit.list.id)))
            if let issuer = hit.list.issuer { html.add(.small, text: issuer) }
            if let period = hit.list.period { html.add(.small, text: period) }
        }
    }

    private static func notices(_ query: PublicQuery) -> [Notice] {
        query.isTooShort ? [Notice(.caution, PublicWords.tooShort)] : []
    }
}
