import Hummingbird
import Places
import Spreadsheets
import Storage
import Values
import WebSupport

/// The addresses of a form filled for a period.
enum PeriodRoutes {
    static func table(_ office: ReturnsOffice) -> RouteTable {
        let site = PeriodSite(office: office)
        var table = RouteTable()
        table.get("/returns/{form}/periods/{period}", may: ReturnRights.read) { .page(try await site.page($0, nil)) }
        table.get("/returns/{form}/periods/{period}/workbook", may: ReturnRights.read) { try await site.workbook($0) }
        table.get("/returns/{form}/periods/{period}/trace", may: ReturnRights.read) { try await site.trace($0) }
        table.post("/returns/{form}/periods/{period}/send-out", may: ReturnRights.manage) { try await site.sendOut($0, $1) }
        table.post("/returns/{form}/periods/{period}/send-up", may: ReturnRights.manage) { try await site.sendUp($0, $1) }
        table.get("/submissions/{submission}/workbook", may: ReturnRights.read) { try await site.sent($0) }
        return table
    }
}

/// What answers them.
struct PeriodSite: Sendable {
    let office: ReturnsOffice

    /// The form, filled as the store knows it now or knew it at `?known=`.
    private func filled(_ context: WebContext) async throws -> (FilledForm, FormGrid, [UInt8]) {
        let id: ID<ReportForm> = try context.id("form")
        let written = try context.parameter("period")
        let known = try context.known()
        let actor = context.actor
        let blank = try await office.store.read { try FormStore.one(id, $0).blank }
        let grid = try await office.grid(blank)
        return try await office.store.read { session in
            let form = try FormStore.one(id, session)
            let period = try FormRules.period(written, form)
            let position: Int64? =
                switch known {
                case .day(let day): try JournalQuery.position(session, endOf: day)
                case .position(let position): position
                case nil: nil
                }
            let filled = try FillForm(office, as: actor).fill(form, period, grid: grid, known: position, session)
            return (filled, grid, try FormStore.original(form.blank, session).bytes)
        }
    }

    func page(_ context: WebContext, _ fields: [FormField]?) async throws -> Page {
        let (filled, grid, _) = try await filled(context)
        let today = context.clock.today
        let seal = FormSite.seal(context)
        return try await office.store.read { session in
            let submission = try SubmissionStore.current(filled.form.id, filled.period, session)
            let sendOut = try SendOutStore.sendOut(of: filled.form.id, filled.period, session)
            let tasks = try sendOut.map { try SendOutStore.tasks(of: $0.id, session) } ?? []
            return FilledPages.page(
                FilledPages.View(
                    filled: filled, grid: grid, catalogue: office.catalogue,
                    sendOut: sendOut, submission: submission,
                    changed: try submission.map { try SubmissionStore.changed($0, now: filled, session) } ?? [],
                    towns: try office.towns(session),
                    today: today, seal: seal, fields: fields, maySendAgain: !tasks.contains(where: \.isReturned)))
        }
    }

    func workbook(_ context: WebContext) async throws -> Reply {
        let (filled, grid, blank) = try await filled(context)
        let file = try context.newFile()
        try await context.onWorkerThread { try FilledWorkbook(filled, grid: grid).write(blank, to: file.path) }
        return .download(Download(name: filled.fileName, kind: .xlsx, file: file))
    }

    func trace(_ context: WebContext) async throws -> Reply {
        let (filled, grid, _) = try await filled(context)
        var bytes = CsvText.byteOrderMark
        for row in FilledWorkbook(filled, grid: grid).trace { CsvText.append(row, to: &bytes) }
        return .download(Download(name: "\(filled.period.word.chinese)-\(filled.form.title)-取数说明.csv", kind: .csv, bytes: bytes))
    }

    func sendOut(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let due = reading.day("due")
        let note = reading.optionalText("note", atMost: 500) ?? ""
        let towns = form.all("towns").compactMap { Int64($0) }
        if towns.isEmpty { reading.refuse("towns", Word("至少选一个镇街", "choose at least one town")) }
        guard reading.isGood, let due else {
            let all = try await office.store.read { try office.towns($0) }
            return .formAgain(try await page(context, reading.marked(FilledPages.sendOutFields(all))))
        }
        let id = try await SendOutForm(
            try context.id("form"), period: try context.parameter("period"), dueDay: due, towns: towns, note: note
        )
        .perform(in: office, by: context.actor, request: reading.requestID())
        return .seeOther(Address("returns", "send-outs", id))
    }

    func sendUp(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let approver = reading.optionalText("approver", atMost: 60) ?? ""
        let document = reading.optionalText("document", atMost: 200) ?? ""
        let (id, period): (ID<ReportForm>, String) = (try context.id("form"), try context.parameter("period"))
        _ = try await SendUpForm(
            id, period: period, approver: approver, document: document, acceptsGaps: form.has("gaps"), shown: Int64(form.text("known"))
        ).perform(in: office, by: context.actor, request: reading.requestID())
        return .seeOther(Address("returns", id, "periods", period))
    }

    func sent(_ context: WebContext) async throws -> Reply {
        let id: ID<Submission> = try context.id("submission")
        let at = context.query["at"].flatMap { Int64($0) }
        let file = try await office.store.read { session -> (name: String, bytes: [UInt8]) in
            let all = try FormStore.all(session).flatMap { try SubmissionStore.all(of: $0.id, session) }.filter { $0.id == id }
            guard let sent = all.first(where: { $0.sentAt == at }) ?? all.first else {
                throw Failure(.missing, "returns.unknown-submission", "没有这次上报", cure: "从历次上报打开")
            }
            return try FormStore.original(sent.workbook, session)
        }
        return .download(Download(name: file.name, kind: .xlsx, bytes: file.bytes))
    }
}
