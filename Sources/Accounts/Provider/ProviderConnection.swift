import Foundation
import JWTKit
package import Values

/// Speaks to the provider: finds its addresses, exchanges a code, keeps its keys. Requests go to the issuer's own host and nowhere else.
package actor ProviderConnection {
    package let settings: ProviderSettings
    private let fetch: @Sendable (ProviderRequest) async throws -> ProviderAnswer
    private let clock: Clock
    /// Binds a way to the provider to a browser's session; all processes on the store share it.
    nonisolated let secret: [UInt8]
    private var found: (Discovery, at: Moment)?
    private var keys: (keys: [String: JWK], at: Moment)?

    /// What is published is asked for again after an hour; for a key that is not known at once, but not more often than every half minute.
    private static let keptMilliseconds: Int64 = 3_600_000
    private static let pauseMilliseconds: Int64 = 30_000

    package init(_ settings: ProviderSettings, clock: Clock, secret: [UInt8]) {
        self.init(settings, clock: clock, secret: secret) { try await $0.send(trusting: settings.authorities) }
    }

    init(
        _ settings: ProviderSettings, clock: Clock, secret: [UInt8],
        fetch: @escaping @Sendable (ProviderRequest) async throws -> ProviderAnswer
    ) {
        self.settings = settings
        self.clock = clock
        self.secret = secret
        self.fetch = fetch
    }

    /// What a provider says of itself (OpenID Connect Discovery 1.0, 3).
    private struct Discovery: Decodable, Sendable {
        let issuer: String
        let entrance: String
        let exchange: String
        let keys: String
        let challenges: [String]?

        enum CodingKeys: String, CodingKey {
            case issuer
            case entrance = "authorization_endpoint"
            case exchange = "token_endpoint"
            case keys = "jwks_uri"
            case challenges = "code_challenge_methods_supported"
        }
    }

    private struct KeySet: Decodable {
        let keys: [Entry]

        /// A key of a kind that nobody here knows does not spoil the others.
        enum Entry: Decodable {
            case key(JWK)
            case unknown

            init(from decoder: any Decoder) throws { self = (try? JWK(from: decoder)).map(Entry.key) ?? .unknown }
        }
    }

    private struct TokenAnswer: Decodable {
        let token: String?
        let error: String?

        enum CodingKeys: String, CodingKey {
            case token = "id_token"
            case error
        }
    }

    /// Where the browser is sent.
    ///
    /// - Throws: `sign-in.provider-down`, `sign-in.provider-says`.
    func entrance(_ round: ProviderRound, returning address: String) async throws -> String {
        let discovery = try await discovery()
        guard var parts = URLComponents(string: discovery.entrance) else { throw Self.unusable }
        parts.queryItems =
            (parts.queryItems ?? [])
            + [
                ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", address), ("scope", "openid profile email"),
                ("state", round.state), ("nonce", round.nonce), ("code_challenge", round.challenge), ("code_challenge_method", "S256"),
            ].map { URLQueryItem(name: $0, value: $1) }
        guard let text = parts.string else { throw Self.unusable }
        return text
    }

    /// Exchanges the code for a token and checks it.
    ///
    /// - Throws: `sign-in.provider-down`, `sign-in.provider-says`, `sign-in.provider-code`, `sign-in.provider-token`.
    func identity(code: String, _ round: ProviderRound, returning address: String) async throws -> IdentityToken {
        let discovery = try await discovery()
        let fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", address), ("code_verifier", round.verifier),
        ]
        let answer = try await asked(.exchange(discovery.exchange, fields, name: settings.client, secret: settings.secret))
        let told = try? JSONDecoder().decode(TokenAnswer.self, from: Data(answer.body))
        guard answer.status == 200, told?.error == nil, let token = told?.token else {
            throw Failure(
                .refused, "sign-in.provider-code", "统一身份认证系统没有承认这次登录。", cure: "重新登录；仍不行，请系统管理员核对 client 和密钥。")
        }
        let head = try TokenHead(of: token)
        guard let key = try await key(head.kid, discovery) else { throw IdentityToken.wrong("身份凭据的签名密钥不是统一身份认证系统公布的。") }
        // A collection of the one key that the token names: another key is never tried in its place.
        let collection = JWTKeyCollection()
        do {
            try await collection.add(jwk: key)
            let identity = try await collection.verify(token, as: IdentityToken.self)
            try identity.check(settings, nonce: round.nonce, at: clock.now())
            return identity
        } catch let failure as Failure {
            throw failure
        } catch {
            throw IdentityToken.wrong("身份凭据的签名不对，或内容不全。")
        }
    }

    private func discovery() async throws -> Discovery {
        let now = clock.now().milliseconds
        if let found, now - found.at.milliseconds < Self.keptMilliseconds { return found.0 }
        let answer = try await asked(.get(settings.issuer + "/.well-known/openid-configuration"))
        guard answer.status == 200, let told = try? JSONDecoder().decode(Discovery.self, from: Data(answer.body)) else {
            throw Self.unusable
        }
        let origin = ProviderOrigin(settings.issuer)
        let addresses = [told.entrance, told.exchange, told.keys].map { ProviderOrigin($0) }
        let mayUseS256 = told.challenges?.contains("S256") ?? true
        guard told.issuer == settings.issuer, origin != nil, addresses.allSatisfy({ $0 == origin }), mayUseS256 else { throw Self.unusable }
        found = (told, clock.now())
        return told
    }

    /// The published key of a name; without a name the only one there is (OpenID Connect Core 1.0, 10.1).
    private func key(_ name: String?, _ discovery: Discovery) async throws -> JWK? {
        let now = clock.now().milliseconds
        if let keys {
            let (age, known) = (now - keys.at.milliseconds, Self.key(name, keys.keys))
            if known != nil, age < Self.keptMilliseconds { return known }
            if known == nil, age < Self.pauseMilliseconds { return nil }
        }
        let answer = try await asked(.get(discovery.keys))
        guard answer.status == 200, let set = try? JSONDecoder().decode(KeySet.self, from: Data(answer.body)) else { throw Self.unusable }
        var fresh: [String: JWK] = [:]
        for case .key(let key) in set.keys.prefix(50) {
            if let identifier = key.keyIdentifier?.string { fresh[identifier] = key }
        }
        keys = (fresh, clock.now())
        return Self.key(name, fresh)
    }

    private static func key(_ name: String?, _ keys: [String: JWK]) -> JWK? {
        name.map { keys[$0] } ?? (keys.count == 1 ? keys.values.first : nil)
    }

    private func asked(_ request: ProviderRequest) async throws -> ProviderAnswer {
        let answer: ProviderAnswer
        do { answer = try await fetch(request) } catch {
            throw Failure(.busy, "sign-in.provider-down", "统一身份认证系统没有应答。", cure: "稍后再试，或用账号和密码登录。")
        }
        guard answer.status < 500 else {
            throw Failure(.busy, "sign-in.provider-down", "统一身份认证系统没有应答。", cure: "稍后再试，或用账号和密码登录。")
        }
        return answer
    }

    private static let unusable = Failure(
        .busy, "sign-in.provider-says", "统一身份认证系统公布的地址不能用：issuer 不符、地址不在它自己的主机上，或不支持 S256。",
        cure: "请系统管理员核对设置；在那以前用账号和密码登录。")
}
