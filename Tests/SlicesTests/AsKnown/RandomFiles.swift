import Evidence
import Foundation
import Imports
import Places
import Programmes
import SpotChecks
import Spreadsheets
import Storage
import Values

@testable import Enterprises
@testable import Targets

/// A file as an office receives it: a register or a published list, with people's names and telephones in it.
struct RandomFile {
    let name: String
    let kind: ImportKind
    let text: String
    var bytes: [UInt8] { Array(text.utf8) }
}

/// What comes in files, and what a person decides about it afterwards.
extension RandomOffice {
    private static let phones = ["13800138000", "13900139000", "13700137000"]
    private var desk: ProgrammeDesk { ProgrammeDesk(office: office, catalogue: Self.catalogue) }
    private static let catalogue = FactCatalogue(OfficeSnapshot.facts)

    // MARK: Files

    mutating func takeFile() async throws {
        let file = chance(0.5) ? registerFile() : resultsFile()
        files.append(file)
        try await take(file)
    }

    mutating func takeFileAgain() async throws {
        guard let file = pick(files) else { return try await takeFile() }
        if chance(0.4) {
            try await office.store.act("import.read", by: .local) { try $0.keepAgain(original: file.bytes) }
        }
        try await take(file)
    }

    private mutating func registerFile() -> RandomFile {
        var lines = ["企业名称,年度,年销售额（万元）,联系人,联系电话"]
        for _ in 0..<number(2...4) {
            lines.append("示例\(number(1...40))号鞋厂,\(number(2005...2007)),\(number(1...900)),张某,\(pick(Self.phones) ?? "")")
        }
        return RandomFile(name: "名册\(files.count + 1).csv", kind: .enterprises, text: lines.joined(separator: "\r\n"))
    }

    private mutating func resultsFile() -> RandomFile {
        var lines = ["第\(files.count + 1)批2007年皮鞋产品质量省级监督抽查结果", "序号,生产企业名称,产品名称,规格型号,检验结论,不合格项目,联系电话"]
        for row in 1...number(2...6) {
            let fails = chance(0.4)
            let firm = chance(0.5) ? "示例\(number(1...40))号鞋厂" : "温州市龙湾区\(number(1...9))号鞋厂"
            lines.append("\(row),\(firm),女皮鞋,Y\(row),\(fails ? "不合格" : "合格"),\(fails ? "勾心" : ""),\(pick(Self.phones) ?? "")")
        }
        return RandomFile(name: "名单\(files.count + 1).csv", kind: .results, text: lines.joined(separator: "\r\n"))
    }

    private func take(_ file: RandomFile) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(file.name)")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(file.bytes).write(to: path)
        let opened = OpenedFile(
            name: file.name, bytes: file.bytes, sha256: sha256(file.bytes), workbook: try SheetReading.workbook(path: path.path))
        let run = ImportRun(
            vocabulary: office.vocabulary, targets: [EnterpriseImport(office), ResultsImport(office), FollowupsImport(office)])
        var choices = SheetSorting.Choices()
        choices.seen = try await office.store.read { try ImportRun.seenSheets($0) }
        choices.taken = Set(opened.workbook.sheets.map(\.name))
        let (checked, _) = try run.check(opened, kind: file.kind, choices: choices)
        _ = try await run.commit([checked], into: office.store, mode: .good, by: .local, reason: "来文")
    }

    mutating func eraseOriginal() async throws {
        let kept = try await office.store.read { session in
            try session.rows("select sha256 from original order by sha256").map { $0.text(0) }.filter {
                try OriginalStore.erasure(of: $0, session) == nil && AdoptionStore.uses($0, session).isEmpty
            }
        }
        guard let sha = pick(kept) else { return }
        let uses = [ImportRecordStore.uses, SpotCheckStore.uses, AdoptionStore.uses]
        _ = try await EraseOriginal(sha, reason: "名单含电话", uses: uses).perform(
            on: office.store, by: .local, request: UUID().uuidString)
    }

    // MARK: Links and settlements

    mutating func settle() async throws {
        let rows = try await current(.result)
        let firm = try await firm()
        var decisions: [SettleUnclear.Decision] = []
        for (id, _) in rows.shuffled(using: &random).prefix(2) {
            let region = pick(regions) ?? 0
            decisions.append((id, pick([.inside(region), .outside(region), .linked(firm)]) ?? .linked(firm)))
        }
        try await unlessRefused {
            try await SettleUnclear.run(decisions, office: office, actor: .local, reason: "电话核实", request: UUID().uuidString)
        }
    }

    mutating func linkAndAccept() async throws {
        let lists = try await current(.publication).map(\.id)
        guard let list = pick(lists) else { return }
        let (office, district) = (office, try office.regions.find("330303"))
        if chance(0.5) {
            return _ = try await LinkResults.run(publications: lists, office: office, actor: .local, request: UUID().uuidString)
        }
        try await unlessRefused {
            _ = try await AcceptListedCandidates.run(
                publications: [list], region: district, office: office, actor: .local, reason: "上榜", request: UUID().uuidString)
        }
    }

    // MARK: Figures that are published

    /// Our own figure is put forward, reviewed and released as its question answers today; rows and corrections that come later show beside it.
    mutating func publishOwn() async throws {
        let asking = Asking(catalogue: Self.catalogue, viewer: Viewer(.local), regions: office.regions)
        let year = number(2006...2007)
        let question = Question("spotcheck.result", metric: "batch-pass-rate", where: [.init("year", [String(year)])])
        let value = try await office.store.read { session in
            let fact = try asking.catalogue.fact(question.fact)
            let reading = MetricReading(
                fact: fact, metric: try fact.metric(question.metric), question: question, period: nil, apart: nil, unit: "%")
            return reading.value(try asking.ask(question, session).figure).flatMap { Millionths($0) }
        }
        guard let value else { return }
        let draft = FigureDraft(
            programme: "longwan-2006", target: "national-pass-rate", source: .own, reporter: "质监分局", period: .year(Int(year)), value: value,
            unit: "%", question: KeptQuestion.text(question))
        try await unlessRefused { try await release(try await record(draft)) }
    }

    /// A department's figure, stated and released; stated anew it is a correction of what was published.
    mutating func publishStated() async throws {
        let draft = FigureDraft(
            programme: "longwan-2006", target: "national-pass-rate", source: .department, reporter: "质监分局", document: "示例〔2007〕2号",
            period: .year(Int(number(2006...2007))), value: Millionths(number(1...99) * 1_000_000), unit: "%")
        let isReleased = chance(0.6)
        try await unlessRefused {
            let id = try await record(draft)
            if isReleased { try await release(id) }
        }
    }

    private func record(_ draft: FigureDraft) async throws -> ID<TargetFigure> {
        try await RecordFigure(draft).perform(on: office.store, by: .local, request: UUID().uuidString, programmes: desk)
    }

    private func release(_ id: ID<TargetFigure>) async throws {
        try await ReviewFigure(id).perform(on: office.store, by: .local, request: UUID().uuidString)
        try await ReleaseFigure(id).perform(
            on: office.store, by: .local, request: UUID().uuidString, catalogue: Self.catalogue, regions: office.regions)
    }

    /// A random act may be one that the office refuses; the store is as before then.
    private func unlessRefused(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let failure as Failure where failure.kind != .internal && failure.kind != .busy {}
    }
}
