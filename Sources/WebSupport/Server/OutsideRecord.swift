import Hummingbird
import Logging
import Values

/// Keeps every request that came with a token, refused ones too, before it is answered: what cannot be kept is not answered.
struct OutsideRecord: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        // Measurements tell nothing of the store, and are asked for every few seconds.
        guard context.isInterface, let grant = context.grant else { return response }
        let query = OutsideQuery(
            time: context.clock.now(), token: grant.token, purpose: Self.purpose(context, grant), route: context.endpointPath ?? "",
            address: String(context.address.description.prefix(2000)), status: Int(response.status.code), request: context.requestID)
        do {
            try await context.environment.configuration.tokens.record(query)
            return response
        } catch {
            context.logger.error("an outside query was not kept", metadata: ["error": .string(String(reflecting: error))])
            return ErrorPages.answer(to: Self.notKept, context: context, frame: nil)
        }
    }

    /// The token's declared purpose, or what the request says of itself.
    private static func purpose(_ context: WebContext, _ grant: Grant) -> String {
        let said = context.header("Purpose").flatMap { PercentCoding.text(Array($0.utf8), plusIsSpace: false) } ?? ""
        return said.isEmpty ? grant.purpose : String(said.prefix(200))
    }

    private static let notKept = Failure(.busy, "access.not-kept", "这次查询没有记下，因此没有回答。", cure: "稍后重试。")
}
