import Crypto
import Foundation
import Storage
import Values

/// The keys under which secrets of sign-in codes stand in the store (验证码密钥): the newest seals, the older ones still open.
package struct FactorKeys: Sendable, Equatable {
    package struct Key: Sendable, Equatable {
        /// Eight hexadecimal digits, which a sealed secret names.
        package let id: String
        let bytes: [UInt8]
    }

    /// Oldest first, at least one.
    package let keys: [Key]

    /// One new key.
    init(random: (Int) -> [UInt8]) { keys = [Self.fresh(random)] }

    private init(_ keys: [Key]) { self.keys = keys }

    /// The same keys and a newer one.
    func adding(random: (Int) -> [UInt8]) -> FactorKeys { FactorKeys(keys + [Self.fresh(random)]) }

    private static func fresh(_ random: (Int) -> [UInt8]) -> Key { Key(id: hexadecimal(random(4)), bytes: random(32)) }

    package var newest: Key { keys[keys.count - 1] }

    // MARK: The file's text

    /// A key a line: its id and 64 hexadecimal digits; lines that begin with # say something. Nil for anything else.
    init?(text: String) {
        var found: [Key] = []
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, parts[0].utf8.count == 8, let bytes = Self.bytes(parts[1]), bytes.count == 32,
                Self.bytes(parts[0]) != nil,
                !found.contains(where: { $0.id == parts[0] })
            else { return nil }
            found.append(Key(id: String(parts[0]), bytes: bytes))
        }
        guard !found.isEmpty else { return nil }
        keys = found
    }

    var text: String {
        """
        # 标杆：验证码密钥。末行封存，其余的仍能解开。与数据库的备份分开保管；丢了它，启用了验证码的人要请系统管理员取消后重新启用。
        # Hallmark: keys of sign-in codes. The last line seals, the others still open. Keep apart from backups of the store.

        """ + keys.map { "\($0.id) \(hexadecimal($0.bytes))\n" }.joined()
    }

    /// Of lower-case hexadecimal digits; nil for anything else.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        func value(_ digit: UInt8) -> UInt8? {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
            default: nil
            }
        }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { step -> UInt8? in
            guard let high = value(digits[step]), let low = value(digits[step + 1]) else { return nil }
            return high << 4 | low
        }
        return bytes.count * 2 == digits.count ? bytes : nil
    }

    // MARK: Sealing

    /// AES-256-GCM, bound to the person: what is put under another person's number does not open.
    func seal(_ secret: String, of person: ID<Person>, random: (Int) -> [UInt8]) throws -> SealedSecret {
        let box = try AES.GCM.seal(
            Data(secret.utf8), using: SymmetricKey(data: newest.bytes), nonce: AES.GCM.Nonce(data: random(12)),
            authenticating: Self.bound(to: person))
        let bytes = Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
        return SealedSecret(key: newest.id, box: Data(bytes).base64EncodedString())
    }

    /// - Throws: `factor.key` where the key is not among these, `factor.unsealed` where it stands in clear, `factor.damaged`.
    func open(_ text: String, of person: ID<Person>) throws -> String {
        guard let sealed = SealedSecret(text) else { throw Self.unsealed }
        guard let key = keys.first(where: { $0.id == sealed.key }) else { throw Self.unknown(sealed.key) }
        guard let bytes = Data(base64Encoded: sealed.box), let box = try? AES.GCM.SealedBox(combined: bytes),
            let clear = try? AES.GCM.open(box, using: SymmetricKey(data: key.bytes), authenticating: Self.bound(to: person))
        else { throw Self.damaged }
        return String(decoding: clear, as: UTF8.self)
    }

    private static func bound(to person: ID<Person>) -> Data { Data("hallmark/second-factor/\(person)".utf8) }

    static func unknown(_ id: String) -> Failure {
        Failure(
            .conflict, "factor.key", "验证码密钥文件里没有封存它的那把密钥（\(id)），验证码无法核对",
            cure: "用一个恢复码，或请系统管理员恢复密钥文件；恢复不了的，由系统管理员取消这个账号的验证码后重新启用")
    }

    static let unsealed = Failure(
        .conflict, "factor.unsealed", "库里有一个没有封存的验证码密钥，不予采用", cure: "重新启动 hallmark serve，启动时会封存；或由系统管理员取消这个账号的验证码")
    static let damaged = Failure(
        .conflict, "factor.damaged", "验证码密钥被改动过，或不是这个账号的", cure: "由系统管理员取消这个账号的验证码后重新启用，并查明谁改过数据库")
}

/// A secret as it stands in the store: `sealed:<key>:<base 64>`.
struct SealedSecret: Hashable {
    let key: String
    let box: String

    init(key: String, box: String) {
        self.key = key
        self.box = box
    }

    /// Nil for what is not sealed.
    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "sealed" else { return nil }
        self.init(key: String(parts[1]), box: String(parts[2]))
    }

    var text: String { "sealed:\(key):\(box)" }
}
