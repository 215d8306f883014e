import Hummingbird
import Values

/// What every answer carries: the rules for the browser, the request's id, and the cookies that are new.
struct AnswerHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = AnswerHeaders.contentSecurityPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not `no-referrer`: it would make browsers send `Origin: null` with our own forms, which OriginGuard could not tell from another's.
        response.headers[.init("Referrer-Policy")!] = "same-origin"
        response.headers[.init("X-Frame-Options")!] = "DENY"
        response.headers[.init("Cross-Origin-Opener-Policy")!] = "same-origin"
        response.headers[.init("Cross-Origin-Resource-Policy")!] = "same-origin"
        response.headers[.init("X-Request-Id")!] = context.requestID
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if context.session.isNew, !PublicFiles.holds(request.uri.path) {
            response.headers.append(.init(name: .setCookie, value: AnswerCookie.session(context.session.id)))
        }
        return response
    }

    static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "script-src 'self'", "form-action 'self'",
        "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")
}

/// The two cookies. Neither is `Secure`: until sign-in exists the server speaks plain HTTP on loopback only.
enum AnswerCookie {
    static func session(_ id: String) -> String { "hallmark_session=\(id); Path=/; HttpOnly; SameSite=Lax" }
    static func language(_ language: Language) -> String {
        "hallmark_language=\(language.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    }
}
