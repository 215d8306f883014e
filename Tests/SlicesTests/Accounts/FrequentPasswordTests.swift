import Foundation
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Frequent passwords")
struct FrequentPasswordTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
    private static let list = Result { try FrequentPasswords.load(root: root) }

    @Test(
        "what is made of listed words, walks, digits and repeats is one, however its letters are replaced",
        arguments: [
            "Password123", "P@ssw0rd2024!", "Admin@123456", "admin@123", "Welcome2025!", "1qaz@WSX3edc", "Qwer1234!!!!", "QWERTYuiop123",
            "Woaini1314!",
            "Zhangwei19900101", "Longwan@2024", "LongWan888!", "Scjgj@2026", "Biaogan-2026", "ZhiLiang@123", "Aaaa1111!!!!", "iL0veY0u520!",
            "Ｐａｓｓｗｏｒｄ１２３", "Abc123456!", "Zxcvbnm,123", "Mima123456?", "Test123!Test", "guanliyuan@888", "Asdfghjkl;1", "Gfedcba4321!",
        ])
    func frequent(_ password: String) throws {
        #expect(try Self.list.get().has(password), "\(password)")
    }

    @Test(
        "what is made of other words, or of several, is none",
        arguments: [
            "Correct-Horse-7", "Another-Horse-8", "Kv7#qLp2Zx", "我家门口的树2棵A", "sunshine-over-seven-old-bridges-7A", "Tr0ub4dor&3x",
            "mN4$wQ9!bX",
            "admin-likes-to-walk-At-7",
        ])
    func other(_ password: String) throws {
        #expect(try !Self.list.get().has(password), "\(password)")
    }

    @Test("every listed word is one with each usual ending, which comes to far more than three thousand that length and kinds let through")
    func many() throws {
        let list = try Self.list.get()
        let endings = ["@123", "@2024", "!2026", "_1234", "#8888", "@12345", "@1314", "*666", "123!", "888@"]
        let words = list.words.filter { $0.count >= 6 && $0.contains(where: \.isLetter) }
        for (step, word) in words.enumerated() {
            let password = String(word).capitalized + endings[step % endings.count]
            #expect(list.has(password), "\(password)")
        }
        for ending in endings { #expect(list.has("Quality" + ending), "\(ending)") }
        #expect(words.count > 180, "each with any four digits and a sign: more than a million")
    }

    private static func rules(_ list: FrequentPasswords) -> SignInRules {
        var rules = AccountBench.rules
        rules.frequent = list
        return rules
    }

    @Test("a password has nothing of the person's or the organisation's name in it: characters, pinyin, initials, replaced letters")
    func names() throws {
        let rules = PasswordRules(rules: Self.rules(try Self.list.get()))
        func code(_ password: String) -> String? {
            do { try rules.check(password, account: "x.y", names: ["欧阳锋", "瓯海区经济和信息化局"]) } catch { return (error as? Failure)?.code }
            return nil
        }
        for password in ["OuYangFeng-q7w", "0uyangXk-t4", "x欧阳锋x-Q7wertz", "Kx-ouhai-9Zt", "kt-OHQJJHXXHJ-1", "zt-Ohqjj-h-瓯海区经济和信息化局"] {
            #expect(code(password) == "password.own-name", "\(password)")
        }
        #expect(code("Kx-oval-9Ztrq") == nil)
        #expect(NamePinyin.texts("李") == [])
    }

    @Test("a list that is cut short or says something else is refused with its name")
    func wrong() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("list-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent(FrequentPasswords.file)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let whole = try String(contentsOf: Self.root.appendingPathComponent(FrequentPasswords.file), encoding: .utf8)
        for text in [
            "", "words: [a]", whole.replacing("most-words: 2", with: "most-words: 0"), whole.replacing("[biaogan,", with: "[Biaogan,"),
        ] {
            try text.write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: Failure.self) { try FrequentPasswords.load(root: folder) }
        }
    }

    @Test("is refused with its sentence when a password is set by a link and when it is changed", arguments: TestEngine.available)
    func refused(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine, rules: Self.rules(try Self.list.get())) { bench in
            let token = try #require(try await AccountLink.first(bench.office))
            let link = UseLink(bench.office, token: token)
            func code(_ body: () async throws -> Void) async -> String? { await bench.refusal(body)?.code }
            #expect(await code { try await link.found(account: "boss", name: "管理员甲", password: "Welcome2025!") } == "password.frequent")
            #expect(await code { try await link.found(account: "boss", name: "管理员甲", password: "Kx-shiliqu-9Z") } == "password.own-name")
            let admin = try await bench.found()
            let own = OwnAccount(bench.office, admin.id, token: try await bench.enter("admin").token, browser: "")
            let change = await bench.refusal { _ = try await own.changePassword(from: AccountBench.password, to: "P@ssw0rd2024!") }
            #expect(change?.message == "这是常用密码：由常见的词、键盘顺序和数字拼成，容易被猜中")
            #expect(
                await code { _ = try await own.changePassword(from: AccountBench.password, to: "Kx-shili-9Zabc") } == "password.own-name")
        }
    }
}
