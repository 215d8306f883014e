import Storage
import Values
import WebSupport

/// All headings corrected by hand, each with who corrected it and when, to be taken back.
enum HeadingCorrectionPage {
    /// One correction with the entry that brought it.
    struct Line: Sendable {
        let correction: HeadingCorrection
        let entry: JournalEntry?
    }

    static func lines(_ session: any Storage.Session) throws -> [Line] {
        try HeadingCorrectionStore.all(session).map { Line(correction: $0, entry: try JournalQuery.entry(session, at: $0.since)) }
    }

    static func page(_ lines: [Line], vocabulary: HeadingVocabulary, seal: FormSeal) -> Page {
        Page(
            ImportWords.corrections, lead: ImportWords.correctionsLead, crumbs: [Link(ImportWords.title, Address("imports", "new"))]
        ) { html in
            html.add(
                Sheet(ImportWords.corrections) { html in
                    html.add(
                        Table(
                            caption: ImportWords.corrections, rows: lines,
                            columns: [
                                Column(ImportWords.heading, .wide) { html, line in html.add(line.correction.printed) },
                                .text(ImportWords.kind) { $0.correction.kind.label },
                                .text(ImportWords.takenAs) { label($0.correction, vocabulary) },
                                .day(ImportWords.correctedOn) { $0.entry?.time.day },
                                .text(ImportWords.correctedBy) { $0.entry?.actor },
                                Column(OriginalWords.action) { html, line in
                                    html.add(
                                        ActionButton(
                                            ImportWords.withdraw, action: Address("imports", "corrections"), seal: seal,
                                            fields: [("correction", String(line.correction.id.number))]))
                                },
                            ],
                            empty: EmptyState(ImportWords.noCorrections, nextStep: ImportWords.noCorrectionsNext)))
                })
        }
    }

    private static func label(_ correction: HeadingCorrection, _ vocabulary: HeadingVocabulary) -> Word {
        guard let field = correction.field else { return ImportWords.leaveOut }
        return Word(vocabulary[correction.kind]?[field]?.label ?? field)
    }
}
