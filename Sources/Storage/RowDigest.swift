import Crypto

/// A SHA-256 in four words that order as its bytes do; an act of a million rows keeps millions of them.
struct RowDigest: Sendable, Hashable, Comparable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ digest: SHA256Digest) {
        words = digest.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 { UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// From its text; nil where that is none.
    init?(text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        let parts = (0..<4).map { place in UInt64(text.dropFirst(place * 16).prefix(16), radix: 16) ?? 0 }
        words = (parts[0], parts[1], parts[2], parts[3])
    }

    /// 64 hexadecimal digits.
    var text: String {
        var bytes: [UInt8] = []
        withBytes { bytes = Array($0) }
        return hexadecimal(bytes)
    }

    static func == (left: RowDigest, right: RowDigest) -> Bool { left.words == right.words }
    static func < (left: RowDigest, right: RowDigest) -> Bool { left.words < right.words }
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

    /// Hands the 32 bytes on.
    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        let bytes = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        withUnsafeBytes(of: bytes, body)
    }
}

/// The digest of an entry: SHA-256 over the row digests in ascending order, so that the order of writing does not matter.
///
/// Takes the digests over, so that millions of them are sorted where they lie.
func entryDigest(_ digests: consuming [RowDigest]) -> String {
    var hash = SHA256()
    digests.sort()
    for digest in digests { digest.withBytes { hash.update(bufferPointer: $0) } }
    return hexadecimal(hash.finalize())
}

/// The text that is digested; see `RecordTable.digest`. Long texts are hashed piece by piece, and the room is used again.
struct DigestText {
    private var bytes: [UInt8] = []
    private var hash: SHA256?
    private static let piece = 65_536

    init(_ verb: String, _ table: String) { begin(verb, table) }

    /// Starts another text in the same room.
    mutating func begin(_ verb: String, _ table: String) {
        bytes.removeAll(keepingCapacity: true)
        hash = nil
        bytes.append(contentsOf: verb.utf8)
        bytes.append(10)
        bytes.append(contentsOf: table.utf8)
        bytes.append(10)
    }

    mutating func add(_ value: Value) {
        switch value {
        case .null: bytes.append(UInt8(ascii: "n"))
        case .integer(let number):
            bytes.append(UInt8(ascii: "i"))
            bytes.append(decimal: number)
        case .real(let number): bytes.append(contentsOf: "r\(number)".utf8)
        case .text(var text):
            text.withUTF8 { utf8 in
                bytes.append(UInt8(ascii: "t"))
                bytes.append(decimal: Int64(utf8.count))
                bytes.append(UInt8(ascii: ":"))
                bytes.append(contentsOf: utf8)
            }
        case .blob(let data):
            bytes.append(UInt8(ascii: "b"))
            data.withUnsafeBytes { addHexadecimal($0) }
        }
        bytes.append(10)
        passOn()
    }

    /// A blob that comes in pieces: `b`, then its bytes, then the line's end.
    mutating func addBlob(_ pieces: ((UnsafeRawBufferPointer) -> Void) throws -> Void) rethrows {
        bytes.append(UInt8(ascii: "b"))
        try pieces { addHexadecimal($0) }
        bytes.append(10)
    }

    private mutating func addHexadecimal(_ data: UnsafeRawBufferPointer) {
        var rest = data[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.piece / 2)
            rest = rest.dropFirst(some.count)
            // Two digits a byte, written side by side: an original has hundreds of megabytes.
            let digits = [UInt8](unsafeUninitializedCapacity: some.count * 2) { digits, count in
                for byte in some {
                    let (high, low) = (byte >> 4, byte & 15)
                    digits[count] = high < 10 ? 48 + high : 87 + high
                    digits[count + 1] = low < 10 ? 48 + low : 87 + low
                    count += 2
                }
            }
            bytes.append(contentsOf: digits)
            passOn()
        }
    }

    private mutating func passOn() {
        guard bytes.count >= Self.piece else { return }
        var hash = self.hash ?? SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self.hash = hash
        bytes.removeAll(keepingCapacity: true)
    }

    func digest() -> RowDigest { RowDigest(finished()) }

    func finished() -> SHA256Digest {
        var hash = self.hash ?? SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }
}

extension [UInt8] {
    /// The number in decimal digits, without a string between.
    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        if rest < 10 {
            append(48 + UInt8(rest))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var place = 20
            while rest > 0 {
                place -= 1
                digits[place] = 48 + UInt8(rest % 10)
                rest /= 10
            }
            append(contentsOf: digits[place...])
        }
    }
}
