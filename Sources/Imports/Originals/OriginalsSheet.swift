package import Storage
import Values
package import WebSupport

/// The files behind a record: each to be downloaded, or when, by whom and why it was erased.
package struct OriginalsSheet: Component {
    let originals: [KeptOriginal]

    package init(_ originals: [KeptOriginal]) { self.originals = originals }

    package func write(into html: inout HTML) {
        let rows = originals
        html.add(
            Sheet(OriginalWords.original) { html in
                html.add(
                    Table(
                        caption: OriginalWords.original, rows: rows,
                        columns: [
                            Column(OriginalWords.file, .wide) { html, row in html.add(row.name) },
                            .text(OriginalWords.size) { OriginalPage.size($0) },
                            Column(OriginalWords.state, .wide) { html, row in
                                if row.erasure == nil {
                                    html.add(Link(OriginalWords.download, Address("originals", row.sha256, "file")))
                                } else {
                                    html.add(.span, text: OriginalWords.erased(row))
                                }
                            },
                            .link(OriginalWords.action) { row in
                                Link(row.erasure == nil ? OriginalWords.open : OriginalWords.original, Address("originals", row.sha256))
                            },
                        ],
                        empty: EmptyState(OriginalWords.unknown, nextStep: OriginalWords.unknownNext)))
            })
    }
}
