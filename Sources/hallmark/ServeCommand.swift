import Accounts
import ArgumentParser
import Enterprises
import Foundation
import Hummingbird
import Interface
import Logging
import Metrics
import ServiceLifecycle
import Storage
import UnixSignals
import Values
import WebSupport

/// `hallmark serve`: the pages, for this machine, or for others behind a proxy with TLS.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "提供网页",
        discussion: """
            库里还没有账号时，给出一个一次性链接，用它建立第一个系统管理员；没有默认账号和默认密码。
            本机以外的访问要有真实账号，并由带 TLS 的代理转发（--behind-proxy）或自己提供 TLS（--tls-certificate），否则拒绝。
            登录规则在 regulations/security/ 里。
            收到 SIGTERM 后不再接新请求，正在办的办完（最多 30 秒），关好数据库，退出码 0。
            /health 存活，/ready 就绪，/metrics 运行指标（Prometheus）。

            例：
              hallmark serve
              hallmark serve --host 0.0.0.0 --behind-proxy https://biaogan.example.gov.cn
              hallmark serve --host 0.0.0.0 --port 443 --tls-name https://biaogan.example.gov.cn --tls-certificate 证书.pem --tls-key 私钥.pem
              hallmark serve --demo-accounts --store data/longwan-2006.sqlite --also data/nanhai-2017.sqlite
            """)

    @Option(name: .long, help: "监听地址")
    var host = "127.0.0.1"

    @Option(name: .long, help: "端口，0 由系统选")
    var port = 8080

    @Option(name: .customLong("behind-proxy"), help: ArgumentHelp("带 TLS 的代理对外的地址", valueName: "https://name"))
    var behindProxy: String?

    @Option(name: .customLong("tls-certificate"), help: ArgumentHelp("自己提供 TLS 时的证书（PEM，先本服务的，再中间的）", valueName: "file"))
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: ArgumentHelp("证书的私钥（PEM，不带口令，不能人人可读）", valueName: "file"))
    var tlsKey: String?

    @Option(name: .customLong("tls-name"), help: ArgumentHelp("自己提供 TLS 时对外的地址", valueName: "https://name"))
    var tlsName: String?

    @Flag(name: .customLong("demo-accounts"), help: "不登录，用示范账号；只限本机，且库里没有真实账号")
    var demoAccounts = false

    @Option(name: .long, help: ArgumentHelp("同时提供的其他库，依次用后面的端口；可重复，只用于示范账号", valueName: "file|url"))
    var also: [String] = []

    @Flag(
        name: .customLong("public-pages"), inversion: .prefixedNo,
        help: "公众查询（/published，不用登录）；缺省看 HALLMARK_PUBLIC_PAGES（on、off），再缺省只有示范账号时开")
    var publicPages: Bool?

    @Option(name: .customLong("sign-in-provider"), help: ArgumentHelp("统一身份认证（OpenID Connect）的设置文件", valueName: "file"))
    var signInProvider: String?

    @Option(
        name: .customLong("factor-keys"),
        help: ArgumentHelp("验证码密钥文件（缺省 HALLMARK_FACTOR_KEYS，或数据库文件名加 .keys；没有时建立）", valueName: "file"))
    var factorKeys: String?

    @Option(name: .customLong("head-file"), help: ArgumentHelp("每天把日志头追加到这个文件，交给另一方保管（只管 --store 的库）", valueName: "file"))
    var headFile: String?

    @Option(name: .customLong("log"), help: ArgumentHelp("日志写成 text 或 json，json 每次请求一行；缺省看环境变量 HALLMARK_LOG", valueName: "form"))
    var log: String?

    @Option(name: .customLong("api-per-minute"), help: "接口的每个调用者一分钟最多请求几次")
    var apiPerMinute = RequestAllowance.usual

    @Option(name: .long, help: "最多同时有几个连接；再来的顶替让服务器等得最久的那个")
    var connections = ConnectionLimits().connections

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535 - also.count).contains(port) else { throw ValidationError("端口应在 0 到 \(65_535 - also.count) 之间。") }
        guard also.isEmpty || port > 0 else { throw ValidationError("同时提供几个库时要写明端口。") }
        guard also.isEmpty || demoAccounts else { throw ValidationError("同时提供几个库（--also）只用于示范账号（--demo-accounts）。") }
        let tls = [tlsCertificate, tlsKey, tlsName].compactMap { $0 }
        guard tls.isEmpty || tls.count == 3 else { throw ValidationError("--tls-certificate、--tls-key、--tls-name 要一起写。") }
        guard tls.isEmpty || (behindProxy == nil && !demoAccounts) else {
            throw ValidationError("自己提供 TLS 时不用 --behind-proxy，也不用示范账号。")
        }
        if let tlsName, PublicOrigin(tlsName) == nil { throw ValidationError("--tls-name 要写成 https://域名 或 https://域名:端口。") }
        guard signInProvider == nil || !demoAccounts else { throw ValidationError("示范账号不用登录，不能与 --sign-in-provider 同用。") }
        guard behindProxy == nil || !demoAccounts else { throw ValidationError("示范账号只限本机，不能与 --behind-proxy 同用。") }
        if let behindProxy, PublicOrigin(behindProxy) == nil {
            throw ValidationError("--behind-proxy 要写成 https://域名 或 https://域名:端口，不能是 http。")
        }
        guard ["on", "off", nil].contains(Self.publicPagesSetting) else { throw ValidationError("HALLMARK_PUBLIC_PAGES 只能是 on 或 off。") }
        guard logForm != nil else { throw ValidationError("--log 只能是 text 或 json。") }
        guard (10...100_000).contains(connections) else { throw ValidationError("--connections 应在 10 到 100000 之间。") }
        guard apiPerMinute > 0 else { throw ValidationError("--api-per-minute 要大于 0。") }
    }

    private static var publicPagesSetting: String? { ProcessInfo.processInfo.environment["HALLMARK_PUBLIC_PAGES"] }
    /// Whether the public may read what was published; nobody may unless it was said, but for the demonstration.
    private var hasOpenPages: Bool { publicPages ?? Self.publicPagesSetting.map { $0 == "on" } ?? demoAccounts }

    private var logForm: LogForm? {
        LogForm(rawValue: log ?? ProcessInfo.processInfo.environment["HALLMARK_LOG"] ?? LogForm.text.rawValue)
    }

    /// Requests that are running when the server is told to stop may take so long.
    private static let patience = Duration.seconds(30)

    func run() async throws {
        let logger = (logForm ?? .text).logger()
        let measurements = PrometheusText()
        MetricsSystem.bootstrap(measurements)
        let others = try also.map { try StoreAddress($0, passwordFile: storing.passwordFile, connections: storing.connections) }
        let addresses = [try storing.address] + others
        var desks: [Assembly] = []
        for address in addresses { desks.append(try await Assembly.open(address, root: common.root)) }
        for desk in desks { try desk.checkTargetsOfDuties() }
        UploadFolder.sweep()
        let open = OpenFiles.raise(to: connections * addresses.count + OpenFiles.own)
        if open < connections * addresses.count + OpenFiles.own {
            Output.error("系统只许打开 \(open) 个文件，少于 \(connections) 个连接所需：请提高 LimitNOFILE，或减少 --connections。")
        }
        var servers: [any Service] = []
        for (step, assembly) in desks.enumerated() {
            let neighbours = desks.enumerated().filter { $0.offset != step }.map {
                Neighbour(assembly: $0.element, host: host, port: port + $0.offset)
            }
            servers.append(
                try await server(
                    assembly, keys: addresses[step].factorKeys(factorKeys), port: port + step, logger, neighbours, measurements))
        }
        let keeping = headFile.map { path in
            Task { [store = desks[0].store] in await DailyHead(file: HeadFile(path: path), store: store).run() }
        }
        defer { keeping?.cancel() }
        try await Self.serve(servers, logger)
        for desk in desks {
            await desk.readings.flush()
            await desk.store.database.close()
        }
        Output.error("标杆已停止。")
    }

    /// Runs until told to stop (SIGTERM, SIGINT): nothing new is taken on, what runs is finished, and what takes too long is cut off.
    private static func serve(_ servers: [any Service], _ logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: servers, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = patience
        configuration.maximumCancellationDuration = .seconds(5)
        do { try await ServiceGroup(configuration: configuration).run() } catch { throw ServerBind.named(error) }
    }

    /// One store's server, announced, with the link of its first start where nobody has an account yet.
    private func server(
        _ assembly: Assembly, keys: FactorKeyFile?, port: Int, _ logger: Logger, _ neighbours: [Neighbour], _ measurements: PrometheusText
    ) async throws -> any Service {
        var accounts = try assembly.accounts(factorKeys: keys)
        if !demoAccounts, let warning = try await SealFactors(accounts).atStart(file: keys) { Output.error(warning.description) }
        if let signInProvider {
            accounts.provider = ProviderConnection(
                try ProviderSettings.load(path: signInProvider), clock: .system, secret: try await accounts.formSecret())
        }
        let door = try await door(accounts)
        let origin = (behindProxy ?? tlsName).flatMap { PublicOrigin($0) }
        let base = origin?.text ?? "http://\(host):\(port)"
        let tokens = try assembly.tokens()
        var routes = assembly.routes(
            uploads: UploadFolder.of(port: port), tokens: tokens, mayIssueTokens: !demoAccounts, perMinute: apiPerMinute,
            hasOpenPages: hasOpenPages, measurements: measurements)
        routes.add(door.routes(base: base))
        var configuration = assembly.configuration(
            host: host, port: port, logger: logger, door: door, rights: routes.rights, neighbours: neighbours)
        configuration.origin = origin
        configuration.connections.connections = connections
        if let tlsCertificate, let tlsKey {
            configuration.certificate = try ServerCertificate(
                certificate: URL(fileURLWithPath: tlsCertificate), key: URL(fileURLWithPath: tlsKey))
        }
        configuration.tokens = TokenDoor(tokens)
        configuration.logsRequests = logForm == .json
        configuration.secret = try await accounts.formSecret()
        configuration.phrases = try PhraseFiles.load(root: assembly.office.root, words: Assembly.catalogue.words)
        var lines = ["标杆已在 \(base)/ 提供服务，按 Ctrl-C 结束。"]
        if hasOpenPages { lines.append("公众查询已开：\(base)/published ，不用登录。") }
        if demoAccounts {
            lines.append("用的是示范账号：本机任何人都能以任何岗位操作，只供演示。")
        } else if let token = try await AccountLink.first(accounts) {
            lines.append("还没有账号。在 \(accounts.rules.linkHours) 小时内用这个一次性链接建立第一个系统管理员：\n  \(base)/link/\(token)")
        }
        return try WebServer.build(routes: routes, configuration: configuration) { [lines] in lines.forEach { Output.error($0) } }
    }

    private func door(_ accounts: AccountOffice) async throws -> Door {
        guard demoAccounts else { return .accounts(accounts) }
        guard try await !accounts.hasAccounts() else {
            throw DemonstrationDoor.over
        }
        let places = try await accounts.store.read { try accounts.places($0) }
        return .demonstration(DemonstrationDoor(places: places, duties: accounts.duties) { try await accounts.hasAccounts() }, accounts)
    }
}
