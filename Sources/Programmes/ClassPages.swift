import DecisionTables
import Policy
import Values
import WebSupport

/// What the page of class lists shows.
struct ClassPageModel: Sendable {
    /// A firm of the list with its proposal and what was confirmed.
    struct Row: Sendable {
        let subject: ClassSubject
        let decision: Decision
        let group: ClassGroup
        let confirmed: ConfirmedClass?

        var differs: Bool { confirmed.map { $0.rule != group.key } ?? false }
    }

    let state: ProgrammeState
    let run: ClassRun
    /// The group whose firms are listed, or nil for the firms that differ from what was confirmed.
    let group: ClassGroup?
    let rows: [Row]
    /// The cursor of the next page.
    let next: Int64?
    /// Whether the list stands at the latest position, so that it can be confirmed.
    let isLatest: Bool
}

/// Proposals by class beside what was confirmed, with the forms to confirm a list or overrule one firm.
struct ClassPage {
    let model: ClassPageModel
    /// nil for readers who may not confirm.
    let seal: FormSeal?
    let address: Address
    let marked: @Sendable ([FormField]) -> [FormField]

    private var run: ClassRun { model.run }
    private var programme: String { run.table.programme.id }

    static let confirmFields = [FormField("document", ProgrammeWords.documentNumber, isRequired: true)]

    static func exceptionFields(_ run: ClassRun) -> [FormField] {
        [
            FormField(
                "enterprise", ProgrammeWords.enterprise, isRequired: true, hint: Word("统一社会信用代码、全称或档案编号", "Code, name or number")),
            FormField(
                "rule", ProgrammeWords.whichClass, .select(run.table.asWritten.rules.map { FormField.Choice($0.id, Word($0.label)) }),
                isRequired: true),
            FormField("reason", ProgrammeWords.exceptionReason, .textarea(rows: 2), isRequired: true),
            FormField("exception-document", ProgrammeWords.documentNumber, isRequired: true),
        ]
    }

    var page: Page {
        let copy = self
        return Page(
            ProgrammeWords.classes,
            lead: Word("\(run.table.programme.title) · \(run.table.asWritten.label) · 条款\(run.table.asWritten.clause) · \(run.on)"),
            crumbs: ProgrammePages.crumbs + [Link(run.table.programme.title, ProgrammeAddress.programme(programme))],
            tabs: ProgrammePages.tabs(model.state, current: ProgrammeAddress.classes(programme)),
            notices: ProgrammePages.notices(model.state)
        ) { html in copy.write(&html) }
    }

    private func write(_ html: inout HTML) {
        html.add(ClassFigures(run: run))
        html.add(OpenNotices(run: run))
        let title = model.group.map { Word($0.label) } ?? ProgrammeWords.differences
        let count = model.group?.count ?? run.differenceCount
        html.add(
            Sheet(title, note: Word("\(NumberText.grouped(count))家", "\(NumberText.grouped(count)) firms"), links: links) { html in
                html.add(table)
                html.add(Pagination(page: address, shown: model.rows.count, total: count, after: model.next.map { String($0) }))
            })
        guard model.isLatest, let seal else { return }
        if let group = model.group, group.kind == .decided, group.count > 0, run.table.asWritten.rule(group.key) != nil {
            confirm(group, seal, &html)
        }
        html.add(
            Sheet(ProgrammeWords.confirmOne) { html in
                html.add(
                    Form(
                        action: Address("programmes", programme, "classes", "exception"), seal: seal,
                        fields: marked(ClassPage.exceptionFields(run)) + hidden, submit: ProgrammeWords.confirmOne))
            })
    }

    private var links: [Link] {
        let classified = Address("questions", "classification").with("where", "programme=" + programme).with("by", "class").with(
            "known", run.position)
        return [
            Link(ProgrammeWords.confirmedClasses, classified),
            Link(
                Word("与已确认不一致 \(run.differenceCount)家", "Differing: \(run.differenceCount)"),
                ProgrammeAddress.group(run, "differences")),
        ]
    }

    private var hidden: [FormField] {
        [.hidden("table", run.table.asWritten.id), .hidden("on", run.on.description), .hidden("group", model.group?.key ?? "")]
    }

    private func confirm(_ group: ClassGroup, _ seal: FormSeal, _ html: inout HTML) {
        html.add(
            Sheet(ProgrammeWords.confirmList, note: Word("\(group.label) \(NumberText.grouped(group.count))家")) { html in
                html.add(
                    Form(
                        action: Address("programmes", programme, "classes", "confirm"), seal: seal,
                        fields: marked(ClassPage.confirmFields) + hidden + [
                            .hidden("seal", ConfirmClasses.seal(of: run, group: group.key))
                        ],
                        submit: ProgrammeWords.confirmList))
            })
    }

    private var table: Table<ClassPageModel.Row> {
        Table(
            caption: ProgrammeWords.classes, rows: model.rows,
            columns: [
                .link(ProgrammeWords.enterpriseName) { Link($0.subject.name, Address("enterprises", $0.subject.id)) },
                .text(ProgrammeWords.code) { $0.subject.code },
                Column(ProgrammeWords.proposed, .wide) { html, row in
                    html.add(row.group.badge)
                    html.add(.small, text: RuleText.sentence(row.decision.sentence))
                },
                .text(ProgrammeWords.nearest) { $0.decision.nearest.first.map { RuleText.sentence($0.sentence) } },
                Column(ProgrammeWords.confirmed) { html, row in
                    guard let confirmed = row.confirmed else {
                        html.add("—")
                        return
                    }
                    html.add(Badge(row.differs ? .bad : .good, Word(name: confirmed.label)))
                    html.add(.small, text: [confirmed.confirmedOn.description, confirmed.documentNumber].joined(separator: " "))
                    if let reason = confirmed.exceptionReason { html.add(.small, text: "人工调整：" + reason) }
                    if row.differs { html.add(.small, text: ProgrammeWords.differences) }
                },
            ], empty: EmptyState(ProgrammeWords.noMembers, nextStep: ProgrammeWords.noMembersNext))
    }
}
