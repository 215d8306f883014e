import Foundation
import Hummingbird
import Values

/// A failure as callers of the interface are told it: problem details by RFC 9457, with the stable code, the cure and the place beside.
struct Problem: Encodable {
    /// Names the kind of problem; the codes are listed nowhere as pages, so it is a name and no address.
    let type: String
    let title: String
    let status: Int
    let detail: String
    /// This occurrence: the request's id, as the log has it.
    let instance: String
    let code: String
    let kind: String
    let cure: String?
    let place: String?

    init(_ failure: Failure, context: WebContext, status: HTTPResponse.Status) {
        type = "urn:hallmark:problem:" + failure.code
        title = WebWords.heading(failure.kind).text(context.language)
        self.status = Int(status.code)
        detail = context.phrase(failure.message)
        instance = "urn:hallmark:request:" + context.requestID
        code = failure.code
        kind = failure.kind.rawValue
        cure = failure.cure.map(context.phrase)
        let place = failure.place.word.text(context.language)
        self.place = place.isEmpty ? nil : place
    }

    static let mediaType = "application/problem+json"

    var response: Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = (try? encoder.encode(self)).map { Array($0) } ?? []
        var headers: HTTPFields = [.contentType: Self.mediaType]
        if status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if status == 429 { headers[.retryAfter] = "10" }
        return Response(
            status: HTTPResponse.Status(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
