package import Values

/// A value over time: a line, its 95 % intervals, a target, and the same numbers as a table behind a click.
package struct LineChart: Component, Sendable {
    /// The value of one period.
    package struct Point: Sendable {
        /// The period, as printed: 2007 一季度.
        package let label: Word
        /// nil where nothing is known; the line is then broken.
        package let value: Double?
        package let text: String
        package let interval: (low: Double, high: Double)?

        package init(_ label: Word, value: Double?, text: String, interval: (low: Double, high: Double)? = nil) {
            self.label = label
            self.value = value
            self.text = text
            self.interval = interval
        }
    }

    package let title: Word
    /// What the picture shows, in a sentence.
    package let summary: Word
    package let measure: Word
    package let points: [Point]
    package let target: Double?
    /// Whether the numbers stand as a table behind a click; a page that shows them beside the picture leaves it out.
    package let hasTable: Bool
    let range: ClosedRange<Double>
    let axis: [(place: Double, text: String)]

    /// `axis` gives the printed marks of the upright axis; the lowest and highest bound the picture.
    package init(
        title: Word, summary: Word, measure: Word, points: [Point], target: Double? = nil, axis: [(value: Double, text: String)],
        hasTable: Bool = true
    ) {
        self.title = title
        self.summary = summary
        self.measure = measure
        self.points = points
        self.target = target
        self.hasTable = hasTable
        let marks = axis.map(\.value).filter(\.isFinite)
        let low = marks.min() ?? 0
        range = low...max(marks.max() ?? 1, low + 1e-9)
        self.axis = axis.map { ($0.value, $0.text) }
    }

    package func write(into html: inout HTML) {
        let name = html.uniqueName("chart")
        html.add(.figure, .class("chart")) { html in
            html.add(.figcaption, text: title)
            html.add(.div, .class("plot")) { html in
                html.add(.ul, .class("axis"), .decorative) { html in
                    for mark in axis.sorted(by: { $0.place > $1.place }) { html.add(.li, text: mark.text) }
                }
                html.add(
                    .svg, .role("img"), .labelledBy(name + "-title " + name + "-text"), .other("viewBox", "0 0 1000 200"),
                    .other("preserveAspectRatio", "none")
                ) { html in
                    html.add(.svgTitle, .id(name + "-title"), text: title)
                    html.add(.svgDescription, .id(name + "-text"), text: summary)
                    draw(&html)
                }
                html.add(.ul, .class("periods"), .decorative) { html in
                    for (index, point) in points.enumerated() {
                        html.add(.li) { html in
                            guard isLabelled(index) else { return }
                            html.add(.span, text: point.label)
                            html.add(.strong, text: point.text)
                        }
                    }
                }
            }
            if hasTable { fallback(&html) }
        }
    }

    /// Labels thin out where they would run into each other; the last one always stands.
    private func isLabelled(_ index: Int) -> Bool {
        let step = (points.count + 11) / 12
        return (points.count - 1 - index) % max(step, 1) == 0
    }

    private func draw(_ html: inout HTML) {
        for mark in axis { line("grid", 0, height(mark.place), 1000, height(mark.place), &html) }
        for band in bands() { html.add(.path, .class("band"), .other("d", band)) }
        if let target { line("mark", 0, height(target), 1000, height(target), &html) }
        for stretch in stretches() {
            let places = stretch.map { "\(Coordinate.text($0.x)),\(Coordinate.text($0.y))" }.joined(separator: " ")
            html.add(.polyline, .class("series"), .other("points", places), .other("vector-effect", "non-scaling-stroke"))
        }
        for (index, point) in points.enumerated() {
            if let interval = point.interval {
                line("whisker", across(index), height(interval.low), across(index), height(interval.high), &html)
            }
            // A line of no length with round ends stays a round dot however the picture is stretched.
            if let value = point.value { line("dot", across(index), height(value), across(index) + 0.01, height(value), &html) }
        }
    }

    private func line(_ name: StaticString, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ html: inout HTML) {
        html.add(
            .line, .class(name), .number("x1", x1), .number("y1", y1), .number("x2", x2), .number("y2", y2),
            .other("vector-effect", "non-scaling-stroke"))
    }

    /// Runs of known values; a single value is a dot without a line.
    private func stretches() -> [[(x: Double, y: Double)]] {
        var result: [[(x: Double, y: Double)]] = [[]]
        for (index, point) in points.enumerated() {
            if let value = point.value {
                result[result.count - 1].append((across(index), height(value)))
            } else {
                result.append([])
            }
        }
        return result.filter { $0.count > 1 }
    }

    /// The intervals of neighbouring points, as one area; a single point keeps its whisker.
    private func bands() -> [String] {
        var runs: [[(x: Double, low: Double, high: Double)]] = [[]]
        for (index, point) in points.enumerated() {
            if let interval = point.interval {
                runs[runs.count - 1].append((across(index), height(interval.low), height(interval.high)))
            } else {
                runs.append([])
            }
        }
        return runs.filter { $0.count > 1 }.map { run in
            let edge = run.map { ($0.x, $0.high) } + run.reversed().map { ($0.x, $0.low) }
            return "M" + edge.map { "\(Coordinate.text($0.0)),\(Coordinate.text($0.1))" }.joined(separator: " ") + "Z"
        }
    }

    private func across(_ index: Int) -> Double { (Double(index) + 0.5) / Double(max(points.count, 1)) * 1000 }

    private func height(_ value: Double) -> Double {
        190 - min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1) * 180
    }

    private func fallback(_ html: inout HTML) {
        html.add(.details) { html in
            html.add(.summary, text: WebWords.asTable)
            html.add(
                Table(
                    caption: title, rows: points,
                    columns: [.text(WebWords.label) { $0.label }, .amount(measure) { $0.text }]))
        }
    }
}
