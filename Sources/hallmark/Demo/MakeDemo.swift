import DecisionTables
import Enterprises
import Foundation
import Imports
import Places
import Policy
import Programmes
import SpotChecks
import Storage
import Values

/// Makes demonstration stores: one for each document, filled through the same doors as a real office fills its own.
struct MakeDemo: Sendable {
    let root: URL
    let folder: URL
    let seed: UInt64
    /// nil: as the plan says.
    let enterprises: Int?
    let results: Int?
    let say: @Sendable (String) -> Void

    /// Makes the stores of the named programmes that do not exist yet; answers their files.
    func run(_ names: [String]) async throws -> [URL] {
        var made: [URL] = []
        for plan in DemoPlan.all where names.isEmpty || names.contains(plan.programme) {
            let url = folder.appendingPathComponent(plan.programme + ".sqlite")
            guard !FileManager.default.fileExists(atPath: url.path) else {
                say("已有 \(url.path)，保留")
                continue
            }
            try await make(plan, at: url)
            made.append(url)
        }
        return made
    }

    private func make(_ plan: DemoPlan, at url: URL) async throws {
        let partial = url.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: partial)
        let database = try SQLiteDatabase(path: partial.path)
        let files = try DemoFiles(folder: folder.appendingPathComponent("files-" + plan.programme))
        let (regions, vocabulary) = try Assembly.regulations(root)
        @Sendable func desk(_ day: Day) async throws -> Assembly {
            let store = try await Store(database, schema: Assembly.schema, clock: .noon(day))
            return Assembly(office: Office(store: store, regions: regions, vocabulary: vocabulary, root: root))
        }
        try await found(plan, desk(plan.day.adding(days: -700)))
        var random = SeededGenerator(seed: seed)
        let assembly = try await desk(plan.day.adding(days: -690))
        let region = try await government(assembly.office)
        let towns = regions.tree.regions.filter { $0.parent == region.id }
        let makers = DemoFirms(plan: plan, region: region, towns: towns, edges: try edges(plan))
        let firms = makers.make(enterprises ?? plan.enterprises, using: &random)
        try await registers(plan, firms, files, desk)
        let lists = DemoLists(plan: plan, region: region.name, firms: firms).make(total: results ?? plan.results, using: &random)
        try await publications(plan, lists, files, desk)
        try await correction(plan, firms, files, desk)
        let last = try await desk(plan.day)
        try await DemoPublished(last).make()
        try await DemoReturns(plan: plan, region: region, towns: towns.filter { $0.to == nil }, files: files).make(in: last.returns)
        try await database.copy(to: url.path)
        await database.close()
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial.path + ending) }
        say("\(plan.programme)：\(firms.count)家企业，\(lists.reduce(0) { $0 + $1.batches.count })批次 → \(url.path)")
    }

    /// Adopts the programme and fixes the demonstration's day.
    private func found(_ plan: DemoPlan, _ assembly: Assembly) async throws {
        try await AdoptProgramme(assembly.desk).adopt(
            plan.programme, reason: "演示：采纳方案文件", by: .local, request: "demo-adopt-" + plan.programme)
        try await assembly.office.store.act("demo.found", by: .local, reason: "演示数据") {
            try Settings.set(DemoClock.setting, plan.day.description, $0)
        }
    }

    private func government(_ office: Office) async throws -> Region {
        guard let region = try await office.store.read({ try office.government($0) }) else {
            throw Failure(.missing, "demo.no-region", "方案文件没有写明地区，演示库建不成", cure: "在 programme.yaml 写明 region")
        }
        return region
    }

    /// The values on which rows of the programme's tables meet.
    private func edges(_ plan: DemoPlan) throws -> [Decimal] {
        let url = root.appendingPathComponent("programmes").appendingPathComponent(plan.programme)
        guard case .success(let folder) = ProgrammeLibrary.load(programme: url) else { return [] }
        return folder.rules.flatMap { $0.table.readings() }.compactMap { reading in
            guard case .number(let value) = reading.value else { return nil as Decimal? }
            return value
        }
    }

    private func registers(
        _ plan: DemoPlan, _ firms: [DemoFirm], _ files: DemoFiles, _ desk: @Sendable (Day) async throws -> Assembly
    ) async throws {
        for step in 0..<3 {
            let year = plan.day.year - 3 + step
            let file = try files.register(firms, year: year, plan: plan, name: "\(year)年企业名册")
            let day = max(Day(year: year + 1, month: 2, day: 20) ?? plan.day, plan.day.adding(days: -680))
            try await take([file], .enterprises, await desk(min(day, plan.day)))
        }
    }

    private func publications(
        _ plan: DemoPlan, _ lists: [DemoList], _ files: DemoFiles, _ desk: @Sendable (Day) async throws -> Assembly
    ) async throws {
        for list in lists.sorted(by: { $0.published < $1.published }) {
            let file = try files.list(list, laboratory: "演示产品质量检验中心")
            try await take([file], .results, await desk(min(list.published, plan.day)))
            if list.published.adding(days: 70) < plan.day, let done = try files.followUp(list) {
                try await take([done], .followups, await desk(list.published.adding(days: 70)))
            }
        }
    }

    /// Some firms correct what they reported.
    private func correction(
        _ plan: DemoPlan, _ firms: [DemoFirm], _ files: DemoFiles, _ desk: @Sendable (Day) async throws -> Assembly
    ) async throws {
        let year = plan.day.year - 1
        let corrected = firms.filter { $0.number % 97 == 11 && $0.sales[year] != nil }.map { firm in
            var corrected = firm
            corrected.sales[year] = (firm.sales[year] ?? 0) + 260
            return corrected
        }
        guard !corrected.isEmpty else { return }
        try await take([try files.register(corrected, year: year, plan: plan, name: "\(year)年更正")], .enterprises, await desk(plan.day))
    }

    private func take(_ urls: [URL], _ kind: ImportKind, _ assembly: Assembly) async throws {
        let seen = try await assembly.office.store.read { try ImportRun.seenSheets($0) }
        let checked = try await assembly.importing.check(paths: urls.map { ($0.path, $0.lastPathComponent) }, kind: kind) { _ in
            var choices = SheetSorting.Choices()
            choices.seen = seen
            return choices
        }
        let report = try await assembly.importing.commit(
            checked.files, into: assembly.office.store, mode: .good, by: .local, report: checked.start)
        if let issue = report.issues.first(where: { $0.level == .error }) { say("  \(issue.place)：\(issue.message)") }
    }
}
