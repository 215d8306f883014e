import ArgumentParser
import Foundation

/// `hallmark demo`: demonstration stores, one for each document, made with a seeded generator.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "造演示数据：一份文件一个库",
        discussion: """
            企业、名单都是编造的，名称里都有“演示”。已有的库不动。
            放在 .sqlite 文件名下时造一个大库：十年名单、三年年度数据，企业和批次要多少有多少，内存不随之增长。

            例：
              hallmark demo
              hallmark demo 演示库 --only longwan-2006 --enterprises 300 --results 500
              hallmark demo 大库.sqlite --enterprises 1000000 --results 10000000 --programme longwan-2006
            """)

    @Argument(help: ArgumentHelp("放在哪个文件夹；或一个大库的文件名 .sqlite", valueName: "folder|file.sqlite"))
    var folder: String?

    @Option(name: [.long, .customLong("programme")], help: "只造这个方案的库；可重复")
    var only: [String] = []

    @Option(name: .long, help: "每个库的企业数")
    var enterprises: Int?

    @Option(name: .long, help: "每个库的抽查批次数")
    var results: Int?

    @Option(name: .long, help: "随机数种子；相同的种子造出相同的数据")
    var seed: UInt64 = 20_060_905

    @OptionGroup var common: CommonOptions

    func validate() throws {
        for name in only where !DemoPlan.all.contains(where: { $0.programme == name }) {
            throw ValidationError("没有名为“\(name)”的演示；可用：" + DemoPlan.all.map(\.programme).joined(separator: "、"))
        }
        guard (enterprises ?? 1) > 0, (results ?? 1) > 0 else { throw ValidationError("企业数和批次数应大于 0。") }
        guard !isLarge || only.count <= 1 else { throw ValidationError("大库一次造一个：--programme 只写一个。") }
    }

    /// More than the way through files is meant for: one store, written directly.
    private var isLarge: Bool {
        folder?.hasSuffix(".sqlite") == true || (enterprises ?? 0) > Self.mostByFiles || (results ?? 0) > Self.mostByFiles
    }

    private static let mostByFiles = 200_000

    func run() async throws {
        let root = try ProjectRoot.find(common.root)
        if isLarge { return try await runLarge(root) }
        let url = URL(fileURLWithPath: folder ?? "data")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let demo = MakeDemo(root: root, folder: url, seed: seed, enterprises: enterprises, results: results, say: { Output.error($0) })
        let made = try await demo.run(only)
        Output.line(made.map(\.path).joined(separator: "\n"))
    }

    private func runLarge(_ root: URL) async throws {
        guard let plan = DemoPlan.all.first(where: { only.isEmpty || $0.programme == only.first }) else { return }
        let path = folder ?? "data"
        let url = URL(fileURLWithPath: path)
        let file = path.hasSuffix(".sqlite") ? url : url.appendingPathComponent(plan.programme + ".sqlite")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let demo = FullDemo(
            root: root, plan: plan, seed: seed, enterprises: enterprises ?? plan.enterprises, results: results ?? plan.results,
            say: { Output.error($0) })
        try await demo.make(at: file)
        Output.line(file.path)
    }
}
