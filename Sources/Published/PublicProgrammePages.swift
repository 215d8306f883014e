import DecisionTables
import Policy
import Programmes
import Targets
import Values
import WebSupport

/// A programme as its document was published: who, when, its clauses, targets, rules and amounts. No ruling, no proposal, no open point.
enum PublicProgrammePages {
    static func page(_ folder: ProgrammeFolder, _ place: PublicPlace) -> Page {
        let programme = folder.programme
        return Page(
            Word(name: programme.title), lead: programme.source.document == programme.title ? nil : Word(name: programme.source.document),
            badge: Badge(.neutral, programme.source.kind.word),
            crumbs: [Link(PublicWords.title, place())],
            actions: [Link(PublicWords.toFigures, place("figures"), look: .button)]
        ) { html in
            html.add(Sheet { html in html.add(facts(programme)) })
            targets(programme, &html)
            for rule in folder.rules { table(rule, &html) }
            amounts(programme, &html)
            clauses(programme, &html)
        }
    }

    private static func facts(_ programme: Programme) -> DefinitionList {
        var list = DefinitionList()
        list.add(PublicWords.issuer, programme.source.issuer.value ?? PublicWords.unstated)
        list.add(PublicWords.number, programme.source.number.value ?? PublicWords.unstated)
        list.add(PublicWords.dated, programme.source.date.value?.description ?? PublicWords.unstated)
        list.add(PublicWords.region, programme.region.name)
        list.add(PublicWords.scope, programme.scope)
        return list
    }

    private static func targets(_ programme: Programme, _ html: inout HTML) {
        guard !programme.targets.isEmpty else { return }
        html.add(
            Sheet(PublicWords.targets) { html in
                html.add(
                    Table(
                        caption: PublicWords.targets, rows: programme.targets,
                        columns: [
                            Column(PublicWords.target, .wide) { html, target in
                                html.add(.strong, .id("target-" + target.id), text: target.title)
                                html.add(.small, text: target.text)
                            },
                            .text(PublicWords.kind) { $0.kind.word },
                            .text(PublicWords.due) { $0.dueLabel ?? $0.due?.value?.description },
                            .text(PublicWords.owner) { $0.owner.value.flatMap { programme.organisation($0)?.name } },
                            .text(PublicWords.clause) { $0.clause },
                        ]))
            })
    }

    /// The table as the document has it; what the office reads into it is its own.
    private static func table(_ rule: RuleFile, _ html: inout HTML) {
        let table = rule.table
        html.add(
            Sheet(Word(name: table.label), note: RuleText.word(table.hit)) { html in
                html.add(
                    Table(
                        caption: Word(name: table.label), rows: table.rules,
                        columns: [.text(PublicWords.rule) { $0.label }]
                            + table.inputs.map { input in
                                .text(PublicWords.input(input.label, unit: input.unit, isOpen: input.kind == .open)) {
                                    RuleText.word($0.cell(input))
                                }
                            }
                            + [.text(PublicWords.clause) { $0.clause ?? table.clause }],
                        phone: .scrolled))
            })
    }

    private static func amounts(_ programme: Programme, _ html: inout HTML) {
        guard !programme.amounts.isEmpty else { return }
        html.add(
            Sheet(PublicWords.amounts) { html in
                html.add(
                    Table(
                        caption: PublicWords.amounts, rows: programme.amounts,
                        columns: [
                            Column(PublicWords.what, .wide) { html, amount in
                                html.add(.strong, text: amount.title)
                                html.add(.small, text: amount.text)
                            },
                            .amount(PublicWords.amount) { $0.amount.shown() + " " + $0.unit },
                            .text(PublicWords.clause) { $0.clause },
                        ]))
            })
    }

    private static func clauses(_ programme: Programme, _ html: inout HTML) {
        html.add(
            Sheet(PublicWords.clauses, note: PublicWords.clausesNote) { html in
                html.add(
                    Table(
                        caption: PublicWords.clauses, rows: programme.clauses,
                        columns: [
                            Column(PublicWords.clause) { html, clause in html.add(.strong, .id("clause-" + clause.id), text: clause.id) },
                            Column(PublicWords.content, .wide) { html, clause in
                                html.add(.strong, text: clause.title)
                                html.add(.p, text: clause.summary)
                            },
                            Column(PublicWords.begins, .wide) { html, clause in html.add("“\(clause.begins)…”") },
                        ]))
            })
    }
}
