import Values

/// What stands in the head of a page: its name, the styles, the little script.
struct PageHead: Component {
    let title: Word
    /// The part of the program, where it has a name of its own.
    let part: Word?
    let context: WebContext

    func write(into html: inout HTML) {
        let files = context.environment.publicFiles
        html.add(.meta, .other("charset", "utf-8"))
        html.add(.meta, .name("viewport"), .other("content", "width=device-width, initial-scale=1"))
        html.add(.title, text: html.shown(title) + " · " + html.shown(part ?? WebWords.product))
        html.add(.link, .other("rel", "stylesheet"), .href(files.address("styles.css")))
        if part != nil { html.add(.link, .other("rel", "stylesheet"), .href(files.address("open.css"))) }
        html.add(.link, .other("rel", "icon"), .type("image/svg+xml"), .href(files.address("logo.svg")))
        html.add(.script, .flag("defer"), .src(files.address("page.js"))) { _ in }
    }
}

/// A page's own part: the way to it, its title, what happened, its content.
struct PageBody: Component {
    let page: Page

    func write(into html: inout HTML) {
        if !page.crumbs.isEmpty {
            html.add(.nav, .class("crumbs"), .spoken(WebWords.breadcrumb)) { html in
                html.add(.ol) { html in
                    for crumb in page.crumbs { html.add(.li) { html in html.add(crumb) } }
                }
            }
        }
        html.add(.header, .class("title")) { html in
            html.add(.div) { html in
                html.add(.h1) { html in
                    html.add(page.title)
                    if let badge = page.badge { html.add(badge) }
                }
                if let lead = page.lead { html.add(.p, .class("lead"), text: lead) }
            }
            if !page.actions.isEmpty {
                html.add(.p, .class("actions")) { html in for action in page.actions { html.add(action) } }
            }
        }
        if !page.tabs.isEmpty { tabs(&html) }
        for notice in page.notices { html.add(notice) }
        page.content(&html)
    }

    private func tabs(_ html: inout HTML) {
        html.add(.nav, .class("tabs"), .spoken(WebWords.tabs)) { html in
            html.add(.ul) { html in
                for tab in page.tabs {
                    html.add(.li) { html in
                        html.add(.a, .href(tab.address), .current(tab.isCurrent)) { html in
                            html.add(tab.title)
                            if let count = tab.count { html.add(.small, text: count) }
                        }
                    }
                }
            }
        }
    }
}
