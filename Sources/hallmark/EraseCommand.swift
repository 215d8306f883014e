import ArgumentParser
import Foundation
import Imports
import Questions
import Storage
import Values

/// `hallmark erase`: lets the bytes of a kept file go, while the store goes on proving itself.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "抹去保存的原件（含个人资料时），库仍可逐行核对",
        discussion: """
            只抹去文件的字节；已导入的数据、文件名、SHA-256 和日志留下。不能恢复。备份和另存的副本要另行处理。
            采纳的方案文件和报表的空表程序还要读，不能抹去。

            例：
              hallmark erase --original 名单.xls --reason "名单含个人电话，按来函删除"
              hallmark erase --original 3f0c… --reason "同上" --store 龙湾.sqlite
            """)

    @Option(name: .long, help: ArgumentHelp("原件的 SHA-256，或同一份文件", valueName: "sha256|file"))
    var original: String

    @Option(name: .long, help: "为什么抹去，记进日志")
    var reason: String

    @Option(name: .long, help: ArgumentHelp("请求编号：同一编号只做一次，重复时给出第一次的结果", valueName: "text"))
    var request: String?

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let outcome = try await EraseOriginal(try Self.hash(original), reason: reason, uses: Assembly.originalUses).perform(
            on: assembly.store, by: storing.acting, request: request ?? UUID().uuidString)
        let isServer = assembly.store.database.dialect == .postgres
        if common.json { Output.json(json(outcome)) } else { show(outcome, isServer: isServer) }
    }

    /// The hash as given, or that of the file.
    private static func hash(_ text: String) throws -> String {
        let isHash = text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0 | 32) }
        guard !isHash else { return text.lowercased() }
        return try KeptFile(path: text, name: text).sha256()
    }

    private func show(_ outcome: EraseOriginal.Outcome, isServer: Bool) {
        let original = outcome.original
        Output.line("已抹去原件“\(original.name)”的 \(original.size) 字节，日志第\(original.erased?.position ?? 0)条。SHA-256：\(original.sha256)")
        Output.line("留下：已导入的数据、文件名、哈希、原来那一行的摘要、日志。备份和另存的副本要另行处理。")
        if isServer {
            Output.line("PostgreSQL：旧字节留在数据文件里，直到运行 vacuum full original；预写日志归档另行清理。")
        } else if !outcome.isLogCut {
            Output.line("有人正在读库，预写日志这次没有截断：正常停服或再次抹去时会截断。")
        }
    }

    private func json(_ outcome: EraseOriginal.Outcome) -> JSONValue {
        let original = outcome.original
        return .object([
            ("sha256", .text(original.sha256)), ("name", .text(original.name)), ("size", JSONValue(original.size)),
            ("digest", JSONValue(original.erasure?.digest)), ("position", JSONValue(original.erased?.position)),
            ("actor", JSONValue(original.erased?.actor)), ("reason", JSONValue(original.erased?.reason)),
            ("logCut", .boolean(outcome.isLogCut)),
        ])
    }
}
