import Crypto
import CryptoExtras
import Foundation
import Values

/// A password's scrypt hash with its cost and salt beside it (RFC 7914), so that the cost can rise without anybody losing a password.
struct PasswordHash: Sendable, Hashable {
    /// The binary logarithm of N; r and p are 8 and 1.
    let cost: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    private static let blockSize = 8

    init(_ password: String, cost: Int, salt: [UInt8]) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, cost: cost, salt: salt)
    }

    /// One that no password is known to have; verifying against it costs what a real one costs.
    init(decoy cost: Int, random: (Int) -> [UInt8]) {
        self.cost = cost
        salt = random(16)
        key = random(32)
    }

    /// From its text, `scrypt$15$salt$key`; nil where it is none.
    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "scrypt", let cost = Int(parts[1]), (1...24).contains(cost),
            let salt = Data(base64Encoded: String(parts[2])), let key = Data(base64Encoded: String(parts[3])), key.count == 32
        else { return nil }
        self.cost = cost
        self.salt = Array(salt)
        self.key = Array(key)
    }

    var text: String { "scrypt$\(cost)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())" }

    /// Compares in constant time.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, cost: cost, salt: salt)
        guard other.count == key.count else { return false }
        return zip(other, key).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, cost: Int, salt: [UInt8]) throws -> [UInt8] {
        // Composed forms, so that a password typed on another system is the same bytes (NIST SP 800-63B, 5.1.1.2).
        let bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        let rounds = 1 << cost
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize, parallelism: 1,
            maxMemory: 128 * blockSize * rounds + (4 << 20))
        return key.withUnsafeBytes { Array($0) }
    }
}
