import ArgumentParser
import Enterprises
import Foundation
import Hummingbird
import Logging
import Storage
import Values
import WebSupport

/// `hallmark serve`: the pages, for this machine only.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "在本机提供网页",
        discussion: """
            登录功能建成以前只允许本机访问，别的地址一律拒绝。

            例：
              hallmark serve
              hallmark serve --port 8090 --store data/龙湾.sqlite
              hallmark serve --store data/longwan-2006.sqlite --also data/nanhai-2017.sqlite --also data/panyu-2014.sqlite
            """)

    @Option(name: .long, help: "监听地址：127.0.0.1、localhost 或 ::1")
    var host = "127.0.0.1"

    @Option(name: .long, help: "端口，0 由系统选")
    var port = 8080

    @Option(name: .long, help: ArgumentHelp("同时提供的其他库，依次用后面的端口；可重复", valueName: "file|url"))
    var also: [String] = []

    @Option(name: .customLong("head-file"), help: ArgumentHelp("每天把日志头追加到这个文件，交给另一方保管（只管 --store 的库）", valueName: "file"))
    var headFile: String?

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535 - also.count).contains(port) else { throw ValidationError("端口应在 0 到 \(65_535 - also.count) 之间。") }
        guard also.isEmpty || port > 0 else { throw ValidationError("同时提供几个库时要写明端口。") }
    }

    func run() async throws {
        var logger = Logger(label: "hallmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let addresses = [try storing.address] + (try also.map { try StoreAddress($0) })
        var desks: [Assembly] = []
        for address in addresses { desks.append(try await Assembly.open(address, root: common.root)) }
        UploadFolder.sweep()
        let all = desks
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (step, assembly) in all.enumerated() {
                let neighbours = all.enumerated().filter { $0.offset != step }.map { Neighbour(assembly: $0.element, host: host, port: port + $0.offset) }
                var configuration = assembly.configuration(host: host, port: port + step, logger: logger, neighbours: neighbours)
                configuration.phrases = try PhraseFiles.load(root: assembly.office.root, words: Assembly.catalogue.words)
                let routes = assembly.routes(uploads: configuration.uploadFolder)
                let server = try WebServer.build(routes: routes, configuration: configuration)
                Output.error("标杆已在 http://\(host):\(port + step)/ 提供服务，按 Ctrl-C 结束。")
                group.addTask { try await server.runService() }
            }
            let keeping = headFile.map { path in Task { [store = all[0].store] in await DailyHead(file: HeadFile(path: path), store: store).run() } }
            defer { keeping?.cancel() }
            try await group.waitForAll()
        }
    }
}
