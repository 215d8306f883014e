import Hummingbird
import Values

/// Answers only requests that were sent to this machine by its own names, so that no other site's name can be pointed at it (DNS rebinding).
struct HostGuard: RouterMiddleware {
    let hosts: AllowedHosts

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority, hosts.contains(authority) else {
            ErrorPages.note(refusal, context)
            // Without the frame: whoever reads this page under another name must learn nothing from it, neither counts nor a token.
            return ErrorPages.answer(to: refusal, context: context, frame: nil)
        }
        guard hosts.hasProxy || !Self.forwarded.contains(where: { request.headers[$0] != nil }) else {
            ErrorPages.note(Self.undeclared, context)
            return ErrorPages.answer(to: Self.undeclared, context: context, frame: nil)
        }
        return try await next(request, context)
    }

    /// What proxies add; browsers never send them. A proxy that was not declared would make a server for this machine one for everybody.
    private static let forwarded = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"].compactMap
    {
        HTTPFields.Element.Name($0)
    }

    private static let undeclared = Failure(
        .refused, "request.proxy", "请求是由代理转发来的，而启动时没有声明代理：本服务只给本机用。",
        cure: "供别的机器访问时，用真实账号，并加 --behind-proxy https://域名 启动。")

    private var refusal: Failure {
        Failure(.refused, "request.host", "本服务只接受本机地址的访问。", cure: "在本机浏览器中打开 http://127.0.0.1:\(hosts.port)/ 。")
    }
}

/// Refuses to change anything on the order of another site (Origin, RFC 6454; Sec-Fetch-Site, W3C Fetch Metadata).
struct OriginGuard: RouterMiddleware {
    let hosts: AllowedHosts

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        switch request.method {
        case .get, .head: break
        default: guard isOurs(request) else { throw refusal }
        }
        return try await next(request, context)
    }

    private func isOurs(_ request: Request) -> Bool {
        let sites = request.headers[values: .init("Sec-Fetch-Site")!]
        let origins = request.headers[values: .origin]
        guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }), origins.count <= 1 else { return false }
        return origins.allSatisfy { origin in
            hosts.isOurs(origin: origin)
        }
    }

    private var refusal: Failure {
        Failure(.refused, "request.origin", "该提交来自其他网站，已拒绝，没有保存任何内容。", cure: "在本系统的页面中重新填写并提交。")
    }
}

/// Refuses bodies that say at once that they are too large; those that do not say are counted while they are read.
struct SizeGuard: RouterMiddleware {
    let limit: Int

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if let length = request.headers[.contentLength] {
            guard let count = Int(length), count >= 0 else {
                throw Failure(.invalid, "request.length", "请求的长度无法识别。", cure: "刷新页面后重新提交。")
            }
            guard count <= limit else { throw Failure.tooLarge(limit: limit) }
        }
        return try await next(request, context)
    }
}

/// The names by which this server may be called: 127.0.0.1, localhost, [::1], with its port or none, and the proxy's name where there is one.
struct AllowedHosts: Sendable {
    let port: Int
    var origin: PublicOrigin?
    /// Whether a proxy was declared, whose header fields are then expected.
    var hasProxy = false

    /// Whether a form was sent from our own pages: over plain HTTP from this machine's names, over TLS from the proxy's.
    func isOurs(origin text: String) -> Bool {
        let lowered = text.lowercased()
        guard text.split(separator: "/").count == 2 else { return false }
        if let origin { return lowered == origin.text }
        return lowered.hasPrefix("http://") && contains(String(lowered.dropFirst(7)))
    }

    func contains(_ authority: String) -> Bool {
        let lowered = authority.lowercased()
        if lowered == origin?.authority { return true }
        guard let name = ["127.0.0.1", "localhost", "[::1]"].first(where: lowered.hasPrefix) else { return false }
        let rest = lowered.dropFirst(name.count)
        guard !rest.isEmpty else { return true }
        guard rest.first == ":", let named = UInt16(rest.dropFirst()), rest.dropFirst().first != "+" else { return false }
        return port == 0 || Int(named) == port
    }
}

extension Failure {
    static var noPage: Failure { Failure(.missing, "page.missing", "没有这个页面或这条记录。", cure: "核对地址，或从左侧导航重新进入。") }

    static let wrongMethodCode = "request.method"
    static var wrongMethod: Failure { Failure(.invalid, wrongMethodCode, "这个地址不接受这种请求方法。", cure: "按回答头 Allow 里的方法请求。") }

    /// Too many requests of one caller within a minute (429).
    package static let tooManyCode = "request.too-many"

    static let tooLargeCode = "upload.too-large"

    static func tooLarge(limit: Int) -> Failure {
        let isDecimal = limit % 1_000_000 == 0
        let size = limit >= 1 << 20 ? "\(isDecimal ? limit / 1_000_000 : limit >> 20) MB" : "\(limit >> 10) KB"
        return Failure(.invalid, tooLargeCode, "提交的内容超过上限 \(size)，没有保存。", cure: "拆分文件，或删除无关的工作表后重新上传。")
    }
}
