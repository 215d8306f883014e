import TestSupport
import Testing

@testable import Storage

@Suite("The text that is digested")
struct DigestTextTests {
    @Test(
        "a blob of any length is its hexadecimal digits, in one piece or several", arguments: [0, 1, 15, 32_767, 32_768, 32_769, 100_003])
    func blobs(length: Int) {
        var random = SeededRandom(UInt64(length))
        let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let digits = Array("0123456789abcdef".utf8)
        let text = Array("open\noriginal\nt1:a\nb".utf8) + bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } + [10]
        var whole = DigestText("open", "original")
        var pieces = DigestText("open", "original")
        whole.add(.text("a"))
        pieces.add(.text("a"))
        whole.add(.blob(bytes))
        pieces.addBlob { take in
            for start in stride(from: 0, to: bytes.count, by: 40_000) {
                bytes[start..<min(start + 40_000, bytes.count)].withUnsafeBytes { take($0) }
            }
        }
        #expect(whole.digest() == pieces.digest())
        #expect(whole.digest().text == sha256(text))
    }
}
