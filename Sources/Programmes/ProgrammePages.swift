import DecisionTables
import Policy
import Values
import WebSupport

/// The list of programmes and one programme clause by clause.
enum ProgrammePages {
    static func list(_ states: [ProgrammeState]) -> Page {
        Page(ProgrammeWords.programmes, crumbs: [Link(ProgrammeWords.desk, Address())]) { html in
            html.add(
                Sheet(ProgrammeWords.programmes) { html in
                    html.add(
                        Table(
                            caption: ProgrammeWords.programmes, rows: states,
                            columns: [
                                .link(ProgrammeWords.programme) { Link($0.title, ProgrammeAddress.programme($0.id)) },
                                .status(ProgrammeWords.state) { $0.standing.badge },
                                .text(ProgrammeWords.sourceKind) { $0.shown?.programme.source.kind.word },
                                .text(ProgrammeWords.region) { $0.shown?.programme.region.name },
                                .day(ProgrammeWords.dated) { $0.shown?.programme.source.date.value },
                                .day(ProgrammeWords.adoptedOn) { $0.adoptedOn },
                                Column(ProgrammeWords.adopt) { html, row in
                                    guard row.standing == .new || row.standing == .changed else {
                                        html.add("—")
                                        return
                                    }
                                    html.add(Link(ProgrammeWords.previewAdoption, ProgrammeAddress.adopt(row.id)))
                                },
                            ], empty: EmptyState(ProgrammeWords.noProgrammes, nextStep: ProgrammeWords.noProgrammesNext)))
                })
        }
    }

    static func programme(_ state: ProgrammeState, today: Day) -> Page {
        let programme = state.shown?.programme
        return Page(
            Word(name: state.title), lead: programme.map(lead), badge: state.standing.badge, crumbs: crumbs,
            tabs: tabs(state, current: ProgrammeAddress.programme(state.id)), notices: notices(state)
        ) { html in
            guard let folder = state.shown else { return }
            html.add(banner(folder.programme.source.kind))
            phases(folder.programme, today, &html)
            clauses(folder, isInForce: state.adopted != nil, &html)
        }
    }

    static var crumbs: [Link] { [Link(ProgrammeWords.desk, Address()), Link(ProgrammeWords.programmes, ProgrammeAddress.all)] }

    static func tabs(_ state: ProgrammeState, current: Address) -> [Tab] {
        guard let folder = state.shown else { return [] }
        var tabs = [
            Tab(ProgrammeWords.clauses, ProgrammeAddress.programme(state.id), isCurrent: current == ProgrammeAddress.programme(state.id))
        ]
        guard state.adopted != nil else { return tabs }
        for rule in folder.rules {
            let address = ProgrammeAddress.table(state.id, rule.table.id)
            tabs.append(Tab(Word(name: rule.table.label), address, isCurrent: current == address))
        }
        if !folder.rules.isEmpty {
            let address = ProgrammeAddress.classes(state.id)
            tabs.append(Tab(ProgrammeWords.classes, address, isCurrent: current == address))
        }
        return tabs
    }

    private static func lead(_ programme: Programme) -> Word {
        let source = programme.source
        let issuer = source.issuer.value ?? "发文单位待明确"
        let day = source.date.value?.description ?? "日期待明确"
        return Word(
            [issuer, source.number.value, day, source.kind.word.chinese, programme.region.name].compactMap { $0 }.joined(separator: " · "))
    }

    static func banner(_ kind: SourceKind) -> Notice { Notice(.info, ProgrammeWords.sourceNotes[kind.rawValue] ?? kind.word) }

    static func notices(_ state: ProgrammeState) -> [Notice] {
        let preview = Link(ProgrammeWords.previewAdoption, ProgrammeAddress.adopt(state.id))
        switch state.standing {
        case .adopted, .gone: return []
        case .new: return [Notice(.caution, ProgrammeWords.notInForce, link: preview)]
        case .changed: return [Notice(.caution, ProgrammeWords.changedNotice, link: preview)]
        case .broken:
            return [Notice(.bad, ProgrammeWords.brokenNotice, detail: state.failures.prefix(5).map(\.description).joined(separator: "；"))]
        }
    }

    private static func phases(_ programme: Programme, _ today: Day, _ html: inout HTML) {
        let dated = programme.phases.compactMap { phase -> PhaseStrip.Phase? in
            guard let to = phase.to.value, let from = phase.from.value ?? programme.source.date.value, from <= to else { return nil }
            let detail = phase.from.isOpen ? Word("开始日期待明确，暂从成文日期画起") : nil
            return PhaseStrip.Phase(Word(name: phase.label), detail: detail, from: from, to: to)
        }
        if !dated.isEmpty { html.add(PhaseStrip(dated, today: today)) }
    }

    private static func clauses(_ folder: ProgrammeFolder, isInForce: Bool, _ html: inout HTML) {
        html.add(
            Sheet(ProgrammeWords.clauses) { html in
                html.add(
                    Table(
                        caption: ProgrammeWords.clauses, rows: folder.programme.clauses,
                        columns: [
                            Column(ProgrammeWords.clause) { html, clause in html.add(.strong, .id("clause-" + clause.id), text: clause.id)
                            },
                            Column(ProgrammeWords.message, .wide) { html, clause in
                                html.add(.strong, text: clause.title)
                                html.add(.p, text: clause.summary)
                            },
                            Column(ProgrammeWords.runs, .wide) { html, clause in contents(folder, clause.id, isInForce: isInForce, &html) },
                        ]))
            })
    }

    private static func contents(_ folder: ProgrammeFolder, _ clause: String, isInForce: Bool, _ html: inout HTML) {
        let elements = folder.contents(of: clause)
        guard !elements.isEmpty else {
            html.add(.small, text: ProgrammeWords.nothingToRun)
            return
        }
        html.add(.ul, .class("prose")) { html in
            for element in elements {
                html.add(.li) { html in
                    html.add(element.kind.word)
                    html.add("：")
                    if let address = address(element, folder, isInForce: isInForce) {
                        html.add(Link(element.title, address))
                    } else {
                        html.add(element.title)
                    }
                    var runs: [String] = []
                    for run in element.runs where run != .none && run.word.chinese != element.kind.word.chinese {
                        runs.append(html.shown(run.word))
                    }
                    if !runs.isEmpty { html.add(.small, text: " " + runs.joined(separator: "、")) }
                    if let legal = element.legal { html.add(Badge(.bad, legal.standing.word)) }
                }
            }
        }
    }

    /// Targets and rule tables have pages once the programme is adopted.
    private static func address(_ element: ClauseElement, _ folder: ProgrammeFolder, isInForce: Bool) -> Address? {
        let programme = folder.programme.id
        return switch element.kind {
        case .target: isInForce ? Address("targets", programme, element.id) : nil
        case .rule: isInForce ? folder.rules.first { $0.file == element.id }.map { ProgrammeAddress.table(programme, $0.table.id) } : nil
        case .figure, .list: Address("discrepancies").with("programme", programme)
        case .openPoint, .missingPaper: Address("open-points").with("programme", programme)
        case .source, .organisation, .phase, .work, .duration, .duty, .amount: nil
        }
    }
}
