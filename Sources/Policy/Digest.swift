import Crypto
package import Foundation

/// SHA-256 as lower case hexadecimal, the name under which adopted bytes are kept.
package enum Digest {
    /// 64 digits.
    package static func hexadecimal(of bytes: Data) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
