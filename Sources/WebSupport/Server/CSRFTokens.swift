import Crypto
import Values

/// The token that every form carries: an HMAC of the session's id under the server's secret.
///
/// Another site can make a browser send a form with its cookie, but can neither read the token nor compute it (OWASP, signed double submit).
struct CSRFTokens: Sendable {
    private let key: SymmetricKey
    /// With the secret taken in; each page asks for some tokens.
    private let begun: HMAC<SHA256>

    init(secret: [UInt8]) {
        key = SymmetricKey(data: secret)
        begun = HMAC(key: key)
    }

    func token(session: String) -> String {
        var code = begun
        code.update(data: message(session))
        return Hexadecimal.text(code.finalize())
    }

    /// Compares in constant time.
    func isValid(_ token: String, session: String) -> Bool {
        guard let code = Hexadecimal.bytes(token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(session), using: key)
    }

    /// - Throws: `form.expired` where the token is missing or belongs to another session or start of the server.
    func check(_ token: String?, session: Session) throws {
        guard !session.isNew, let token, isValid(token, session: session.id) else {
            throw Failure.expiredForm
        }
    }

    private func message(_ session: String) -> [UInt8] { Array("form:\(session)".utf8) }
}
