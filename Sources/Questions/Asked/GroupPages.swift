import Enterprises
import Evidence
import Values
import WebSupport

/// Groups as bars or as a table.
enum GroupPages {
    static let most = 60

    static func groups(_ answer: Answer, _ form: QuestionForm, _ view: QuestionView, _ html: inout HTML) {
        let names = answer.question.by
        let address = view.address(view.question.grouped(by: names), form: form)
        let sorting = Sorting(query: view.query, page: address, allowed: ["label", "value", "n"])
        let ordered = order(answer, sorting, view)
        let shown = Array(ordered.prefix(most))
        AnswerPages.sheet(view, form, QuestionWords.breakdown, &html) { html in
            ConditionPages.groupings(view, form, by: names, &html)
            guard !ordered.isEmpty else { return html.add(EmptyState(QuestionWords.nothing, nextStep: QuestionWords.loosen)) }
            switch form {
            case .bars: html.add(bars(shown, answer, view, html.language))
            case .table, .cross, .trend, .map: html.add(table(shown, answer, sorting, view))
            }
            if FigureText.hasInterval(answer.metric) {
                html.add(.p, .class("footnote"), text: sorting.name == "value" ? QuestionWords.rankNote : QuestionWords.orderNote)
            }
            if ordered.count > shown.count { html.add(.p, .class("footnote"), text: QuestionWords.notShown(ordered.count - shown.count)) }
        }
    }

    /// Shares stand by their samples, so that nobody reads ranks into them; periods in their order; the rest by size.
    private static func order(_ answer: Answer, _ sorting: Sorting, _ view: QuestionView) -> [Answer.Group] {
        let names = answer.question.by
        let isPeriod = names.first.map { name in view.fact.periods.contains { $0.name == name } } ?? false
        let groups = answer.groups
        func by<Key: Comparable>(_ key: (Answer.Group) -> Key, _ order: Sorting.Order) -> [Answer.Group] {
            let sorted = groups.enumerated().sorted {
                (key($0.element), $0.offset) < (key($1.element), $1.offset)
            }.map(\.element)
            return order == .ascending ? sorted : sorted.reversed()
        }
        switch sorting.name {
        case "label": return by({ view.word($0, by: names).chinese }, sorting.order)
        case "value": return by({ $0.figure.value ?? -.infinity }, sorting.order)
        case "n": return by({ $0.figure.n }, sorting.order)
        default:
            if isPeriod { return groups }
            return FigureText.isShare(answer.metric) ? by({ $0.figure.n }, .descending) : by({ $0.figure.value ?? -.infinity }, .descending)
        }
    }

    private static func bars(_ groups: [Answer.Group], _ answer: Answer, _ view: QuestionView, _ language: Language) -> BarChart {
        let names = answer.question.by
        let bars = groups.map { group in
            BarChart.Bar(
                view.word(group, by: names), value: group.figure.value, text: FigureText.said(group.figure, answer.metric, language) ?? "—",
                detail: FigureText.detail(group.figure, answer.metric),
                interval: group.figure.interval.map { ($0.lowerBound, $0.upperBound) }, rows: view.rowsAddress(by: names, keys: group.keys))
        }
        return BarChart(
            caption: QuestionWords.breakdown, measure: FigureText.heading(answer.metric), bars: bars, heading: heading(names, view))
    }

    private static func heading(_ names: [String], _ view: QuestionView) -> Word {
        let words = names.compactMap { try? view.fact.dimension($0).label }
        return Word(words.map(\.chinese).joined(separator: " · "), words.map { $0.said(.english) }.joined(separator: " · "))
    }

    private static func table(_ groups: [Answer.Group], _ answer: Answer, _ sorting: Sorting, _ view: QuestionView) -> Table<Int> {
        let names = answer.question.by
        let metric = answer.metric
        var columns: [WebSupport.Column<Int>] = [
            .text(heading(names, view), sort: "label") { view.word(groups[$0], by: names) },
            Column(FigureText.heading(metric), .amount, sort: "value") { html, index in
                write(groups[index], metric, view.rowsAddress(by: names, keys: groups[index].keys), &html)
            },
        ]
        if FigureText.hasInterval(metric) {
            columns.append(.amount(QuestionWords.sample, sort: "n") { groups[$0].figure.isSuppressed ? nil : Int(groups[$0].figure.n) })
            columns.append(.text(QuestionWords.interval) { FigureText.interval(groups[$0].figure).map { "\($0.low)–\($0.high)" } })
            if sorting.name == "value" { columns.append(.text(QuestionWords.rank) { rank($0, groups) }) }
        } else if metric.isAdditive, let whole = answer.figure.value, whole > 0, !groups.contains(where: \.figure.isSuppressed) {
            columns.append(.amount(QuestionWords.share) { index in groups[index].figure.value.map { NumberText.percent($0 / whole) } })
        }
        return Table(caption: QuestionWords.breakdown, rows: Array(groups.indices), columns: columns, sort: sorting)
    }

    /// Whether a row differs from the one above it by more than chance.
    private static func rank(_ index: Int, _ groups: [Answer.Group]) -> Word? {
        guard index > 0, let own = groups[index].figure.interval, let above = groups[index - 1].figure.interval else { return nil }
        if own.overlaps(above) { return QuestionWords.noRank }
        return own.upperBound < above.lowerBound ? QuestionWords.isLower : QuestionWords.isHigher
    }

    static func value(_ answer: Answer, _ view: QuestionView, by names: [String]) -> WebSupport.Column<Answer.Group> {
        Column(FigureText.heading(answer.metric), .amount) { html, group in
            write(group, answer.metric, view.rowsAddress(by: names, keys: group.keys), &html)
            if let detail = FigureText.detail(group.figure, answer.metric) { html.add(.small, text: detail) }
        }
    }

    private static func write(_ group: Answer.Group, _ metric: Metric, _ rows: Address?, _ html: inout HTML) {
        guard let text = FigureText.said(group.figure, metric, html.language) else { return html.add("—") }
        if let rows, !group.figure.isSuppressed { html.add(.a, .class("opens"), .href(rows), text: text) } else { html.add(text) }
    }
}

extension Question {
    /// The same question broken down by other dimensions.
    func grouped(by names: [String]) -> Question {
        var copy = self
        copy.by = names
        return copy
    }

    /// The same question under other divisions.
    func under(_ structure: Structure) -> Question {
        var copy = self
        copy.structure = structure
        return copy
    }
}
