import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

@Suite("Secrets of sign-in codes")
struct FactorKeyTests {
    private static let secret = Base32.text(Array("12345678901234567890".utf8))

    /// A folder of its own, gone afterwards.
    private static func inFolder(_ body: (FactorKeyFile) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(FactorKeyFile(path: folder.appendingPathComponent("store.keys").path))
    }

    /// An office whose keys lie in a file of their own; `isMade` where the first key is in it already.
    private static func with(
        _ engine: TestEngine, isMade: Bool = true, _ body: (AccountBench, FactorKeyFile, AccountOffice) async throws -> Void
    ) async throws {
        try await AccountBench.with(engine) { bench in
            try await inFolder { file in
                if isMade { try file.make(random: AccountBench.random) }
                var office = bench.office
                office.factorKeys = { try file.read() }
                try await body(bench, file, office)
            }
        }
    }

    /// Codes set up for somebody: the secret in clear, and the recovery codes.
    private static func enrol(_ person: Person, _ bench: AccountBench, _ office: AccountOffice) async throws -> (
        secret: String, recovery: [String]
    ) {
        let own = OwnAccount(office, person.id, token: try await bench.enter(person.account).token, browser: "")
        try await own.beginFactor(password: AccountBench.password)
        let secret = try #require(try await own.factor().pending)
        let (recovery, _) = try await own.confirmFactor(code: try code(secret, bench))
        return (secret, recovery)
    }

    private static func code(_ secret: String, _ bench: AccountBench) throws -> String {
        try TimedCode(base32: secret).code(step: TimedCode.step(bench.office.now))
    }

    /// Signs in with password and code; how far that came.
    private static func enter(_ name: String, _ secret: String, _ bench: AccountBench, _ office: AccountOffice) async throws
        -> WebSession.Stage
    {
        let half = try await bench.enter(name)
        return try await SignIn(office, browser: "").confirm(code: try code(secret, bench), token: half.token).stage
    }

    private static func stored(_ person: Person, _ bench: AccountBench) async throws -> String? {
        try await bench.store.read { try CredentialStore.credential(person.id, $0)?.factor }
    }

    private static func plant(_ text: String, for person: Person, _ bench: AccountBench) async throws {
        try await bench.store.keep { try CredentialStore.setSecrets(factor: text, pending: nil, of: person.id, $0) }
    }

    @Test("open with the key and for the person they were sealed for, and not at all otherwise")
    func sealing() throws {
        let keys = FactorKeys(random: AccountBench.random)
        let sealed = try keys.seal(Self.secret, of: ID(7), random: AccountBench.random).text
        let again = try keys.seal(Self.secret, of: ID(7), random: AccountBench.random).text
        #expect(try keys.open(sealed, of: ID(7)) == Self.secret)
        #expect(!sealed.contains(Self.secret) && sealed != again)
        func code(_ keys: FactorKeys, _ text: String, _ person: Int64) -> String? {
            do { return try keys.open(text, of: ID(person)) } catch { return (error as? Failure)?.code }
        }
        #expect(code(keys, sealed, 8) == "factor.damaged", "another person's")
        #expect(code(keys, String(sealed.dropLast(4)) + "AAA=", 7) == "factor.damaged")
        #expect(code(FactorKeys(random: AccountBench.random), sealed, 7) == "factor.key")
        #expect(code(keys, Self.secret, 7) == "factor.unsealed", "nothing in clear is taken")
        #expect(throws: Failure.self) { try TimedCode(base32: "") }
    }

    @Test(
        "a file of keys is read as it was written, and refused where it says anything else",
        arguments: [
            "", "# nothing\n", "12345678 00\n", "1234567 \(String(repeating: "0", count: 64))\n",
            "12345678 \(String(repeating: "G", count: 64))\n",
        ])
    func text(_ wrong: String) {
        let keys = FactorKeys(random: AccountBench.random).adding(random: AccountBench.random)
        #expect(FactorKeys(text: keys.text) == keys && keys.keys.count == 2)
        #expect(FactorKeys(text: keys.text + keys.keys[0].id + " " + String(repeating: "0", count: 64)) == nil, "an id twice")
        #expect(FactorKeys(text: wrong) == nil)
    }

    @Test("the file is its owner's alone, made once however many processes begin together, and refused when everybody may read it")
    func file() async throws {
        try await Self.inFolder { file in
            await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try file.make(random: AccountBench.random) } }
            }
            let keys = try file.read()
            #expect(keys.keys.count == 1)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try file.addKey(random: AccountBench.random).keys.first == keys.newest)
            #expect(try file.read().keys.count == 2)
            let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["store.keys"], "no draft stays behind")
            try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: file.path)
            #expect(throws: Failure.self) { try file.read() }
        }
    }

    @Test(
        "a store with secrets in clear is sealed when it is first served, in one act that does not say them",
        arguments: TestEngine.available)
    func migration(_ engine: TestEngine) async throws {
        try await Self.with(engine, isMade: false) { bench, file, office in
            let admin = try await bench.found()
            try await Self.plant(Self.secret, for: admin, bench)
            await #expect(throws: FactorKeyFile.unnamed) { _ = try await SealFactors(office).atStart(file: nil) }
            #expect(try await SealFactors(office).atStart(file: file) == nil)
            let sealed = try #require(try await Self.stored(admin, bench))
            let newest = try file.read().newest.id
            #expect(SealedSecret(sealed)?.key == newest)
            #expect(try await Self.enter("admin", Self.secret, bench, office) == .full)
            let head = try await bench.store.read({ try JournalQuery.head($0).position })
            #expect(try await SealFactors(office).atStart(file: file) == nil)
            #expect(try await bench.store.read({ try JournalQuery.head($0).position }) == head, "nothing more to seal, no entry")
            let details = try await bench.store.read {
                try $0.rows("select detail from journal where action = 'accounts.seal-factors'").map { $0.text(0) }
            }
            #expect(details.count == 1 && !details[0].contains(Self.secret) && details[0].contains("\"secrets\":\"1\""))
            #expect(try await bench.store.verify().findings == [])
        }
    }

    @Test(
        "a newer key seals from then on, what an older one sealed still opens, and comes under the newest at use",
        arguments: TestEngine.available)
    func rotation(_ engine: TestEngine) async throws {
        try await Self.with(engine) { bench, file, office in
            let admin = try await bench.found()
            let (secret, _) = try await Self.enrol(admin, bench, office)
            let first = try file.read().newest.id
            let keys = try file.addKey(random: AccountBench.random)
            let before = try #require(try await Self.stored(admin, bench))
            #expect(SealedSecret(before)?.key == first)
            bench.clock.move(milliseconds: 30_000)
            #expect(try await Self.enter("admin", secret, bench, office) == .full)
            let after = try #require(try await Self.stored(admin, bench))
            #expect(SealedSecret(after)?.key == keys.newest.id)
            try await SealFactors(office).renew(file)
            let newest = try file.read().newest.id
            #expect(try await SealFactors(office).standing() == .init(clear: 0, sealed: [newest: 1]))
            bench.clock.move(milliseconds: 30_000)
            #expect(try await Self.enter("admin", secret, bench, office) == .full)
        }
    }

    @Test(
        "without the key file a code is not checked and none is set up; a recovery code opens, and the administrator drops it",
        arguments: TestEngine.available)
    func lost(_ engine: TestEngine) async throws {
        try await Self.with(engine) { bench, file, office in
            let admin = try await bench.found()
            let officer = try await bench.open("li", .leader, by: admin)
            let (secret, recovery) = try await Self.enrol(officer, bench, office)
            try FileManager.default.removeItem(atPath: file.path)
            #expect(try await SealFactors(office).atStart(file: file)?.code == "factor.key-missing")
            #expect(!file.exists, "no new file stands where one was lost")
            bench.clock.move(milliseconds: 30_000)
            let half = try await bench.enter("li")
            let signIn = SignIn(office, browser: "")
            let refusal = await bench.refusal { _ = try await signIn.confirm(code: Self.code(secret, bench), token: half.token) }
            #expect(refusal?.code == "factor.key-missing")
            #expect(try await signIn.confirm(code: recovery[0], token: half.token).stage == .full)
            let own = OwnAccount(office, admin.id, token: try await bench.enter("admin").token, browser: "")
            #expect(await bench.refusal { try await own.beginFactor(password: AccountBench.password) }?.code == "factor.key-missing")

            try await SealFactors(office).renew(file)
            #expect(
                try await SealFactors(office).atStart(file: file)?.code == "factor.key", "the operator is told that some stay closed")
            try await ManageAccounts(office, by: admin.actor).dropFactor(officer.id, request: "drop")
            #expect(try await SealFactors(office).atStart(file: file) == nil)
            let fresh = try await Self.enrol(officer, bench, office)
            #expect(fresh.secret != secret)
        }
    }

    @Test("a secret put under another person's number by whoever writes to the store's file opens nothing", arguments: TestEngine.available)
    func planted(_ engine: TestEngine) async throws {
        try await AccountBench.with(engine) { bench in
            let admin = try await bench.found()
            let officer = try await bench.open("li", .leader, by: admin)
            let (secret, _) = try await Self.enrol(officer, bench, bench.office)
            for text in [try #require(try await Self.stored(officer, bench)), secret] {
                try await Self.plant(text, for: admin, bench)
                bench.clock.move(milliseconds: 30_000)
                let refusal = await bench.refusal { _ = try await Self.enter("admin", secret, bench, bench.office) }
                #expect(refusal?.code == (text == secret ? "factor.unsealed" : "factor.damaged"))
            }
        }
    }

    @Test(
        "one that does not open stays as it is under a new key, the others are sealed, and the entry counts both",
        arguments: TestEngine.available)
    func damaged(_ engine: TestEngine) async throws {
        try await Self.with(engine) { bench, file, office in
            let admin = try await bench.found()
            let officer = try await bench.open("li", .leader, by: admin)
            let (secret, _) = try await Self.enrol(officer, bench, office)
            let strange = try #require(try await Self.stored(officer, bench))
            try await Self.plant(strange, for: admin, bench)
            try await SealFactors(office).renew(file)
            #expect(try await Self.stored(admin, bench) == strange)
            bench.clock.move(milliseconds: 30_000)
            #expect(try await Self.enter("li", secret, bench, office) == .full)
            let detail = try await bench.store.read {
                try $0.row("select detail from journal where action = 'accounts.seal-factors' order by position desc")?.text(0)
            }
            #expect(detail?.contains("\"secrets\":\"1\"") == true && detail?.contains("\"damaged\":\"1\"") == true)
        }
    }
}
