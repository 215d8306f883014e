import Storage
import Values
import WebSupport

/// The third step: what committing would do, and the form that does it.
enum ImportPreviewPage {
    static var fields: [FormField] {
        [
            FormField(
                "mode", ImportWords.mode,
                .radio([.init(CommitMode.all.rawValue, ImportWords.all), .init(CommitMode.good.rawValue, ImportWords.good)]),
                values: [CommitMode.all.rawValue], isRequired: true),
            FormField("reason", ImportWords.reason),
        ]
    }

    /// So many are shown; all stand in the file.
    static let mostIssues = 50

    static func page(
        _ record: ImportRecord, _ report: ImportReport, fields: [FormField], notices: [Notice], seal: FormSeal
    ) -> Page {
        // Warnings, too: a figure that cannot be read is left out of a row that is taken.
        let issues = Array((report.issues.filter { $0.level == .error } + report.issues.filter { $0.level != .error }).prefix(mostIssues))
        let more = report.issues.count > issues.count ? ImportWords.moreInFile : nil
        return Page(
            ImportWords.preview, lead: Word(record.kind.label), badge: record.badge, crumbs: record.crumbs, tabs: record.tabs("preview"),
            actions: [Link(ImportWords.download, Address("imports", record.id, "errors"), look: .button)], notices: notices
        ) { html in
            html.add(figures([report.read, report.new, report.changed, report.unchanged, report.rejected]))
            html.add(
                Sheet(ImportWords.outcome, note: report.samples.isEmpty ? nil : ImportWords.firstRows(ImportReport.mostSamples)) { html in
                    html.add(
                        Table(
                            caption: ImportWords.outcome, rows: report.samples,
                            columns: [
                                Column(ImportWords.content, .wide) { html, row in html.add(row.text) },
                                .status(ImportWords.outcome) { badge($0.outcome) },
                                .text(ImportWords.sheet) { $0.sheet }, .text(ImportWords.row) { String($0.number) },
                                .text(ImportWords.change) { row in if case .changed(let text) = row.outcome { text } else { nil } },
                            ],
                            empty: EmptyState(
                                ImportWords.nothing,
                                nextStep: report.read == 0 && !issues.isEmpty ? ImportWords.nothingReadable : ImportWords.nothingNew)))
                })
            if !issues.isEmpty { html.add(Sheet(ImportWords.issues, note: more) { html in html.add(IssueList.table(issues)) }) }
            html.add(Sheet(ImportWords.commit) { html in commit(record, report, fields, seal, &html) })
        }
    }

    /// The form where something can be written; else why nothing can, and what to do instead.
    private static func commit(_ record: ImportRecord, _ report: ImportReport, _ fields: [FormField], _ seal: FormSeal, _ html: inout HTML)
    {
        let check = Link(ImportWords.check, Address("imports", record.id))
        if report.new + report.changed > 0 {
            let form = Form(
                action: Address("imports", record.id, "commit"), seal: seal, fields: fields, submit: ImportWords.commitNow, cancel: check)
            return html.add(form)
        }
        let why =
            report.read == 0
            ? ImportWords.noRows
            : report.rejected == 0 ? ImportWords.allKnown : report.unchanged == 0 ? ImportWords.allRejected : ImportWords.restRejected
        html.add(EmptyState(ImportWords.nothingToCommit, nextStep: why, action: check))
        guard report.read > 0, report.rejected == 0, !report.hasErrors else { return }
        html.add(
            Padded { html in
                html.add(
                    ActionButton(
                        ImportWords.finish, action: Address("imports", record.id, "commit"), seal: seal,
                        fields: [("mode", CommitMode.all.rawValue)]))
            })
    }

    /// Read, new, changed, unchanged, rejected.
    static func figures(_ counts: [Int]) -> FigureStrip {
        let labels = [ImportWords.read, ImportWords.new, ImportWords.changed, ImportWords.unchanged, ImportWords.rejected]
        return FigureStrip(
            zip(labels, counts).map { label, count in
                Figure(label, NumberText.grouped(count), unit: ImportWords.unit, needsPerson: label == ImportWords.rejected && count > 0)
            })
    }

    private static func badge(_ outcome: RowOutcome) -> Badge {
        switch outcome {
        case .new: Badge(.good, ImportWords.new)
        case .changed: Badge(.info, ImportWords.changed)
        case .unchanged: Badge(.neutral, ImportWords.unchanged)
        case .rejected: Badge(.bad, ImportWords.rejected)
        }
    }
}

/// The last step: what was written, and where it can be seen.
enum ImportResultPage {
    static func page(_ record: ImportRecord, _ originals: [KeptOriginal], destination: Link?) -> Page {
        let wrote = record.committed != nil
        let journal = record.committed.map { Link(ImportWords.toJournal, Address("journal", $0), look: .button) }
        let list =
            record.kind == .enterprises
            ? Link(ImportWords.toEnterprises, Address("enterprises"), look: .button)
            : Link(ImportWords.toPublications, Address("publications"), look: .button)
        let notice = wrote ? Notice(.good, ImportWords.done) : Notice(.info, ImportWords.nothing, detail: ImportWords.nothingNew.chinese)
        return Page(ImportWords.done, lead: Word(record.kind.label), badge: record.badge, crumbs: record.crumbs, notices: [notice]) {
            html in
            let counts = record.counts
            html.add(ImportPreviewPage.figures([counts.reduce(0, +)] + counts))
            html.add(
                Sheet(ImportWords.next) { html in
                    html.add(
                        Padded { html in
                            html.add(.p, .class("buttons")) { html in
                                if let destination { html.add(destination) }
                                if destination?.address != list.address { html.add(list) }
                                if let journal { html.add(journal) }
                                html.add(
                                    Link(ImportWords.again, Address("imports", "new").with("kind", record.kind.rawValue), look: .button))
                            }
                            guard originals.allSatisfy({ $0.erasure == nil }) else { return }
                            html.add(.p) { html in html.add(Link(ImportWords.download, Address("imports", record.id, "errors"))) }
                        })
                })
            html.add(OriginalsSheet(originals))
        }
    }
}
