package import Values

/// How far a value has come towards its target: a bar, a red mark at the target, a thin line over the 95 % interval.
package struct TargetBar: Component, Sendable {
    package let value: Double?
    package let target: Double?
    package let interval: (low: Double, high: Double)?
    package let range: ClosedRange<Double>
    package let tone: Badge.Tone
    /// The same in words, for those who do not see the bar: 现值 88.2%，目标 85%.
    package let spoken: Word

    /// Numbers share one unit; the bar spans `range`, beyond which marks are drawn at its ends.
    package init(
        value: Double?, target: Double?, interval: (low: Double, high: Double)? = nil, range: ClosedRange<Double>, tone: Badge.Tone,
        spoken: Word
    ) {
        self.value = value
        self.target = target
        self.interval = interval
        self.range = range
        self.tone = tone
        self.spoken = spoken
    }

    package func write(into html: inout HTML) {
        html.add(.svg, .class("target-bar"), .role("img"), .spoken(spoken), .number("width", 100, percent: true), .number("height", 22)) {
            html in
            html.add(.rect, .class("track"), .number("width", 100, percent: true), .number("y", 7), .number("height", 8), .number("rx", 2))
            if let value {
                html.add(
                    .rect, .classes("fill", tone.rawValue), .number("width", place(value), percent: true), .number("y", 7),
                    .number("height", 8), .number("rx", 2))
            }
            if let interval { line("whisker", from: place(interval.low), to: place(interval.high), top: 11, bottom: 11, &html) }
            if let target { line("mark", from: place(target), to: place(target), top: 3, bottom: 19, &html) }
        }
    }

    private func line(_ name: StaticString, from: Double, to: Double, top: Double, bottom: Double, _ html: inout HTML) {
        html.add(
            .line, .class(name), .number("x1", from, percent: true), .number("x2", to, percent: true), .number("y1", top),
            .number("y2", bottom))
    }

    /// Marks at the very ends stay inside the picture.
    private func place(_ number: Double) -> Double {
        let width = range.upperBound - range.lowerBound
        guard width > 0, number.isFinite else { return 0 }
        return min(max((number - range.lowerBound) / width * 100, 0), 99.4)
    }
}

/// Long work in hand: how many of how many.
package struct ProgressBar: Component, Sendable {
    package let done: Int
    /// nil while nobody knows how much there is.
    package let total: Int?
    package let label: Word

    package init(done: Int, total: Int?, label: Word) {
        self.done = done
        self.total = total
        self.label = label
    }

    package func write(into html: inout HTML) {
        html.add(.div, .class("progress"), .role("status")) { html in
            html.add(.span) { html in
                html.add(label)
                html.add(" " + NumberText.grouped(done) + (total.map { " / " + NumberText.grouped($0) } ?? ""))
            }
            html.add(
                .progress, .spoken(label), total.map { .number("max", Double(max($0, 1))) },
                total == nil ? nil : .number("value", Double(done))
            ) { _ in }
        }
    }
}
