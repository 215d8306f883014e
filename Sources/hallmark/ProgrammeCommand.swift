import ArgumentParser
import DecisionTables
import Enterprises
import Evidence
import Foundation
import Policy
import Programmes
import Questions
import Storage
import Values

/// `hallmark programme`: the policy as files.
struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "方案文件：检查、试例、查看、采纳",
        discussion: """
            例：
              hallmark programme check
              hallmark programme check programmes/longwan-2006 --json
              hallmark programme adopt longwan-2006 --reason "龙质强办〔2026〕1号"
            """,
        subcommands: [ProgrammeCheckCommand.self, ProgrammeTestCommand.self, ProgrammeShowCommand.self, ProgrammeAdoptCommand.self])
}

/// The folders that a programme command looks at.
struct ProgrammeFolders: ParsableArguments {
    @Argument(help: ArgumentHelp("方案文件夹，或装着多个方案的文件夹；不写则为 programmes/ 下的全部", valueName: "dir"))
    var folders: [String] = []

    func urls(root: String?) throws -> [URL] {
        guard !folders.isEmpty else { return [try ProjectRoot.find(root).appendingPathComponent("programmes")] }
        return try folders.map { path in
            guard FileManager.default.fileExists(atPath: path) else {
                throw Failure(.missing, "programme.folder-missing", "没有这个文件夹", at: FilePlace(file: path), cure: "检查路径")
            }
            return URL(fileURLWithPath: path)
        }
    }
}

/// `programme check`: overlaps, holes, unreachable rules, unknown names, discrepancies, open points.
struct ProgrammeCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "查重叠、空档、不可达、未知名称、数据出入和待明确之处",
        discussion: """
            只有“待明确”（open）时退出码为 0；有重叠、空档、不可达、未知名称、数据出入，或文件读不懂时为 1。

            例：
              hallmark programme check
              hallmark programme check programmes/panyu-2014 --json
            """)

    @OptionGroup var folders: ProgrammeFolders
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let found = try ProgrammeFindings.check(directories: folders.urls(root: common.root), knownMetrics: Assembly.knownMetrics)
        if common.json {
            Output.line(String(decoding: try found.json(), as: UTF8.self))
        } else {
            for item in found.findings { Output.line(item.sentence) }
            Output.line("共\(found.findings.count)处。")
        }
        if found.findings.contains(where: { $0.kind != PolicyFinding.Kind.open.rawValue }) { throw Outcome.foundWrong }
    }
}

/// `programme test`: the given→expected cases of the rule files.
struct ProgrammeTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "试一试方案自带的例子（给定 → 应得）", discussion: "例：\n  hallmark programme test programmes/longwan-2006")

    @OptionGroup var folders: ProgrammeFolders
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let (trials, failures) = try ProgrammeTrial.run(directories: folders.urls(root: common.root))
        let failed = trials.reduce(0) { $0 + $1.failed.count }
        if common.json {
            Output.json(
                .object([
                    ("passed", JSONValue(trials.reduce(0) { $0 + $1.verdicts.count } - failed)), ("failed", JSONValue(failed)),
                    ("programmes", .list(trials.map(json))),
                    ("errors", .list(failures.map { .object([("code", .text($0.code)), ("message", .text($0.description))]) })),
                ]))
        } else {
            for trial in trials { Output.line("\(trial.programme)：\(trial.verdicts.count)例，不符\(trial.failed.count)例") }
            for verdict in trials.flatMap(\.failed) { Output.line("不符 " + Self.sentence(verdict)) }
            for failure in failures { Output.error("错误：" + failure.description) }
        }
        if failed > 0 || !failures.isEmpty { throw Outcome.foundWrong }
    }

    private func json(_ trial: ProgrammeTrial) -> JSONValue {
        .object([
            ("programme", .text(trial.programme)), ("cases", JSONValue(trial.verdicts.count)),
            ("failed", .list(trial.failed.map { .text(Self.sentence($0)) })),
        ])
    }

    /// Where the case stands, what it is called and what the table answered instead.
    private static func sentence(_ verdict: RuleCases.Verdict) -> String {
        "\(verdict.place.description)：\(verdict.name)，得到\(verdict.answered)"
    }
}

/// `programme show`: what a programme says.
struct ProgrammeShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "看一个方案：阶段、目标、措施、规则", discussion: "例：\n  hallmark programme show nanhai-2017")

    @Argument(help: "方案的编号，如 longwan-2006")
    var programme: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let folder = try ProgrammeFiles.load(programme, root: common.root)
        if common.json { Output.json(json(folder)) } else { show(folder) }
    }

    private func show(_ folder: ProgrammeFolder) {
        let item = folder.programme
        Output.line("\(item.id)  \(item.title)（\(item.region.name)）")
        for target in item.targets { Output.line("目标  \(target.title)（条款\(target.clause)）") }
        for duty in item.duties { Output.line("措施  \(duty.title)（条款\(duty.clause)）") }
        for rule in folder.rules { Output.line("规则  \(rule.table.label)（条款\(rule.table.clause)，\(rule.file)）") }
        for point in item.openPoints { Output.line("待明确  \(point.question)（条款\(point.clause)）") }
    }

    private func json(_ folder: ProgrammeFolder) -> JSONValue {
        func list(_ items: [(String, String)]) -> JSONValue {
            .list(items.map { .object([("title", .text($0.0)), ("clause", .text($0.1))]) })
        }
        let item = folder.programme
        return .object([
            ("id", .text(item.id)), ("title", .text(item.title)), ("digest", .text(folder.digest)),
            ("targets", list(item.targets.map { ($0.title, $0.clause) })), ("duties", list(item.duties.map { ($0.title, $0.clause) })),
            ("rules", list(folder.rules.map { ($0.table.label, $0.table.clause) })),
            ("open", list(item.openPoints.map { ($0.question, $0.clause) })),
            ("files", .list(folder.files.map { .object([("name", .text($0.name)), ("sha256", .text($0.sha256))]) })),
        ])
    }
}

/// `programme adopt`: puts the files in force, after showing who would change class.
struct ProgrammeAdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "采纳一个方案：先列出谁会改变类别，再按 --commit 写库",
        discussion: """
            不写 --commit 时只看影响，不写库。

            例：
              hallmark programme adopt longwan-2006
              hallmark programme adopt longwan-2006 --commit --reason "龙质强办〔2026〕1号"
            """)

    @Argument(help: "方案的编号")
    var programme: String

    @Flag(name: .long, help: "采纳并写库")
    var commit = false

    @Option(name: .long, help: "理由或文号，记进日志")
    var reason = ""

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.address, root: common.root)
        let desk = assembly.desk
        let folder = try ProgrammeFiles.load(programme, root: common.root)
        let actor = storing.acting
        let today = assembly.office.clock.today
        let preview = try await assembly.store.read { try desk.preview(folder, on: today, by: actor, $0) }
        if commit {
            try await AdoptProgramme(desk).adopt(folder, reason: reason, by: actor, request: "adopt-" + UUID().uuidString)
        }
        if common.json { return Output.json(json(preview)) }
        Output.line("\(preview.title)：新增\(preview.added.count)个文件，改动\(preview.changed.count)个，去掉\(preview.removed.count)个")
        for table in preview.tables {
            Output.line("\(table.label)：\(table.moveCount)家改变类别")
            for move in table.moves { Output.line("  \(move.subject.name)：\(move.before) → \(move.after)") }
        }
        Output.line(commit ? "已采纳。" : "只是预览；加 --commit 采纳。")
    }

    private func json(_ preview: AdoptionPreview) -> JSONValue {
        .object([
            ("programme", .text(preview.id)), ("adopted", .boolean(commit)), ("digest", .text(preview.digest)),
            ("added", .list(preview.added.map(JSONValue.text))), ("changed", .list(preview.changed.map(JSONValue.text))),
            ("removed", .list(preview.removed.map(JSONValue.text))),
            (
                "tables",
                .list(
                    preview.tables.map { table in
                        .object([
                            ("id", .text(table.id)), ("label", .text(table.label)), ("moveCount", JSONValue(table.moveCount)),
                            (
                                "moves",
                                .list(
                                    table.moves.map {
                                        .object([
                                            ("name", .text($0.subject.name)), ("before", .text($0.before)), ("after", .text($0.after)),
                                        ])
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }
}

/// A programme's folder by its id.
enum ProgrammeFiles {
    /// - Throws: `programme.unknown`; the first fault of a folder that cannot be read.
    static func load(_ id: String, root: String?) throws -> ProgrammeFolder {
        let directory = try ProjectRoot.find(root).appendingPathComponent("programmes")
        let entries = try ProgrammeLibrary.load(directory: directory)
        guard let entry = entries.first(where: { $0.id == id }) else {
            throw Failure(
                .missing, "programme.unknown", "没有名为“\(id)”的方案", cure: "可用：" + entries.map(\.id).joined(separator: "、"))
        }
        switch entry.result {
        case .success(let folder): return folder
        case .failure(let failures):
            throw failures.all.first
                ?? Failure(.invalid, "programme.broken", "方案文件有错误", at: FilePlace(file: id), cure: "用 programme check 看错误")
        }
    }
}
