import Foundation
import Hummingbird
import Logging
import Values

/// Turns what handlers throw into a page, or into JSON for callers that want it.
///
/// A `Failure` is shown in its own words. Anything else is a fault of the program: the reader gets the request's id, the log gets the rest.
struct ErrorPages: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let failure = ErrorPages.failure(from: error, context: context)
            ErrorPages.note(failure, context)
            let frame = context.wantsJSON ? nil : try? await context.environment.configuration.frame(context)
            let answer = ErrorPages.answer(to: failure, context: context, frame: frame)
            return request.method == .head ? answer.createHeadResponse() : answer
        }
    }

    /// The one table from kinds of failure to statuses.
    static func status(_ kind: Failure.Kind) -> HTTPResponse.Status {
        switch kind {
        case .refused: .forbidden
        case .invalid: .unprocessableContent
        case .conflict: .conflict
        case .missing: .notFound
        case .gone: .gone
        case .busy: .serviceUnavailable
        case .internal: .internalServerError
        }
    }

    /// A body that is too large, a visitor who has not signed in and one who asks for too much at once have statuses of their own, which browsers
    /// and proxies know.
    static func status(of failure: Failure) -> HTTPResponse.Status {
        switch failure.code {
        case Failure.tooLargeCode: .contentTooLarge
        case Admission.signInCode, Admission.tokenCode: .unauthorized
        case Failure.wrongMethodCode: .methodNotAllowed
        case Failure.tooManyCode: .tooManyRequests
        // Somebody's own share is used up; nobody else is kept waiting by it.
        case _ where failure.kind == .busy && failure.code.hasSuffix(".too-many"): .tooManyRequests
        default: status(failure.kind)
        }
    }

    static func failure(from error: any Error, context: WebContext) -> Failure {
        switch error {
        case let failure as Failure where failure.kind != .internal: return failure
        case let error as HTTPError where error.status == .notFound:
            return context.environment.methods.allowed(context.address.pathText).isEmpty ? .noPage : .wrongMethod
        case let error as HTTPError where error.status.kind == .clientError:
            return Failure(.invalid, "request.invalid", "请求的格式无法识别。", cure: "返回上一页，刷新后重试。")
        default:
            context.logger.error(
                "a handler failed", metadata: ["path": .string(loggedPath(context)), "error": .string(String(reflecting: error))])
            return Failure(
                .internal, (error as? Failure)?.code ?? "internal", "系统内部出错，没有保存本次操作。",
                cure: "稍后重试；如仍出错，请把请求编号告诉维护人员。")
        }
    }

    /// The log learns who was refused what, and which forms were not the session's own.
    static func note(_ failure: Failure, _ context: WebContext) {
        guard failure.kind == .refused || failure.code == Failure.expiredForm.code, failure.code != Admission.signInCode else { return }
        context.logger.notice(
            "refused",
            metadata: ["code": .string(failure.code), "path": .string(loggedPath(context)), "actor": .string(context.actor.name)])
    }

    /// The path as the log may know it: a secret that stands in an address stays out.
    static func loggedPath(_ context: WebContext) -> String {
        guard let route = context.endpointPath, route.contains("{token}") else { return context.address.pathText }
        return route
    }

    static func answer(to failure: Failure, context: WebContext, frame: Frame?) -> Response {
        let status = status(of: failure)
        var response: Response
        if context.isInterface {
            response = Problem(failure, context: context, status: status).response
        } else if context.wantsJSON {
            response = json(failure, requestID: context.requestID, status: status)
        } else {
            let page = FailurePage(failure: failure, requestID: context.requestID).page
            response = Reply.page(page, status: status).response(context: context, frame: frame)
        }
        if failure.kind == .busy { response.headers[.retryAfter] = "5" }
        if status == .methodNotAllowed {
            response.headers[.allow] = context.environment.methods.allowed(context.address.pathText).joined(separator: ", ")
        }
        return response
    }

    static func json(_ failure: Failure, requestID: String, status: HTTPResponse.Status) -> Response {
        let document = FailureDocument(error: .init(failure, requestID: requestID))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(document)).map { Array($0) } ?? []
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// The JSON shape of an error where JSON was asked for outside the interface.
private struct FailureDocument: Encodable {
    struct Detail: Encodable {
        let kind: String
        let code: String
        let message: String
        let cure: String?
        let file: String?
        let sheet: String?
        let row: Int?
        let column: String?
        let line: Int?
        let clause: String?
        let requestID: String

        init(_ failure: Failure, requestID: String) {
            kind = failure.kind.rawValue
            code = failure.code
            message = failure.message
            cure = failure.cure
            file = failure.place.file
            sheet = failure.place.sheet
            row = failure.place.row
            column = failure.place.column
            line = failure.place.line
            clause = failure.place.clause
            self.requestID = requestID
        }
    }

    let error: Detail
}
