import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// One request to the provider. Nothing is followed elsewhere, nothing long is read.
struct ProviderRequest: Sendable {
    let method: String
    let address: String
    let headers: [(String, String)]
    let body: String

    static func get(_ address: String) -> ProviderRequest {
        ProviderRequest(method: "GET", address: address, headers: [("Accept", "application/json")], body: "")
    }

    /// A code for a token; who asks is proven by HTTP Basic (RFC 6749, 2.3.1).
    static func exchange(_ address: String, _ fields: [(String, String)], name: String, secret: String) -> ProviderRequest {
        let proof = Data("\(encoded(name)):\(encoded(secret))".utf8).base64EncodedString()
        return ProviderRequest(
            method: "POST", address: address,
            headers: [
                ("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", "Basic " + proof),
            ],
            body: fields.map { "\($0)=\(encoded($1))" }.joined(separator: "&"))
    }

    private static let unreserved = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    private static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "" }

    private static let patience = TimeAmount.seconds(10)
    private static let mostBytes = 256 << 10

    func send(trusting authorities: String?) async throws -> ProviderAnswer {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: .seconds(5)))
        configuration.httpVersion = .http1Only
        if let authorities {
            var trust = TLSConfiguration.makeClientConfiguration()
            trust.trustRoots = .file(authorities)
            configuration.tlsConfiguration = trust
        }
        // One for each request: people sign in a few times a day, and a provider's new certificate is seen at once.
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            var request = HTTPClientRequest(url: address)
            request.method = .init(rawValue: method)
            for (name, value) in headers { request.headers.add(name: name, value: value) }
            if !body.isEmpty { request.body = .bytes(ByteBuffer(string: body)) }
            let response = try await client.execute(request, timeout: Self.patience)
            let bytes = try await response.body.collect(upTo: Self.mostBytes)
            try await client.shutdown()
            return ProviderAnswer(status: Int(response.status.code), body: Array(bytes.readableBytesView))
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

struct ProviderAnswer: Sendable {
    let status: Int
    let body: [UInt8]
}
