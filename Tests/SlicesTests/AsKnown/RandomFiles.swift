import Evidence
import Foundation
import Imports
import Places
import Policy
import Programmes
import SpotChecks
import Spreadsheets
import Storage
import Targets
import Values

@testable import Enterprises

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
        try await unlessRefused { try await SettleUnclear.run(decisions, office: office, actor: .local, reason: "电话核实") }
    }

    mutating func linkAndAccept() async throws {
        let lists = try await current(.publication).map(\.id)
        guard let list = pick(lists) else { return }
        let (office, district) = (office, try office.regions.find("330303"))
        if chance(0.5) { return _ = try await LinkResults.run(publications: lists, office: office, actor: .local) }
        try await unlessRefused {
            _ = try await AcceptListedCandidates.run(
                publications: [list], region: district, office: office, actor: .local, reason: "上榜", request: UUID().uuidString)
        }
    }

    // MARK: Figures that are published

    /// One step of one figure: put forward, stated, reviewed, released; a figure stated anew after its release is a correction.
    mutating func moveFigures() async throws {
        let (store, request, catalogue, regions) = (office.store, UUID().uuidString, Self.catalogue, office.regions)
        let target = pick(["national-pass-rate", "brand-sales-share", "brands"]) ?? ""
        let value = number(1...99)
        let figures = try await store.read { try FigureStore.figures(of: "longwan-2006", $0) }
        let recorded = pick(figures.filter { $0.state == .recorded })
        let reviewed = pick(figures.filter { $0.state == .reviewed })
        let desk = desk
        let step = number(0...9)
        try await unlessRefused {
            switch step {
            case 0...2:
                _ = try await SubmitOwnFigure(programme: "longwan-2006", target: target).perform(
                    on: store, by: .local, request: request, programmes: desk, catalogue: catalogue, regions: regions)
            case 3:
                let unit = try await store.read { try desk.adopted("longwan-2006", $0)?.programme.target(target)?.unit ?? "" }
                let draft = FigureDraft(
                    programme: "longwan-2006", target: target, source: .department, reporter: "质监分局", document: "示例〔2007〕2号",
                    period: .year(2006), value: Millionths(value * 1_000_000), unit: unit)
                _ = try await RecordFigure(draft).perform(on: store, by: .local, request: request, programmes: desk)
            case 4...6:
                if let recorded { try await ReviewFigure(recorded.id).perform(on: store, by: .local, request: request) }
            default:
                if let reviewed {
                    try await ReleaseFigure(reviewed.id).perform(
                        on: store, by: .local, request: request, catalogue: catalogue, regions: regions)
                }
            }
        }
    }

    /// A random act may be one that the office refuses; the store is as before then.
    private func unlessRefused(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let failure as Failure where failure.kind != .internal && failure.kind != .busy {}
    }
}
