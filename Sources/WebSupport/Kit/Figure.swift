package import Values

/// A number with all that makes it honest: what it counts, n, interval, unit, state, and the rows it opens into.
package struct Figure: Sendable {
    package let label: Word
    /// The printed number, or nil when it is unknown; then `note` should say what is missing.
    package let value: String?
    package let unit: Word?
    /// How many rows or samples stand behind it.
    package let count: Int?
    /// The 95 % interval as printed: `("80.6%", "93.1%")`.
    package let interval: (low: String, high: String)?
    package let note: Word?
    /// The rows, with `known=POSITION`, so that they agree with the number.
    package let rows: Address?
    package let state: FigureState?
    /// Shown in the seal's red: a person has to do something about it.
    package let needsPerson: Bool

    package init(
        _ label: Word, _ value: String?, unit: Word? = nil, count: Int? = nil, interval: (low: String, high: String)? = nil,
        note: Word? = nil, rows: Address? = nil, state: FigureState? = nil, needsPerson: Bool = false
    ) {
        self.label = label
        self.value = value
        self.unit = unit
        self.count = count
        self.interval = interval
        self.note = note
        self.rows = rows
        self.state = state
        self.needsPerson = needsPerson
    }

    /// The number as it stands in a table: a dotted underline says that it opens.
    package var inline: InlineFigure { InlineFigure(figure: self) }
}

/// Figures side by side in one sheet.
package struct FigureStrip: Component {
    let figures: [Figure]

    package init(_ figures: [Figure]) { self.figures = figures }

    package func write(into html: inout HTML) {
        html.add(.dl, .class("sheet figures")) { html in
            for figure in figures {
                html.add(.div) { html in
                    html.add(.dt, text: figure.label)
                    html.add(.dd) { html in
                        html.add(.p, .classes("number", figure.needsPerson ? "person" : "")) { html in figure.writeNumber(into: &html) }
                        figure.writeDetails(into: &html)
                    }
                }
            }
        }
    }
}

/// One figure on its own sheet.
package struct FigureCard: Component {
    let figure: Figure

    package init(_ figure: Figure) { self.figure = figure }

    package func write(into html: inout HTML) { html.add(FigureStrip([figure])) }
}

/// A figure inside a table cell: the number above, n and interval below.
package struct InlineFigure: Component {
    let figure: Figure

    package func write(into html: inout HTML) {
        html.add(.strong, .classes("number", figure.needsPerson ? "person" : "")) { html in figure.writeNumber(into: &html) }
        figure.writeDetails(into: &html)
    }
}

extension Figure {
    func writeNumber(into html: inout HTML) {
        guard let value else {
            html.add(WebWords.unknown)
            return
        }
        if let rows {
            html.add(.a, .class("opens"), .href(rows), text: value)
        } else {
            html.add(.span, text: value)
        }
        if let unit { html.add(.small, text: " " + html.shown(unit)) }
    }

    func writeDetails(into html: inout HTML) {
        let counted = count.map { "n = " + NumberText.grouped($0) }
        let sign = value?.hasSuffix("%") == true ? "%" : ""
        let between = interval.map { $0.high.hasSuffix("%") ? "\($0.low)–\($0.high)" : "\($0.low)–\($0.high)\(sign)" }
        var said: String?
        if let note { said = html.shown(note) }
        let line = [counted, between, said].compactMap { $0 }.joined(separator: " · ")
        if !line.isEmpty { html.add(.small, .class("details"), interval == nil ? nil : .hint(WebWords.interval), text: line) }
        if let state { html.add(state.badge) }
    }
}
