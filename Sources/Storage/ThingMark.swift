import Crypto

/// What a thing is known by where millions are held at once: the first half of the SHA-256 of its name.
package struct ThingMark: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    package init(_ name: String) {
        var name = name
        let digest = name.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        (high, low) = digest.withUnsafeBytes { bytes in
            (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
    }
}
