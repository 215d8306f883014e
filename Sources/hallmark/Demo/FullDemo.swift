import Enterprises
import Foundation
import Imports
import Places
import Policy
import Programmes
import SpotChecks
import Storage
import Values

/// Makes one large demonstration store: ten years of lists and three of accounts, window by window in constant memory, every row through the
/// store's one door.
struct FullDemo: Sendable {
    let root: URL
    let plan: DemoPlan
    let seed: UInt64
    let enterprises: Int
    let results: Int
    let say: @Sendable (String) -> Void

    /// Rows of one act, and of one call to the store inside it.
    private static let act = 100_000
    private static let window = 10_000
    private static let months = 120

    /// What happens on a day of the demonstration.
    private enum Event {
        case registers
        case adoption
        case accounts(Int)
        case lists(Int)
    }

    /// Everything that the events share.
    private struct Desk: Sendable {
        let regions: RegionDirectory
        let vocabulary: HeadingVocabulary
        let firms: FullDemoFirms
        let lists: FullDemoLists
        let store: @Sendable (Day) async throws -> Store

        func act<Answer: Sendable>(
            _ action: String, on day: Day, reason: String, _ body: @Sendable @escaping (Transaction) throws -> Answer
        ) async throws -> Answer {
            try await store(day).act(action, by: .local, reason: reason, body).answer
        }
    }

    /// - Throws: `demo.exists` where there is a file already.
    func make(at url: URL) async throws {
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw Failure(.conflict, "demo.exists", "已有 \(url.path)", cure: "换一个文件名，或先移走它")
        }
        let partial = url.appendingPathExtension("part")
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial.path + ending) }
        let database = try SQLiteDatabase(path: partial.path)
        let desk = try desk(database)
        var failures: [[(id: Int64, result: SampleResult)]] = []
        for (day, event) in events {
            switch event {
            case .registers: try await registers(desk, day)
            case .adoption: try await adoption(desk, day)
            case .accounts(let year): try await accounts(desk, year, day)
            case .lists(let month):
                failures.append(try await lists(desk, month, day))
                if failures.count > 2 { try await followUps(desk, failures.removeFirst(), day) }
            }
        }
        await database.close()
        try FileManager.default.moveItem(at: partial, to: url)
        for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial.path + ending) }
    }

    private func desk(_ database: SQLiteDatabase) throws -> Desk {
        let (regions, vocabulary) = try Assembly.regulations(root)
        let folder = ProgrammeLibrary.load(programme: root.appendingPathComponent("programmes").appendingPathComponent(plan.programme))
        guard case .success(let files) = folder else {
            throw Failure(.missing, "demo.no-region", "方案文件读不通，演示库建不成", cure: "用 hallmark programme check 看错误")
        }
        let region = try regions.find(files.programme.region.code)
        let industries = try IndustryCodes.load(folder: root.appendingPathComponent("regulations/industries")).codes
        let firms = FullDemoFirms(
            plan, region: region, towns: regions.tree.children(of: region.id, on: plan.day),
            industries: industries.filter { String($0.version) == plan.industry.version }, seed: seed, count: enterprises)
        let cities = try plan.elsewhere.map { try regions.find($0) }
        let lists = FullDemoLists(
            plan: plan, firms: firms, firstDossier: 1, own: region,
            elsewhere: cities.flatMap { city in [city] + regions.tree.children(of: city.id, on: plan.day) }, original: sha256(Self.original)
        )
        return Desk(regions: regions, vocabulary: vocabulary, firms: firms, lists: lists) { day in
            try await Store(database, schema: Assembly.schema, clock: .noon(day))
        }
    }

    /// The one original that all invented lists refer to.
    private static let original = Array("演示：本库的企业、名单和结果都是编造的。\n".utf8)

    /// In the order of their days, the last on the plan's day.
    private var events: [(day: Day, event: Event)] {
        let begin = plan.day.adding(months: -Self.months)
        var events: [(day: Day, event: Event)] = [(begin.adding(days: -30), .registers), (plan.day.adding(days: -690), .adoption)]
        for year in plan.day.year - 3..<plan.day.year {
            events.append((min(Day(year: year + 1, month: 2, day: 20) ?? plan.day, plan.day), .accounts(year)))
        }
        for month in 1...Self.months { events.append((begin.adding(months: month), .lists(month))) }
        return events.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }

    private func adoption(_ desk: Desk, _ day: Day) async throws {
        let office = Office(store: try await desk.store(day), regions: desk.regions, vocabulary: desk.vocabulary, root: root)
        let assembly = Assembly(office: office)
        try await AdoptProgramme(assembly.desk).adopt(
            plan.programme, reason: "演示：采纳方案文件", by: .local, request: "demo-adopt-" + plan.programme)
        let own = plan.day.description
        _ = try await desk.act("demo.found", on: day, reason: "演示数据") { try Settings.set(DemoClock.setting, own, $0) }
    }

    private func registers(_ desk: Desk, _ day: Day) async throws {
        let firms = desk.firms
        for begin in stride(from: 0, to: enterprises, by: Self.act) {
            let end = min(begin + Self.act, enterprises)
            try await desk.act("import.enterprises", on: day, reason: "演示：企业名册第\(begin / Self.act + 1)册") { transaction in
                if begin == 0 { try transaction.keep(original: Self.original, name: "演示说明.txt") }
                try Self.windows(begin, end) { range in
                    let ids = try OpenDossiers.run(range.map { firms.dossier($0) }, transaction)
                    guard ids.first?.number == Int64(range.lowerBound + 1) else {
                        throw Failure(.conflict, "demo.numbers", "档案编号不连续，演示库建不成", cure: "在空库里造演示数据")
                    }
                }
            }
            say("企业 \(end)/\(enterprises)")
        }
    }

    private func accounts(_ desk: Desk, _ year: Int, _ day: Day) async throws {
        let firms = desk.firms
        for begin in stride(from: 0, to: enterprises, by: Self.act) {
            let end = min(begin + Self.act, enterprises)
            try await desk.act("import.enterprises", on: day, reason: "演示：\(year)年年度数据第\(begin / Self.act + 1)册") { transaction in
                try Self.windows(begin, end) { range in
                    try OpenDossiers.accounts(range.compactMap { firms.account($0, year: year, firm: ID(Int64($0 + 1))) }, transaction)
                }
            }
        }
        say("\(year)年年度数据")
    }

    /// A month's lists, in one act; those of the last month come one by one. Answers the rows that failed.
    private func lists(_ desk: Desk, _ month: Int, _ day: Day) async throws -> [(id: Int64, result: SampleResult)] {
        let rows = results * month / Self.months - results * (month - 1) / Self.months
        let all = FullDemoLists.sizes(rows)
        var failures: [(id: Int64, result: SampleResult)] = []
        for group in month == Self.months ? all.map({ [$0] }) : [all] {
            failures += try await desk.act("import.results", on: day, reason: "演示：\(day.year)年\(day.month)月公布的名单") { transaction in
                var failed: [(id: Int64, result: SampleResult)] = []
                for (number, size) in group {
                    let list = desk.lists.list(number, ending: day, rows: size)
                    failed += try OpenLists.results(list.publication, list.rows, transaction)
                }
                return failed
            }
        }
        if month % 12 == 0 { say("抽查结果 \(results * month / Self.months)/\(results)") }
        return failures
    }

    private func followUps(_ desk: Desk, _ failures: [(id: Int64, result: SampleResult)], _ day: Day) async throws {
        let (publication, entries) = desk.lists.followUps(failures, ending: day)
        guard !entries.isEmpty else { return }
        try await desk.act("import.followups", on: day, reason: "演示：\(day.year)年\(day.month)月后处理名单") {
            try OpenLists.followUps(publication, entries, $0)
        }
    }

    private static func windows(_ begin: Int, _ end: Int, _ body: (Range<Int>) throws -> Void) throws {
        for start in stride(from: begin, to: end, by: window) { try body(start..<min(start + window, end)) }
    }
}
