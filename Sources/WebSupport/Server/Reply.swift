package import Hummingbird
import Values

/// What a handler answers with.
package struct Reply: Sendable {
    private enum Content: Sendable {
        case page(Page, HTTPResponse.Status)
        case download(Download)
        case response(Response)
    }

    private let content: Content
    private var language: Language?
    private var session: String?
    /// Whether the answer shows values that are not for everybody who may sign in.
    private var isRevealing = false
    /// Seconds after which the browser is to ask again by itself.
    private var seconds: Int?
    private var headers: [HTTPFields.Element] = []

    private init(_ content: Content) { self.content = content }

    /// A page; 200 unless the page says what went wrong.
    package static func page(_ page: Page, status: HTTPResponse.Status = .ok) -> Reply { Reply(.page(page, status)) }

    /// A form again, with what is wrong in it (422).
    package static func formAgain(_ page: Page) -> Reply { Reply(.page(page, .unprocessableContent)) }

    /// A page with both values, after somebody else changed the record first (409).
    package static func conflict(_ page: Page) -> Reply { Reply(.page(page, .conflict)) }

    /// Where to go after an action (303), so that reloading does not repeat it.
    package static func seeOther(_ address: Address) -> Reply {
        Reply(.response(Response(status: .seeOther, headers: [.location: address.description])))
    }

    /// A file for the reader to keep.
    package static func download(_ download: Download) -> Reply { Reply(.download(download)) }

    /// JSON that the caller has already encoded.
    package static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Reply {
        Reply(
            .response(
                Response(
                    status: status, headers: [.contentType: "application/json; charset=utf-8"],
                    body: .init(byteBuffer: ByteBuffer(bytes: bytes)))))
    }

    /// Bytes of another type than those above.
    package static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Reply {
        Reply(.response(Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))))
    }

    /// What the caller has already is still so (304).
    package static let notModified = Reply(.response(Response(status: .notModified)))

    /// The same answer with a header more.
    package func with(_ name: String, _ value: String) -> Reply {
        guard let name = HTTPFields.Element.Name(name) else { return self }
        var copy = self
        copy.headers.append(HTTPFields.Element(name: name, value: value))
        return copy
    }

    /// The same answer, asked for again by the browser after some seconds; works without a script.
    package func again(after seconds: Int) -> Reply {
        var copy = self
        copy.seconds = seconds
        return copy
    }

    /// The same answer, noted in the record of readings: it shows confidential values of single firms. Files that are given away always are.
    package func revealing(_ reveals: Bool = true) -> Reply {
        var copy = self
        copy.isRevealing = reveals
        return copy
    }

    /// Whether the answer belongs into the record of readings.
    var isNoted: Bool {
        if case .download = content { return true }
        return isRevealing
    }

    /// The same answer, and the reader's language from now on.
    func settingLanguage(_ language: Language) -> Reply {
        var copy = self
        copy.language = language
        return copy
    }

    /// The same answer, and another session from now on: at sign-in and sign-out, so that a name known before is worth nothing after.
    package func startingSession(_ token: String) -> Reply {
        var copy = self
        copy.session = token
        return copy
    }

    func response(context: WebContext) async throws -> Response {
        switch content {
        case .page: return response(context: context, frame: try await context.environment.configuration.frame(context))
        case .download, .response: return response(context: context, frame: nil)
        }
    }

    /// The answer inside a given frame; a nil frame leaves the navigation out, as on an error page when the store is down.
    func response(context: WebContext, frame: Frame?) -> Response {
        var response: Response
        switch content {
        case .page(let page, let status):
            let bytes =
                context.isOpenPage
                ? OpenLayout(page: page, frame: frame, context: context).bytes()
                : PageLayout(page: page, frame: frame, context: context).bytes()
            response = Response(
                status: status, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            if context.isOpenPage, status == .ok { OpenPages.keep(&response, bytes, context) }
        case .download(let download): response = download.response(context: context)
        case .response(let given): response = given
        }
        if let seconds { response.headers[.init("Refresh")!] = String(seconds) }
        for header in headers { response.headers[header.name] = header.value }
        let cookies = context.environment.cookies
        let set = [language.map(cookies.language), session.map(cookies.session)].compactMap { $0 }
        for cookie in set { response.headers.append(.init(name: .setCookie, value: cookie)) }
        return response
    }
}
