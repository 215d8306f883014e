import Accounts
import Policy
import Values
import WebSupport

/// What an assessor begins with, and the office's page of all panels.
enum PanelPages {
    static let fields = [
        FormField("enterprise", PanelWords.enterprise, .text, isRequired: true, hint: PanelWords.enterpriseHint),
        FormField(
            "ground", PanelWords.ground, .select(Interest.Ground.allCases.map { .init($0.rawValue, $0.word) }), isRequired: true),
        FormField("reason", PanelWords.reason, .textarea(rows: 2), isRequired: true, hint: PanelWords.reasonHint),
    ]

    /// The page of one's own: the seal makes the forms.
    struct Own: Sendable {
        let panels: [Panel]
        let interests: [Interest]
        let programmes: [Programme]
        let context: WebContext
        var fields: [FormField] = PanelPages.fields

        var page: Page {
            let own = self
            return Page(
                PanelWords.title, lead: PanelWords.lead,
                notices: panels.isEmpty ? [Notice(.info, PanelWords.noPanel, detail: PanelWords.noPanelNext.chinese)] : []
            ) { html in
                for panel in own.panels { html.add(PanelPages.members(panel)) }
                own.interests(&html)
                for programme in own.programmes { own.clauses(programme, &html) }
            }
        }

        private func interests(_ html: inout HTML) {
            let context = context
            html.add(
                WebSupport.Sheet(PanelWords.interests, note: PanelWords.interestsNote) { html in
                    html.add(
                        Table(
                            caption: PanelWords.interests, rows: interests,
                            columns: PanelPages.columns + [
                                Column(PanelWords.withdraw, .wide) { html, interest in
                                    html.add(
                                        Form(
                                            action: Address("assessor", "interests", interest.id, "withdraw"), seal: context.formSeal(),
                                            fields: [FormField("why-\(interest.id)", PanelWords.withdrawReason, isRequired: true)],
                                            submit: PanelWords.withdraw))
                                }
                            ], empty: EmptyState(PanelWords.noInterest, nextStep: PanelWords.noInterestNext)))
                    if !panels.isEmpty {
                        html.add(
                            Form(
                                action: Address("assessor", "interests"), seal: context.formSeal(), fields: fields,
                                submit: PanelWords.declare))
                    }
                })
        }

        /// The clauses that speak of assessing and recognising, each opened where it stands.
        private func clauses(_ programme: Programme, _ html: inout HTML) {
            let clauses = programme.clauses.filter { clause in
                PanelWords.assessing.contains { clause.title.contains($0) || clause.summary.contains($0) }
            }
            html.add(
                WebSupport.Sheet(Word(name: programme.title), note: PanelWords.clausesNote) { html in
                    html.add(
                        Table(
                            caption: PanelWords.clauses, rows: clauses,
                            columns: [
                                Column(PanelWords.clause) { html, clause in
                                    html.add(Link(clause.id, Address("programmes", programme.id).at("clause-" + clause.id)))
                                },
                                Column(PanelWords.content, .wide) { html, clause in
                                    html.add(.strong, text: clause.title)
                                    html.add(.p, text: clause.summary)
                                },
                            ], empty: EmptyState(PanelWords.noClause, nextStep: PanelWords.noClauseNext)))
                })
        }
    }

    /// All panels, for the programme office.
    static func all(_ panels: [Panel]) -> Page {
        Page(PanelWords.panels, lead: PanelWords.panelsLead) { html in
            if panels.isEmpty {
                html.add(WebSupport.Sheet { html in html.add(EmptyState(PanelWords.noPanels, nextStep: PanelWords.noPanelsNext)) })
            }
            for panel in panels {
                html.add(members(panel))
                let names = Dictionary(panel.members.map { ($0.account, $0.name) }) { first, _ in first }
                let assessor = Column<Interest>.text(PanelWords.assessor) { Word(name: names[$0.account] ?? $0.account) }
                html.add(
                    WebSupport.Sheet(PanelWords.interests, note: Word(name: panel.organisation.name)) { html in
                        html.add(
                            Table(
                                caption: PanelWords.interests, rows: panel.interests, columns: [assessor] + columns,
                                empty: EmptyState(PanelWords.noInterest, nextStep: PanelWords.noInterestOffice)))
                    })
            }
        }
    }

    private static func members(_ panel: Panel) -> WebSupport.Sheet {
        let days = [panel.organisation.from.description, panel.organisation.to?.description ?? ""].joined(separator: " – ")
        return WebSupport.Sheet(Word(name: panel.organisation.name), note: Word(name: days)) { html in
            html.add(
                Table(
                    caption: PanelWords.members, rows: panel.members,
                    columns: [
                        .text(PanelWords.member) { Word(name: $0.name) }, .text(PanelWords.account) { Word(name: $0.account) },
                    ], empty: EmptyState(PanelWords.noMember, nextStep: PanelWords.noPanelNext)))
        }
    }

    private static var columns: [Column<Interest>] {
        [
            .text(PanelWords.enterprise) { Word(name: $0.enterprise) }, .text(PanelWords.ground) { $0.ground.word },
            .text(PanelWords.reason) { Word(name: $0.reason) }, .day(PanelWords.declaredOn) { $0.declaredOn },
        ]
    }
}
