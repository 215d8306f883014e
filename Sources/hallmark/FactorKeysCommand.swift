import Accounts
import ArgumentParser
import Foundation
import Questions
import Values

struct DropFactorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "drop-factor", abstract: "取消账号的验证码，结束其全部登录；本人登录后重新启用")

    @Argument(help: "账号名")
    var account: String

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let person = try await options.person(account, office)
        try await ManageAccounts(office, by: options.actor).dropFactor(person.id, request: UUID().uuidString)
        options.show(done: "已取消 \(person.account) 的验证码。", person)
    }
}

/// `hallmark account factor-keys`: which keys there are, how many secrets each one seals; a new one.
struct FactorKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factor-keys", abstract: "验证码密钥文件：列出，或换一把新的",
        discussion: """
            验证码的密钥封存在库里，开它的钥匙在这个文件里，不在库里，也不在库的备份里：请另行备份。
            --new 加一把新的，库里的都改用它封存；旧的留在文件里，等“封存的”为 0 而且没有要恢复的旧备份了再从文件里删去。
            文件丢了、库里还有它封存的：--new 建一个新文件，旧的那些要逐个取消（drop-factor）后由本人重新启用。
            """)

    @Flag(name: .customLong("new"), help: "加一把新的密钥")
    var isNew = false

    @Option(
        name: .customLong("factor-keys"),
        help: ArgumentHelp("验证码密钥文件（缺省 HALLMARK_FACTOR_KEYS，或数据库文件名加 .keys）", valueName: "file"))
    var factorKeys: String?

    @OptionGroup var options: AccountOptions

    func run() async throws {
        guard let file = try options.storing.address.factorKeys(factorKeys) else { throw FactorKeyFile.unnamed }
        let office = try await options.office()
        let seal = SealFactors(office)
        if isNew { try await seal.renew(file) }
        let keys = try file.read()
        let standing = try await seal.standing()
        let lost = standing.sealed.filter { !keys.has($0.key) }.sorted { $0.key < $1.key }
        let rows =
            keys.keys.map { ($0.id, standing.sealed[$0.id] ?? 0, $0.id == keys.newest.id ? "封存用" : "只解开") }
            + lost.map { ($0.key, $0.value, "不在文件里") }
        if options.common.json {
            Output.json(.list(rows.map { .object([("key", .text($0.0)), ("secrets", JSONValue(Int64($0.1))), ("state", .text($0.2))]) }))
        } else {
            Output.table(["密钥", "封存的", "状态"], rows.map { [$0.0, String($0.1), $0.2] })
        }
    }
}
