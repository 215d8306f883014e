import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

/// Addresses of questions as nobody would write them: parts left out, doubled, cut, grown and mixed, from a seed.
///
/// The reading of a question needs the store's words and so is not among the targets of libFuzzer; what it is given here goes through the whole
/// server. `HALLMARK_SEED` chooses what is asked; a deep run asks for more.
@Suite("Addresses of questions at random")
struct QuestionAddressFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["HALLMARK_DEEP"] == nil ? 3_000 : 100_000
    private static let seed = environment["HALLMARK_SEED"].flatMap { UInt64($0) } ?? 20_260_302

    private static let paths = [
        "batch", "batch/export", "batch/values", "none", "", "views", "views/1", "maps", "%E6%89%B9", "batch/../batch",
    ]
    private static let names = [
        "metric", "where", "by", "on", "known", "as", "structure", "q", "page", "value", "dimension", "second", "format", "rows", "sort",
        "from",
        "to", "show", "year", "", "where%5B%5D", "题",
    ]
    private static let values = [
        "count", "pass-rate", "amount", "verdict=fail", "verdict=pass|fail", "region=南海", "region=330303", "verdict＝不合格", "product=皮鞋", "=",
        "region=", "=fail", "2013-08-29", "2013-02-30", "0000-00-00", "9999-12-31", "-9223372036854775808", "9223372036854775808", "4", "0",
        "-1",
        "trend", "cross", "bars", "map", "now", "then", "2012-12-31", "verdict", "region", "level", "xlsx", "csv", "json", "NaN", "1e309",
        "\u{0}",
        "％", "'; drop table batch; --", "<script>", "\u{202E}", "\r\nSet-Cookie: a=b", String(repeating: "a|", count: 600), "💡", "||||",
    ]

    /// A value kept, cut, doubled, spoilt at one place or joined to another.
    private static func value(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = Array((values.randomElement(using: &random) ?? "").utf8)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        case 1: bytes += bytes
        case 2: bytes += Array((values.randomElement(using: &random) ?? "").utf8)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...bytes.count, using: &random))
        case 4 where !bytes.isEmpty: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        default: break
        }
        return bytes
    }

    /// Percent-encoded as browsers do, or now and then with an escape that is none.
    private static func encoded(_ bytes: [UInt8], _ random: inout SeededRandom) -> String {
        let text = bytes.map { byte in
            let isPlain = byte < 128 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            return isPlain ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }.joined()
        return Int.random(in: 0..<40, using: &random) == 0 ? text + ["%", "%4", "%zz", "+"].randomElement(using: &random)! : text
    }

    private static func address(_ random: inout SeededRandom) -> String {
        let parts = (0..<Int.random(in: 0...7, using: &random)).map { _ in
            let name = names.randomElement(using: &random) ?? ""
            return Int.random(in: 0..<12, using: &random) == 0 ? name : "\(name)=\(encoded(value(&random), &random))"
        }
        let path = Int.random(in: 0..<4, using: &random) == 0 ? paths.randomElement(using: &random) ?? "" : "batch"
        return "/questions/\(path)?" + parts.joined(separator: "&")
    }

    @Test("each is answered or refused with a sentence; none ends in an error of the server")
    func asked() async throws {
        let application = try await QuestionFixture().application()
        try await application.test(.router) { client in
            var random = SeededRandom(Self.seed)
            var statuses: [Int: Int] = [:]
            for _ in 0..<Self.count {
                let address = Self.address(&random)
                let answer = try await client.execute(uri: address, method: .get, headers: [.accept: "text/html"])
                statuses[Int(answer.status.code), default: 0] += 1
                guard answer.status.code < 500 || answer.status == .serviceUnavailable else {
                    Issue.record("\(address) → \(answer.status.code)")
                    continue
                }
                #expect(answer.headers.first { $0.name == .setCookie && $0.value.contains("a=b") } == nil, "\(address)")
            }
            // Both ways were taken, or nothing was tried.
            #expect(
                statuses[200, default: 0] > Self.count / 50
                    && statuses.filter { (400..<500).contains($0.key) }.values.reduce(0, +) > Self.count / 10, "\(statuses)")
        }
    }
}
