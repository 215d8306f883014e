import DecisionTables
package import Enterprises
package import Storage
import Values
import WebSupport

/// What a dossier says about the firm's classes (为什么是这一类): one sheet for every table of every programme in force.
package struct ClassDossierSection: DossierSection {
    package let desk: ProgrammeDesk
    package let tab = DossierTab.overview

    package init(_ desk: ProgrammeDesk) { self.desk = desk }

    package func contribution(_ reading: DossierReading, _ session: any Storage.Session) throws -> DossierContribution? {
        let firm = reading.dossier.firm
        guard firm.status == .active else { return nil }
        let subject = ClassSubject(id: firm.id.number, name: firm.name, code: firm.code, region: firm.region)
        let explanations = try desk.explain(subject, on: reading.day, known: reading.position, by: reading.actor, session)
        // A table of open words alone decides nothing about a firm, so that its sheet would only repeat the open points.
        let telling = explanations.filter { !$0.facts.isEmpty || $0.confirmed != nil }
        guard !telling.isEmpty else { return nil }
        let confirmed = telling.compactMap(\.confirmed).first
        let differs = telling.contains { $0.differs }
        // What a class rests on tells the figures themselves.
        guard reading.actor.sees(DossierColumn.classBasis.rawValue) else {
            return confirmed.map { DossierContribution(badge: Badge(.good, Word($0.label))) { _ in } }
        }
        return DossierContribution(badge: confirmed.map { Badge(differs ? .caution : .good, Word($0.label)) }) { html in
            for explanation in telling { html.add(ExplanationSheet(explanation: explanation, opens: !reading.isOwn)) }
        }
    }
}

/// Why a firm is in its class, as a sheet.
struct ExplanationSheet: Component {
    let explanation: ClassExplanation
    /// Whether the reader may open rows and tables.
    var opens = true

    func write(into html: inout HTML) {
        var facts = DefinitionList()
        let explanation = explanation
        facts.add(ProgrammeWords.proposed) { html in
            html.add(explanation.group.badge)
            html.add(.small, text: RuleText.sentence(explanation.decision.sentence))
        }
        for fact in explanation.facts {
            facts.add(Word(fact.label + (fact.year.map { "（\($0)年）" } ?? ""))) { html in
                if opens, let question = fact.question {
                    html.add(.a, .class("opens"), .href(ProgrammeAddress.question(question)), text: fact.value)
                } else {
                    html.add(fact.value)
                }
            }
        }
        if let nearest = explanation.nearest { facts.add(ProgrammeWords.nearest, nearest) }
        for open in explanation.open { facts.add(ProgrammeWords.open, open) }
        for ruling in explanation.rulings {
            facts.add(
                ProgrammeWords.rulings,
                [ruling.choice, ruling.reason, ruling.documentNumber, ruling.actor, ruling.day.description].joined(separator: " · "))
        }
        facts.add(ProgrammeWords.confirmed) { html in confirmed(explanation, &html) }
        let list = facts
        html.add(
            Sheet(
                ProgrammeWords.whyThisClass, note: Word("\(explanation.tableLabel) · 条款\(explanation.clause)"),
                links: opens ? [Link(explanation.programmeTitle, ProgrammeAddress.table(explanation.programme, explanation.table))] : []
            ) { html in
                html.add(list)
                rules(&html)
            })
    }

    private func confirmed(_ explanation: ClassExplanation, _ html: inout HTML) {
        guard let confirmed = explanation.confirmed else {
            html.add("—")
            return
        }
        html.add(Badge(explanation.differs ? .bad : .good, Word(name: confirmed.label)))
        let exception = confirmed.exceptionReason.map { "人工调整：" + $0 }
        let line = [confirmed.confirmedOn.description, confirmed.actor, confirmed.documentNumber, exception].compactMap { $0 }
        html.add(.small, text: line.joined(separator: " · "))
        html.add(.small, text: confirmed.basis)
        if explanation.differs { html.add(Badge(.bad, ProgrammeWords.differences)) }
    }

    private func rules(_ html: inout HTML) {
        html.add(
            Table(
                caption: ProgrammeWords.rulesAndCells, rows: explanation.decision.rules,
                columns: [
                    .text(ProgrammeWords.rule) { $0.label },
                    .text(ProgrammeWords.why) {
                        RuleText.sentence($0.cells.filter { $0.text != "-" }.map(\.sentence).joined(separator: "；"))
                    },
                    .text(ProgrammeWords.clause) { $0.clause },
                ]))
    }
}
