import ArgumentParser
import Foundation

/// `hallmark demo`: demonstration stores, one for each document, made with a seeded generator.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "造演示数据：一份文件一个库",
        discussion: """
            企业、名单都是编造的，名称里都有“演示”。已有的库不动。

            例：
              hallmark demo
              hallmark demo 演示库 --only longwan-2006 --enterprises 300 --results 500
            """)

    @Argument(help: "放在哪个文件夹")
    var folder = "data"

    @Option(name: .long, help: "只造这个方案的库；可重复")
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
    }

    func run() async throws {
        let root = try ProjectRoot.find(common.root)
        let url = URL(fileURLWithPath: folder)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let demo = MakeDemo(root: root, folder: url, seed: seed, enterprises: enterprises, results: results, say: { Output.error($0) })
        let made = try await demo.run(only)
        Output.line(made.map(\.path).joined(separator: "\n"))
    }
}
