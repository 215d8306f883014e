import ArgumentParser
import Foundation
import Hummingbird
import Logging
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
            """)

    @Option(name: .long, help: "监听地址：127.0.0.1、localhost 或 ::1")
    var host = "127.0.0.1"

    @Option(name: .long, help: "端口，0 由系统选")
    var port = 8080

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("端口应在 0 到 65535 之间。") }
    }

    func run() async throws {
        let assembly = try await Assembly.open(storing.address, root: common.root)
        var logger = Logger(label: "hallmark") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let configuration = assembly.configuration(host: host, port: port, logger: logger)
        let server = try WebServer.build(routes: assembly.routes(uploads: configuration.uploadFolder), configuration: configuration)
        Output.error("标杆已在 http://\(host):\(port)/ 提供服务，按 Ctrl-C 结束。")
        try await server.runService()
    }
}
