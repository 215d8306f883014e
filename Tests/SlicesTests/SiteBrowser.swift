import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Values
import WebSupport

/// A door at which everybody is the same actor.
struct OneVisitor: Doorkeeper {
    let actor: Actor
    var entrance: Address? { nil }
    var knowsAccounts: Bool { false }
    func visitor(session token: String) -> Visitor { Visitor(actor: actor) }
}

/// One reader's browser on the pages of some routes: sends forms back with the hidden fields that came with the page.
struct SiteBrowser: Sendable {
    private let client: any TestClientProtocol
    private let session = String(repeating: "ef", count: 32)

    struct Answer: Sendable {
        let status: Int
        let bytes: [UInt8]
        let type: String
        let name: String
        let location: String?

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The hidden fields of a page's form, as they were when it was opened.
    typealias Hidden = [(name: String, value: String)]

    static func open(
        _ routes: RouteTable, clock: Clock, doorkeeper: any Doorkeeper = LocalOperator(),
        _ steps: @escaping @Sendable (SiteBrowser) async throws -> Void
    ) async throws {
        let configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"),
            uploadFolder: FileManager.default.temporaryDirectory.appendingPathComponent("uploads-\(UUID().uuidString)"), clock: clock,
            logger: Logger(label: "test"), doorkeeper: doorkeeper,
            frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
        let application = try WebServer.build(routes: routes, configuration: configuration)
        try await application.test(.router) { client in try await steps(SiteBrowser(client: client)) }
    }

    func get(_ uri: String) async throws -> Answer {
        Self.answer(try await client.execute(uri: uri, method: .get, headers: [.cookie: "hallmark_session=\(session)"]))
    }

    func hidden(of page: String) async throws -> Hidden {
        Self.hidden(in: try await get(page).text)
    }

    static func hidden(in html: String) -> Hidden {
        ["_token", "_request", "_version"].compactMap { name in value(name, in: html).map { (name, $0) } }
    }

    /// Sends a form opened on `page` just now.
    func post(_ uri: String, from page: String, _ fields: [(String, String)], file: (name: String, bytes: [UInt8])? = nil) async throws
        -> Answer
    {
        try await post(uri, hidden: try await hidden(of: page), fields, file: file)
    }

    func post(_ uri: String, hidden: Hidden, _ fields: [(String, String)], file: (name: String, bytes: [UInt8])? = nil) async throws
        -> Answer
    {
        let boundary = "----test"
        var body: [UInt8] = []
        for (name, value) in hidden.map({ ($0.name, $0.value) }) + fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
            body += Array((head + "Content-Type: application/octet-stream\r\n\r\n").utf8) + file.bytes + Array("\r\n".utf8)
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return Self.answer(
            try await client.execute(
                uri: uri, method: .post,
                headers: [.cookie: "hallmark_session=\(session)", .contentType: "multipart/form-data; boundary=\(boundary)"],
                body: ByteBuffer(bytes: body)))
    }

    private static func answer(_ response: TestResponse) -> Answer {
        Answer(
            status: Int(response.status.code), bytes: Array(response.body.readableBytesView), type: response.headers[.contentType] ?? "",
            name: (response.headers[.contentDisposition] ?? "").removingPercentEncoding ?? "", location: response.headers[.location])
    }

    private static func value(_ name: String, in html: String) -> String? {
        guard let field = html.range(of: "name=\"\(name)\"") else { return nil }
        let tag = html[field.upperBound...].prefix { $0 != ">" }
        guard let start = tag.range(of: "value=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
