import Foundation
import Spreadsheets
import Storage
import Values
package import WebSupport

/// Addresses of the import pages: `/imports/new`, `/imports/{id}` and its steps.
package enum ImportRoutes {
    private static let limits = FormLimits(parts: 400, files: 200)

    package static func table(_ site: ImportSite) -> RouteTable {
        var table = RouteTable()
        table.get("/imports", may: .officers) { context in try await newPage(site, context) }
        table.get("/imports/new", may: .officers) { context in try await newPage(site, context) }
        table.get("/imports/corrections", may: .officers) { context in try await corrections(site, context) }
        table.post("/imports/corrections", may: .officers) { context, form in try await withdraw(site, context, form) }
        table.post("/imports", may: .officers, limits: limits) { context, form in try await upload(site, context, form) }
        table.get("/imports/{run}", may: .officers) { context in
            let record = try await site.record(context.id("run"))
            if record.state == .committed { return .seeOther(Address("imports", record.id, "result")) }
            let checked = try await site.check(record)
            return .page(ImportCheckPage.page(record, checked, seal: context.formSeal(readVersion: record.version)))
        }
        table.post("/imports/{run}/sheets", may: .officers) { context, form in try await takeSheet(site, context, form) }
        table.get("/imports/{run}/headings", may: .officers) { context in try await headings(site, context) }
        table.post("/imports/{run}/headings", may: .officers) { context, form in try await correct(site, context, form) }
        table.get("/imports/{run}/preview", may: .officers) { context in try await preview(site, context, fields: ImportPreviewPage.fields)
        }
        table.post("/imports/{run}/commit", may: .officers) { context, form in try await commit(site, context, form) }
        table.get("/imports/{run}/result", may: .officers) { context in try await result(site, context) }
        table.get("/imports/{run}/errors", may: .officers) { context in try await errors(site, context) }
        table.add(OriginalRoutes.table(site.store, uses: site.uses))
        return table
    }

    // MARK: Reading

    private static func newPage(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let runs = try await site.store.read { try ImportRecordStore.latest($0) }
        let fields = ImportNewPage.fields(kind: context.query["kind"])
        return .page(ImportNewPage.page(runs, fields: fields, seal: context.formSeal()))
    }

    private static func upload(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let kind = reading.choice("kind", of: ImportKind.self)
        let files = form.files("files").filter { $0.size > 0 }
        if files.isEmpty { reading.refuse("files", ImportWords.noFile) }
        let erased = try await site.erased(among: files)
        if !erased.isEmpty, !form.has("again") { reading.refuse("again", OriginalWords.sayAgain) }
        guard reading.isGood, let kind else {
            let runs = try await site.store.read { try ImportRecordStore.latest($0) }
            let fields = reading.marked(ImportNewPage.fields(kind: nil, erased: erased))
            return .formAgain(ImportNewPage.page(runs, fields: fields, seal: context.formSeal()))
        }
        let id = try await site.begin(
            kind, files: files, keepsAgain: !erased.isEmpty, request: reading.requestID(), actor: context.actor)
        return .seeOther(Address("imports", id))
    }

    // MARK: Checking

    private static func takeSheet(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<ImportRecord> = try context.id("run")
        let (file, sheet, take) = (form.text("file"), form.text("sheet"), form.text("take") == "yes")
        try await site.change(id, shown: form.readVersion, action: "import.choose", actor: context.actor) { record in
            record.choices[file, sheet].isTaken = take
        }
        return .seeOther(Address("imports", id))
    }

    private static func sheet(_ checked: ImportRun.Checked, _ file: String, _ sheet: String) throws -> SortedSheet {
        guard let found = checked.files.first(where: { $0.opened.name == file })?.sheets.first(where: { $0.name == sheet }),
            found.table != nil
        else { throw Failure(.missing, "import.no-sheet", "这次导入没有可以核对表头的工作表「\(sheet)」", cure: "回到核对页选择工作表") }
        return found
    }

    private static func headings(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"))
        let checked = try await site.check(record)
        let file = context.query["file"] ?? ""
        let found = try sheet(checked, file, context.query["sheet"] ?? "")
        let fields = ImportHeadingsPage.fields(found, file: file, vocabulary: site.run.vocabulary)
        return .page(
            ImportHeadingsPage.page(record, found, file: file, fields: fields, seal: context.formSeal(readVersion: record.version)))
    }

    private static func correct(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let record = try await site.record(context.id("run"))
        let (file, name) = (form.text("file"), form.text("sheet"))
        let found = try sheet(try await site.check(record), file, name)
        let known = Set(site.run.vocabulary[found.kind ?? record.kind]?.fields.map(\.name) ?? [])
        var chosen: [Int: String] = [:]
        for column in found.table?.layouts.flatMap(\.columns) ?? [] where form.has("column-\(column.number)") {
            let field = form.text("column-\(column.number)")
            guard field.isEmpty || known.contains(field) else {
                throw Failure(.invalid, "import.no-field", "没有名为“\(field)”的栏目", cure: "从下拉列表中选择")
            }
            chosen[column.number] = field
        }
        let choices = HeadingChoices(
            file: file, sheet: found, kind: found.kind ?? record.kind, chosen: chosen, isRemembered: form.has("remember"),
            writing: site.run.vocabulary.writing)
        try await site.correct(record.id, choices, shown: form.readVersion, actor: context.actor)
        return .seeOther(Address("imports", record.id))
    }

    private static func corrections(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let lines = try await site.store.read { try HeadingCorrectionPage.lines($0) }
        return .page(HeadingCorrectionPage.page(lines, vocabulary: site.run.vocabulary, seal: context.formSeal()))
    }

    private static func withdraw(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        try await site.forget(ID(Int64(form.text("correction")) ?? 0), actor: context.actor)
        return .seeOther(Address("imports", "corrections"))
    }

    // MARK: Committing

    private static func preview(
        _ site: ImportSite, _ context: WebContext, fields: [FormField], notices: [Notice] = []
    ) async throws -> Reply {
        let record = try await site.record(context.id("run"))
        guard record.state == .checking else { return .seeOther(Address("imports", record.id, "result")) }
        let checked = try await site.check(record)
        let (report, tables) = try await site.store.read { session in
            (try site.run.previewReport(checked, session), try site.run.preview(checked.files, session))
        }
        let page = ImportPreviewPage.page(
            record, report, tables, fields: fields, notices: notices, seal: context.formSeal(readVersion: record.version))
        return notices.isEmpty ? .page(page) : .formAgain(page)
    }

    private static func commit(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let id: ID<ImportRecord> = try context.id("run")
        let mode = reading.choice("mode", of: CommitMode.self)
        let reason = reading.optionalText("reason", atMost: 200) ?? ""
        let fields = reading.marked(ImportPreviewPage.fields)
        guard reading.isGood, let mode else {
            return try await preview(site, context, fields: fields, notices: [Notice(.bad, ImportWords.nothing)])
        }
        let record = try await site.record(id)
        guard form.readVersion == nil || form.readVersion == record.version || record.state == .committed else {
            throw Failure(.conflict, "import.run-changed", "这次导入刚被别人改过", cure: "回到核对页，看过最新的内容再提交")
        }
        if try await site.commit(id, mode: mode, reason: reason, actor: context.actor) != nil {
            let notice = Notice(.bad, ImportWords.nothing, detail: ImportWords.hasErrors.text(context.language))
            return try await preview(site, context, fields: fields, notices: [notice])
        }
        return .seeOther(Address("imports", id, "result"))
    }

    private static func result(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"))
        guard record.state == .committed else { return .seeOther(Address("imports", record.id)) }
        let (link, originals) = try await site.store.read { session in
            (
                try record.committed.flatMap { try site.destination(record.kind, $0, session) },
                try OriginalStore.known(record.choices.files.map(\.sha256), session)
            )
        }
        return .page(ImportResultPage.page(record, originals, destination: link))
    }

    /// The first file of the run, or the one that is named, with its rows and an 错误信息 column.
    private static func errors(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"))
        let checked = try await site.check(record)
        let wanted = context.query["file"]
        guard let file = checked.files.first(where: { wanted == nil || $0.opened.name == wanted }) else {
            throw Failure(.missing, "import.no-file", "这次导入没有读得出的文件", cure: "回到核对页看原因")
        }
        let report = try await site.store.read { try site.run.previewReport(checked, $0) }
        let path = site.folder.appendingPathComponent("errors-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: site.folder, withIntermediateDirectories: true)
        try await context.onWorkerThread { try ImportErrorFile.write(file, report, to: path.path) }
        let stem = file.opened.name.split(separator: "/").last.map(String.init) ?? file.opened.name
        return .download(Download(name: stem + ".错误信息.xlsx", kind: .xlsx, file: path, removeAfterwards: true))
    }
}

/// The file as it came in, with what is wrong in each row.
package enum ImportErrorFile {
    package static func write(_ file: CheckedFile, _ report: ImportReport, to path: String) throws {
        var errors: [String: [Int: [String]]] = [:]
        for issue in report.issues where issue.place.file == file.opened.name {
            guard let sheet = issue.place.sheet else { continue }
            let column = issue.place.column.map { "「\($0)」" } ?? ""
            let row = issue.place.row ?? file.sheets.first { $0.name == sheet }?.table?.layout.headingRows.upperBound ?? 1
            errors[sheet, default: [:]][row, default: []].append(column + issue.message)
        }
        let headings = file.tables.compactMap { table in table.sheet.table.map { (table.sheet.name, $0.layout.headingRows.upperBound) } }
        try ErrorWorkbook.write(
            file.opened.workbook.sheets, errors: errors, headingRows: Dictionary(headings, uniquingKeysWith: { first, _ in first }),
            to: path)
    }
}
