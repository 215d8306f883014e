import Hummingbird
import Logging
import Metrics
import Values

/// Counts and times every request, and writes a line about it to the log where that is wanted.
struct RequestWatch: RouterMiddleware {
    /// Addresses that machines ask every few seconds: they get no cookie.
    static func isProbe(_ path: String) -> Bool { ["/health", "/ready", "/metrics"].contains(path) }

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        Self.running.increment()
        defer { Self.running.decrement() }
        let response = try await next(request, context)
        let took = ContinuousClock.now - began
        let route = context.endpointPath ?? (PublicFiles.holds(request.uri.path) ? "/public" : "none")
        let status = String(response.status.code)
        Metrics.Timer(
            label: "hallmark_http_request_duration_seconds",
            dimensions: [("method", Self.method(request.method)), ("route", route), ("status", status)]
        ).recordNanoseconds(took.nanoseconds)
        guard context.environment.configuration.logsRequests else { return response }
        context.logger.info(
            "request",
            metadata: [
                "method": .string(Self.method(request.method)), "route": .string(route),
                "path": .string(ErrorPages.loggedPath(context)), "status": .string(status),
                "milliseconds": .string(String(Double(took.nanoseconds / 1000) / 1000)),
            ])
        return response
    }

    private static let running = Meter(label: "hallmark_http_requests_running")

    /// A caller can make up methods; the counts know those that there are.
    private static func method(_ method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .put, .patch, .delete, .options].contains(method) ? method.rawValue : "other"
    }
}

extension Duration {
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
