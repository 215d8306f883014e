package import Values

/// Labels and what they stand for, in two columns at desk width.
package struct DefinitionList: Component {
    private var rows: [(label: Word, content: (inout HTML) -> Void)] = []

    package init() {}

    /// Adds a line of text; unknown (nil) is shown as a dash.
    package mutating func add(_ label: Word, _ text: (any Written)?) {
        rows.append((label, { html in html.add(html.shown(text ?? WebWords.unknown)) }))
    }

    /// Adds a line with links, badges or figures.
    package mutating func add(_ label: Word, content: @escaping (inout HTML) -> Void) { rows.append((label, content)) }

    package func write(into html: inout HTML) {
        html.add(.dl, .class("facts wide")) { html in
            for row in rows {
                html.add(.div) { html in
                    html.add(.dt, text: row.label)
                    html.add(.dd, content: row.content)
                }
            }
        }
    }
}

/// What happened to a record, the latest first: day, what, who, why.
package struct Timeline: Component, Sendable {
    /// One event of a record.
    package struct Entry: Sendable {
        package let day: Day
        package let title: Word
        package let detail: String?
        package let actor: String?
        package let address: Address?

        package init(_ day: Day, _ title: Word, detail: String? = nil, actor: String? = nil, address: Address? = nil) {
            self.day = day
            self.title = title
            self.detail = detail
            self.actor = actor
            self.address = address
        }
    }

    package let entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    package func write(into html: inout HTML) {
        html.add(.ol, .class("timeline")) { html in
            for entry in entries {
                html.add(.li) { html in
                    html.add(.time, text: entry.day)
                    html.add(.div) { html in
                        if let address = entry.address { html.add(Link(entry.title, address)) } else { html.add(.span, text: entry.title) }
                        let line = [entry.detail, entry.actor].compactMap { $0 }.joined(separator: " · ")
                        if !line.isEmpty { html.add(.small, text: line) }
                    }
                }
            }
        }
    }
}

/// Things that wait, each with its number, when it is due, and one button or link.
package struct WorkList: Component, Sendable {
    /// One thing that waits.
    package struct Item: Sendable {
        package let title: Word
        package let detail: Word?
        package let badge: Badge?
        package let address: Address
        /// The one thing to do; nil makes the title the link.
        package let action: Word?

        package init(_ title: Word, detail: Word? = nil, badge: Badge? = nil, address: Address, action: Word? = nil) {
            self.title = title
            self.detail = detail
            self.badge = badge
            self.address = address
            self.action = action
        }
    }

    package let items: [Item]

    package init(_ items: [Item]) { self.items = items }

    package func write(into html: inout HTML) {
        html.add(.ul, .class("work")) { html in
            for item in items {
                html.add(.li) { html in
                    html.add(.div) { html in
                        html.add(.p) { html in
                            if let badge = item.badge { html.add(badge) }
                            if item.action == nil { html.add(Link(item.title, item.address)) } else { html.add(.span, text: item.title) }
                        }
                        if let detail = item.detail { html.add(.small, text: detail) }
                    }
                    if let action = item.action { html.add(Link(action, item.address, look: .button)) }
                }
            }
        }
    }
}

/// The two values of each field that differ, when somebody else changed the record first.
package struct ConflictTable: Component, Sendable {
    /// One field that differs.
    package struct Row: Sendable {
        package let field: Word
        package let yours: String
        package let theirs: String

        package init(_ field: Word, yours: String, theirs: String) {
            self.field = field
            self.yours = yours
            self.theirs = theirs
        }
    }

    package let rows: [Row]

    package init(_ rows: [Row]) { self.rows = rows }

    package func write(into html: inout HTML) {
        html.add(
            Table(
                caption: WebWords.heading(.conflict), rows: rows,
                columns: [
                    .text(WebWords.field) { $0.field }, .text(WebWords.yours) { $0.yours }, .text(WebWords.theirs) { $0.theirs },
                ]))
    }
}
