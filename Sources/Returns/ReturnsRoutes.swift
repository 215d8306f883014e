import Enterprises
import Foundation
import Hummingbird
import Questions
import Spreadsheets
import Storage
import Values
package import WebSupport

/// The addresses of forms: their bindings, their fillings, what is sent up.
package enum ReturnsRoutes {
    package static func table(_ office: ReturnsOffice) -> RouteTable {
        let site = FormSite(office: office)
        var table = RouteTable()
        table.get("/returns", may: ReturnRights.read) { .page(try await site.list($0, nil)) }
        table.post("/returns", may: ReturnRights.manage) { try await site.take($0, $1) }
        table.get("/returns/{form}", may: ReturnRights.read) { try await site.form($0, nil) }
        table.get("/returns/{form}/blank", may: ReturnRights.read) { try await site.blank($0) }
        table.post("/returns/{form}/blank", may: ReturnRights.manage) { try await site.revise($0, $1) }
        table.post("/returns/{form}/settings", may: ReturnRights.manage) { try await site.settle($0, $1) }
        table.get("/returns/{form}/open", may: ReturnRights.read) { try await site.open($0) }
        table.get("/returns/{form}/history", may: ReturnRights.read) { try await site.history($0) }
        table.add(BindRoutes.table(office))
        table.add(PeriodRoutes.table(office))
        table.add(SendOutRoutes.table(office))
        return table
    }
}

/// What answers the addresses of a form.
struct FormSite: Sendable {
    let office: ReturnsOffice

    static func seal(_ context: WebContext, version: Int64? = nil) -> FormSeal? {
        FormRules.roles.contains(context.actor.role) ? context.formSeal(readVersion: version) : nil
    }

    func list(_ context: WebContext, _ fields: [FormField]?) async throws -> Page {
        let lines = try await office.store.read { session in
            try FormStore.all(session).map { form in
                let bindings = try FormStore.bindings(of: form.id, session)
                return FormPages.Line(
                    form: form, bound: bindings.count { $0.placement == .placed }, unplaced: bindings.count { $0.placement != .placed },
                    sendOut: try SendOutStore.all(of: form.id, session).first,
                    submission: try SubmissionStore.all(of: form.id, session).first)
            }
        }
        return FormPages.list(lines, seal: Self.seal(context), fields: fields ?? FormPages.formFields(nil) + [FormPages.blankField])
    }

    func take(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let settings = Self.settings(&reading)
        let file = reading.file("file")
        guard reading.isGood, let settings, let file else {
            return .formAgain(try await list(context, reading.marked(FormPages.formFields(nil) + [FormPages.blankField])))
        }
        let id = try await TakeForm(
            title: settings.title, superior: settings.superior, cadence: settings.cadence, threshold: settings.threshold, name: file.name,
            bytes: [UInt8](try Data(contentsOf: file.url))
        ).perform(in: office, by: context.actor, request: reading.requestID())
        return .seeOther(Address("returns", id))
    }

    private static func settings(_ reading: inout FormReading) -> (title: String, superior: String, cadence: Cadence, threshold: Int)? {
        let title = reading.text("title", atMost: 100)
        let superior = reading.text("superior", atMost: 100)
        let cadence = reading.choice("cadence", of: Cadence.self)
        let threshold = reading.number("threshold", in: 0...100_000)
        guard reading.isGood, let cadence, let threshold else { return nil }
        return (title, superior, cadence, threshold)
    }

    func view(_ context: WebContext, _ id: ID<ReportForm>) async throws -> FormPages.View {
        let blank = try await office.store.read { try FormStore.one(id, $0).blank }
        let grid = try await office.grid(blank)
        let today = context.clock.today
        let name = context.query["sheet"]
        let sheet = name.flatMap(grid.sheet) ?? grid.sheets.first { $0.isVisible && !$0.cells.isEmpty }
        return try await office.store.read { session in
            let form = try FormStore.one(id, session)
            return FormPages.View(
                form: form, grid: grid, bindings: try FormStore.bindings(of: id, session),
                text: QuestionText(catalogue: office.catalogue, regions: office.regions), sheet: sheet,
                periods: try Self.periods(form, today, session), seal: Self.seal(context, version: form.version))
        }
    }

    /// The last periods that have ended, the one that is running, and those that something was done for.
    private static func periods(_ form: ReportForm, _ today: Day, _ session: any Storage.Session) throws -> [FormPages.PeriodLine] {
        let running = ReportPeriod(form.cadence, holding: today)
        var periods = [running.previous, running]
        for _ in 0..<3 { if let first = periods.min() { periods.append(first.previous) } }
        let sendOuts = try SendOutStore.all(of: form.id, session)
        let submissions = try SubmissionStore.all(of: form.id, session)
        let all = Set(periods + sendOuts.map(\.period) + submissions.map(\.period)).sorted(by: >)
        let ordered = [running.previous] + all.filter { $0 != running.previous }
        return try ordered.map { period in
            let sendOut = sendOuts.first { $0.period == period }
            let tasks = try sendOut.map { try SendOutStore.tasks(of: $0.id, session) } ?? []
            return FormPages.PeriodLine(
                period: period, sendOut: sendOut, returned: tasks.count(where: \.isReturned), asked: tasks.count,
                submission: submissions.first { $0.period == period })
        }
    }

    func form(_ context: WebContext, _ fields: [FormField]?) async throws -> Reply {
        .page(FormPages.form(try await view(context, context.id("form"))))
    }

    func blank(_ context: WebContext) async throws -> Reply {
        let id: ID<ReportForm> = try context.id("form")
        let (form, file) = try await office.store.read { session in
            let form = try FormStore.one(id, session)
            return (form, try FormStore.original(form.blank, session))
        }
        return .download(Download(name: form.fileName, kind: .xlsx, bytes: file.bytes))
    }

    func revise(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<ReportForm> = try context.id("form")
        guard let file = form.file("file"), file.size > 0 else {
            throw Failure(.invalid, "returns.no-file", "没有选择文件", cure: "选上级新一期的空表（.xlsx）再上传")
        }
        try await ReviseForm(id, name: file.name, bytes: [UInt8](try Data(contentsOf: file.url))).perform(
            in: office, by: context.actor, request: FormReading(form).requestID(), shown: form.readVersion)
        return .seeOther(Address("returns", id))
    }

    func settle(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<ReportForm> = try context.id("form")
        var reading = FormReading(form)
        guard let settings = Self.settings(&reading) else {
            throw Failure(.invalid, "returns.settings", "设置没有填全：名称、报送给、周期和差异提示线（整数百分比）都要填", cure: "返回补齐再保存")
        }
        try await SettleForm(
            id, title: settings.title, superior: settings.superior, cadence: settings.cadence, threshold: settings.threshold
        )
        .perform(on: office.store, by: context.actor, request: reading.requestID(), shown: form.readVersion)
        return .seeOther(Address("returns", id))
    }

    /// The page of the period that was typed.
    func open(_ context: WebContext) async throws -> Reply {
        let id: ID<ReportForm> = try context.id("form")
        let form = try await office.store.read { try FormStore.one(id, $0) }
        let period = try FormRules.period(context.query["period"] ?? "", form)
        return .seeOther(Address("returns", id, "periods", period.description))
    }

    func history(_ context: WebContext) async throws -> Reply {
        let id: ID<ReportForm> = try context.id("form")
        return .page(try await office.store.read { FilledPages.history(try FormStore.one(id, $0), try SubmissionStore.all(of: id, $0)) })
    }
}
