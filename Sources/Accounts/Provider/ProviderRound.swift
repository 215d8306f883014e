import Crypto
import Foundation
import Values

/// One way to the provider and back: what is sent along, bound to the browser's session so that nobody can finish another's (RFC 6749, 10.12;
/// RFC 7636).
///
/// Nothing is kept: nonce and verifier follow from the state, the session and the server's secret, so that any process on the store can go on.
struct ProviderRound: Equatable {
    let state: String
    /// Where the reader wanted to go.
    let back: String
    let nonce: String
    let verifier: String

    /// How long the way may take.
    static let minutes: Int64 = 10

    init(secret: [UInt8], session: String, back: String, random: [UInt8], at now: Moment) {
        let kept = back.utf8.count <= 500 ? back : ""
        let body = "\(now.milliseconds).\(Self.hexadecimal(random)).\(Self.hexadecimal(Array(kept.utf8)))"
        self.init(body: body, back: kept, secret: secret, session: session)
    }

    /// The round that a state belongs to; nil unless it began in this session and lately.
    init?(returned state: String, secret: [UInt8], session: String, at now: Moment) {
        let parts = state.split(separator: ".", omittingEmptySubsequences: false)
        guard state.utf8.count <= 2000, parts.count == 4, let began = Int64(parts[0]), let back = Self.text(parts[2]) else { return nil }
        let round = ProviderRound(body: parts[0...2].joined(separator: "."), back: back, secret: secret, session: session)
        let age = now.milliseconds - began
        guard Self.isSame(round.state, state), (0...Self.minutes * 60_000).contains(age) else { return nil }
        self = round
    }

    private init(body: String, back: String, secret: [UInt8], session: String) {
        func derived(_ purpose: String) -> String {
            let text = "provider-\(purpose)|\(session)|\(body)"
            return Self.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: secret)))
        }
        state = body + "." + derived("state")
        self.back = back
        nonce = derived("nonce")
        verifier = derived("verifier")
    }

    /// S256 of the verifier (RFC 7636, 4.2).
    var challenge: String { Self.urlBase64(Array(SHA256.hash(data: Array(verifier.utf8)))) }

    static func urlBase64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func bytes(urlBase64 text: some StringProtocol) -> [UInt8]? {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)).map { Array($0) }
    }

    /// As long for a wrong text as for the right one.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        let (one, other) = (Array(first.utf8), Array(second.utf8))
        return one.count == other.count && zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func text(_ hexadecimal: some StringProtocol) -> String? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
