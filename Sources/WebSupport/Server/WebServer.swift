package import Hummingbird
import Logging
import Values

/// Puts routes, guards and pages together into a server that listens on this machine only.
package enum WebServer {
    /// The server, not yet running.
    ///
    /// - Throws: `server.bind` where the host is not this machine's own address; `routes.twice`; `public.missing`.
    package static func build(routes: RouteTable, configuration: WebConfiguration) throws -> some ApplicationProtocol {
        let host = try loopback(configuration.host)
        let environment = WebEnvironment(
            configuration: configuration, publicFiles: try PublicFiles(folder: configuration.publicFolder),
            csrf: CSRFTokens(secret: configuration.secret))
        var all = routes
        all.add(LanguageRoutes.table)
        let door = FrontDoor(environment: environment, responder: router(try all.checked(), environment: environment).buildResponder())
        return Application(
            responder: door, server: .http1(configuration: .init(idleTimeout: .seconds(120))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: configuration.port)), logger: configuration.logger)
    }

    /// The address to listen on. Until sign-in exists every visitor is the operator, so no other machine may reach the server.
    static func loopback(_ host: String) throws -> String {
        switch host {
        case "127.0.0.1", "localhost": return "127.0.0.1"
        case "::1", "[::1]": return "::1"
        default:
            throw Failure(
                .refused, "server.bind", "不能在地址 \(host) 上提供服务：尚无登录功能，只允许本机访问。", cure: "使用 127.0.0.1、localhost 或 ::1。")
        }
    }

    private static func router(_ table: RouteTable, environment: WebEnvironment) -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        let hosts = AllowedHosts(port: environment.configuration.port)
        router.add(middleware: AnswerHeaders())
        router.add(middleware: HostGuard(hosts: hosts))
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

/// Reads the request once into a `WebContext` and hands it to the router.
struct FrontDoor: HTTPResponder {
    let environment: WebEnvironment
    let responder: RouterResponder<WebContext>

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let source = WebContextSource(request: request, logger: context.logger, environment: environment)
        return try await responder.respond(to: request, context: WebContext(source: source))
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
