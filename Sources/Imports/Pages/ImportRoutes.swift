import Jobs
import Spreadsheets
import Storage
import Values
package import WebSupport

/// Addresses of the import pages: `/imports/new`, `/imports/{id}` and its steps.
package enum ImportRoutes {
    package static func table(_ site: ImportSite) -> RouteTable {
        var table = RouteTable()
        let limits = FormLimits(parts: 400, files: 200, fileBytes: site.run.limits.fileBytes)
        table.get("/imports", may: ImportRights.load) { context in try await newPage(site, context) }
        table.get("/imports/new", may: ImportRights.load) { context in try await newPage(site, context) }
        table.get("/imports/corrections", may: ImportRights.load) { context in try await corrections(site, context) }
        table.post("/imports/corrections", may: ImportRights.load) { context, form in try await withdraw(site, context, form) }
        table.post("/imports", may: ImportRights.load, limits: limits) { context, form in try await upload(site, context, form) }
        table.get("/imports/{run}", may: ImportRights.load) { context in try await check(site, context) }
        table.post("/imports/{run}/sheets", may: ImportRights.load) { context, form in try await takeSheet(site, context, form) }
        table.post("/imports/{run}/kind", may: ImportRights.load) { context, form in try await readAs(site, context, form) }
        table.get("/imports/{run}/headings", may: ImportRights.load) { context in try await headings(site, context) }
        table.post("/imports/{run}/headings", may: ImportRights.load) { context, form in try await correct(site, context, form) }
        table.get("/imports/{run}/preview", may: ImportRights.load) { context in
            try await preview(site, context, fields: ImportPreviewPage.fields)
        }
        table.post("/imports/{run}/commit", may: ImportRights.load) { context, form in try await commit(site, context, form) }
        table.get("/imports/{run}/progress", may: ImportRights.load) { context in try await progress(site, context) }
        table.post("/imports/{run}/stop", may: ImportRights.load) { context, _ in try await stop(site, context) }
        table.get("/imports/{run}/result", may: ImportRights.load) { context in try await result(site, context) }
        table.get("/imports/{run}/errors", may: ImportRights.load) { context in try await errors(site, context) }
        table.add(OriginalRoutes.table(site.store, uses: site.uses))
        return table
    }

    // MARK: Reading

    private static func newPage(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        .page(
            try await newPage(
                site, context, ImportNewPage.fields(for: context.actor, kind: context.query["kind"], limits: limits(site, context))))
    }

    private static func newPage(_ site: ImportSite, _ context: WebContext, _ fields: [FormField]) async throws -> Page {
        let actor = context.actor
        let runs = try await site.store.read { session in
            try ImportRecordStore.latest(session).filter {
                try ImportRights.right($0.kind).isHeld(by: actor) && ImportRecordStore.isOpen($0, to: actor, session)
            }
        }
        return ImportNewPage.page(runs, open: try await site.jobs.open(), fields: fields, seal: context.formSeal())
    }

    /// Megabytes of one file and of one upload.
    private static func limits(_ site: ImportSite, _ context: WebContext) -> (file: Int, upload: Int) {
        (site.run.limits.fileBytes / 1_000_000, context.uploadLimit >> 20)
    }

    private static func upload(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let kind = reading.choice("kind", of: ImportKind.self)
        let files = form.files("files").filter { $0.size > 0 }
        let empty = form.files("files").filter { $0.size == 0 }.map(\.name)
        if !empty.isEmpty { reading.refuse("files", ImportWords.emptyFiles(empty)) }
        if files.isEmpty { reading.refuse("files", ImportWords.noFile) }
        let erased = try await site.erased(among: files)
        if !erased.isEmpty, !form.has("again") { reading.refuse("again", OriginalWords.sayAgain) }
        guard reading.isGood, let kind else {
            let fields = reading.marked(ImportNewPage.fields(for: context.actor, kind: nil, limits: limits(site, context), erased: erased))
            return .formAgain(try await newPage(site, context, fields))
        }
        let id = try await site.begin(
            kind, files: files, keepsAgain: !erased.isEmpty, request: reading.requestID(), actor: context.actor)
        return .seeOther(Address("imports", id))
    }

    // MARK: Checking

    private static func check(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
        if record.state == .committed { return .seeOther(Address("imports", record.id, "result")) }
        if let job = try await site.jobs.latest(record.id, .commit), job.isOpen { return .seeOther(progress(job)) }
        let job = try await site.look(record, for: context.actor)
        guard case .sheets(let look) = job.found else { return .seeOther(progress(job)) }
        let others = ImportKind.allCases.filter { $0 != record.kind && ImportRights.right($0).isHeld(by: context.actor) }
        return .page(ImportCheckPage.page(record, look, others: others, seal: context.formSeal(readVersion: record.version)))
    }

    private static func readAs(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<ImportRecord> = try context.id("run")
        var reading = FormReading(form)
        guard let kind = reading.choice("kind", of: ImportKind.self) else {
            throw Failure(.invalid, "import.no-kind", "没有说明按哪一种名单读", cure: "从核对页面上选一种")
        }
        try await site.read(id, as: kind, shown: form.readVersion, request: reading.requestID(), actor: context.actor)
        return .seeOther(Address("imports", id))
    }

    private static func takeSheet(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<ImportRecord> = try context.id("run")
        let (file, sheet, take) = (form.text("file"), form.text("sheet"), form.text("take") == "yes")
        try await site.change(
            id, shown: form.readVersion, request: try FormReading(form).requestID(), action: "import.choose", actor: context.actor
        ) { record in
            record.choices[file, sheet].isTaken = take
        }
        return .seeOther(Address("imports", id))
    }

    private static func headings(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
        let job = try await site.look(record, for: context.actor)
        guard case .sheets(let look) = job.found else { return .seeOther(progress(job)) }
        let file = context.query["file"] ?? ""
        let found = try look.sheet(context.query["sheet"] ?? "", of: file)
        let fields = ImportHeadingsPage.fields(found, file: file, vocabulary: site.run.vocabulary)
        return .page(
            ImportHeadingsPage.page(record, found, file: file, fields: fields, seal: context.formSeal(readVersion: record.version)))
    }

    private static func correct(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
        let (file, name) = (form.text("file"), form.text("sheet"))
        let job = try await site.look(record, for: context.actor)
        guard case .sheets(let look) = job.found else {
            throw Failure(.busy, "import.still-read", "文件还在读取，更正没有保存", cure: "稍后回到核对页再改")
        }
        let found = try look.sheet(name, of: file)
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
        try await site.correct(
            record.id, choices, shown: form.readVersion, request: try FormReading(form).requestID(), actor: context.actor)
        return .seeOther(Address("imports", record.id))
    }

    private static func corrections(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let lines = try await site.store.read { try HeadingCorrectionPage.lines($0) }
        return .page(HeadingCorrectionPage.page(lines, vocabulary: site.run.vocabulary, seal: context.formSeal()))
    }

    private static func withdraw(_ site: ImportSite, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        try await site.forget(
            ID(Int64(form.text("correction")) ?? 0), request: try FormReading(form).requestID(), actor: context.actor)
        return .seeOther(Address("imports", "corrections"))
    }

    // MARK: Committing

    private static func preview(
        _ site: ImportSite, _ context: WebContext, fields: [FormField], notices: [Notice] = []
    ) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
        guard record.state == .checking else { return .seeOther(Address("imports", record.id, "result")) }
        let address = Address("imports", record.id, "preview")
        let job = try await site.preview(record, for: context.actor, again: context.query["again"] != nil)
        guard case .rows(let report) = job.found else { return .seeOther(progress(job)) }
        if context.query["again"] != nil { return .seeOther(address) }
        var shown = record.troubles + (context.query["refused"] == nil ? notices : [refused(context)])
        if try await site.store.read({ try JournalQuery.head($0).position }) != job.job.wish.position {
            shown.append(Notice(.info, ImportWords.stale, link: Link(ImportWords.compareAgain, address.with("again", "yes"))))
        }
        let page = ImportPreviewPage.page(
            record, report, fields: fields, notices: shown, seal: context.formSeal(readVersion: record.version))
        return notices.isEmpty ? .page(page) : .formAgain(page)
    }

    private static func refused(_ context: WebContext) -> Notice {
        Notice(.bad, ImportWords.nothing, detail: ImportWords.hasErrors.text(context.language))
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
        let record = try await site.record(id, for: context.actor)
        guard form.readVersion == nil || form.readVersion == record.version || record.state == .committed else {
            throw Failure(.conflict, "import.run-changed", "这次导入刚被别人改过", cure: "回到核对页，看过最新的内容再提交")
        }
        guard record.state == .checking else { return .seeOther(Address("imports", id, "result")) }
        let job = try await site.commit(record, mode: mode, reason: reason, request: try reading.requestID(), actor: context.actor)
        if case .refused = job.found { return try await preview(site, context, fields: fields, notices: [refused(context)]) }
        return .seeOther(job.isOpen ? progress(job) : Address("imports", id, "result"))
    }

    // MARK: Waiting

    private static func progress(_ done: ImportJobs.Done) -> Address {
        Address("imports", done.run, "progress").with("step", done.job.step.rawValue)
    }

    private static func progress(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
        let start = Address("imports", record.id)
        if record.state == .committed { return .seeOther(Address("imports", record.id, "result")) }
        let step = context.query["step"].flatMap(ImportJobs.Step.init(rawValue:))
        guard let done = try await site.jobs.latest(record.id, step) else { return .seeOther(start) }
        let preview = Address("imports", record.id, "preview")
        switch (done.job.state, done.job.step) {
        case (.waiting, _), (.running, _):
            let page = ImportProgressPage.page(record, done.job, seal: context.formSeal())
            return Reply.page(page).again(after: JobSheet.secondsBetween)
        // Reading is taken up again by the process that is asked for it; a commit only by who asked for it.
        case (.finished, .check), (.brokenOff, .check): return .seeOther(start)
        case (.finished, .preview), (.brokenOff, .preview): return .seeOther(preview)
        case (.finished, .commit): return .seeOther(preview.with("refused", "yes"))
        case (.failed, _), (.cancelled, _), (.brokenOff, .commit):
            return .page(ImportProgressPage.page(record, done.job, seal: context.formSeal()))
        }
    }

    private static func stop(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let id = try await site.record(context.id("run"), for: context.actor).id
        try await site.jobs.stop(id)
        return .seeOther(Address("imports", id, "progress"))
    }

    private static func result(_ site: ImportSite, _ context: WebContext) async throws -> Reply {
        let record = try await site.record(context.id("run"), for: context.actor)
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
        let record = try await site.record(context.id("run"), for: context.actor)
        let looking = try await site.look(record, for: context.actor)
        guard case .sheets(let look) = looking.found else { return .seeOther(progress(looking)) }
        let wanted = context.query["file"]
        guard let file = look.files.first(where: { wanted == nil || $0.name == wanted })?.name else {
            throw Failure(.missing, "import.no-file", "这次导入没有读得出的文件", cure: "回到核对页看原因")
        }
        let comparing = try await site.preview(record, for: context.actor)
        guard case .rows(let report) = comparing.found else { return .seeOther(progress(comparing)) }
        let choices = ImportChoices(files: record.choices.files.filter { $0.name == file })
        let laid = try await LaidFiles(choices, in: site.folder, site.store)
        let made = try context.newFile()
        for (original, name) in laid.files {
            try await ImportErrorFile.write(name, at: original, look, report, site.run, to: made.path)
        }
        let stem = file.split(separator: "/").last.map(String.init) ?? file
        return .download(Download(name: stem + ".错误信息.xlsx", kind: .xlsx, file: made))
    }
}
