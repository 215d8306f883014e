import Enterprises
import Evidence
import Values
import WebSupport

/// What restricts a question, and how to change it: chips, dates, groupings, the ways to show the answer.
enum ConditionPages {
    static func conditions(_ view: QuestionView, _ html: inout HTML) {
        html.add(
            WebSupport.Sheet(QuestionWords.filters, links: [Link(QuestionWords.toFacets, view.address(view.question).at("facets"))]) {
                html in
                html.add(
                    Padded { html in
                        html.add(
                            Chips(QuestionWords.filters, chips(view), none: QuestionWords.noFilter, remove: QuestionWords.remove))
                    })
                structures(view, &html)
                dates(view, &html)
                condition(view, &html)
            })
    }

    private static func chips(_ view: QuestionView) -> [Chips.Chip] {
        var chips: [Chips.Chip] = []
        for (index, filter) in view.question.filters.enumerated() {
            let name = (try? view.fact.dimension(filter.dimension).label) ?? Word(filter.dimension)
            for value in filter.values {
                var less = view.question
                let rest = filter.values.filter { $0 != value }
                if rest.isEmpty { less.filters.remove(at: index) } else { less.filters[index] = .init(filter.dimension, rest) }
                let word = view.names.word(filter.dimension, value) ?? view.text.word(value, of: filter.dimension, in: view.fact.name)
                chips.append(.init(name, word, without: view.address(less)))
            }
        }
        if let on = view.question.on {
            var less = view.question
            less.on = nil
            chips.append(.init(QuestionWords.on, Word(on.description), without: view.address(less)))
        }
        if let known = view.question.known {
            let day = view.knownDay.map { "（\($0)）" } ?? ""
            let word = Word("第\(known)条日志\(day)", "entry \(known)" + (view.knownDay.map { " (\($0))" } ?? ""))
            chips.append(.init(QuestionWords.known, word, without: view.address(view.question.at(nil))))
        }
        return chips
    }

    /// Under which divisions rows are counted, where it makes a difference.
    private static func structures(_ view: QuestionView, _ html: inout HTML) {
        guard view.hasFormerPlaces else { return }
        let choices = [(Structure.then, QuestionWords.structureThen), (.now, QuestionWords.structureNow)]
        html.add(
            Padded { html in
                html.add(
                    Switch(
                        QuestionWords.structure,
                        choices.map { structure, word in
                            Tab(word, view.address(view.question.under(structure)), isCurrent: view.question.structure == structure)
                        }))
                html.add(.p, .class("hint"), text: QuestionWords.structureHint)
            })
    }

    /// Both dates; the field of the known day stays empty where a position was given, which is kept until a day is written.
    private static func dates(_ view: QuestionView, _ html: inout HTML) {
        let start = view.address(view.question).removing("on")
        let fields = [
            FormField("on", QuestionWords.on, .day, values: view.question.on.map { [$0.description] } ?? [], hint: QuestionWords.onHint),
            FormField("day", QuestionWords.knownOn, .day, hint: QuestionWords.knownOnHint),
        ]
        html.add(QueryForm(page: start, fields: fields, submit: QuestionWords.show))
    }

    /// A condition written by hand, for what no list shows.
    private static func condition(_ view: QuestionView, _ html: inout HTML) {
        let dimensions = view.fact.dimensions.map { FormField.Choice($0.name, $0.label) }
        html.add(.details, .class("group writing")) { html in
            html.add(.summary) { html in html.add(.strong, text: QuestionWords.otherCondition) }
            html.add(
                QueryForm(
                    page: view.address(view.question),
                    fields: [
                        FormField("dimension", QuestionWords.dimension, .select(dimensions)),
                        FormField("value", QuestionWords.wanted, hint: QuestionWords.wantedHint),
                    ], submit: QuestionWords.add))
        }
    }

    // MARK: Ways to show

    /// The ways in which the fact can be shown.
    static func forms(_ view: QuestionView, current: QuestionForm?) -> Switch {
        var forms: [QuestionForm] = [.bars, .table]
        if view.fact.breakable.count > 1 { forms.append(.cross) }
        if !view.fact.periods.isEmpty { forms.append(.trend) }
        if view.fact.place != nil { forms.append(.map) }
        return Switch(
            QuestionWords.forms, forms.map { Tab(QuestionWords.form($0), view.address(view.question, form: $0), isCurrent: $0 == current) })
    }

    /// What the answer is grouped by: one dimension for bars and tables, two for a cross table.
    static func groupings(_ view: QuestionView, _ form: QuestionForm, by names: [String], _ html: inout HTML) {
        let choices = view.fact.breakable.map { FormField.Choice($0.name, $0.label) }
        let start = view.address(view.question, form: form).removing("by")
        var fields = [
            FormField(
                "by", form == .cross ? QuestionWords.rowsBy : QuestionWords.byTitle, .select(choices),
                values: names.first.map { [$0] } ?? [],
                isRequired: true)
        ]
        if form == .cross {
            fields.append(
                FormField("second", QuestionWords.columnsBy, .select(choices), values: names.count > 1 ? [names[1]] : [], isRequired: true))
        }
        html.add(QueryForm(page: start, fields: fields, submit: QuestionWords.show, marksRequired: false))
    }
}
