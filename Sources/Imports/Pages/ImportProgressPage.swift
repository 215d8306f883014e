import Jobs
import Values
import WebSupport

/// A long step while it is being worked on, or why it was not done.
enum ImportProgressPage {
    static func page(_ record: ImportRecord, _ job: Job, seal: FormSeal) -> Page {
        Page(ImportWords.title(job.step), lead: Word(record.kind.label), badge: record.badge, crumbs: record.crumbs) { html in
            if let failure = failure(job) { return html.add(broken(failure, record)) }
            let state = ImportProgress.State(job.told)
            let remarks = [ImportWords.stays, job.step == .commit ? ImportWords.writesAtOnce : ImportWords.writesNothingYet]
            let rows = state.rows > 0 ? ImportWords.rows(state.rows, of: state.total) : nil
            html.add(
                JobSheet(ImportWords.stage(state.stage), job, progress: rows, remarks: remarks) { html in
                    html.add(ActionButton(ImportWords.stop, action: Address("imports", record.id, "stop"), seal: seal))
                })
        }
    }

    private static func failure(_ job: Job) -> Failure? {
        switch job.state {
        case .failed(let failure): failure
        case .cancelled: ImportProgress.stopped
        case .brokenOff:
            Failure(.busy, "import.broken-off", "处理这次导入的服务进程已结束，没有写入任何内容", cure: "重新预览，再提交一次；已经写入的不会再写一次")
        case .waiting, .running, .finished: nil
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
