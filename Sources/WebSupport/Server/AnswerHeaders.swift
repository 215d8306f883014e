import Hummingbird
import Values

/// What every answer carries: the rules for the browser, the request's id, and the cookies that are new.
struct AnswerHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in AnswerHeaders.fixed { response.headers[field.name] = field.value }
        if let name = AnswerHeaders.requestID { response.headers[name] = context.requestID }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        let cookies = context.environment.cookies
        let wantsSession = !context.isInterface && !context.isOpenPage && !RequestWatch.isProbe(request.uri.path)
        if context.session.isNew, wantsSession, !PublicFiles.holds(request.uri.path) {
            response.headers.append(.init(name: .setCookie, value: cookies.session(context.session.id)))
        }
        if cookies.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return response
    }

    private static let requestID = HTTPFields.Element.Name("X-Request-Id")

    /// What every answer says alike, named once.
    private static let fixed: [HTTPFields.Element] =
        [
            HTTPFields.Element(name: .contentSecurityPolicy, value: contentSecurityPolicy),
            HTTPFields.Element(name: .xContentTypeOptions, value: "nosniff"),
        ]
        + [
            // Not `no-referrer`: it would make browsers send `Origin: null` with our own forms, which OriginGuard could not tell from another's.
            ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ].compactMap { name, value in HTTPFields.Element.Name(name).map { HTTPFields.Element(name: $0, value: value) } }

    static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "script-src 'self'", "form-action 'self'",
        "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")
}

/// The two cookies. Behind TLS they are `Secure` and bear the prefix by which browsers hold them to this host (RFC 6265bis, 4.1.3.2).
struct AnswerCookie: Sendable {
    let isSecure: Bool

    var sessionName: String { (isSecure ? "__Host-" : "") + "hallmark_session" }
    var languageName: String { (isSecure ? "__Host-" : "") + "hallmark_language" }

    func session(_ id: String) -> String { "\(sessionName)=\(id); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }
    func language(_ language: Language) -> String {
        "\(languageName)=\(language.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
