import Crypto
import Foundation
import Values

/// Codes that change every thirty seconds (RFC 6238 over RFC 4226, HMAC-SHA-1, as the phones' programs have it).
struct TimedCode: Sendable {
    let secret: [UInt8]
    var digits = 6

    init(secret: [UInt8], digits: Int = 6) {
        self.secret = secret
        self.digits = digits
    }

    /// A secret as it is kept, once it is open; an empty one would be a key that everybody knows.
    ///
    /// - Throws: `factor.damaged`.
    init(base32 text: String) throws {
        guard let secret = Base32.bytes(text), !secret.isEmpty else { throw FactorKeys.damaged }
        self.init(secret: secret)
    }

    /// In milliseconds.
    static let period: Int64 = 30_000

    static func step(_ moment: Moment) -> Int64 { moment.milliseconds / period }

    func code(step: Int64) -> String {
        let message = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let most = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
        let text = String(number % most)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step whose code was given, the one before or the one after counting as well; one that was used already does not (RFC 6238, 5.2).
    func step(of given: String, at moment: Moment, after used: Int64) -> Int64? {
        let now = Self.step(moment)
        return [now, now - 1, now + 1].first { $0 > used && Self.equal(code(step: $0), given) }
    }

    private static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        return left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The address that phones' programs read (Key URI format).
    static func address(secret: String, account: String) -> String {
        let name = account.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? account
        return "otpauth://totp/Hallmark:\(name)?secret=\(secret)&issuer=Hallmark&algorithm=SHA1&digits=6&period=30"
    }
}

/// Base 32 (RFC 4648) without padding.
enum Base32 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var (result, buffer, bits) = ([UInt8](), 0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(letters[buffer >> bits & 31])
            }
        }
        if bits > 0 { result.append(letters[buffer << (5 - bits) & 31]) }
        return String(decoding: result, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        var (result, buffer, bits) = ([UInt8](), 0, 0)
        for letter in text.utf8 {
            guard let value = letters.firstIndex(of: letter) else { return nil }
            buffer = (buffer << 5 | value) & 0xFFFF
            bits += 5
            guard bits >= 8 else { continue }
            bits -= 8
            result.append(UInt8(buffer >> bits & 255))
        }
        return result
    }
}
