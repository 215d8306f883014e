import DecisionTables
import Policy
import Values
import WebSupport

/// What the page of one decision table shows.
struct TablePageModel: Sendable {
    let state: ProgrammeState
    let run: ClassRun
    let moves: [ReadingMoves]
    let combined: [ReadingCounts]
    let findings: [PolicyFinding]
    /// Whether the reader may see which firms stand where: counts beside each other at two positions tell one firm's figure.
    let showsFirms: Bool

    var table: ClassTable { run.table }
}

/// One decision table: rules, counts, findings, readings with the firms they move, rulings and the forms to record them.
struct TablePage {
    let model: TablePageModel
    /// nil for readers who may not rule.
    let seal: FormSeal?
    /// Puts back what was typed and what is wrong with it.
    let marked: @Sendable ([FormField]) -> [FormField]

    private var table: ClassTable { model.table }
    private var address: Address { ProgrammeAddress.table(table.programme.id, table.asWritten.id) }

    /// Several forms stand on one page, so that each numbers its fields.
    static func rulingFields(_ moves: ReadingMoves, _ number: Int) -> [FormField] {
        [
            FormField(
                "choice-\(number)", ProgrammeWords.choice, .radio(moves.alternatives.map { FormField.Choice($0.key, Word($0.label)) }),
                values: moves.ruling.map { [$0.choice] } ?? [], isRequired: true),
            FormField("reason-\(number)", ProgrammeWords.reason, .textarea(rows: 2), isRequired: true),
            FormField("document-\(number)", ProgrammeWords.documentNumber),
        ]
    }

    var page: Page {
        let copy = self
        return Page(
            Word(name: table.asWritten.label), lead: Word("\(table.programme.title) · 条款\(table.asWritten.clause) · \(table.rule.file)"),
            crumbs: ProgrammePages.crumbs + [Link(table.programme.title, ProgrammeAddress.programme(table.programme.id))],
            tabs: ProgrammePages.tabs(model.state, current: address),
            actions: [
                Link(
                    ProgrammeWords.model,
                    ProgrammeAddress.model(table.programme.id, table.asWritten.id).with("known", model.run.position), look: .button)
            ], notices: ProgrammePages.notices(model.state)
        ) { html in copy.write(&html) }
    }

    private func write(_ html: inout HTML) {
        if model.showsFirms { html.add(ClassFigures(run: model.run)) }
        html.add(OpenNotices(run: model.run))
        rules(&html)
        readings(&html)
        wholeReadings(&html)
        year(&html)
        html.add(
            Sheet(ProgrammeWords.proof, note: coverage) { html in
                html.add(
                    FindingsTable(
                        findings: model.findings, empty: EmptyState(ProgrammeWords.noFindings, nextStep: ProgrammeWords.checkedAll)))
            })
    }

    /// Whether the search for holes was exhaustive; the findings say so when it was not.
    private var coverage: Word? {
        model.findings.contains { $0.code == "table.not-proved" } ? nil : Word(Proof.Coverage.exact.sentence)
    }

    private func rules(_ html: inout HTML) {
        let inputs = table.asWritten.inputs
        html.add(
            Sheet(ProgrammeWords.table, note: RuleText.word(table.asWritten.hit)) { html in
                html.add(
                    Table(
                        caption: ProgrammeWords.table, rows: table.table.rules,
                        columns: [.text(ProgrammeWords.rule) { $0.label }]
                            + inputs.map { input in
                                .text(Word(input.label + (input.unit.map { "（\($0)）" } ?? "") + (input.kind == .open ? "（待明确）" : ""))) {
                                    RuleText.word($0.cell(input))
                                }
                            }
                            + [.text(ProgrammeWords.clause) { $0.clause ?? table.asWritten.clause }],
                        phone: .scrolled))
            })
    }

    private func readings(_ html: inout HTML) {
        for (number, moves) in model.moves.enumerated() {
            html.add(
                Sheet(Word(moves.label), note: moves.ruling == nil ? ProgrammeWords.notRuled : ProgrammeWords.ruled) { html in
                    if let ruling = moves.ruling { inForce(ruling, String(number), &html) }
                    html.add(
                        Table(
                            caption: Word(moves.label), rows: moves.alternatives,
                            columns: [.text(ProgrammeWords.reading) { Word($0.label) }] + (model.showsFirms ? moved : [])))
                    guard let seal else { return }
                    html.add(
                        Form(
                            action: Address("programmes", table.programme.id, "rules", table.asWritten.id, "rulings"), seal: seal,
                            fields: marked(TablePage.rulingFields(moves, number)) + [
                                .hidden("sha", table.fileSha), .hidden("number", String(number)),
                            ], submit: ProgrammeWords.recordRuling))
                })
        }
    }

    private var moved: [Column<ReadingMoves.Alternative>] {
        [
            .amount(ProgrammeWords.movesCount) { $0.count },
            Column(ProgrammeWords.enterprise, .wide) { html, row in names(row.subjects, of: row.count, &html) },
        ]
    }

    private func names(_ subjects: [ClassSubject], of count: Int, _ html: inout HTML) {
        for (index, subject) in subjects.enumerated() {
            if index > 0 { html.add("、") }
            html.add(Link(subject.name, Address("enterprises", subject.id)))
        }
        if count > subjects.count { html.add(.small, text: Word("等\(count)家", "and others, \(count) in all")) }
    }

    private func inForce(_ ruling: RecordedRuling, _ number: String, _ html: inout HTML) {
        var facts = DefinitionList()
        facts.add(ProgrammeWords.choice, ruling.choice)
        facts.add(ProgrammeWords.reason, ruling.reason)
        facts.add(ProgrammeWords.documentNumber, ruling.documentNumber.isEmpty ? nil : ruling.documentNumber)
        facts.add(ProgrammeWords.journal) { html in
            html.add(Link("\(ruling.day) \(ruling.actor)", Address("journal", ruling.position)))
        }
        html.add(facts)
        guard let seal else { return }
        html.add(
            Form(
                action: Address("programmes", table.programme.id, "rules", table.asWritten.id, "withdraw"), seal: seal,
                fields: [.hidden("ruling", String(ruling.id)), .hidden("number", number)]
                    + marked([FormField("why-" + number, ProgrammeWords.reason, isRequired: true)]),
                submit: ProgrammeWords.withdraw))
    }

    private func wholeReadings(_ html: inout HTML) {
        guard model.showsFirms, model.combined.count > 1 else { return }
        html.add(
            Sheet(ProgrammeWords.wholeReadings) { html in
                html.add(
                    Table(
                        caption: ProgrammeWords.wholeReadings, rows: model.combined,
                        columns: [.text(ProgrammeWords.reading) { Word($0.label) }]
                            + table.asWritten.rules.map { rule in .amount(Word(name: rule.label)) { $0.counts[rule.id] ?? 0 } }
                            + [.amount(ProgrammeWords.undecided) { $0.counts["overlap"] ?? 0 }]))
            })
    }

    private func year(_ html: inout HTML) {
        guard model.run.columns.contains(where: { $0.source.year != nil }) else { return }
        html.add(
            Sheet(ProgrammeWords.year, note: table.yearRuling == nil ? ProgrammeWords.notRuled : ProgrammeWords.ruled) { html in
                html.add(
                    Padded { html in
                        if table.yearRuling == nil {
                            html.add(ProgrammeWords.openYear)
                            html.add(" \(model.run.year)")
                        }
                    })
                if let ruling = table.yearRuling { inForce(ruling, "year", &html) }
                guard let seal else { return }
                html.add(
                    Form(
                        action: Address("programmes", table.programme.id, "rules", table.asWritten.id, "year"), seal: seal,
                        fields: marked([
                            FormField("year", ProgrammeWords.year, .number, values: [String(model.run.year)], isRequired: true),
                            FormField("year-reason", ProgrammeWords.reason, isRequired: true),
                            FormField("year-document", ProgrammeWords.documentNumber),
                        ]) + [.hidden("sha", table.fileSha)], submit: ProgrammeWords.recordYear))
            })
    }
}
