import Storage
import Values
import WebSupport

/// The first step: choose what and which files.
enum ImportNewPage {
    /// - Parameters:
    ///   - limits: megabytes of one file, and of all files of one upload together.
    ///   - erased: those of the chosen files whose originals were erased; then somebody must say that they are kept again.
    static func fields(
        for actor: Actor, kind: String?, limits: (file: Int, upload: Int), erased: [KeptOriginal] = []
    ) -> [FormField] {
        let kinds = ImportKind.allCases.filter { ImportRights.right($0).isHeld(by: actor) }.map {
            FormField.Choice($0.rawValue, Word($0.label))
        }
        let chosen = kind.flatMap(ImportKind.init(rawValue:)) ?? .results
        var fields = [
            FormField("kind", ImportWords.kind, .radio(kinds), values: [chosen.rawValue], isRequired: true),
            FormField(
                "files", ImportWords.files, .file(accepts: ".xls,.xlsx,.csv,.txt,.xml,.htm,.html,.et", several: true), isRequired: true,
                hint: ImportWords.filesHint(limits.file, limits.upload)),
        ]
        if !erased.isEmpty {
            let names = erased.map { "“\($0.name)”（\($0.erasedNote ?? "")）" }.joined(separator: "；")
            fields.append(FormField("again", OriginalWords.again, .checkbox, values: [], hint: Word(names)))
        }
        return fields
    }

    static func page(_ runs: [ImportRecord], open: Set<ID<ImportRecord>>, fields: [FormField], seal: FormSeal) -> Page {
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
                                .status(ImportWords.state) { open.contains($0.id) ? Badge(.info, ImportWords.working) : $0.badge },
                            ], empty: EmptyState(ImportWords.noEarlier, nextStep: ImportWords.noEarlierNext)))
                })
        }
    }
}

extension ImportRecord {
    var badge: Badge {
        if state == .committed { return Badge(.good, ImportWords.committed) }
        return choices.trouble == nil ? Badge(.caution, ImportWords.checking) : Badge(.bad, ImportWords.failed)
    }

    /// Why the last attempt to commit wrote nothing.
    var troubles: [Notice] { choices.trouble.map { [Notice(.bad, ImportWords.failedBefore, detail: $0.sentence)] } ?? [] }

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
    /// - Parameter others: what else the files may be read as by this reader.
    static func page(_ record: ImportRecord, _ look: ImportLook, others: [ImportKind], seal: FormSeal) -> Page {
        var notices = record.troubles + (look.hasMoreIssues ? [Notice(.info, ImportWords.moreIssues)] : [])
        if look.files.contains(where: \.isLong) { notices.append(Notice(.info, ImportWords.longFile)) }
        if !look.remembered.isEmpty {
            let headings = look.remembered.map { "「\($0)」" }.joined()
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
            html.add(Sheet(ImportWords.sheets, note: ImportWords.headingsHint) { html in html.add(sheets(look.sheets, record, seal)) })
            html.add(Sheet(ImportWords.issues) { html in html.add(IssueList.table(look.issues)) })
            if !others.isEmpty {
                html.add(
                    Sheet(ImportWords.notThis(record.kind), note: ImportWords.readAsHint) { html in
                        html.add(Padded { html in html.add(.div, .class("buttons")) { html in readAs(others, record, seal, into: &html) } })
                    })
            }
        }
    }

    private static func readAs(_ kinds: [ImportKind], _ record: ImportRecord, _ seal: FormSeal, into html: inout HTML) {
        for kind in kinds {
            html.add(
                ActionButton(
                    ImportWords.readAs(kind), action: Address("imports", record.id, "kind"), seal: seal, fields: [("kind", kind.rawValue)]))
        }
    }

    private static func sheets(_ rows: [ImportLook.SheetLook], _ record: ImportRecord, _ seal: FormSeal) -> Table<ImportLook.SheetLook> {
        Table(
            caption: ImportWords.sheets, rows: rows,
            columns: [
                .text(ImportWords.sheet) { $0.sheet.name },
                .text(ImportWords.file) { $0.file },
                .status(ImportWords.verdict) { $0.isTaken ? Badge(.good, ImportWords.taken) : Badge(.neutral, ImportWords.aside) },
                .amount(ImportWords.rows) { $0.isTaken ? $0.rows : nil },
                Column(ImportWords.why, .wide) { html, row in html.add(row.why) },
                Column(OriginalWords.action) { html, row in
                    let choice = record.choices[row.file, row.sheet.name]
                    if choice.isTaken || (!row.isTaken && row.sheet.table != nil) {
                        html.add(
                            ActionButton(
                                choice.isTaken ? ImportWords.leaveIt : ImportWords.takeIt, action: Address("imports", record.id, "sheets"),
                                seal: seal,
                                fields: [
                                    ("file", row.file), ("sheet", row.sheet.name), ("take", choice.isTaken ? "no" : "yes"),
                                ]))
                    }
                    if row.sheet.table != nil {
                        let address = Address("imports", record.id, "headings").with("file", row.file).with(
                            "sheet", row.sheet.name)
                        html.add(Link(ImportWords.correct, address))
                    }
                },
            ])
    }
}

/// Everything that was noticed, in order, as a table with places and cures.
enum IssueList {
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
