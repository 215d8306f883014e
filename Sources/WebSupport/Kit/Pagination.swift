import Values

/// The way on through a long list: rows after a cursor, never a page number that shifts while others write.
package struct Pagination: Component, Sendable {
    let page: Address
    let shown: Int
    let total: Int?
    /// Whether there are at least `total`, counted no further.
    let isAtLeast: Bool
    let after: String?
    let isFirst: Bool

    /// `after` is the cursor of the next page, nil on the last; `page` is the list's address with its filters.
    package init(page: Address, shown: Int, total: Int? = nil, isAtLeast: Bool = false, after: String?) {
        isFirst = !page.items.contains { $0.name == "after" }
        self.page = page.removing("after")
        self.shown = shown
        self.total = total
        self.isAtLeast = isAtLeast
        self.after = after
    }

    package func write(into html: inout HTML) {
        html.add(.nav, .class("pages"), .spoken(WebWords.pages)) { html in
            html.add(.span, text: WebWords.shown(shown, of: total, isAtLeast: isAtLeast))
            if !isFirst { html.add(Link(WebWords.first, page, look: .button)) }
            if let after { html.add(Link(WebWords.next, page.with("after", after), look: .button)) }
        }
    }
}

/// Fields that narrow a list down; what they say stands in the address, so that it can be kept and sent.
package struct Filter: Component {
    let page: Address
    let fields: [FormField]

    /// Items of the address that are not among the fields, such as `sort`, are kept; the cursor is not.
    package init(page: Address, query: Query, fields: [FormField]) {
        self.page = page
        self.fields = fields.map { $0.filled(from: query) }
    }

    package func write(into html: inout HTML) {
        let names = Set(fields.map(\.name))
        html.add(.form, .class("filter"), .other("method", "get"), .action(page.removingQuery())) { html in
            for item in page.items where !names.contains(item.name) && item.name != "after" {
                html.add(.input, .type("hidden"), .name(item.name), .value(item.value))
            }
            for field in fields { FieldRow(field: field, nothing: WebWords.any).write(into: &html) }
            html.add(.p, .class("buttons")) { html in
                html.add(.button, .class("button"), text: WebWords.filter)
                if fields.contains(where: { $0.values.contains { !$0.isEmpty } }) {
                    html.add(Link(WebWords.clear, fields.reduce(page.removing("after")) { $0.removing($1.name) }))
                }
            }
        }
    }
}
