import Policy
import Values
import WebSupport

/// What adopting a programme would do, with the button that does it.
struct AdoptPage {
    let state: ProgrammeState
    let preview: AdoptionPreview
    let seal: FormSeal

    var page: Page {
        let copy = self
        return Page(
            ProgrammeWords.adoption, lead: Word(name: preview.title), badge: state.standing.badge,
            crumbs: ProgrammePages.crumbs + [Link(preview.title, ProgrammeAddress.programme(preview.id))]
        ) { html in copy.write(&html) }
    }

    private func write(_ html: inout HTML) {
        var facts = DefinitionList()
        if preview.isFirst { facts.add(ProgrammeWords.state, ProgrammeWords.firstAdoption) }
        facts.add(ProgrammeWords.added, preview.added.isEmpty ? nil : preview.added.joined(separator: "、"))
        facts.add(ProgrammeWords.changed, preview.changed.isEmpty ? nil : preview.changed.joined(separator: "、"))
        facts.add(ProgrammeWords.removed, preview.removed.isEmpty ? nil : preview.removed.joined(separator: "、"))
        facts.add(ProgrammeWords.movesCount, preview.moveCount)
        let list = facts
        html.add(Sheet(ProgrammeWords.files) { html in html.add(list) })
        for table in preview.tables { write(table, &html) }
        if !preview.isUnchanged {
            html.add(
                Sheet(ProgrammeWords.adopt) { html in
                    html.add(
                        Form(
                            action: ProgrammeAddress.adopt(preview.id), seal: seal,
                            fields: [.hidden("digest", preview.digest), FormField("reason", ProgrammeWords.reason)],
                            submit: ProgrammeWords.adopt,
                            cancel: Link(ProgrammeWords.programme, ProgrammeAddress.programme(preview.id))))
                })
        }
        html.add(
            Sheet(ProgrammeWords.findings, note: Word(String(preview.findings.count))) { html in
                html.add(
                    FindingsTable(
                        findings: preview.findings, empty: EmptyState(ProgrammeWords.noFindings, nextStep: ProgrammeWords.checkedAll)))
            })
    }

    private func write(_ table: AdoptionPreview.TableChange, _ html: inout HTML) {
        html.add(
            FigureStrip(
                table.groups.map {
                    Figure(Word($0.label), String($0.count), unit: ProgrammeWords.firms, needsPerson: $0.kind == .overlap && $0.count > 0)
                }))
        html.add(
            Sheet(Word(name: table.label), note: Word("\(table.moveCount)家改变类别")) { html in
                html.add(
                    Table(
                        caption: ProgrammeWords.moves, rows: table.moves,
                        columns: [
                            .link(ProgrammeWords.enterpriseName) { Link($0.subject.name, Address("enterprises", $0.subject.id)) },
                            .text(ProgrammeWords.before) { $0.before }, .text(ProgrammeWords.after) { $0.after },
                        ],
                        empty: EmptyState(
                            ProgrammeWords.nobodyMoves, nextStep: table.isNew ? Word("这张表是新的，上面是采纳后的系统建议。") : Word("可以放心采纳。"))))
                if table.moveCount > table.moves.count {
                    html.add(Padded { html in html.add("只列出前\(table.moves.count)家，共\(table.moveCount)家。") })
                }
                if !table.endingRulings.isEmpty {
                    html.add(
                        Table(
                            caption: ProgrammeWords.endingRulings, rows: table.endingRulings,
                            columns: [
                                .text(ProgrammeWords.endingRulings) { $0.choice }, .text(ProgrammeWords.reason) { $0.reason },
                                .text(ProgrammeWords.documentNumber) { $0.documentNumber },
                            ]))
                }
            })
    }
}
