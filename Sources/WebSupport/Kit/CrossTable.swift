package import Values

/// Rows by columns with totals (交叉表): every cell opens, shades repeat what the numbers say, headings stay in sight.
///
/// Totals are given, never added up here: numbers of firms and shares cannot be added.
package struct CrossTable: Component, Sendable {
    /// The heading of a row or column.
    package struct Heading: Sendable {
        package let label: Word
        package let address: Address?
        /// The name under which a column can be sorted.
        package let sort: String?

        package init(_ label: Word, _ address: Address? = nil, sort: String? = nil) {
            self.label = label
            self.address = address
            self.sort = sort
        }
    }

    /// One number; nil text where nothing was found.
    package struct Cell: Sendable {
        package let text: String?
        /// n and interval, below the number.
        package let detail: String?
        package let address: Address?
        /// 1 to 5; nil without shade.
        package let shade: Int?

        package init(_ text: String?, detail: String? = nil, address: Address? = nil, shade: Int? = nil) {
            self.text = text
            self.detail = detail
            self.address = address
            self.shade = shade
        }
    }

    /// A row: its heading, a cell for each column, its total.
    package struct Line: Sendable {
        package let heading: Heading
        package let cells: [Cell]
        package let total: Cell

        package init(_ heading: Heading, cells: [Cell], total: Cell) {
            self.heading = heading
            self.cells = cells
            self.total = total
        }
    }

    package let caption: Word
    /// What the rows are, and what the columns are.
    package let corner: Heading
    package let columns: [Heading]
    package let totalHeading: Heading
    package let lines: [Line]
    package let totals: Line
    package let sort: Sorting

    package init(
        caption: Word, corner: Heading, columns: [Heading], totalHeading: Heading, lines: [Line], totals: Line, sort: Sorting
    ) {
        self.caption = caption
        self.corner = corner
        self.columns = columns
        self.totalHeading = totalHeading
        self.lines = lines
        self.totals = totals
        self.sort = sort
    }

    package func write(into html: inout HTML) {
        html.add(.div, .class("table scrolled cross"), .role("region"), .spoken(caption), .other("tabindex", "0")) { html in
            html.add(.table) { html in
                html.add(.caption, text: caption)
                html.add(.thead) { html in
                    html.add(.tr) { html in
                        head(corner, isFirst: true, &html)
                        for column in columns { head(column, isFirst: false, &html) }
                        head(totalHeading, isFirst: false, &html)
                    }
                }
                html.add(.tbody) { html in for line in lines { row(line, &html) } }
                html.add(.tfoot) { html in row(totals, &html) }
            }
        }
    }

    private func head(_ heading: Heading, isFirst: Bool, _ html: inout HTML) {
        let order = heading.sort.flatMap(sort.order(of:))
        html.add(.th, .scope("col"), .classes(isFirst ? "text" : "amount"), order.map { .other("aria-sort", $0.rawValue) }) { html in
            guard let name = heading.sort else { return html.add(heading.label) }
            html.add(.a, .href(sort.address(name)), .hint(WebWords.sortBy)) { html in
                html.add(heading.label)
                if let order { html.add(.span, .decorative, text: order == .ascending ? " ▲" : " ▼") }
            }
        }
    }

    private func row(_ line: Line, _ html: inout HTML) {
        html.add(.tr) { html in
            html.add(.th, .scope("row"), .class("text")) { html in
                if let address = line.heading.address { html.add(Link(line.heading.label, address)) } else { html.add(line.heading.label) }
            }
            for cell in line.cells { write(cell, "", &html) }
            write(line.total, "total", &html)
        }
    }

    private func write(_ cell: Cell, _ more: String, _ html: inout HTML) {
        html.add(.td, .classes("amount", cell.shade.map { "shade-\($0)" } ?? "", more)) { html in
            guard let text = cell.text else { return html.add(WebWords.unknown) }
            if let address = cell.address { html.add(.a, .class("opens"), .href(address), text: text) } else { html.add(text) }
            if let detail = cell.detail { html.add(.small, text: detail) }
        }
    }
}
