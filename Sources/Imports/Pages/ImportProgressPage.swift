import Values
import WebSupport

/// A long step while it is being worked on; the page asks again by itself, without a script.
enum ImportProgressPage {
    static let secondsBetween = 2

    static func page(_ record: ImportRecord, _ job: ImportJobs.Job, seal: FormSeal) -> Page {
        let state = job.progress.state
        return Page(
            ImportWords.title(job.step), lead: Word(record.kind.label), badge: record.badge, crumbs: record.crumbs
        ) { html in
            if case .failed(let failure) = job.state { return html.add(broken(failure, record)) }
            html.add(
                WebSupport.Sheet(ImportWords.stage(state.stage), note: state.file.map { Word($0, $0) }) { html in
                    html.add(
                        Padded { html in
                            if state.rows > 0 { html.add(.p, .role("status"), text: ImportWords.rows(state.rows, of: state.total)) }
                            html.add(.p, text: ImportWords.stays)
                            html.add(.p, text: job.step == .commit ? ImportWords.writesAtOnce : ImportWords.writesNothingYet)
                            html.add(ActionButton(ImportWords.stop, action: Address("imports", record.id, "stop"), seal: seal))
                        })
                })
        }
    }

    private static func broken(_ failure: Failure, _ record: ImportRecord) -> WebSupport.Sheet {
        WebSupport.Sheet(ImportWords.broken) { html in
            html.add(
                Padded { html in
                    html.add(.p, .role("alert"), text: Word(failure.message))
                    if let cure = failure.cure { html.add(.p, text: Word(cure)) }
                    html.add(Link(ImportWords.tryAgain, Address("imports", record.id), look: .primary))
                })
        }
    }
}
