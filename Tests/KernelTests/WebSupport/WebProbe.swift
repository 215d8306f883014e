import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Values

@testable import WebSupport

/// Sends requests to the demo site as a browser would: one session, its token, its cookies.
struct WebProbe {
    let client: any TestClientProtocol
    let session = String(repeating: "ab", count: 32)

    static let publicFolder = ProjectFiles.url("public")
    static let secret: [UInt8] = Array("a secret for tests".utf8)

    static func site(_ change: (inout WebConfiguration) -> Void = { _ in }, _ test: @escaping @Sendable (WebProbe) async throws -> Void)
        async throws
    {
        var configuration = DemoSite.configuration(publicFolder: publicFolder)
        configuration.secret = secret
        change(&configuration)
        let application = try WebServer.build(routes: DemoSite.routes, configuration: configuration)
        try await application.test(.router) { client in try await test(WebProbe(client: client)) }
    }

    var token: String { CSRFTokens(secret: WebProbe.secret).token(session: session) }

    func get(_ uri: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send(uri, .get, headers, nil)
    }

    func post(_ uri: String, type: String = "application/x-www-form-urlencoded", _ headers: [String: String] = [:], body: String)
        async throws -> Answer
    {
        try await send(uri, .post, headers.merging(["content-type": type]) { old, _ in old }, Array(body.utf8))
    }

    func send(_ uri: String, _ method: HTTPRequest.Method, _ headers: [String: String], _ body: [UInt8]?) async throws -> Answer {
        var fields: HTTPFields = [.cookie: "hallmark_session=\(session)"]
        for (name, value) in headers { fields[.init(name)!] = value.isEmpty ? nil : value }
        let answer = try await client.execute(uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) })
        return Answer(status: answer.status.code, headers: answer.headers, text: String(buffer: answer.body))
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let text: String

        func header(_ name: String) -> String? { headers[.init(name)!] }
    }
}
