package import Values

/// Rows under typed columns: the main thing on most pages.
package struct Table<Row>: Component {
    /// What becomes of the table at phone width.
    package enum Phone: String, Sendable {
        /// Each row becomes a small block with its headings beside the values.
        case stacked
        /// The table keeps its shape and scrolls inside its sheet.
        case scrolled
    }

    let caption: Word
    let rows: [Row]
    let columns: [Column<Row>]
    let sort: Sorting?
    let phone: Phone
    let empty: EmptyState?

    /// The caption is for those who do not see the sheet's heading. A column with a sort name becomes a link where `sort` is given.
    package init(
        caption: Word, rows: [Row], columns: [Column<Row>], sort: Sorting? = nil, phone: Phone = .stacked, empty: EmptyState? = nil
    ) {
        self.caption = caption
        self.rows = rows
        self.columns = columns
        self.sort = sort
        self.phone = phone
        self.empty = empty
    }

    package func write(into html: inout HTML) {
        if rows.isEmpty, let empty {
            html.add(empty)
            return
        }
        html.add(
            .div, .classes("table", phone.rawValue), .role("region"), .spoken(caption), mayScroll ? .other("tabindex", "0") : nil
        ) { html in
            html.add(.table) { html in
                html.add(.caption, text: caption)
                html.add(.thead) { html in
                    html.add(.tr) { html in for column in columns { head(column, &html) } }
                }
                html.add(.tbody) { html in
                    for row in rows {
                        html.add(.tr) { html in
                            for (index, column) in columns.enumerated() { cell(column, row, isHead: index == 0, &html) }
                        }
                    }
                }
            }
        }
    }

    /// A wide table scrolls inside its sheet on a tablet; the keyboard must reach it.
    private var mayScroll: Bool { phone == .scrolled || columns.count > 5 }

    private func head(_ column: Column<Row>, _ html: inout HTML) {
        guard let sort, let name = column.sort else {
            html.add(.th, .scope("col"), .classes(column.kind.rawValue), text: column.title)
            return
        }
        let order = sort.order(of: name)
        html.add(.th, .scope("col"), .classes(column.kind.rawValue), order.map { .other("aria-sort", $0.rawValue) }) { html in
            html.add(.a, .href(sort.address(name)), .hint(WebWords.sortBy)) { html in
                html.add(column.title)
                if let order { html.add(.span, .decorative, text: order == .ascending ? " ▲" : " ▼") }
            }
        }
    }

    private func cell(_ column: Column<Row>, _ row: Row, isHead: Bool, _ html: inout HTML) {
        if isHead {
            html.add(.th, .scope("row"), .classes(column.kind.rawValue)) { html in column.write(&html, row) }
        } else {
            html.add(.td, .classes(column.kind.rawValue), .translated("data-label", column.title)) { html in column.write(&html, row) }
        }
    }
}

/// A column: its heading, what kind of values stand in it, how a row's value is written.
package struct Column<Row> {
    /// `bar` holds a `TargetBar` of its usual length; `wide` takes the room that is left.
    package enum Kind: String, Sendable { case text, amount, day, status, bar, wide }

    let title: Word
    let kind: Kind
    let sort: String?
    let write: (inout HTML, Row) -> Void

    /// A column of any content: links, badges, two lines.
    package init(_ title: Word, _ kind: Kind = .text, sort: String? = nil, write: @escaping (inout HTML, Row) -> Void) {
        self.title = title
        self.kind = kind
        self.sort = sort
        self.write = write
    }

    /// Text; unknown (nil) is shown as a dash.
    package static func text(_ title: Word, sort: String? = nil, _ value: @escaping (Row) -> (any Written)?) -> Column {
        plain(title, .text, sort, value)
    }

    /// Money or counts, right-aligned in tabular figures. The unit belongs into the heading.
    package static func amount(_ title: Word, sort: String? = nil, _ value: @escaping (Row) -> (any Written)?) -> Column {
        plain(title, .amount, sort, value)
    }

    /// Days, as `2006-09-05`.
    package static func day(_ title: Word, sort: String? = nil, _ value: @escaping (Row) -> Day?) -> Column {
        plain(title, .day, sort, value)
    }

    /// States as badges.
    package static func status(_ title: Word, sort: String? = nil, _ value: @escaping (Row) -> Badge?) -> Column {
        Column(title, .status, sort: sort) { html, row in
            if let badge = value(row) { html.add(badge) } else { html.add(WebWords.unknown) }
        }
    }

    /// The same column in a table of other rows, each of which holds one of these.
    package func of<Other>(_ part: @escaping (Other) -> Row) -> Column<Other> {
        let write = write
        return Column<Other>(title, Column<Other>.Kind(rawValue: kind.rawValue) ?? .text) { html, row in write(&html, part(row)) }
    }

    /// A text that opens the row's record.
    package static func link(_ title: Word, sort: String? = nil, _ value: @escaping (Row) -> Link) -> Column {
        Column(title, .wide, sort: sort) { html, row in html.add(value(row)) }
    }

    private static func plain(_ title: Word, _ kind: Kind, _ sort: String?, _ value: @escaping (Row) -> (any Written)?) -> Column {
        Column(title, kind, sort: sort) { html, row in html.add(html.shown(value(row) ?? WebWords.unknown)) }
    }
}

/// The order of a list, kept in its address as `sort=name` or `sort=-name`.
package struct Sorting: Sendable, Hashable {
    /// As `aria-sort` spells them.
    package enum Order: String, Sendable { case ascending, descending }

    /// The column that the rows are ordered by; nil for the list's own order.
    package let name: String?
    package let order: Order
    private let page: Address

    /// Reads the order from a request; a name that is not among `allowed` is ignored.
    package init(query: Query, page: Address, allowed: [String], standard: String? = nil) {
        let asked = query["sort"] ?? standard ?? ""
        let name = asked.hasPrefix("-") ? String(asked.dropFirst()) : asked
        self.name = allowed.contains(name) ? name : nil
        order = asked.hasPrefix("-") ? .descending : .ascending
        self.page = page
    }

    func order(of name: String) -> Order? { name == self.name ? order : nil }

    /// Sorting anew begins at the first page.
    func address(_ name: String) -> Address {
        page.removing("after").replacing("sort", order(of: name) == .ascending ? "-" + name : name)
    }
}
