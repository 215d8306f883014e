package import Hummingbird
import Logging
import Values

/// Puts routes, guards and pages together into a server.
package enum WebServer {
    /// The server, not yet running.
    ///
    /// - Throws: `server.bind` where the host may not be listened on; `server.proxy`; `routes.twice`; `public.missing`.
    ///
    /// - Parameter announce: called once it listens.
    package static func build(
        routes: RouteTable, configuration: WebConfiguration, announce: @escaping @Sendable () -> Void = {}
    ) throws -> some ApplicationProtocol {
        try build(
            routes: routes, configuration: configuration, roster: ConnectionRoster(limit: configuration.connections.connections),
            announce: announce)
    }

    /// With a list of its connections that a test looks at.
    static func build(
        routes: RouteTable, configuration: WebConfiguration, roster: ConnectionRoster, announce: @escaping @Sendable () -> Void = {}
    ) throws -> some ApplicationProtocol {
        let host = try ServerBind.host(configuration)
        var all = routes
        all.add(LanguageRoutes.table)
        all = try all.checked()
        let environment = WebEnvironment(
            configuration: configuration, publicFiles: try PublicFiles(folder: configuration.publicFolder),
            csrf: CSRFTokens(secret: configuration.secret), methods: AnsweredMethods(all))
        let door = FrontDoor(environment: environment, responder: router(all, environment: environment).buildResponder())
        let limits = configuration.connections
        return Application(
            responder: door,
            server: try ServerCertificate.wrapping(
                .http1(configuration: .init(additionalChannelHandlers: [ConnectionWatch(limits: limits, roster: roster)])),
                configuration.certificate),
            configuration: ApplicationConfiguration(address: .hostname(host, port: configuration.port)),
            onServerRunning: { _ in announce() }, logger: configuration.logger)
    }

    private static func router(_ table: RouteTable, environment: WebEnvironment) -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        let hosts = AllowedHosts(
            port: environment.configuration.port, origin: environment.configuration.origin,
            hasProxy: environment.configuration.origin != nil && environment.configuration.certificate == nil)
        router.add(middleware: RequestWatch())
        router.add(middleware: AnswerHeaders())
        router.add(middleware: HostGuard(hosts: hosts))
        router.add(middleware: OutsideRecord())
        router.add(middleware: ErrorPages())
        router.add(middleware: OriginGuard(hosts: hosts))
        router.add(middleware: SizeGuard(limit: environment.configuration.uploadLimit))
        router.add(middleware: PublicFileAnswers(files: environment.publicFiles))
        for route in table.routes {
            router.on(RouterPath(route.path), method: route.method == .get ? .get : .post) { request, context in
                try await route.respond(to: request, context: context)
            }
        }
        return router
    }
}

/// What is known of a request before it is read: the connection it came by.
struct DoorContext: RequestContext {
    typealias Source = ApplicationRequestContextSource

    var coreContext: CoreRequestContextStorage
    /// The other end's address; nil where there is no connection.
    let remote: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remote = source.channel.remoteAddress?.ipAddress
    }
}

/// Reads the request once into a `WebContext` and hands it to the router.
struct FrontDoor: HTTPResponder {
    let environment: WebEnvironment
    let responder: RouterResponder<WebContext>
    /// What one statement to the store may take while a browser waits; a proxy gives up after twice that.
    private static let statementLimit = Duration.seconds(30)

    func respond(to request: Request, context: DoorContext) async throws -> Response {
        try await WaitingLimit.$current.withValue(Self.statementLimit) {
            let source = await WebContextSource(
                request: request, remote: context.remote, logger: context.logger, environment: environment)
            return try await responder.respond(to: request, context: WebContext(source: source))
        }
    }
}

/// The language switch in the top bar.
enum LanguageRoutes {
    static var table: RouteTable {
        var table = RouteTable()
        table.post("/language", may: .anyone) { _, form in
            guard let language = Language(rawValue: form.text("language")) else {
                throw Failure(.invalid, "language.unknown", "没有这种界面语言。", cure: "在页面右上角选择中文或 English。")
            }
            return Reply.seeOther(Address(returnedBy: form.text("back")) ?? Address()).settingLanguage(language)
        }
        return table
    }
}
