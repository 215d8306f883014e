import Enterprises
import Evidence
import Values
import WebSupport

/// Dimensions with their values and counts, each value a link; and the page of one dimension's values.
enum FacetPages {
    static func facets(_ view: QuestionView, _ html: inout HTML) {
        html.add(.div, .id("facets")) { html in
            html.add(
                WebSupport.Sheet(QuestionWords.facets, note: QuestionWords.facetsNote) { html in
                    for facet in view.facets where facet.choices == nil || facet.total > 0 { write(facet, view, &html) }
                })
        }
    }

    private static func write(_ facet: Facet, _ view: QuestionView, _ html: inout HTML) {
        let isChosen = view.question.filters.contains { $0.dimension == facet.dimension.name }
        let isOpen = isChosen || (facet.choices.map { $0.count > 1 && facet.total <= FacetReader.shown } ?? false)
        html.add(.details, .class("group facet"), .flag("open", isOpen)) { html in
            html.add(.summary) { html in
                html.add(.strong, text: facet.dimension.label)
                if facet.choices != nil { html.add(.small, text: facet.total) }
            }
            guard let choices = facet.choices else {
                html.add(.p, .class("padded")) { html in
                    html.add(
                        Link(QuestionWords.showDistribution, view.address(view.question).with("show", facet.dimension.name).at("facets")))
                    html.add(.small, text: QuestionWords.distributionNote)
                }
                return
            }
            html.add(.ul) { html in for choice in choices { line(choice, facet.dimension, view, &html) } }
            guard facet.total > choices.count || facet.total > FacetReader.shown || isRegion(facet) else { return }
            html.add(.p, .class("padded")) { html in
                html.add(Link(QuestionWords.more, values(facet.dimension, view.question, form: view.form?.rawValue)))
            }
        }
    }

    private static func isRegion(_ facet: Facet) -> Bool {
        if case .region = facet.dimension.kind { true } else { false }
    }

    private static func line(_ choice: Facet.Choice, _ dimension: Dimension, _ view: QuestionView, _ html: inout HTML) {
        html.add(.li, choice.isChosen ? .class("chosen") : nil) { html in
            if let value = choice.value {
                let asked = toggled(view.question, dimension.name, value, choice)
                html.add(.a, .href(view.address(asked)), choice.isChosen ? .other("aria-current", "true") : nil) { html in
                    html.add(.span) { html in
                        if choice.isChosen { html.add(.span, .class("sign"), .decorative, text: "✓") }
                        html.add(choice.label)
                    }
                    html.add(.small) { html in
                        if let count = choice.count { html.add(NumberText.grouped(Int(count))) } else { html.add(QuestionWords.hidden) }
                    }
                }
            } else {
                html.add(.span, .class("plain")) { html in
                    html.add(.span, text: choice.label)
                    html.add(.small, text: choice.count.map { NumberText.grouped(Int($0)) } ?? "—")
                }
            }
        }
    }

    /// The question with the value taken away, put beside the others, or in their place.
    static func toggled(_ question: Question, _ name: String, _ value: String, _ choice: Facet.Choice) -> Question {
        var asked = question
        let index = asked.filters.firstIndex { $0.dimension == name }
        let old = index.map { asked.filters[$0].values } ?? []
        let new = choice.isChosen ? old.filter { $0 != value } : (choice.replaces ? [value] : old + [value])
        if let index {
            if new.isEmpty { asked.filters.remove(at: index) } else { asked.filters[index] = .init(name, new) }
        } else {
            asked.filters.append(.init(name, new))
        }
        return asked
    }

    // MARK: All values

    /// The page of a dimension's values under the question's other conditions.
    static func values(_ dimension: Dimension, _ question: Question, form: String?) -> Address {
        let start = Address("questions", question.fact, "values").with("dimension", dimension.name)
        return question.items.reduce(start) { $0.with($1.name, $1.value) }.with("as", form)
    }

    static let mostValues = 300

    /// Values with boxes to tick; what is ticked becomes the condition.
    static func page(
        _ facet: Facet, question: Question, text: QuestionText, named: (String, String) -> Word?, finding: String?, form: String?
    )
        -> Page
    {
        let name = facet.dimension.name
        var others = question
        others.filters.removeAll { $0.dimension == name }
        let rest = others
        let back = QuestionAddress.of(question).with("as", form)
        return Page(
            facet.dimension.label, lead: text.line(rest, named: named),
            crumbs: [Link(QuestionWords.questions, Address("questions")), Link(text.factLabel(question.fact), back)]
        ) { html in
            html.add(
                WebSupport.Sheet(facet.dimension.label, note: QuestionWords.facetsNote) { html in
                    let field = FormField("find", FacetWords.find, .search, values: finding.map { [$0] } ?? [])
                    html.add(QueryForm(page: values(facet.dimension, question, form: form), fields: [field], submit: FacetWords.find))
                    boxes(facet, others: QuestionAddress.of(rest).with("as", form), &html)
                })
        }
    }

    private static func boxes(_ facet: Facet, others: Address, _ html: inout HTML) {
        let name = facet.dimension.name
        html.add(.form, .class("form boxes"), .other("method", "get"), .action(others.removingQuery())) { html in
            for item in others.items { html.add(.input, .type("hidden"), .name(item.name), .value(item.value)) }
            html.add(.fieldset) { html in
                html.add(.legend, text: facet.dimension.label)
                html.add(.ul) { html in
                    for choice in facet.choices ?? [] {
                        guard let value = choice.value else { continue }
                        html.add(.li) { html in
                            html.add(.label) { html in
                                html.add(
                                    .input, .type("checkbox"), .name("where"), .value(name + "=" + value), .flag("checked", choice.isChosen)
                                )
                                html.add(.span, text: choice.label)
                                html.add(.small, text: choice.count.map { NumberText.grouped(Int($0)) } ?? "—")
                            }
                        }
                    }
                }
            }
            if facet.total > (facet.choices ?? []).count {
                html.add(.p, .class("hint"), text: FacetWords.cut((facet.choices ?? []).count, facet.total))
            }
            html.add(.p, .class("buttons")) { html in html.add(.button, .class("button primary"), text: FacetWords.take) }
        }
    }
}
