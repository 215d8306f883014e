import Policy
import Values
package import WebSupport

/// The pages of the targets.
package enum TargetPages {
    /// A programme with its targets as they stand.
    package struct Group: Sendable {
        package let id: String
        package let title: String
        package let standings: [Standing]

        package init(id: String, title: String, standings: [Standing]) {
            self.id = id
            self.title = title
            self.standings = standings
        }
    }

    /// /targets: every adopted programme with its targets; how many figures wait is for those who may work on them.
    package static func list(_ groups: [Group], waiting: Int?) -> Page {
        Page(
            TargetWords.targets, lead: TargetWords.targetsLead,
            actions: [Link(TargetWords.released, Address("targets", "released"), look: .button)]
                + (waiting.map { waiting in
                    [
                        Link(
                            Word("\(TargetWords.waiting.chinese) \(waiting)", "\(TargetWords.waiting.english ?? "") \(waiting)"),
                            Address("targets", "waiting"), look: .button)
                    ]
                } ?? [])
        ) { html in
            if groups.isEmpty { html.add(noProgramme) }
            for group in groups {
                html.add(.div, .id(group.id)) { html in
                    html.add(
                        Sheet(Word(name: group.title), links: [Link(TargetWords.toProgrammes, Address("programmes", group.id))]) { html in
                            html.add(TargetTable(standings: group.standings))
                        })
                }
            }
        }
    }

    static var noProgramme: EmptyState {
        EmptyState(
            TargetWords.noProgramme, nextStep: TargetWords.noProgrammeNext,
            action: Link(TargetWords.toProgrammes, Address("programmes"), look: .primary))
    }

    /// /targets/waiting: figures to be reviewed and released.
    package static func waiting(_ figures: [TargetFigure], titles: [String: String], seal: FormSeal?) -> Page {
        Page(TargetWords.waiting, crumbs: [Link(TargetWords.targets, Address("targets"))]) { html in
            html.add(
                Sheet(TargetWords.waiting) { html in
                    html.add(
                        Table(
                            caption: TargetWords.waiting, rows: figures,
                            columns: [
                                .link(TargetWords.target) { figure in
                                    Link(
                                        titles[figure.programme + "/" + figure.target] ?? figure.target,
                                        Address("targets", figure.programme, figure.target))
                                }
                            ] + FigureTable.columns(seal: seal, published: [:]),
                            empty: EmptyState(TargetWords.noWaiting, nextStep: TargetWords.noWaitingNext)))
                })
        }
    }
}

/// Stated figures in rows, with the button for the next step of each.
enum FigureTable {
    /// `published` holds what released figures said and say, by number.
    static func columns(seal: FormSeal?, published: [Int64: PublishedFigure]) -> [Column<TargetFigure>] {
        [
            .text(TargetWords.period) { $0.period.text },
            .text(TargetWords.subject) { $0.subject.isEmpty ? TargetWords.ours : Word($0.subject) },
            .text(TargetWords.source) { $0.source.word },
            .amount(TargetWords.value) { StandingText.number($0.value.decimal, $0.unit) },
            Column(TargetWords.reporter) { html, figure in
                html.add(figure.reporter.isEmpty ? "—" : figure.reporter)
                if !figure.document.isEmpty { html.add(.small, text: figure.document) }
                if let note = figure.note { html.add(.small, text: note) }
            },
            Column(TargetWords.state, .status) { html, figure in
                html.add(badge(figure))
                if let released = published[figure.id.number] { html.add(.small, text: released.sentence) }
            },
            Column(TargetWords.act) { html, figure in
                guard let seal, let (title, step) = next(figure) else { return }
                html.add(
                    ActionButton(
                        title, action: Address("figures", figure.id, step), seal: seal,
                        fields: [("back", Address("targets", figure.programme, figure.target).description)]))
            },
        ]
    }

    private static func badge(_ figure: TargetFigure) -> Badge {
        switch figure.state {
        case .recorded: Badge(.caution, figure.state.word)
        case .reviewed: Badge(.info, Word("\(figure.state.word.chinese) · \(figure.reviewedBy ?? "—")"))
        case .released:
            Badge(.good, Word("\(figure.state.word.chinese) · \(figure.releasedBy ?? "—") \(figure.releasedOn?.description ?? "")"))
        }
    }

    private static func next(_ figure: TargetFigure) -> (Word, String)? {
        switch figure.state {
        case .recorded: (TargetWords.review, "review")
        case .reviewed: (TargetWords.release, "release")
        case .released: nil
        }
    }
}
