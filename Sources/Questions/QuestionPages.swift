import Enterprises
import Evidence
import Storage
import Values
import WebSupport

/// The page of one question: the number, its conditions, one of the ways to show it, its rows.
enum QuestionPages {
    static func question(_ view: QuestionView, keeping: KeepForm) -> Page {
        let exports = [
            (QuestionWords.exportXlsx, QuestionExport.Format.xlsx), (QuestionWords.exportCsv, .csv), (QuestionWords.exportJson, .json),
        ]
        let notes = view.notes.map(QuestionWords.note) + view.remarks.map { Word($0) }
        return Page(
            view.fact.label, lead: view.text.line(view.question, named: view.names.word),
            crumbs: [Link(QuestionWords.questions, Address("questions"))],
            tabs: metrics(view), actions: exports.map { Link($0.0, QuestionAddress.export(view.pinned, $0.1), look: .button) },
            notices: notes.map { Notice(.caution, $0) }
        ) { html in
            html.add(
                Columns(
                    main: { html in
                        html.add(figure(view))
                        ConditionPages.conditions(view, &html)
                        AnswerPages.shown(view, &html)
                        html.add(RowPages.sheet(view))
                    },
                    side: { html in
                        FacetPages.facets(view, &html)
                        html.add(keeping)
                    }))
        }
    }

    private static func metrics(_ view: QuestionView) -> [Tab] {
        view.fact.metrics.map { metric in
            var asked = view.question
            asked.metric = metric.name
            return Tab(metric.label, view.address(asked), isCurrent: metric.name == view.metric.name)
        }
    }

    private static func figure(_ view: QuestionView) -> FigureCard {
        let answer = view.answer
        let counted = answer.isCounted ? QuestionWords.counted : QuestionWords.fromRows
        let note = counted.followed(by: " · 数据截至第\(answer.position)条日志", " · as known at entry \(answer.position)")
        let value = answer.figure.isSuppressed ? nil : FigureText.value(answer.figure, answer.metric)
        return FigureCard(
            Figure(
                answer.metric.label, value, unit: FigureText.unit(answer.metric), count: Int(answer.figure.n),
                interval: FigureText.interval(answer.figure), note: note, rows: QuestionAddress.of(view.pinned).at("rows")))
    }
}
