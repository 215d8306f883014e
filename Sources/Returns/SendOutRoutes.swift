import Enterprises
import Evidence
import Foundation
import Hummingbird
import Places
import Spreadsheets
import Storage
import Values
import WebSupport

/// The addresses of a send-out: the towns' files, what comes back, what is merged.
enum SendOutRoutes {
    static func table(_ office: ReturnsOffice) -> RouteTable {
        let site = SendOutSite(office: office)
        var table = RouteTable()
        table.get("/returns/send-outs", may: ReturnRights.readTowns) { .page(SendOutPages.list(try await site.all($0))) }
        table.get("/returns/send-outs/{send-out}", may: ReturnRights.readTowns) { .page(SendOutPages.page(try await site.view($0, []))) }
        table.get("/returns/send-outs/{send-out}/bundle", may: ReturnRights.read) { try await site.bundle($0) }
        table.get("/returns/send-outs/{send-out}/towns/{town}", may: ReturnRights.readTowns) { try await site.file($0) }
        table.get("/returns/send-outs/{send-out}/towns/{town}/returned", may: ReturnRights.readTowns) { try await site.returned($0) }
        table.get("/returns/send-outs/{send-out}/notice", may: ReturnRights.read) { try await site.notice($0) }
        table.post("/returns/send-outs/{send-out}/remind", may: ReturnRights.manage) { context, form in
            let id: ID<SendOut> = try context.id("send-out")
            try await RemindTowns(id).perform(in: office, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("returns", "send-outs", id))
        }
        table.post("/returns/send-outs/{send-out}/files", may: ReturnRights.returnForms) { try await site.take($0, $1) }
        table.get("/returns/send-outs/{send-out}/merged", may: ReturnRights.read) { try await site.merged($0) }
        table.get("/returns/send-outs/{send-out}/merged/workbook", may: ReturnRights.read) { try await site.mergedWorkbook($0) }
        table.post("/returns/send-outs/{send-out}/reasons", may: ReturnRights.manage) { try await site.explain($0, $1) }
        return table
    }
}

/// What answers them.
struct SendOutSite: Sendable {
    let office: ReturnsOffice

    func view(_ context: WebContext, _ outcomes: [TakeReturns.Outcome]) async throws -> SendOutPages.View {
        let id: ID<SendOut> = try context.id("send-out")
        let view = try viewing(context, outcomes)
        return try await office.store.read { session in
            guard let view = try view(try SendOutStore.one(id, session), session) else { throw Self.noTown }
            return view
        }
    }

    /// All sendings that concern the reader.
    func all(_ context: WebContext) async throws -> [SendOutPages.View] {
        let view = try viewing(context, [])
        return try await office.store.read { session in
            let sent = try FormStore.all(session).flatMap { try SendOutStore.all(of: $0.id, session) }
            return try sent.sorted { $0.id > $1.id }.compactMap { try view($0, session) }
        }
    }

    /// How the reader sees a sending: a town its own task; nil where it was not asked, so that it learns nothing of the others.
    private func viewing(
        _ context: WebContext, _ outcomes: [TakeReturns.Outcome]
    ) throws -> @Sendable (SendOut, any Storage.Session) throws -> SendOutPages.View? {
        let (today, seal, regions) = (context.clock.today, FormSite.seal(context), office.regions)
        let returning = ReturnRights.returnForms.isHeld(by: context.actor) ? context.formSeal() : nil
        let own = try regions.entrusted(to: context.actor).map { Set($0) }
        return { sendOut, session in
            let tasks = try SendOutStore.tasks(of: sendOut.id, session).filter { own?.contains($0.region) ?? true }
            guard own == nil || !tasks.isEmpty else { return nil }
            return SendOutPages.View(
                form: try FormStore.one(sendOut.form, session), sendOut: sendOut, tasks: tasks, regions: regions, today: today,
                outcomes: outcomes, seal: seal, returning: returning, isTown: own != nil)
        }
    }

    /// The files of some towns, each as it was sent.
    private func files(_ context: WebContext, only region: Int64?) async throws -> [(name: String, bytes: [UInt8])] {
        let view = try await view(context, [])
        let tasks = view.tasks.filter { region == nil || $0.region == region }
        let actor = context.actor
        let (blank, books) = try await office.store.read { session in
            let blank = try FormStore.original(view.sendOut.blank, session).bytes
            let bindings = try FormStore.bindings(of: view.form.id, known: view.sendOut.position, session)
            let merged = try MergedReturns.read(view.sendOut, bindings: bindings, office: office, session)
            let comparing = CompareReturns(office, as: actor)
            let books = try tasks.map { task in
                let own = merged.cells(of: task.region).filter { $0.placement == .placed }
                var known: [ID<CellBinding>: Decimal] = [:]
                for binding in own { known[binding.id] = try comparing.registered(binding, task.region, view.sendOut.period, session) }
                return TownWorkbook(
                    form: view.form, sendOut: view.sendOut, task: task, town: view.name(task.region), bindings: own, known: known)
            }
            return (blank, books)
        }
        return try await context.onWorkerThread {
            try books.map { book in
                let file = try context.newFile()
                try book.write(blank, to: file.path)
                return (book.fileName, try file.bytes())
            }
        }
    }

    func file(_ context: WebContext) async throws -> Reply {
        guard let region = Int64(try context.parameter("town")), let file = try await files(context, only: region).first else {
            throw Self.noTown
        }
        return .download(Download(name: file.name, kind: .xlsx, bytes: file.bytes))
    }

    private static let noTown = Failure(.missing, "returns.unknown-town", "这次下发没有这个镇街", cure: "从下发页打开")

    func bundle(_ context: WebContext) async throws -> Reply {
        let view = try await view(context, [])
        let files = try await files(context, only: nil)
        let file = try context.newFile()
        try await context.onWorkerThread { try FileBundle.write(files, to: file.path) }
        return .download(
            Download(name: "\(view.form.title)-\(view.sendOut.period.word.chinese).zip", kind: .zip, file: file))
    }

    func returned(_ context: WebContext) async throws -> Reply {
        let view = try await view(context, [])
        let region = Int64(try context.parameter("town"))
        guard let task = view.tasks.first(where: { $0.region == region }), let sha = task.returned else { throw Self.noTown }
        let file = try await office.store.read { try FormStore.original(sha, $0) }
        return .download(Download(name: task.returnedName ?? file.name, kind: .xlsx, bytes: file.bytes))
    }

    func take(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<SendOut> = try context.id("send-out")
        let files = try form.files("file").filter { $0.size > 0 }.map {
            TakeReturns.File(name: $0.name, bytes: [UInt8](try Data(contentsOf: $0.url)))
        }
        guard !files.isEmpty else { throw Failure(.invalid, "returns.no-file", "没有选择文件", cure: "选镇街报回的 .xlsx，可以一次选几个") }
        let outcomes = try await TakeReturns(id, files: files).perform(
            in: office, by: context.actor, request: FormReading(form).requestID())
        let isPlain = outcomes.allSatisfy { $0.kind != .refused && $0.empty.isEmpty }
        if isPlain, outcomes.contains(where: { $0.kind != .unchanged }) { return .seeOther(Address("returns", "send-outs", id)) }
        let page = SendOutPages.page(try await view(context, outcomes))
        return outcomes.contains { $0.kind == .refused } ? .formAgain(page) : .page(page)
    }

    func notice(_ context: WebContext) async throws -> Reply {
        let view = try await view(context, [])
        let late = view.late
        guard !late.isEmpty else {
            throw Failure(.conflict, "returns.nobody-late", "没有逾期的镇街：期限是 \(view.sendOut.dueDay)", cure: "到期后仍未报回的才催报")
        }
        let government = try await office.store.read { try office.office.government($0)?.name }
        let text = try ReminderNotice(root: office.office.root).text([
            "form": view.form.title, "period": view.sendOut.period.word.chinese,
            "towns": late.map { view.name($0.region) }.joined(separator: "、"),
            "sent": view.sendOut.sentDay.description, "due": view.sendOut.dueDay.description, "today": view.today.description,
            "days": String(view.today.number - view.sendOut.dueDay.number), "note": view.sendOut.note, "office": (government ?? "") + "质强办",
        ])
        return .page(SendOutPages.notice(view, text: text))
    }

    private func mergedView(_ context: WebContext) async throws -> SendOutPages.Merged {
        let view = try await view(context, [])
        let actor = context.actor
        return try await office.store.read { session in
            let bindings = try FormStore.bindings(of: view.form.id, session)
            let merged = try MergedReturns.read(view.sendOut, bindings: bindings, office: office, session)
            return SendOutPages.Merged(
                view: view, merged: merged, differences: try CompareReturns(office, as: actor).differences(merged, form: view.form, session)
            )
        }
    }

    func merged(_ context: WebContext) async throws -> Reply { .page(SendOutPages.merged(try await mergedView(context))) }

    func mergedWorkbook(_ context: WebContext) async throws -> Reply {
        let page = try await mergedView(context)
        let file = try context.newFile()
        try await context.onWorkerThread { try MergedWorkbook.write(page, to: file.path) }
        let name = "\(page.view.form.title)-\(page.view.sendOut.period.word.chinese)-汇总.xlsx"
        return .download(Download(name: name, kind: .xlsx, file: file))
    }

    func explain(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<SendOut> = try context.id("send-out")
        guard let region = Int64(form.text("region")), let binding = Int64(form.text("binding")),
            let against = Comparison(rawValue: form.text("against"))
        else { throw Failure(.invalid, "returns.reason", "没有说明是哪一处差异", cure: "从汇总页填写") }
        try await ExplainDifference(
            id, region: region, binding: ID(binding), against: against, reason: String(form.text("reason").prefix(500))
        )
        .perform(on: office.store, by: context.actor, request: FormReading(form).requestID())
        return .seeOther(Address("returns", "send-outs", id, "merged"))
    }
}

/// The merged values as a file: a row a cell, a column a town; the differences behind.
enum MergedWorkbook {
    static func write(_ page: SendOutPages.Merged, to path: String) throws {
        let (view, merged) = (page.view, page.merged)
        let book = try WorkbookWriter(path: path)
        let towns = merged.tasks.map { SheetColumn(view.name($0.region), .amount(decimals: 2)) }
        try book.beginSheet(
            "汇总",
            columns: [
                SheetColumn("单元格", width: 14), SheetColumn("项目", width: 40), SheetColumn("单位"), SheetColumn("合计", .amount(decimals: 2)),
            ] + towns,
            notes: ["\(view.form.title) · \(view.sendOut.period.word.chinese)"])
        for binding in merged.bindings {
            let values = merged.tasks.map { number(merged.value(binding, $0.region)) }
            try book.append(
                [
                    .text(binding.place.description), .text(binding.anchor.description), Cell(text: binding.unit),
                    number(merged.total(binding)),
                ] + values)
        }
        try book.beginSheet(
            "差异",
            columns: [
                SheetColumn("镇街", width: 14), SheetColumn("项目", width: 40), SheetColumn("报送数", .amount(decimals: 2)), SheetColumn("对比"),
                SheetColumn("对比数", .amount(decimals: 2)), SheetColumn("相差（%）", .amount(decimals: 1)), SheetColumn("原因", width: 40),
            ])
        for item in page.differences {
            try book.append([
                .text(view.name(item.region)), .text(item.binding.anchor.description), number(item.value), .text(item.against.word.chinese),
                number(item.other), number(item.percent), Cell(text: item.reason ?? ""),
            ])
        }
        try book.finish()
    }

    private static func number(_ value: Decimal?) -> Cell { value.map { .number(NSDecimalNumber(decimal: $0).doubleValue) } ?? .empty }
}
