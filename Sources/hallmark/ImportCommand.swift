import ArgumentParser
import Enterprises
import Foundation
import Imports
import Questions
import Spreadsheets
import Storage
import Values

extension ImportKind: ExpressibleByArgument {}
extension CommitMode: ExpressibleByArgument {}

/// `hallmark import`: read → check → preview → commit.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入名单：企业名册、抽查结果、后处理",
        discussion: """
            不写 --commit 时只核对和预览，不写库。all：有一行错误就都不写；good：只写没有错误的行。
            可以给多个文件或文件夹（取其中的 .xls .xlsx .csv .et）。再导入一次不会重复。

            例：
              hallmark import enterprises 企业名册.xlsx
              hallmark import results 公报/ --commit good --reason "2013年第3批"
              hallmark import results 公报.xls --sheet Sheet3 --commit all
            """)

    @Argument(help: "enterprises、results 或 followups")
    var kind: ImportKind

    @Argument(help: ArgumentHelp("文件或文件夹", valueName: "file"))
    var files: [String]

    @Option(name: .long, help: "提交：all 或 good；不写则只预览")
    var commit: CommitMode?

    @Option(name: .long, help: ArgumentHelp("点名取用一张被搁置的工作表，可重复", valueName: "name"))
    var sheet: [String] = []

    @Option(name: .long, help: "理由或文号，记进日志")
    var reason = ""

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.address, root: common.root)
        let paths = try Self.expand(files)
        let named = Array(zip(paths, FileDisplayNames.of(paths)).map { (path: $0, name: $1) })
        let vocabulary = assembly.importing.vocabulary
        let (seen, remembered) = try await assembly.store.read { session in
            (try ImportRun.seenSheets(session), try HeadingCorrectionStore.remembered(session, vocabulary))
        }
        let taken = Set(sheet)
        var choices = SheetSorting.Choices()
        choices.seen = seen
        choices.remembered = remembered
        choices.taken = taken
        let chosen = choices
        let checked = try await assembly.importing.check(paths: named, kind: kind) { _ in chosen }
        let report: ImportReport
        if let commit, !(commit == .all && checked.start.hasErrors) {
            report = try await assembly.importing.commit(
                checked.files, into: assembly.store, mode: commit, by: storing.acting, reason: reason, report: checked.start)
        } else {
            report = try await assembly.store.read { try assembly.importing.previewReport(checked, $0) }
        }
        if common.json { Output.json(ReportJSON.of(report, isCommitted: commit == nil || report.position != nil)) } else { show(report) }
        if report.hasErrors { throw Outcome.foundWrong }
    }

    /// Files as given; a folder stands for the tables in it and below, in the order of names. A path that leads nowhere stays: reading it is
    /// that file's error in the report, beside whatever the other files say.
    static func expand(_ paths: [String]) throws -> [String] {
        let endings: Set<String> = ["xls", "xlsx", "csv", "et"]
        return try paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [path] }
            let inside = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted().filter { name in
                let base = name.split(separator: "/").last ?? ""
                return !base.hasPrefix(".") && !base.hasPrefix("~$")
                    && endings.contains(name.split(separator: ".").last.map { $0.lowercased() } ?? "")
            }
            guard !inside.isEmpty else {
                throw Failure(.missing, "import.folder-empty", "文件夹里没有 .xls .xlsx .csv 文件", at: FilePlace(file: path), cure: "检查路径")
            }
            return inside.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
        }
    }

    private func show(_ report: ImportReport) {
        let done = commit == nil ? "预览（没有写库）" : report.position.map { "已提交，日志第\($0)条" } ?? "没有写入任何内容"
        Output.line(
            "\(kind.label)：读出\(report.read)行，新增\(report.new)，变更\(report.changed)，不变\(report.unchanged)，拒绝\(report.rejected)。\(done)")
        for aside in report.setAside { Output.line("搁置 \(aside.file)「\(aside.sheet)」：\(aside.why)") }
        for issue in report.issues {
            let place = issue.place.description
            Output.error((issue.level == .error ? "错误 " : "提示 ") + (place.isEmpty ? "" : place + "：") + issue.message)
        }
    }
}

/// An import's report in the shape that scripts rely on.
enum ReportJSON {
    /// What was not committed is counted as found, except where a commit was asked for and refused: then nothing is new.
    static func of(_ report: ImportReport, isCommitted: Bool) -> JSONValue {
        .object([
            ("read", JSONValue(report.read)), ("new", JSONValue(isCommitted ? report.new : 0)),
            ("changed", JSONValue(isCommitted ? report.changed : 0)), ("unchanged", JSONValue(report.unchanged)),
            ("rejected", JSONValue(report.rejected)),
            (
                "setAside",
                .list(report.setAside.map { .object([("file", .text($0.file)), ("sheet", .text($0.sheet)), ("why", .text($0.why))]) })
            ),
            ("errors", .list(report.issues.map(issue))),
        ])
    }

    private static func issue(_ issue: ImportReport.Issue) -> JSONValue {
        .object([
            ("level", .text(issue.level.rawValue)), ("code", .text(issue.code)), ("file", JSONValue(issue.place.file)),
            ("sheet", JSONValue(issue.place.sheet)), ("row", JSONValue(issue.place.row)), ("column", JSONValue(issue.place.column)),
            ("message", .text(issue.message)),
        ])
    }
}
