package import Enterprises
package import Evidence
package import Storage
package import Values
package import WebSupport

/// The views that stand on the desk, each with its number and, where the view shows one, a small chart.
package struct DeskViews: Sendable {
    /// One view as the desk shows it.
    package struct Shown: Sendable {
        package let title: Word
        package let address: Address
        package let content: @Sendable (inout HTML) -> Void
    }

    package let catalogue: FactCatalogue
    package let regions: RegionDirectory
    /// Bars of a small chart.
    private static let mostBars = 6

    package init(catalogue: FactCatalogue, regions: RegionDirectory) {
        self.catalogue = catalogue
        self.regions = regions
    }

    /// Asked with the reader's own scope; a view that can no longer be asked says so instead of taking the desk down.
    package func read(_ actor: Actor, _ session: any Storage.Session) throws -> [Shown] {
        let asking = Asking(catalogue: catalogue, viewer: Viewer(actor), regions: regions).refusing
        return try SavedViewStore.onDesk(session).prefix(SavedView.mostOnDesk).map { view in
            let address = Address("questions", "views", view.id)
            guard let fact = try? catalogue.fact(view.question.fact), let metric = try? fact.metric(view.question.metric) else {
                return Shown(title: Word(name: view.title), address: address) { $0.add(.p, .class("padded"), text: QuestionWords.openView) }
            }
            do {
                return Shown(title: Word(name: view.title), address: address, content: try content(view, fact, metric, asking, session))
            } catch is LongQuestion {
                return Shown(title: Word(name: view.title), address: address) { $0.add(.p, .class("padded"), text: QuestionWords.openView) }
            } catch let failure as Failure {
                return Shown(title: Word(name: view.title), address: address) { $0.add(.p, .class("padded"), text: failure.message) }
            }
        }
    }

    private func content(
        _ view: SavedView, _ fact: Fact, _ metric: Metric, _ asking: Asking, _ session: any Storage.Session
    ) throws -> @Sendable (inout HTML) -> Void {
        if view.form == .trend, let trend = try AskTrend(asking: asking, question: view.question, fact: fact).answer(nil, session),
            trend.points.contains(where: { $0.figure?.value != nil })
        {
            return { html in html.add(TrendPages.chart(trend, metric, html.language)) }
        }
        var asked = view.question
        asked.by = Array(asked.by.prefix(view.form == .bars || view.form == .table ? 1 : 0))
        let answer = try asking.ask(asked, session)
        let text = QuestionText(catalogue: catalogue, regions: regions)
        let line = text.line(asked)
        let names = asked.by
        let pinned = asked.at(answer.position)
        return { html in
            let figure = Figure(
                metric.label, answer.figure.isSuppressed ? nil : FigureText.value(answer.figure, metric), unit: FigureText.unit(metric),
                count: Int(answer.figure.n), interval: FigureText.interval(answer.figure), note: answer.notes.first.map(QuestionWords.note),
                rows: QuestionAddress.of(pinned))
            html.add(.div, .class("desk-view")) { html in
                html.add(.p, .class("details"), text: line)
                html.add(figure.inline)
            }
            guard !names.isEmpty, !answer.isApart(by: names) else { return }
            let bars = answer.groups.sorted { ($0.figure.value ?? -1) > ($1.figure.value ?? -1) }.prefix(Self.mostBars).map { group in
                BarChart.Bar(
                    fact.word(group, by: names), value: group.figure.value,
                    text: FigureText.said(group.figure, metric, html.language) ?? "—",
                    interval: group.figure.interval.map { ($0.lowerBound, $0.upperBound) })
            }
            html.add(BarChart(caption: line, measure: FigureText.heading(metric), bars: bars))
        }
    }
}
