import Foundation
import JWTKit
import Values

/// What a provider states about somebody who signed in there (ID token, OpenID Connect Core 1.0, 2).
struct IdentityToken: JWTPayload {
    let issuer: String
    let subject: String
    let audience: [String]
    let party: String?
    let expires: Double
    let issuedAt: Double
    let nonce: String?
    /// How the provider made sure: `acr` and `amr` together.
    let assurances: Set<String>
    let isEmailVerified: Bool
    /// All claims that are texts.
    let texts: [String: String]

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let claims = try decoder.container(keyedBy: Name.self)
        func text(_ name: String) -> String? { try? claims.decode(String.self, forKey: Name(stringValue: name)) }
        func list(_ name: String) -> [String] { (try? claims.decode([String].self, forKey: Name(stringValue: name))) ?? [] }
        issuer = try claims.decode(String.self, forKey: Name(stringValue: "iss"))
        subject = try claims.decode(String.self, forKey: Name(stringValue: "sub"))
        audience = text("aud").map { [$0] } ?? list("aud")
        party = text("azp")
        expires = try claims.decode(Double.self, forKey: Name(stringValue: "exp"))
        issuedAt = try claims.decode(Double.self, forKey: Name(stringValue: "iat"))
        nonce = text("nonce")
        assurances = Set(list("amr") + [text("acr")].compactMap { $0 })
        isEmailVerified = (try? claims.decode(Bool.self, forKey: Name(stringValue: "email_verified"))) ?? false
        var texts: [String: String] = [:]
        for key in claims.allKeys { texts[key.stringValue] = text(key.stringValue) }
        self.texts = texts
    }

    func encode(to encoder: any Encoder) throws {
        var claims = encoder.container(keyedBy: Name.self)
        for (name, value) in texts { try claims.encode(value, forKey: Name(stringValue: name)) }
    }

    /// The signature alone: what is claimed is checked by `check`, whose refusals say what is wrong.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// Clocks may differ by so many seconds.
    private static let leeway = 60.0

    /// OpenID Connect Core 1.0, 3.1.3.7.
    ///
    /// - Throws: `sign-in.provider-token`.
    func check(_ settings: ProviderSettings, nonce expected: String, at now: Moment) throws {
        let seconds = Double(now.milliseconds) / 1e3
        guard issuer == settings.issuer else { throw Self.wrong("身份凭据不是所设的统一身份认证系统签发的。") }
        guard audience.contains(settings.client), audience.count == 1 || party != nil, party == nil || party == settings.client else {
            throw Self.wrong("身份凭据是签发给别的系统的。")
        }
        guard expires + Self.leeway > seconds else { throw Self.wrong("身份凭据已过期。") }
        guard abs(seconds - issuedAt) <= Double(ProviderRound.minutes) * 60 + Self.leeway else {
            throw Self.wrong("身份凭据的签发时间不在这次登录期间。")
        }
        guard nonce == expected else { throw Self.wrong("身份凭据不是为这次登录签发的。") }
        guard !subject.isEmpty, subject.utf8.count <= 255 else { throw Self.wrong("身份凭据没有写明是谁。") }
    }

    static func wrong(_ sentence: String) -> Failure {
        Failure(.refused, "sign-in.provider-token", sentence, cure: "重新登录；仍不行，请告诉系统管理员核对统一身份认证的设置和两边的时钟。")
    }
}

/// The head of a token, read before anything of it is believed.
struct TokenHead: Decodable {
    let alg: String
    let kid: String?
    let crit: [String]?

    /// Signatures by keys of which only the public half is given away. `none` and secrets shared with the provider (HS256) are refused.
    static let algorithms: Set = ["RS256", "PS256", "ES256"]

    /// - Throws: `sign-in.provider-token`.
    init(of token: String) throws {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= 65_536, parts.count == 3, let bytes = ProviderRound.bytes(urlBase64: parts[0]),
            let head = try? JSONDecoder().decode(TokenHead.self, from: Data(bytes))
        else { throw IdentityToken.wrong("身份凭据的格式无法识别。") }
        guard Self.algorithms.contains(head.alg), head.crit == nil else { throw IdentityToken.wrong("身份凭据的签名方法不被接受。") }
        self = head
    }
}
