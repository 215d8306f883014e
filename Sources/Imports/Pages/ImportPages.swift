import Storage
import Values
import WebSupport

/// The first step: choose what and which files.
enum ImportNewPage {
    /// - Parameter erased: those of the chosen files whose originals were erased; then somebody must say that they are kept again.
    static func fields(kind: String?, erased: [KeptOriginal] = []) -> [FormField] {
        let kinds = ImportKind.allCases.map { FormField.Choice($0.rawValue, Word($0.label)) }
        let chosen = kind.flatMap(ImportKind.init(rawValue:)) ?? .results
        var fields = [
            FormField("kind", ImportWords.kind, .radio(kinds), values: [chosen.rawValue], isRequired: true),
            FormField(
                "files", ImportWords.files, .file(accepts: ".xls,.xlsx,.csv,.txt,.xml,.htm,.html,.et", several: true), isRequired: true,
                hint: ImportWords.filesHint),
        ]
        if !erased.isEmpty {
            let names = erased.map { "“\($0.name)”（\($0.erasedNote ?? "")）" }.joined(separator: "；")
            fields.append(FormField("again", OriginalWords.again, .checkbox, values: [], hint: Word(names)))
        }
        return fields
    }

    static func page(_ runs: [ImportRecord], fields: [FormField], seal: FormSeal) -> Page {
        Page(
            ImportWords.title, lead: ImportWords.steps,
            actions: [Link(ImportWords.corrections, Address("imports", "corrections"), look: .button)]
        ) { html in
            html.add(
                Sheet(ImportWords.files) { html in
                    html.add(Form(action: Address("imports"), seal: seal, fields: fields, submit: ImportWords.upload))
                })
            html.add(
                Sheet(ImportWords.earlier) { html in
                    html.add(
                        Table(
                            caption: ImportWords.earlier, rows: runs,
                            columns: [
                                .link(ImportWords.file) { run in
                                    let names = run.choices.files.map(\.name)
                                    let more = names.count > 1 ? " 等\(names.count)个" : ""
                                    return Link((names.first ?? "") + more, Address("imports", run.id))
                                },
                                .text(ImportWords.kind) { $0.kind.label },
                                .text(ImportWords.number) { $0.id },
                                .status(ImportWords.state) { $0.badge },
                            ], empty: EmptyState(ImportWords.noEarlier, nextStep: ImportWords.noEarlierNext)))
                })
        }
    }
}

extension ImportRecord {
    var badge: Badge { state == .committed ? Badge(.good, ImportWords.committed) : Badge(.caution, ImportWords.checking) }

    var crumbs: [Link] { [Link(ImportWords.title, Address("imports", "new")), Link(Word("第\(id)号", "No. \(id)"), Address("imports", id))] }

    var tabs: (String) -> [Tab] {
        { current in
            [
                Tab(ImportWords.check, Address("imports", id), isCurrent: current == "check"),
                Tab(ImportWords.preview, Address("imports", id, "preview"), isCurrent: current == "preview"),
            ]
        }
    }
}

/// The second step: which sheet is what, and what is wrong in the rows.
enum ImportCheckPage {
    private static let mostIssues = 200

    private struct SheetRow {
        let file: CheckedFile
        let sheet: SortedSheet
        let isTaken: Bool
        let rows: Int
        let why: String
    }

    static func page(_ record: ImportRecord, _ checked: ImportRun.Checked, seal: FormSeal) -> Page {
        let rows = checked.files.flatMap { file in
            file.sheets.map { sheet in
                let table = file.tables.first { $0.sheet.number == sheet.number }
                let aside = checked.start.setAside.first { $0.file == file.opened.name && $0.sheet == sheet.name }
                return SheetRow(
                    file: file, sheet: sheet, isTaken: table != nil, rows: table?.rows.count ?? 0,
                    why: table == nil ? aside?.why ?? "" : sheet.reasons.joined(separator: "；"))
            }
        }
        let issues = IssueList.of(checked)
        var notices = issues.count > mostIssues ? [Notice(.info, ImportWords.moreIssues)] : []
        let remembered = checked.files.flatMap(\.tables).flatMap { $0.sheet.table?.layouts.flatMap(\.columns) ?? [] }.filter(\.isRemembered)
        if !remembered.isEmpty {
            let headings = remembered.map { "「\($0.heading)」" }.joined()
            notices.append(
                Notice(
                    .info, ImportWords.byEarlier, detail: headings, link: Link(ImportWords.corrections, Address("imports", "corrections"))))
        }
        return Page(
            ImportWords.check, lead: Word(record.kind.label), badge: record.badge, crumbs: record.crumbs, tabs: record.tabs("check"),
            actions: [
                Link(ImportWords.download, Address("imports", record.id, "errors"), look: .button),
                Link(ImportWords.preview, Address("imports", record.id, "preview"), look: .primary),
            ],
            notices: notices
        ) { html in
            html.add(Sheet(ImportWords.sheets, note: ImportWords.headingsHint) { html in html.add(sheets(rows, record, seal)) })
            html.add(Sheet(ImportWords.issues) { html in html.add(IssueList.table(Array(issues.prefix(mostIssues)))) })
        }
    }

    private static func sheets(_ rows: [SheetRow], _ record: ImportRecord, _ seal: FormSeal) -> Table<SheetRow> {
        Table(
            caption: ImportWords.sheets, rows: rows,
            columns: [
                .text(ImportWords.sheet) { $0.sheet.name },
                .text(ImportWords.file) { $0.file.opened.name },
                .status(ImportWords.verdict) { $0.isTaken ? Badge(.good, ImportWords.taken) : Badge(.neutral, ImportWords.aside) },
                .amount(ImportWords.rows) { $0.isTaken ? $0.rows : nil },
                Column(ImportWords.why, .wide) { html, row in html.add(row.why) },
                Column("") { html, row in
                    let choice = record.choices[row.file.opened.name, row.sheet.name]
                    if choice.isTaken || (!row.isTaken && row.sheet.table != nil) {
                        html.add(
                            ActionButton(
                                choice.isTaken ? ImportWords.leaveIt : ImportWords.takeIt, action: Address("imports", record.id, "sheets"),
                                seal: seal,
                                fields: [
                                    ("file", row.file.opened.name), ("sheet", row.sheet.name), ("take", choice.isTaken ? "no" : "yes"),
                                ]))
                    }
                    if row.sheet.table != nil {
                        let address = Address("imports", record.id, "headings").with("file", row.file.opened.name).with(
                            "sheet", row.sheet.name)
                        html.add(Link(ImportWords.correct, address))
                    }
                },
            ])
    }
}

/// Everything that was noticed, in order, as a table with places and cures.
enum IssueList {
    static func of(_ checked: ImportRun.Checked) -> [ImportReport.Issue] {
        checked.start.issues
            + checked.files.flatMap(\.tables).flatMap { table in
                (table.rows.flatMap(\.issues) + (table.sheet.table?.issues ?? [])).map { issue in
                    let message = issue.message + (issue.cure.isEmpty ? "" : "处理办法：" + issue.cure)
                    return ImportReport.Issue(
                        level: issue.level, code: issue.code, place: table.place(issue.row, column: issue.column), message: message)
                }
            }
    }

    static func table(_ issues: [ImportReport.Issue]) -> Table<ImportReport.Issue> {
        Table(
            caption: ImportWords.issues, rows: issues,
            columns: [
                Column(ImportWords.message, .wide) { html, issue in html.add(issue.message) },
                .status(ImportWords.level) { $0.level == .error ? Badge(.bad, ImportWords.error) : Badge(.caution, ImportWords.warning) },
                .text(ImportWords.file) { $0.place.file }, .text(ImportWords.sheet) { $0.place.sheet },
                .text(ImportWords.row) { $0.place.row.map { String($0) } }, .text(ImportWords.column) { $0.place.column },
            ], empty: EmptyState(ImportWords.noIssue, nextStep: ImportWords.noIssueNext))
    }
}

/// Which field each column is, to be corrected by hand.
enum ImportHeadingsPage {
    static func fields(_ sheet: SortedSheet, file: String, vocabulary: HeadingVocabulary) -> [FormField] {
        let kind = sheet.kind.flatMap { vocabulary[$0] }
        let choices = (kind?.fields ?? []).map { FormField.Choice($0.name, Word($0.label)) }
        let columns = sheet.table?.layouts.flatMap(\.columns) ?? []
        let selects = columns.filter { !$0.heading.isEmpty }.map { column in
            FormField(
                "column-\(column.number)", Word("第\(column.number)栏「\(column.heading)」"), .select(choices), values: [column.field ?? ""],
                hint: column.isRemembered ? ImportWords.byEarlier : column.field == nil ? ImportWords.leaveOut : nil)
        }
        let remember = FormField("remember", ImportWords.remember, .checkbox, values: ["yes"], hint: ImportWords.rememberHint)
        return [FormField.hidden("file", file), FormField.hidden("sheet", sheet.name)] + selects + [remember]
    }

    static func page(_ record: ImportRecord, _ sheet: SortedSheet, file: String, fields: [FormField], seal: FormSeal) -> Page {
        Page(
            ImportWords.headings, lead: Word("\(file)「\(sheet.name)」"), badge: record.badge, crumbs: record.crumbs,
            actions: [Link(ImportWords.corrections, Address("imports", "corrections"), look: .button)]
        ) { html in
            html.add(
                Sheet(ImportWords.headings, note: ImportWords.headingsHint) { html in
                    html.add(
                        Form(
                            action: Address("imports", record.id, "headings"), seal: seal, fields: fields, submit: ImportWords.saveHeadings,
                            cancel: Link(ImportWords.check, Address("imports", record.id))))
                })
        }
    }
}
