import Evidence
import Imports
import Places
import Storage
import Values
import WebSupport

/// The page 本辖区上榜: numbers, then the rows in their groups, each with the one thing to do.
enum ListingPages {
    /// Rows of a group on the page; the question and the workbook hold them all.
    private static let shownRows = 40

    static func chooseRegion(
        _ publication: Publication, _ originals: [KeptOriginal], _ source: ListingSource, _ context: WebContext
    ) -> Page {
        let filter = Filter(page: source.base, query: context.query, fields: [ListingPages.region])
        return Page(Word(name: publication.title), lead: ListingWords.local, crumbs: crumbs) { html in
            html.add(Sheet(ListingWords.chooseRegion, note: ListingWords.chooseRegionHint) { html in html.add(filter) })
            html.add(OriginalsSheet(originals))
        }
    }

    static func page(
        _ listing: LocalListing, _ originals: [KeptOriginal], _ source: ListingSource, _ position: Int64, _ context: WebContext
    ) -> Page {
        let filter = Filter(page: source.address(), query: context.query, fields: [region])
        let seals = Seals(context: context)
        return Page(
            Word(name: listing.title), lead: Word("\(listing.region.name) · 本辖区上榜", "\(listing.region.name) · firms of the region"),
            crumbs: crumbs,
            actions: [
                Link(ListingWords.brief, source.address("brief"), look: .primary),
                Link(ListingWords.workbook, source.address("workbook"), look: .button),
            ] + opening(source, context)
        ) { html in
            html.add(filter)
            html.add(figures(listing, position))
            if let rate = SpotCheckBrief.rate(listing) { html.add(Notice(.info, ListingWords.rate, detail: rate)) }
            failing(listing, position, &html)
            candidates(listing, source, seals, &html)
            linked(listing, source, position, seals, &html)
            unclear(listing, source, seals, &html)
            html.add(
                Sheet(
                    ListingWords.elsewhere,
                    note: SpotCheckWords.batches(listing.entries(.elsewhere).count)
                ) { html in
                    html.add(Padded { html in html.add(.p, text: ListingWords.elsewhereHint) })
                })
            if source.publications.count == 1 { sampling(listing, source, seals, &html) }
            html.add(OriginalsSheet(originals))
        }
    }

    /// The way to open the list to the public, where there are pages for the public.
    private static func opening(_ source: ListingSource, _ context: WebContext) -> [Link] {
        guard context.hasOpenPages, source.publications.count == 1, context.may(SpotCheckRights.openLists) else { return [] }
        return [Link(OpenListWords.opening, source.base.appending("opening"), look: .button)]
    }

    /// The page again, with what is wrong in the filled workbook, row by row.
    static func settleAgain(
        _ listing: LocalListing, _ source: ListingSource, _ reading: FormReading, _ errors: [Failure], _ context: WebContext
    ) -> Page {
        let fields = reading.marked(settleFields)
        let seal = context.formSeal()
        return Page(Word(name: listing.title), lead: ListingWords.settle, crumbs: crumbs + [Link(ListingWords.local, source.address())]) {
            html in
            if !errors.isEmpty {
                html.add(
                    Sheet(ListingWords.wrongRows, note: Word("\(errors.count) 处", "\(errors.count)")) { html in
                        html.add(
                            Table(
                                caption: ListingWords.wrongRows, rows: errors,
                                columns: [
                                    .text(ListingWords.place) { $0.place.description }, .text(ListingWords.whatIsWrong) { $0.message },
                                    .text(ListingWords.cure) { $0.cure },
                                ]))
                    })
            }
            html.add(
                Sheet(ListingWords.settle) { html in
                    html.add(Form(action: source.address("settle"), seal: seal, fields: fields, submit: ListingWords.readBack))
                })
        }
    }

    /// Seals are made while the page is written.
    private struct Seals: Sendable {
        let context: WebContext
        var next: FormSeal { context.formSeal() }
    }

    private static let crumbs = [Link(SpotCheckWords.publications, Address("publications"))]
    private static let region = FormField("region", ListingWords.region, .search, hint: ListingWords.regionHint)
    private static let settleFields = [
        FormField("file", ListingWords.filled, .file(accepts: ".xls,.xlsx,.csv", several: false), isRequired: true),
        FormField("reason", ListingWords.reason, .text, isRequired: true, hint: ListingWords.settleReasonHint),
    ]

    private static func figures(_ listing: LocalListing, _ position: Int64) -> FigureStrip {
        func link(_ question: Question) -> Address { QuestionLink.of(question, known: position) }
        return FigureStrip([
            .init(
                ListingWords.firms, NumberText.grouped(listing.firms), unit: SpotCheckWords.firmUnit,
                rows: link(listing.question(metric: "firms"))),
            .init(
                ListingWords.batches, NumberText.grouped(listing.ours.count), unit: SpotCheckWords.batchUnit, rows: link(listing.question())
            ),
            .init(
                ListingWords.failing, NumberText.grouped(listing.failing.count), unit: SpotCheckWords.batchUnit,
                rows: link(listing.question(fail)),
                needsPerson: !listing.failing.isEmpty),
            .init(
                ListingWords.earlier, NumberText.grouped(listing.earlier.count), unit: SpotCheckWords.batchUnit,
                rows: listing.earlier.isEmpty ? nil : link(earlierQuestion(listing))),
            .init(
                ListingWords.withoutFollowUp, NumberText.grouped(listing.withoutFollowUp.count), unit: SpotCheckWords.batchUnit,
                rows: link(listing.question(fail, .init("follow-up", ["missing"]))), needsPerson: !listing.withoutFollowUp.isEmpty),
            .init(
                ListingWords.whole, NumberText.grouped(listing.entries.count), unit: SpotCheckWords.batchUnit,
                rows: link(listing.wholeQuestion())),
        ])
    }

    private static let fail = Question.Filter("verdict", ["fail"])

    private static func earlierQuestion(_ listing: LocalListing) -> Question {
        Question(
            "spotcheck.result",
            where: [
                fail, .init("producer", Set(listing.earlier.compactMap(\.result.producer)).sorted()),
                .init("publication", Set(listing.earlier.map(\.result.publication)).sorted().map(String.init)),
            ])
    }

    /// The way to all rows where the page shows but the first.
    private static func all(_ count: Int, _ question: Question, _ position: Int64) -> [Link] {
        count > shownRows ? [Link(ListingWords.allRows(shown: shownRows), QuestionLink.of(question, known: position))] : []
    }

    private static func columns(_ last: Column<LocalListing.Entry>) -> [Column<LocalListing.Entry>] {
        [
            Column(SpotCheckWords.firm, .wide) { html, entry in
                if let id = entry.result.enterprise {
                    html.add(Link(entry.result.firm, Address("enterprises", id)))
                } else {
                    html.add(.span, text: entry.result.firm)
                }
            },
            .text(SpotCheckWords.product) { $0.result.product },
            .text(SpotCheckWords.model) { $0.result.model },
            .status(SpotCheckWords.verdict) { PublicationPages.badge($0.result.verdict) },
            .text(SpotCheckWords.failedItems) { $0.result.failedItems },
            last,
        ]
    }

    private static func failing(_ listing: LocalListing, _ position: Int64, _ html: inout HTML) {
        guard !listing.failing.isEmpty else { return }
        html.add(
            Sheet(
                ListingWords.failingRows, note: SpotCheckWords.batches(listing.failing.count),
                links: all(listing.failing.count, listing.question(fail), position)
            ) { html in
                html.add(
                    Table(
                        caption: ListingWords.failingRows, rows: Array(listing.failing.prefix(shownRows)),
                        columns: columns(.text(SpotCheckWords.followUp) { listing.followUpState($0) })))
            })
        guard !listing.earlier.isEmpty else { return }
        html.add(
            Sheet(
                ListingWords.earlier, note: SpotCheckWords.batches(listing.earlier.count),
                links: all(listing.earlier.count, earlierQuestion(listing), position)
            ) { html in
                html.add(
                    Table(
                        caption: ListingWords.earlier, rows: Array(listing.earlier.prefix(shownRows)),
                        columns: [
                            .text(SpotCheckWords.firm) { $0.result.firm }, .text(SpotCheckWords.product) { $0.result.product },
                            .text(SpotCheckWords.failedItems) { $0.result.failedItems },
                            .link(SpotCheckWords.publication) { Link($0.title, Address("publications", $0.result.publication)) },
                        ]))
            })
    }

    private static func candidates(_ listing: LocalListing, _ source: ListingSource, _ seals: Seals, _ html: inout HTML) {
        let rows = listing.entries(.candidate)
        guard !rows.isEmpty else { return }
        html.add(
            Sheet(ListingWords.candidates, note: ListingWords.first(shownRows, of: rows.count)) { html in
                html.add(
                    Table(
                        caption: ListingWords.candidates, rows: Array(rows.prefix(shownRows)),
                        columns: columns(.text(ListingWords.why) { $0.reason })))
                html.add(
                    Form(
                        action: source.address("accept"), seal: seals.next, fields: [FormField("reason", ListingWords.reason)],
                        submit: ListingWords.accept))
            })
    }

    private static func linked(_ listing: LocalListing, _ source: ListingSource, _ position: Int64, _ seals: Seals, _ html: inout HTML) {
        let rows = listing.entries(.linked)
        html.add(
            Sheet(ListingWords.linked, note: SpotCheckWords.batches(rows.count), links: all(rows.count, listing.question(), position)) {
                html in
                html.add(
                    Table(
                        caption: ListingWords.linked, rows: Array(rows.prefix(shownRows)),
                        columns: columns(.text(ListingWords.why) { $0.reason }),
                        empty: EmptyState(ListingWords.noLinked, nextStep: ListingWords.noLinkedHint)))
                html.add(
                    Padded { html in html.add(ActionButton(ListingWords.linkAgain, action: source.address("link"), seal: seals.next)) })
            })
    }

    private static func unclear(_ listing: LocalListing, _ source: ListingSource, _ seals: Seals, _ html: inout HTML) {
        let rows = listing.unclear
        let named = rows.count(where: \.namesRegion)
        html.add(
            Sheet(
                ListingWords.unclear, note: ListingWords.unclearNote(rows.count, named: named, shown: shownRows),
                links: [Link(ListingWords.exportUnclear, source.address("unclear"), look: .button)]
            ) { html in
                let decide = Column<LocalListing.Entry>(ListingWords.why, .wide) { html, entry in
                    html.add(.span, text: entry.reason)
                    guard entry.result.doubt == nil, entry.namesRegion else { return }
                    for (title, value) in [(ListingWords.own, "own"), (ListingWords.other, "other")] {
                        html.add(
                            ActionButton(
                                title, action: source.address("decide"), seal: seals.next,
                                fields: [("row", String(entry.id)), ("belongs", value)]))
                    }
                }
                html.add(
                    Table(
                        caption: ListingWords.unclear, rows: Array(rows.prefix(shownRows)), columns: columns(decide),
                        empty: EmptyState(ListingWords.noUnclear, nextStep: ListingWords.noUnclearHint)))
                if !rows.isEmpty {
                    html.add(Form(action: source.address("settle"), seal: seals.next, fields: settleFields, submit: ListingWords.readBack))
                }
            })
    }

    private static func sampling(_ listing: LocalListing, _ source: ListingSource, _ seals: Seals, _ html: inout HTML) {
        guard let publication = listing.publications.first?.publication else { return }
        func choices(_ words: [String: Word]) -> [FormField.Choice] { words.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) } }
        html.add(
            Sheet(ListingWords.sampling, note: Word("\(publication.method.label) · \(publication.stage.label)")) { html in
                html.add(
                    Form(
                        action: source.base.appending("sampling"), seal: seals.next,
                        fields: [
                            FormField(
                                "method", SpotCheckWords.method, .select(choices(SpotCheckWords.methods)), values: [publication.method.code]
                            ),
                            FormField(
                                "stage", SpotCheckWords.stage, .select(choices(SpotCheckWords.stages)), values: [publication.stage.rawValue]
                            ),
                            FormField("reason", ListingWords.reason, .text, isRequired: true, hint: ListingWords.samplingReasonHint),
                        ], submit: ListingWords.stateSampling))
            })
    }
}
