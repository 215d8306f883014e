import DecisionTables
import Enterprises
import Evidence
import Policy
import Storage
import Values
package import WebSupport

/// The addresses of this slice: `/programmes…`, `/discrepancies`, `/open-points`.
package enum ProgrammeRoutes {
    package static func table(_ desk: ProgrammeDesk) -> RouteTable {
        var table = RouteTable()
        let questions = ProgrammeQuestions(desk: desk)
        let actions = ProgrammeActions(desk: desk)
        table.get("/programmes", may: ProgrammeRights.read) { _ in try await questions.list() }
        table.get("/programmes/{programme}", may: ProgrammeRights.read) { try await questions.programme($0) }
        table.get("/programmes/{programme}/rules/{table}", may: ProgrammeRights.readRules) { try await questions.table($0) }
        table.get("/programmes/{programme}/rules/{table}/dmn", may: ProgrammeRights.readRules) { try await questions.model($0) }
        table.get("/programmes/{programme}/classes", may: ProgrammeRights.readClasses) { try await questions.classes($0) }
        table.get("/programmes/{programme}/adopt", may: ProgrammeRights.adopt) { try await questions.adopt($0) }
        table.get("/discrepancies", may: ProgrammeRights.read) { try await questions.discrepancies($0) }
        table.get("/open-points", may: ProgrammeRights.read) { try await questions.openPoints($0) }
        table.post("/programmes/{programme}/adopt", may: ProgrammeRights.adopt) { try await actions.adopt($0, $1) }
        table.post("/programmes/{programme}/rules/{table}/rulings", may: ProgrammeRights.rule) { try await actions.rule($0, $1) }
        table.post("/programmes/{programme}/rules/{table}/year", may: ProgrammeRights.rule) { try await actions.year($0, $1) }
        table.post("/programmes/{programme}/rules/{table}/withdraw", may: ProgrammeRights.rule) { try await actions.withdraw($0, $1) }
        table.post("/programmes/{programme}/classes/confirm", may: ProgrammeRights.confirm) { try await actions.confirm($0, $1) }
        table.post("/programmes/{programme}/classes/exception", may: ProgrammeRights.confirm) { try await actions.exception($0, $1) }
        return table
    }
}

/// Answers the pages.
struct ProgrammeQuestions: Sendable {
    let desk: ProgrammeDesk
    /// Firms on one page of a list.
    static let pageSize = 50

    func list() async throws -> Reply { .page(ProgrammePages.list(try await desk.office.store.read { try desk.states($0) })) }

    func programme(_ context: WebContext) async throws -> Reply {
        let id = try context.parameter("programme")
        let day = try context.on()
        return .page(ProgrammePages.programme(try await desk.office.store.read { try desk.state(id, $0) }, today: day))
    }

    func table(_ context: WebContext) async throws -> Reply { .page(try await tablePage(context) { $0 }) }

    /// The table as it is written, before rulings, for other tools.
    func model(_ context: WebContext) async throws -> Reply {
        let (id, name, known) = (try context.parameter("programme"), try context.parameter("table"), try context.known())
        let table = try await desk.office.store.read { try desk.classTable(id, name, $0, at: try known?.position($0)) }
        return .download(Download(name: table.asWritten.label + ".dmn", kind: .xml, bytes: Array(table.rule.model.utf8)))
    }

    /// The page of a table; `marked` puts back what was typed.
    func tablePage(_ context: WebContext, marked: @escaping @Sendable ([FormField]) -> [FormField]) async throws -> Page {
        let (id, name) = (try context.parameter("programme"), try context.parameter("table"))
        let (day, known, actor) = (try context.on(), try context.known(), context.actor)
        let showsFirms = ProgrammeRights.readClasses.isHeld(by: actor)
        let (state, run, moves, combined) = try await desk.office.store.read { session in
            let position = try known?.position(session)
            let table = try desk.classTable(id, name, session, at: position)
            let written = try desk.unruled(table, on: day, known: position, by: actor, session)
            return (
                try desk.state(id, session), try desk.classify(table, on: day, known: position, by: actor, session),
                try desk.moves(table, written, shown: showsFirms ? 50 : 0, session), written.combinedReadings()
            )
        }
        let file = id + "/" + run.table.rule.file
        var findings: [PolicyFinding] = []
        if let folder = state.adopted { findings = try await desk.findings(folder) }
        let shown = findings.filter { $0.file == file }
        let model = TablePageModel(state: state, run: run, moves: moves, combined: combined, findings: shown, showsFirms: showsFirms)
        return TablePage(model: model, seal: ProgrammeRights.rule.isHeld(by: actor) ? context.formSeal() : nil, marked: marked).page
    }

    func classes(_ context: WebContext) async throws -> Reply {
        .page(try await classPage(context, table: context.query["table"], group: context.query["group"], on: try context.on()) { $0 })
    }

    /// The page of a list of firms; `marked` puts back what was typed.
    func classPage(
        _ context: WebContext, table name: String?, group: String?, on: Day?, marked: @escaping @Sendable ([FormField]) -> [FormField]
    ) async throws -> Page {
        let id = try context.parameter("programme")
        let (day, known, actor) = (try on ?? context.on(), try context.known(), context.actor)
        let after = context.query["after"].flatMap { Int64($0) } ?? 0
        let model = try await desk.office.store.read { session in
            let position = try known?.position(session)
            let head = try JournalQuery.head(session).position
            let table = try desk.table(id, name, session, at: position)
            let run = try desk.classify(table, on: day, known: position, by: actor, session)
            return try desk.model(
                run, group: group, after: after, position: position, isLatest: position == nil || position == head, session)
        }
        let seal = ProgrammeRights.confirm.isHeld(by: actor) ? context.formSeal() : nil
        return ClassPage(model: model, seal: seal, address: context.address, marked: marked).page
    }

    func adopt(_ context: WebContext) async throws -> Reply {
        let id = try context.parameter("programme")
        let (day, actor) = (try context.on(), context.actor)
        let (state, preview) = try await desk.office.store.read { session in
            let state = try desk.state(id, session)
            guard let folder = state.onDisk else {
                throw state.failures.first ?? Failure(.missing, "programme.unknown", "没有名为“\(id)”的方案文件夹", cure: "看方案清单里的编号")
            }
            return (state, try desk.preview(folder, on: day, by: actor, session))
        }
        return .page(AdoptPage(state: state, preview: preview, seal: context.formSeal()).page)
    }

    func discrepancies(_ context: WebContext) async throws -> Reply {
        let only = context.query["programme"]
        let states = try await desk.office.store.read { try desk.states($0) }
        let all = states.filter { only == nil || $0.id == only }.compactMap(\.shown)
        return .page(FindingPages.discrepancies(all.map { FindingPages.Discrepancies(programme: $0.programme, found: $0.discrepancies()) }))
    }

    func openPoints(_ context: WebContext) async throws -> Reply {
        let only = context.query["programme"]
        let states = try await desk.office.store.read { try desk.states($0) }
        var all: [FindingPages.Open] = []
        for folder in states.compactMap(\.shown) {
            let points = try await desk.findings(folder).filter { $0.kind == .open }
            all.append(FindingPages.Open(programme: folder.programme, points: points, papers: folder.programme.missingPapers))
        }
        return .page(FindingPages.openPoints(all, shown: only))
    }
}

extension ProgrammeDesk {
    /// The table that is asked for, else the programme's first.
    func table(_ programme: String, _ name: String?, _ session: any Storage.Session, at position: Int64?) throws -> ClassTable {
        if let name { return try classTable(programme, name, session, at: position) }
        let first = try adopted(programme, session, at: position)?.rules.first?.table.id ?? ""
        return try classTable(programme, first, session, at: position)
    }

    /// One page of a list of firms.
    func model(
        _ run: ClassRun, group key: String?, after: Int64, position: Int64?, isLatest: Bool, _ session: any Storage.Session
    ) throws -> ClassPageModel {
        let size = ProgrammeQuestions.pageSize
        let group = key == "differences" ? nil : key.flatMap { run.group($0) } ?? run.groups.first { $0.count > 0 } ?? run.groups.first
        let ids =
            group.map { run.members(of: $0.key, after: after, limit: size + 1) }
            ?? run.differences(after: after, limit: size + 1).map(\.enterprise)
        let shown = Array(ids.prefix(size))
        let confirmed = try ClassStore.confirmed(
            shown, programme: run.table.programme.id, table: run.table.asWritten.id, session, at: position)
        let rows = try ClassStore.names(shown, session, at: position).compactMap { subject in
            run.group(of: subject.id).map {
                ClassPageModel.Row(subject: subject, decision: run.decision(of: subject.id), group: $0, confirmed: confirmed[subject.id])
            }
        }
        return ClassPageModel(
            state: try state(run.table.programme.id, session), run: run, group: group, rows: rows,
            next: ids.count > size ? shown.last : nil, isLatest: isLatest)
    }
}
