import Evidence
import Imports
import Storage
import Values
import WebSupport

/// The list of publications, and the page of a list of follow-ups.
enum PublicationPages {
    static func list(_ all: [SpotCheckStore.ListedPublication], _ context: WebContext) -> Page {
        let rows = Array(all.prefix(50))
        let (address, after) = (context.address, all.count > 50 ? rows.last.map { String($0.id) } : nil)
        return Page(
            SpotCheckWords.publications, lead: ListingWords.listLead,
            actions: [Link(ListingWords.importList, Address("imports", "new").with("kind", "results"), look: .primary)]
        ) { html in
            html.add(
                Sheet(SpotCheckWords.publications) { html in
                    html.add(
                        Table(
                            caption: SpotCheckWords.publications, rows: rows, columns: columns,
                            empty: EmptyState(
                                ListingWords.noLists, nextStep: ListingWords.noListsHint,
                                action: Link(ListingWords.importList, Address("imports", "new").with("kind", "results"), look: .primary))))
                    if !rows.isEmpty { html.add(Pagination(page: address, shown: rows.count, after: after)) }
                })
        }
    }

    private static var columns: [Column<SpotCheckStore.ListedPublication>] {
        [
            .link(ListingWords.title) { Link($0.publication.title, Address("publications", $0.id)) },
            .text(ListingWords.kind) { SpotCheckWords.kinds[$0.publication.kind.rawValue] },
            .text(SpotCheckWords.level) { $0.publication.level.label },
            .text(ListingWords.periodHeading) { row in
                row.publication.publishedDay?.description
                    ?? row.publication.year.map { year in
                        "\(year)年" + (row.publication.quarter.map { "\($0)季度" } ?? "")
                    }
            },
            .text(SpotCheckWords.method) { $0.publication.method.label },
            Column(SpotCheckWords.batches, .amount) { html, row in number(row.rows, row, nil, &html) },
            Column(ListingWords.failing, .amount) { html, row in
                if row.publication.kind == .results { number(row.failing, row, "fail", &html) } else { html.add("—") }
            },
            .link(ListingWords.together) { Link("#\($0.position)", Address("listings", $0.position)) },
        ]
    }

    private static func number(_ count: Int, _ row: SpotCheckStore.ListedPublication, _ verdict: String?, _ html: inout HTML) {
        let fact = row.publication.kind == .results ? "spotcheck.result" : "spotcheck.followup"
        let filters = [Question.Filter("publication", [String(row.id)])] + (verdict.map { [Question.Filter("verdict", [$0])] } ?? [])
        html.add(.a, .class("opens"), .href(QuestionLink.of(Question(fact, where: filters))), text: count)
    }

    /// Follow-ups of a list on its page; the question has them all.
    private static let shownFollowUps = 100

    static func followUps(
        _ publication: Publication, _ originals: [KeptOriginal], _ rows: [(id: Int64, followUp: FollowUp)], _ context: WebContext
    ) -> Page {
        let linked = rows.count { $0.followUp.result != nil }
        let lists = Question.Filter("publication", Set(rows.map(\.followUp.publication)).sorted().map(String.init))
        let all = QuestionLink.of(Question("spotcheck.followup", where: [lists]))
        let ofLinked = QuestionLink.of(Question("spotcheck.followup", where: [lists, .init("linked", ["yes"])]))
        return Page(
            Word(name: publication.title), lead: SpotCheckWords.kinds[publication.kind.rawValue],
            crumbs: [Link(SpotCheckWords.publications, Address("publications"))]
        ) { html in
            html.add(
                FigureStrip([
                    .init(SpotCheckWords.followUpCount, NumberText.grouped(rows.count), unit: SpotCheckWords.itemUnit, rows: all),
                    .init(
                        ListingWords.linkedFollowUps, NumberText.grouped(linked), unit: SpotCheckWords.itemUnit,
                        note: ListingWords.linkedFollowUpsHint, rows: ofLinked),
                ]))
            html.add(
                Sheet(
                    SpotCheckWords.followUps,
                    links: rows.count > shownFollowUps ? [Link(ListingWords.allRows(shown: shownFollowUps), all)] : []
                ) { html in
                    html.add(
                        Table(
                            caption: SpotCheckWords.followUps, rows: rows.prefix(shownFollowUps).map(\.followUp),
                            columns: [
                                .text(SpotCheckWords.firm) { $0.firm }, .text(SpotCheckWords.product) { $0.product },
                                .text(SpotCheckWords.failedItems) { $0.failedItems },
                                .text(SpotCheckWords.rectification) { $0.rectification },
                                .text(SpotCheckWords.recheck) { $0.recheck }, .text(SpotCheckWords.penalty) { $0.penalty },
                                .text(SpotCheckWords.linkNote) { $0.linkNote },
                            ]))
                })
            html.add(OriginalsSheet(originals))
        }
    }

    static func badge(_ verdict: Verdict) -> Badge {
        let word = SpotCheckWords.verdicts[verdict.rawValue] ?? Word(verdict.label)
        switch verdict {
        case .pass: return Badge(.good, word)
        case .fail: return Badge(.bad, word)
        case .refused: return Badge(.caution, word)
        case .notSampled, .pending: return Badge(.neutral, word)
        }
    }
}
