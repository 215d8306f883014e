package import Values

/// Horizontal bars; a table that shows its numbers as lengths, so that it needs no second table for those who cannot see bars.
package struct BarChart: Component, Sendable {
    /// One row of the chart.
    package struct Bar: Sendable {
        package let label: Word
        package let value: Double?
        /// The printed value.
        package let text: String
        /// n and interval, below the number.
        package let detail: String?
        package let interval: (low: Double, high: Double)?
        package let rows: Address?
        package let tone: Badge.Tone

        package init(
            _ label: Word, value: Double?, text: String, detail: String? = nil, interval: (low: Double, high: Double)? = nil,
            rows: Address? = nil, tone: Badge.Tone = .info
        ) {
            self.label = label
            self.value = value
            self.text = text
            self.detail = detail
            self.interval = interval
            self.rows = rows
            self.tone = tone
        }
    }

    package let caption: Word
    package let measure: Word
    package let bars: [Bar]
    package let mark: Double?
    /// What the labels are, as their heading.
    package let heading: Word?

    /// `measure` heads the numbers: 合格批次（批）. `mark` draws the same red line through every bar.
    package init(caption: Word, measure: Word, bars: [Bar], mark: Double? = nil, heading: Word? = nil) {
        self.caption = caption
        self.measure = measure
        self.bars = bars
        self.mark = mark
        self.heading = heading
    }

    package func write(into html: inout HTML) {
        let numbers = bars.flatMap { [$0.value, $0.interval?.high] } + [mark]
        let top = numbers.compactMap { $0 }.filter(\.isFinite).max() ?? 0
        html.add(
            Table(
                caption: caption, rows: bars,
                columns: [
                    .text(heading ?? WebWords.label) { $0.label },
                    Column(measure, .amount) { html, bar in
                        if let rows = bar.rows { html.add(.a, .class("opens"), .href(rows), text: bar.text) } else { html.add(bar.text) }
                        if let detail = bar.detail { html.add(.small, text: detail) }
                    },
                    Column(WebWords.chart, .wide) { html, bar in
                        html.add(
                            TargetBar(
                                value: bar.value, target: mark, interval: bar.interval, range: 0...max(top, 1e-9), tone: bar.tone,
                                spoken: bar.label))
                    },
                ]))
    }
}
