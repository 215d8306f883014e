import Enterprises
import Evidence
import Values
import WebSupport

/// The middle of a question page: bars, table, cross table, trend or map.
enum AnswerPages {
    static func shown(_ view: QuestionView, _ html: inout HTML) {
        switch view.shown {
        case .nothing:
            sheet(view, nil, QuestionWords.breakdown, &html) { html in html.add(.p, .class("padded"), text: QuestionWords.chooseForm) }
        case .apart(let answer, let dimension): apart(answer, dimension, view, &html)
        case .groups(let answer, let form): GroupPages.groups(answer, form, view, &html)
        case .cross(let cross): CrossPages.table(cross, view, &html)
        case .trend(let trend): TrendPages.trend(trend, view, &html)
        case .map(let map): MapPages.map(map, view, &html)
        }
    }

    /// The frame of every way to show: the switch above, what is shown below.
    static func sheet(
        _ view: QuestionView, _ form: QuestionForm?, _ title: Word, links: [Link] = [], _ html: inout HTML,
        content: @escaping (inout HTML) -> Void
    ) {
        html.add(
            WebSupport.Sheet(title, links: links) { html in
                html.add(ConditionPages.forms(view, current: form))
                content(&html)
            })
    }

    /// One link for each method that must not be mixed with the others.
    private static func apart(_ answer: Answer, _ dimension: Dimension, _ view: QuestionView, _ html: inout HTML) {
        sheet(view, view.form, QuestionWords.apartTitle, &html) { html in
            html.add(.p, .class("padded"), text: QuestionWords.apartNote)
            html.add(
                Table(
                    caption: QuestionWords.apartTitle, rows: answer.groups,
                    columns: [
                        WebSupport.Column(dimension.label, .wide) { html, group in
                            let word = view.word(group, by: [dimension.name])
                            let value = FacetPages.toggled(
                                view.question, dimension.name, group.keys[0],
                                Facet.Choice(value: group.keys[0], label: word, count: nil, isChosen: false, replaces: true))
                            html.add(Link(word, view.address(value)))
                        },
                        GroupPages.value(answer, view, by: [dimension.name]),
                    ]))
        }
    }
}
