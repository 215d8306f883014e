import Policy
import SpotChecks
import Targets
import Values
import WebSupport

/// The first page for the public, and the released figures.
enum PublicPages {
    static func start(_ programmes: [Programme], _ lists: [OpenedList], _ place: PublicPlace) -> Page {
        Page(PublicWords.title, lead: PublicWords.lead) { html in
            html.add(
                Sheet(PublicWords.searchTitle) { html in html.add(PublicSearch(page: place("lists"), text: "")) })
            html.add(
                Sheet(PublicWords.programmes, links: [Link(PublicWords.toFigures, place("figures"))]) { html in
                    html.add(
                        Table(
                            caption: PublicWords.programmes, rows: programmes,
                            columns: [
                                .link(PublicWords.programme) { Link($0.title, place("programmes", $0.id)) },
                                .text(PublicWords.issuer) { $0.source.issuer.value },
                                .text(PublicWords.number) { $0.source.number.value },
                                .day(PublicWords.dated) { $0.source.date.value },
                                .text(PublicWords.region) { $0.region.name },
                            ], empty: EmptyState(PublicWords.noProgrammes, nextStep: PublicWords.later)))
                })
            html.add(
                Sheet(PublicWords.lists, links: [Link(PublicWords.allLists, place("lists"))]) { html in
                    html.add(PublicListPages.table(lists, place))
                })
        }
    }

    static func figures(_ groups: [(Programme, [ReleasedFigure])], _ place: PublicPlace) -> Page {
        Page(TargetWords.released, lead: TargetWords.releasedLead, crumbs: [Link(PublicWords.title, place())]) { html in
            if groups.isEmpty { html.add(EmptyState(PublicWords.noProgrammes, nextStep: PublicWords.later)) }
            for (programme, figures) in groups {
                html.add(
                    Sheet(
                        Word(name: programme.title), links: [Link(PublicWords.toProgramme, place("programmes", programme.id))]
                    ) { html in
                        html.add(ReleasedFigures(programme, figures) { place("programmes", programme.id).at("target-" + $0.id) })
                    })
            }
        }
    }
}

/// The search box: a firm's name, over the rows of opened lists.
struct PublicSearch: Component {
    let page: Address
    let text: String

    func write(into html: inout HTML) {
        html.add(.form, .class("open-search"), .role("search"), .other("method", "get"), .action(page.removingQuery())) { html in
            for item in page.items where !["q", "after"].contains(item.name) {
                html.add(.input, .type("hidden"), .name(item.name), .value(item.value))
            }
            html.add(
                .input, .type("search"), .name("q"), .value(text), .other("maxlength", "60"), .spoken(PublicWords.searchTitle),
                .placeholder(PublicWords.searchHint))
            html.add(.button, .class("button primary"), text: PublicWords.search)
        }
    }
}
