import Enterprises
import Evidence
import Storage
import Values
import WebSupport

/// Everything one question page shows, taken in one snapshot.
struct QuestionView: Sendable {
    let fact: Fact
    let answer: Answer
    let rows: RowPage
    /// Names of the firms that the rows point to, by number.
    let firms: [Int64: String]
    let remarks: [String]
    let text: QuestionText
    let address: Address
    let query: Query
    let isFirst: Bool

    var question: Question { answer.question }
    /// The question bound to the position that was answered, so that links and rows agree with the number.
    var pinned: Question {
        var pinned = question
        pinned.known = answer.position
        return pinned
    }
}

extension RowPage {
    /// Numbers of the firms that the rows point to.
    var firms: Set<Int64> {
        let places = columns.indices.filter { columns[$0].kind == .enterprise }
        return Set(rows.flatMap { row in places.compactMap { row.values[$0].integer } })
    }
}

/// The pages of questions.
enum QuestionPages {
    static func list(_ catalogue: FactCatalogue) -> Page {
        Page(QuestionWords.questions, lead: Word("每个数都是一个查询的答案，可以展开到行、分组、导出", "Every number is the answer to a question")) { html in
            html.add(
                WebSupport.Sheet(QuestionWords.facts) { html in
                    html.add(
                        Table(
                            caption: QuestionWords.facts, rows: catalogue.facts,
                            columns: [
                                .link(QuestionWords.fact) { Link($0.label, Address("questions", $0.name)) },
                                .text("名称") { $0.name },
                                Column(QuestionWords.metrics, .wide) { html, fact in
                                    for (index, metric) in fact.metrics.enumerated() {
                                        if index > 0 { html.add("、") }
                                        html.add(Link(metric.label, Address("questions", fact.name).with("metric", metric.name)))
                                    }
                                },
                                .text(QuestionWords.dimensions) { $0.dimensions.map(\.label.chinese).joined(separator: "、") },
                                Column("", .status) { html, fact in
                                    if fact.isConfidential { html.add(Badge(.caution, QuestionWords.confidential)) }
                                },
                            ]))
                })
        }
    }

    static func question(_ view: QuestionView) -> Page {
        let answer = view.answer
        let notices = (answer.notes + view.remarks).map { Notice(.caution, Word($0)) }
        return Page(
            view.fact.label, lead: Word(view.text.sentence(view.question)), crumbs: [Link(QuestionWords.questions, Address("questions"))],
            actions: [
                Link(QuestionWords.exportXlsx, QuestionAddress.export(view.pinned, .xlsx), look: .button),
                Link(QuestionWords.exportCsv, QuestionAddress.export(view.pinned, .csv), look: .button),
                Link(QuestionWords.exportJson, QuestionAddress.export(view.pinned, .json), look: .button),
            ], notices: notices
        ) { html in
            html.add(figure(view))
            html.add(change(view))
            if !answer.groups.isEmpty { html.add(breakdown(view)) }
            html.add(rows(view))
        }
    }

    private static func figure(_ view: QuestionView) -> FigureCard {
        let answer = view.answer
        let counted = answer.isCounted ? QuestionWords.counted : QuestionWords.fromRows
        let note = Word("\(counted.chinese) · 数据截至第\(answer.position)条日志", "\(counted.english ?? "") · entry \(answer.position)")
        return FigureCard(
            Figure(
                answer.metric.label, FigureText.value(answer.figure, answer.metric), unit: FigureText.unit(answer.metric),
                count: Int(answer.figure.n), interval: FigureText.interval(answer.figure), note: note,
                rows: QuestionAddress.of(view.pinned).at("rows")))
    }

    // MARK: Conditions

    private static func chosen(_ view: QuestionView) -> Padded {
        Padded { html in
            if view.question.filters.isEmpty { html.add(.p, text: QuestionWords.noFilter) }
            for (index, filter) in view.question.filters.enumerated() {
                html.add(.p) { html in
                    let name = (try? view.fact.dimension(filter.dimension).label.chinese) ?? filter.dimension
                    let values = filter.values.map { view.text.label($0, of: filter.dimension, in: view.fact.name) }
                    html.add(.span, text: name + "：" + values.joined(separator: "或") + " ")
                    var less = view.question
                    less.filters.remove(at: index)
                    html.add(Link(QuestionWords.remove, QuestionAddress.of(less)))
                }
            }
        }
    }

    private static func change(_ view: QuestionView) -> WebSupport.Sheet {
        let dimensions = view.fact.dimensions.map { FormField.Choice($0.name, $0.label) }
        let metrics = view.fact.metrics.map { FormField.Choice($0.name, $0.label) }
        let by = view.question.by
        let page = QuestionAddress.of(view.question).removing("by")
        let fields = [
            FormField("metric", QuestionWords.metric, .select(metrics)),
            FormField("dimension", QuestionWords.dimension, .select(dimensions)),
            FormField("value", QuestionWords.wanted, hint: QuestionWords.wantedHint),
            FormField("by", QuestionWords.by, .select(dimensions)),
            FormField("second", QuestionWords.second, .select(dimensions)),
            FormField("on", QuestionWords.on, .day),
            FormField("known", QuestionWords.known, hint: QuestionWords.knownHint),
        ]
        let shown = by.count > 1 ? page.with("by", by[0]).with("second", by[1]) : by.reduce(page) { $0.with("by", $1) }
        return WebSupport.Sheet(QuestionWords.filters, note: QuestionWords.change) { html in
            html.add(chosen(view))
            html.add(Filter(page: shown, query: view.query, fields: fields))
        }
    }

    // MARK: Breakdown and rows

    private static func breakdown(_ view: QuestionView) -> WebSupport.Sheet {
        let metric = view.answer.metric
        let unit = FigureText.unit(metric).map { "（\($0.chinese)）" } ?? ""
        // A total withheld because of mixed sampling comes with groups by a dimension that nobody asked for.
        let isAsked = view.answer.groups.first.map { $0.keys.count == view.question.by.count } ?? false
        let bars = view.answer.groups.map { group in
            let figure = group.figure
            let text = figure.isSuppressed ? QuestionWords.hidden.chinese : FigureText.value(figure, metric) ?? "—"
            let counted = FigureText.isShare(metric) ? "（n = \(figure.n)）" : ""
            return BarChart.Bar(
                Word(group.labels.joined(separator: " · ")), value: figure.value, text: text + counted,
                interval: figure.interval.map { ($0.lowerBound, $0.upperBound) },
                rows: isAsked ? address(of: group, view) : nil)
        }
        return WebSupport.Sheet(QuestionWords.breakdown) { html in
            html.add(BarChart(caption: QuestionWords.breakdown, measure: Word(metric.label.chinese + unit), bars: bars))
        }
    }

    /// The rows of one group; a group of rows without a region or a record has no value to ask by.
    private static func address(of group: Answer.Group, _ view: QuestionView) -> Address? {
        for (name, key) in zip(view.question.by, group.keys) where key.isEmpty {
            guard let dimension = try? view.fact.dimension(name), case .text = dimension.kind else { return nil }
        }
        return QuestionAddress.of(view.pinned.narrowed(group.keys))
    }

    private typealias Line = (id: Int64, values: [Value])

    /// A firm stands once, by its name: the column of names beside its number is left to the export.
    private static func columns(_ view: QuestionView) -> [WebSupport.Column<Line>] {
        let hasFirm = view.rows.columns.contains { $0.kind == .enterprise && $0.name == "enterprise" }
        return view.rows.columns.enumerated().filter { !hasFirm || $0.element.name != "name" }.map {
            column($0.element, at: $0.offset, view)
        }
    }

    private static func column(_ column: Fact.Column, at index: Int, _ view: QuestionView) -> WebSupport.Column<Line> {
        if column.name == "region" {
            return .text(column.label) { row in row.values[index].integer.flatMap { view.text.regions.name(of: $0) } }
        }
        if column.name == "publication" {
            return record(column.label, .text, at: index) { number in Link("#\(number)", Address("publications", number)) }
        }
        switch column.kind {
        case .whole, .money:
            let title = column.kind == .money ? Word(column.label.chinese + "（万元）") : column.label
            return .amount(title) { FigureText.cell(column, $0.values[index]) }
        case .enterprise:
            return record(column.label, .wide, at: index) { number in
                Link(view.firms[number] ?? String(number), Address("enterprises", number))
            }
        case .text, .day: return .text(column.label) { FigureText.cell(column, $0.values[index]) }
        }
    }

    /// A number that opens its record.
    private static func record(
        _ label: Word, _ kind: WebSupport.Column<Line>.Kind, at index: Int, _ link: @escaping (Int64) -> Link
    ) -> WebSupport.Column<Line> {
        Column(label, kind) { html, row in
            guard let number = row.values[index].integer else { return html.add("—") }
            html.add(link(number))
        }
    }

    private static func rows(_ view: QuestionView) -> WebSupport.Sheet {
        let columns = columns(view)
        return WebSupport.Sheet(QuestionWords.rows) { html in
            html.add(.div, .id("rows")) { html in
                html.add(
                    Table(
                        caption: QuestionWords.rows, rows: view.rows.rows, columns: columns, phone: .scrolled,
                        empty: EmptyState(
                            QuestionWords.nothing, nextStep: QuestionWords.loosen,
                            action: Link(QuestionWords.toImport, Address("imports", "new")))))
                html.add(
                    Pagination(
                        page: view.isFirst ? QuestionAddress.of(view.pinned) : QuestionAddress.of(view.pinned).with("after", "0"),
                        shown: view.rows.rows.count, after: view.rows.next.map { String($0) }))
            }
        }
    }
}
