import Dispatch
import Foundation
import Testing
import Values

@testable import Accounts

@Suite("Codes from a phone")
struct TimedCodeTests {
    private static let secret = Array("12345678901234567890".utf8)

    @Test(
        "are those of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func vectors(_ seconds: Int64, _ code: String) {
        let step = TimedCode.step(Moment(milliseconds: seconds * 1000))
        #expect(TimedCode(secret: Self.secret, digits: 8).code(step: step) == code)
    }

    @Test("hold for one step before and after, and never again after use")
    func window() {
        let codes = TimedCode(secret: Self.secret)
        let now = Moment(milliseconds: 1_111_111_111_000)
        let step = TimedCode.step(now)
        for offset: Int64 in -1...1 { #expect(codes.step(of: codes.code(step: step + offset), at: now, after: 0) == step + offset) }
        for offset: Int64 in [-2, 2] { #expect(codes.step(of: codes.code(step: step + offset), at: now, after: 0) == nil) }
        #expect(codes.step(of: codes.code(step: step), at: now, after: step) == nil)
        #expect(codes.step(of: "", at: now, after: 0) == nil)
    }

    @Test("come from secrets in base 32 (RFC 4648, section 10)")
    func base32() {
        for (plain, text) in [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
        ] {
            #expect(Base32.text(Array(plain.utf8)) == text)
            #expect(Base32.bytes(text) == Array(plain.utf8))
        }
        #expect(Base32.bytes("M1") == nil)
        #expect(TimedCode.address(secret: "ABC", account: "张三").hasPrefix("otpauth://totp/Hallmark:%E5%BC%A0%E4%B8%89?secret=ABC&"))
    }
}

@Suite("Passwords")
struct PasswordTests {
    @Test("are hashed by scrypt as RFC 7914, section 12, has it")
    func vector() throws {
        let hash = try PasswordHash("pleaseletmein", cost: 14, salt: Array("SodiumChloride".utf8))
        let key = try #require(hash.text.split(separator: "$").last.flatMap { Data(base64Encoded: String($0)) })
        #expect(key.map { String(format: "%02x", $0) }.joined() == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("wait for one another in a short queue; whoever would make it longer is told to come back")
    func queue() async throws {
        let work = PasswordWork(threads: 1, queue: 1)
        let gate = DispatchSemaphore(value: 0)
        async let first: Void = work.run { gate.wait() }
        async let second: Void = work.run { gate.wait() }
        while work.underWay < 2 { try await Task.sleep(for: .milliseconds(5)) }
        let failure = await #expect(throws: Failure.self) { try await work.run {} }
        #expect(failure?.code == "sign-in.busy" && failure?.kind == .busy)
        gate.signal()
        gate.signal()
        _ = try await (first, second)
        try await work.run {}
    }

    @Test("are known again from the text of their hash, whatever form their accents were typed in")
    func text() throws {
        let hash = try #require(PasswordHash(text: PasswordHash("Caf\u{E9} 1", cost: 4, salt: [1, 2, 3]).text))
        #expect(try hash.matches("Cafe\u{301} 1"))
        #expect(try !hash.matches("Cafe 1"))
        #expect(hash.cost == 4)
        for broken in ["", "scrypt$15$x", "md5$4$AAAA$AAAA", "scrypt$99$AAAA$AAAA"] { #expect(PasswordHash(text: broken) == nil) }
    }

    @Test(
        "are refused when they are too short, of too few kinds, or hold the account's name",
        arguments: [
            ("Short-1", "password.short"), ("onlysmallletters", "password.classes"), ("My-zhang.san-77", "password.name"),
            (String(repeating: "Aa1", count: 200), "password.long"), ("Correct-Horse-7", nil), ("正确的马电池订书钉 A1", nil),
        ] as [(String, String?)])
    func rules(_ password: String, _ code: String?) {
        var found: String?
        do {
            try PasswordRules(rules: AccountBench.rules).check(password, account: "zhang.san")
        } catch { found = (error as? Failure)?.code }
        #expect(found == code)
    }
}
