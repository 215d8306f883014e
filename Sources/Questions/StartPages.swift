import Enterprises
import Evidence
import Values
import WebSupport

/// /questions: what can be asked, in the clerk's words, and what was kept.
enum StartPages {
    /// One fact with how many rows it has; nil where counting them would keep the page waiting.
    struct Entry: Sendable {
        let fact: Fact
        let count: Int?
    }

    static func start(_ entries: [Entry], views: [SavedView], text: QuestionText) -> Page {
        Page(
            QuestionWords.questions, lead: QuestionWords.lead,
            actions: [
                Link(QuestionWords.views, Address("questions", "views"), look: .button),
                Link(MapWords.maps, Address("questions", "maps"), look: .button),
            ]
        ) { html in
            if !views.isEmpty {
                html.add(
                    WebSupport.Sheet(QuestionWords.views, links: [Link(QuestionWords.manage, Address("questions", "views"))]) { html in
                        html.add(
                            WorkList(
                                views.prefix(8).map {
                                    WorkList.Item(
                                        Word($0.title), detail: text.line($0.question), address: Address("questions", "views", $0.id))
                                }))
                    })
            }
            html.add(.div, .class("facts-list")) { html in for entry in entries { write(entry, text, &html) } }
        }
    }

    private static func write(_ entry: Entry, _ text: QuestionText, _ html: inout HTML) {
        let fact = entry.fact
        let page = Address("questions", fact.name)
        html.add(
            WebSupport.Sheet(fact.label, links: [Link(QuestionWords.show, page)]) { html in
                html.add(
                    Padded { html in
                        html.add(.p) { html in
                            if fact.isConfidential { html.add(Badge(.caution, QuestionWords.confidential)) }
                            if let count = entry.count {
                                html.add(QuestionWords.rowCount.followed(by: " ", " "))
                                html.add(.a, .class("opens"), .href(page), text: count)
                                html.add(.span) { html in
                                    html.add(" ")
                                    html.add(QuestionWords.rowUnit)
                                }
                            }
                        }
                        html.add(.h3, text: QuestionWords.metrics)
                        html.add(.p, .class("links")) { html in
                            for metric in fact.metrics { html.add(Link(metric.label, page.with("metric", metric.name))) }
                        }
                        html.add(.h3, text: QuestionWords.samples)
                        html.add(.ul, .class("links")) { html in
                            for sample in samples(fact) {
                                html.add(.li) { html in
                                    html.add(
                                        Link(
                                            text.line(sample.question), QuestionAddress.of(sample.question).with("as", sample.form.rawValue)
                                        ))
                                    html.add(" ")
                                    html.add(.small, text: QuestionWords.form(sample.form))
                                }
                            }
                        }
                        html.add(.h3, text: QuestionWords.dimensions)
                        html.add(.p, .class("note-line")) { html in
                            html.add(
                                fact.dimensions.map { $0.label.text(html.language) }.joined(
                                    separator: html.language == .chinese ? "、" : ", "))
                        }
                    })
            })
    }

    /// Questions that show what the fact is good for, made from its own dimensions.
    static func samples(_ fact: Fact) -> [(question: Question, form: QuestionForm)] {
        let share = fact.metrics.first(where: FigureText.hasInterval)
        let first = fact.suggested()
        var samples: [(Question, QuestionForm)] = []
        if let first { samples.append((Question(fact.name, metric: fact.metrics.first?.name, by: [first.name]), .bars)) }
        if let first, let place = fact.place, first.name != place.name {
            samples.append((Question(fact.name, metric: fact.metrics.first?.name, by: [place.name, first.name]), .cross))
        }
        if !fact.periods.isEmpty { samples.append((Question(fact.name, metric: fact.metrics.first?.name), .trend)) }
        if let share, let one = share.needsOne { samples.append((Question(fact.name, metric: share.name, by: [one]), .table)) }
        return samples
    }
}
