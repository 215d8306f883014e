import Values

/// The page of an error: what happened, where, and what to do.
struct FailurePage {
    let failure: Failure
    let requestID: String

    var page: Page {
        Page(WebWords.heading(failure.kind)) { [failure, requestID] html in
            html.add(.div, .class("sheet failure"), .role("alert")) { html in
                html.add(.p, .class("message"), text: Word(failure.message))
                html.add(.dl, .class("facts")) { html in
                    FailurePage.write(WebWords.place, failure.place.word, into: &html)
                    FailurePage.write(WebWords.cure, Word(failure.cure ?? ""), into: &html)
                    FailurePage.write(WebWords.errorCode, Word(failure.code), into: &html)
                    FailurePage.write(WebWords.requestID, Word(requestID), into: &html)
                }
                html.add(.p) { html in html.add(Link(WebWords.home, Address(), look: .primary)) }
            }
        }
    }

    private static func write(_ label: Word, _ text: Word, into html: inout HTML) {
        guard !text.chinese.isEmpty else { return }
        html.add(.dt, text: label)
        html.add(.dd, text: text)
    }
}
