package import Values
package import WebSupport

/// A job while it is being worked on, as part of its page; the page asks again by itself, without a script.
package struct JobSheet: Component {
    package static let secondsBetween = 2

    let state: Word
    let job: Job
    let progress: Word?
    let remarks: [Word]
    let actions: (inout HTML) -> Void

    package init(_ state: Word, _ job: Job, progress: Word?, remarks: [Word], actions: @escaping (inout HTML) -> Void) {
        self.state = state
        self.job = job
        self.progress = progress
        self.remarks = remarks
        self.actions = actions
    }

    package func write(into html: inout HTML) {
        html.add(
            WebSupport.Sheet(state, note: job.told.file.map { Word($0, $0) }) { html in
                html.add(
                    Padded { html in
                        if let progress { html.add(.p, .role("status"), text: progress) }
                        for remark in remarks { html.add(.p, text: remark) }
                        actions(&html)
                    })
            })
    }
}
