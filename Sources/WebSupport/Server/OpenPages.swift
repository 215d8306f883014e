import Crypto
import Foundation
import Hummingbird

/// The pages for the public (公众查询): one prefix, read by anybody, the same bytes for everybody, so that caches may keep them.
enum OpenPages {
    /// Not `/public`, below which styles stand.
    static let prefix = "/published"
    /// How long a cache may show a page without asking again, in seconds: so long what was withdrawn may still be seen.
    private static let keptSeconds = 300

    static func holds(_ path: String) -> Bool { path == prefix || path.hasPrefix(prefix + "/") }

    /// Lets caches keep an answer, named by its content; who has it already is told so (304).
    static func keep(_ response: inout Response, _ bytes: [UInt8], _ context: WebContext) {
        let tag = "\"" + Hexadecimal.text(SHA256.hash(data: bytes)).prefix(16) + "\""
        response.headers[.cacheControl] = "public, max-age=\(keptSeconds)"
        response.headers[.eTag] = tag
        guard context.header("If-None-Match") == tag else { return }
        response.status = .notModified
        response.headers[.contentType] = nil
        response.body = .init()
        response.headers[.contentLength] = nil
    }

    /// The other end of the connection; behind a declared proxy what that proxy added last, for anything before it the client may have made up.
    static func caller(_ headers: HTTPFields, remote: String?, _ configuration: WebConfiguration) -> String {
        let isProxied = configuration.origin != nil && configuration.certificate == nil
        guard isProxied, let name = HTTPFields.Element.Name("X-Forwarded-For"), let told = headers[values: name].last else {
            return network(of: remote ?? "")
        }
        let last = told.split(separator: ",").last.map { $0.trimmingPrefix { $0 == " " } } ?? ""
        return network(of: String(last.prefix(45)))
    }

    /// Whom an address stands for. With IPv6 each house has a network of 64 bits and may take a new address for every request.
    static func network(of address: String) -> String {
        var number = in6_addr()
        let plain = address.firstMatch(of: /^\[([^\]]*)\](:[0-9]+)?$/).map { String($0.output.1) } ?? address
        guard inet_pton(AF_INET6, plain, &number) == 1 else { return address }
        let bytes = withUnsafeBytes(of: number) { Array($0) }
        // IPv4 over a socket for both, and behind a translator (RFC 6052).
        let isMapped = [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]].contains(bytes[..<12])
        return isMapped ? bytes[12...].map(String.init).joined(separator: ".") : Hexadecimal.text(bytes[..<8]) + "/64"
    }
}
