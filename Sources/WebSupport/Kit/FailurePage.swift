import Values

/// The page of an error: what happened, where, and what to do.
struct FailurePage {
    let failure: Failure
    let requestID: String

    var page: Page {
        Page(WebWords.heading(failure.kind)) { [failure, requestID] html in
            html.add(.div, .class("sheet failure"), .role("alert")) { html in
                html.add(.p, .class("message"), text: failure.message)
                html.add(.dl, .class("facts")) { html in
                    FailurePage.write(WebWords.place, failure.place.description, into: &html)
                    FailurePage.write(WebWords.cure, failure.cure ?? "", into: &html)
                    FailurePage.write(WebWords.errorCode, failure.code, into: &html)
                    FailurePage.write(WebWords.requestID, requestID, into: &html)
                }
                html.add(.p) { html in html.add(Link(WebWords.home, Address(), look: .primary)) }
            }
        }
    }

    private static func write(_ label: Word, _ text: String, into html: inout HTML) {
        guard !text.isEmpty else { return }
        html.add(.dt, text: label)
        html.add(.dd, text: text)
    }
}
