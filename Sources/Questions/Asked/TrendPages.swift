import Enterprises
import Evidence
import Values
import WebSupport

/// One figure a period, as a line and as a table.
enum TrendPages {
    static func trend(_ trend: TrendAnswer, _ view: QuestionView, _ html: inout HTML) {
        let links =
            view.fact.periods.count > 1
            ? view.fact.periods.map { Link($0.label, view.address(view.question, form: .trend).with("period", $0.name)) } : []
        AnswerPages.sheet(view, .trend, QuestionWords.trend, links: links, &html) { html in
            let known = trend.points.compactMap { $0.figure?.value }
            guard !known.isEmpty else { return html.add(.p, .class("padded"), text: QuestionWords.trendEmpty) }
            html.add(chart(trend, view.metric, html.language))
            html.add(.p, .class("footnote"), text: FigureText.hasInterval(view.metric) ? QuestionWords.band : QuestionWords.gaps)
            html.add(table(trend, view))
        }
    }

    static func chart(_ trend: TrendAnswer, _ metric: Metric, _ language: Language) -> LineChart {
        let known = trend.points.compactMap { point in point.figure?.value.map { (point.key, $0) } }
        let ends = trend.points.compactMap(\.figure?.interval).flatMap { [$0.lowerBound, $0.upperBound] }
        let values = known.map(\.1) + ends
        let marks = AxisMarks.marks(values.min() ?? 0, values.max() ?? 1, startsAtZero: !FigureText.isShare(metric))
        return LineChart(
            title: FigureText.heading(metric), summary: summary(known, metric), measure: metric.label,
            points: trend.points.map { point in
                LineChart.Point(
                    Word(point.key), value: point.figure?.value, text: FigureText.said(point.figure, metric, language) ?? "—",
                    interval: point.figure?.interval.map { ($0.lowerBound, $0.upperBound) })
            }, axis: marks.map { ($0, FigureText.mark($0, metric)) }, hasTable: false)
    }

    /// From which number to which, in a sentence.
    private static func summary(_ known: [(String, Double)], _ metric: Metric) -> Word {
        guard let first = known.first, let last = known.last else { return QuestionWords.trendEmpty }
        let (from, to) = (FigureText.mark(first.1, metric), FigureText.mark(last.1, metric))
        return Word("\(first.0) 为 \(from)，\(last.0) 为 \(to)。", "\(from) in \(first.0), \(to) in \(last.0).")
    }

    private static func table(_ trend: TrendAnswer, _ view: QuestionView) -> Table<Int> {
        var lines = trend.points.map { (key: $0.key, figure: $0.figure) }
        if let unstated = trend.unstated { lines.append(("", unstated)) }
        let shown = lines
        var columns: [WebSupport.Column<Int>] = [
            .text(trend.dimension.label) { shown[$0].key.isEmpty ? QuestionWords.unstated : Word(shown[$0].key) },
            Column(FigureText.heading(view.metric), .amount) { html, index in
                guard let text = FigureText.said(shown[index].figure, view.metric, html.language) else { return html.add("—") }
                let address = view.rowsAddress(by: [trend.dimension.name], keys: [shown[index].key])
                if let address { html.add(.a, .class("opens"), .href(address), text: text) } else { html.add(text) }
            },
        ]
        if FigureText.hasInterval(view.metric) {
            columns.append(.amount(QuestionWords.sample) { index in shown[index].figure.map { Int($0.n) } })
            columns.append(
                .text(QuestionWords.interval) { index in
                    shown[index].figure.flatMap(FigureText.interval).map { "\($0.low)–\($0.high)" }
                })
        }
        return Table(caption: QuestionWords.trend, rows: Array(shown.indices), columns: columns)
    }
}

/// Round numbers for an axis: at most six marks, a step of one, two or five times a power of ten.
enum AxisMarks {
    static func marks(_ low: Double, _ high: Double, startsAtZero: Bool) -> [Double] {
        let from = startsAtZero ? min(0, low) : low
        let span = max(high - from, max(abs(high), 1) * 1e-6)
        var step = 1e-9
        let factors = [2.0, 2.5, 2.0]
        var turn = 0
        while span / step > 5 {
            step *= factors[turn % 3]
            turn += 1
        }
        let first = (from / step).rounded(.down)
        let last = (high / step).rounded(.up)
        return stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
    }
}
