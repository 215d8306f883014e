import Storage
import Values
package import WebSupport

/// The office's page on which a list is opened to the public, with what the public will read of it.
enum OpenListPages {
    /// What the page is about.
    struct Model: Sendable {
        let id: Int64
        let publication: Publication
        let opened: OpenedList?
        /// The first rows as the public reads them.
        let rows: [OpenedRow]
    }

    static let fields = [
        FormField("source", OpenListWords.source, .text, isRequired: true, hint: OpenListWords.sourceHint),
        FormField("sampled", OpenListWords.sampled, .checkbox, hint: OpenListWords.sampledHint),
        FormField("checked", OpenListWords.checked, .checkbox, isRequired: true, hint: OpenListWords.checkedHint),
    ]
    static let closeFields = [FormField("reason", OpenListWords.closeReason, .text, isRequired: true)]

    static func page(_ model: Model, seal: FormSeal, fields: [FormField]? = nil) -> Page {
        let address = Address("publications", model.id)
        return Page(
            OpenListWords.opening, lead: Word(name: model.publication.title),
            badge: model.opened == nil ? Badge(.neutral, OpenListWords.isClosed) : Badge(.good, OpenListWords.isOpen),
            crumbs: [
                Link(SpotCheckWords.publications, Address("publications")), Link(model.publication.title, address),
            ]
        ) { html in
            html.add(Notice(.info, OpenListWords.whatIsShown))
            if let opened = model.opened {
                var facts = DefinitionList()
                facts.add(OpenListWords.openedOn, opened.openedOn.description)
                facts.add(OpenListWords.source, opened.source)
                facts.add(OpenListWords.sampled, opened.showsSampled ? OpenListWords.yes : OpenListWords.no)
                html.add(
                    Sheet(OpenListWords.isOpen, links: [Link(OpenListWords.seen, Address("published", "lists", model.id))]) { html in
                        html.add(facts)
                        html.add(
                            Form(
                                action: address.appending("close"), seal: seal, fields: fields ?? closeFields, submit: OpenListWords.close,
                                isGrave: true))
                    })
            } else if model.publication.kind == .results {
                html.add(
                    Sheet(OpenListWords.open) { html in
                        html.add(
                            Form(
                                action: address.appending("open"), seal: seal, fields: fields ?? self.fields, submit: OpenListWords.open))
                    })
            }
            html.add(
                Sheet(OpenListWords.preview, note: OpenListWords.previewNote(model.rows.count)) { html in
                    html.add(
                        Table(
                            caption: OpenListWords.preview, rows: model.rows,
                            columns: OpenedRowTable.columns(showsSampled: model.opened?.showsSampled ?? true), phone: .stacked,
                            empty: EmptyState(OpenListWords.noRows, nextStep: OpenListWords.noRowsHint)))
                })
        }
    }
}

/// Rows of opened lists, as the public and the opening officer read them.
package enum OpenedRowTable {
    package static func columns(showsSampled: Bool) -> [Column<OpenedRow>] {
        var columns: [Column<OpenedRow>] = [
            Column(SpotCheckWords.namedProducer, .wide) { html, row in
                html.add(.span, text: row.producer ?? "—")
                if row.isDisputed { html.add(Badge(.caution, OpenListWords.disputed)) }
                if let day = row.correctedOn { html.add(.small, text: OpenListWords.corrected(day)) }
            }
        ]
        if showsSampled { columns.append(.text(SpotCheckWords.sampledUnit) { $0.sampledUnit }) }
        return columns + [
            .text(SpotCheckWords.product) { row in
                let parts = [row.product, row.brand, row.model].compactMap { $0 }
                return parts.isEmpty ? nil : parts.joined(separator: " · ")
            },
            .text(SpotCheckWords.batch) { $0.batch },
            .status(SpotCheckWords.verdict) { PublicationPages.badge($0.verdict) },
            Column(SpotCheckWords.failedItems) { html, row in
                html.add(row.failedItems ?? "—")
                if let recheck = row.recheck { html.add(.small, text: html.shown(OpenListWords.recheck) + "：" + recheck) }
            },
            .text(SpotCheckWords.laboratory) { $0.laboratory },
        ]
    }
}
