import ArgumentParser
import Foundation
import Questions
import Storage
import Values

/// `hallmark verify`: recomputes the journal and the counters from the rows.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "逐行核对日志、原件和计数",
        discussion: """
            没有 --head 时查不出末尾被截去，会照实说明。

            例：
              hallmark verify --save-head 头.txt      把日志头存到别处
              hallmark verify --head 头.txt           与另存的日志头比对
            """)

    @Option(name: .long, help: ArgumentHelp("另存的日志头文件，一行或每天一行", valueName: "file"))
    var head: String?

    @Option(name: .customLong("save-head"), help: ArgumentHelp("核对无误后把日志头存到文件", valueName: "file"))
    var saveHead: String?

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let kept = try head.map { try HeadFile(path: $0).heads() } ?? []
        let result = try await assembly.store.verify(kept: kept)
        if common.json { Output.json(json(result)) } else { show(result) }
        guard result.findings.isEmpty else { throw Outcome.foundWrong }
        if let saveHead {
            guard FileManager.default.createFile(atPath: saveHead, contents: Data(result.head.text.utf8)) else {
                throw Failure(.invalid, "export.cannot-write", "日志头写不了", at: FilePlace(file: saveHead), cure: "检查路径、权限和磁盘空间")
            }
        }
    }

    private func show(_ result: Verification) {
        Output.line("日志\(result.entries)条，记录\(result.rows)行，计数\(result.cells)格；日志头 \(result.head.position) \(result.head.hash)")
        if result.erased > 0 { Output.line("抹去原件 \(result.erased) 份：字节已不在，按留下的摘要核对。") }
        for finding in result.findings { Output.line("不符 [\(finding.code)] \(finding.message)") }
        if result.findings.isEmpty { Output.line("逐行核对无误。") }
        if !result.isTailProven { Output.line("没有与另存的日志头比对（--head）：末尾是否被截去不能证明。") }
    }

    private func json(_ result: Verification) -> JSONValue {
        .object([
            ("position", JSONValue(result.head.position)), ("hash", .text(result.head.hash)), ("entries", JSONValue(result.entries)),
            ("rows", JSONValue(result.rows)), ("cells", JSONValue(result.cells)), ("erased", JSONValue(result.erased)),
            ("tailProven", .boolean(result.isTailProven)),
            (
                "findings",
                .list(
                    result.findings.map {
                        .object([("code", .text($0.code)), ("position", JSONValue($0.position)), ("message", .text($0.message))])
                    })
            ),
        ])
    }
}
