package import Values

/// A white sheet with a heading: the frame of every table, list and form.
package struct Sheet: Component {
    let title: Word?
    let note: Word?
    let links: [Link]
    let content: (inout HTML) -> Void

    /// `note` and `links` stand at the right of the heading.
    package init(_ title: Word? = nil, note: Word? = nil, links: [Link] = [], content: @escaping (inout HTML) -> Void) {
        self.title = title
        self.note = note
        self.links = links
        self.content = content
    }

    package func write(into html: inout HTML) {
        html.add(.section, .class("sheet")) { html in
            if let title {
                html.add(.header) { html in
                    html.add(.h2, text: title)
                    html.add(.p, .class("note")) { html in
                        if let note { html.add(.span, text: note) }
                        for link in links { html.add(link) }
                    }
                }
            }
            content(&html)
        }
    }
}

/// Text with room around it inside a sheet.
package struct Padded: Component {
    let content: (inout HTML) -> Void

    package init(content: @escaping (inout HTML) -> Void) { self.content = content }

    package func write(into html: inout HTML) { html.add(.div, .class("padded"), content: content) }
}

/// The main part of a page and, at desk width, a narrower part at its right; below it at phone width.
package struct Columns: Component {
    let main: (inout HTML) -> Void
    let side: (inout HTML) -> Void

    package init(main: @escaping (inout HTML) -> Void, side: @escaping (inout HTML) -> Void) {
        self.main = main
        self.side = side
    }

    package func write(into html: inout HTML) {
        html.add(.div, .class("columns")) { html in
            html.add(.div, content: main)
            html.add(.aside, content: side)
        }
    }
}

/// What the reader should know before reading on.
package struct Notice: Component, Sendable {
    package let tone: Badge.Tone
    package let text: Word
    package let detail: String?
    package let link: Link?

    package init(_ tone: Badge.Tone, _ text: Word, detail: String? = nil, link: Link? = nil) {
        self.tone = tone
        self.text = text
        self.detail = detail
        self.link = link
    }

    package func write(into html: inout HTML) {
        html.add(.div, .classes("notice", tone.rawValue), tone == .bad ? .role("alert") : .role("status")) { html in
            if !tone.sign.isEmpty { html.add(.span, .class("sign"), .decorative, text: tone.sign) }
            html.add(.div) { html in
                html.add(.strong, text: text)
                if let detail { html.add(.p, text: detail) }
                if let link { html.add(.p) { html in html.add(link) } }
            }
        }
    }
}

/// Nothing here yet, and what to do about it.
package struct EmptyState: Component, Sendable {
    package let text: Word
    package let nextStep: Word
    package let action: Link?

    package init(_ text: Word, nextStep: Word, action: Link? = nil) {
        self.text = text
        self.nextStep = nextStep
        self.action = action
    }

    package func write(into html: inout HTML) {
        html.add(.div, .class("empty")) { html in
            html.add(.p, .class("message"), text: text)
            html.add(.p, text: nextStep)
            if let action { html.add(.p) { html in html.add(action) } }
        }
    }
}
