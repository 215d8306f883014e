import Crypto
import Foundation
import Hummingbird
import Values

/// Styles, images and the little script, read once at start.
///
/// A request names a file that was found then, or nothing: no path from outside ever reaches the file system.
struct PublicFiles: Sendable {
    struct Entry: Sendable {
        let body: ByteBuffer
        let type: String
        /// The first 16 hexadecimal digits of the content's SHA-256.
        let hash: String
    }

    private let entries: [String: Entry]
    static let prefix = "/public/"

    /// - Throws: `public.missing` where the folder cannot be read.
    init(folder: URL) throws {
        let folder = folder.resolvingSymlinksInPath()
        guard let found = try? FileManager.default.subpathsOfDirectory(atPath: folder.path) else {
            throw Failure(
                .missing, "public.missing", "找不到页面样式目录。", at: FilePlace(file: folder.path), cure: "在程序目录中运行，或用参数指明 public 目录。")
        }
        var entries: [String: Entry] = [:]
        for name in found {
            let url = folder.appendingPathComponent(name)
            let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
            guard !isHidden, let type = PublicFiles.type(of: name), PublicFiles.isPlainFile(url), let data = try? Data(contentsOf: url)
            else { continue }
            let hash = String(Hexadecimal.text(SHA256.hash(data: data)).prefix(16))
            entries[PublicFiles.prefix + name] = Entry(body: ByteBuffer(bytes: data), type: type, hash: hash)
        }
        self.entries = entries
    }

    /// The address of a file with its content's hash, so that browsers may keep it for good.
    func address(_ name: String) -> Address {
        let segments = name.split(separator: "/").map(String.init)
        let address = segments.reduce(Address("public")) { $0.appending($1) }
        return address.with("v", entries[PublicFiles.prefix + name]?.hash)
    }

    func entry(_ path: String) -> Entry? {
        PercentCoding.text(Array(path.utf8), plusIsSpace: false).flatMap { entries[$0] }
    }

    static func holds(_ path: String) -> Bool { path.hasPrefix(prefix) }

    private static func isPlainFile(_ url: URL) -> Bool {
        let type = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
        return type == .typeRegular
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "txt": "text/plain; charset=utf-8"
        default: nil
        }
    }
}

/// Answers `/public/…`: for good where the address carries the content's hash, to be asked again otherwise.
struct PublicFileAnswers: RouterMiddleware {
    let files: PublicFiles

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard PublicFiles.holds(request.uri.path) else { return try await next(request, context) }
        guard request.method == .get || request.method == .head, let entry = files.entry(request.uri.path) else { throw Failure.noPage }
        let isPinned = context.query["v"] == entry.hash
        var response = Response(
            status: .ok,
            headers: [
                .contentType: entry.type, .eTag: "\"\(entry.hash)\"",
                .cacheControl: isPinned ? "public, max-age=31536000, immutable" : "no-cache",
            ],
            body: .init(byteBuffer: entry.body))
        if request.headers[.ifNoneMatch] == "\"\(entry.hash)\"" {
            response.status = .notModified
            response.body = .init()
            response.headers[.contentLength] = nil
        }
        return request.method == .head ? response.createHeadResponse() : response
    }
}
