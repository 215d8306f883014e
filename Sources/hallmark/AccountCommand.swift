import Accounts
import ArgumentParser
import Foundation
import Questions
import Storage
import Values

/// `hallmark account`: accounts without a browser, for the operator of the machine.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "账号：建立、停用、发重设链接、列出",
        discussion: """
            密码不经过命令行：建立和重设都给出一次性链接，由本人设密码。

            例：
              hallmark account create zhang.san --name 张三 --role town-officer --town 3303030010
              hallmark account reset-link zhang.san
              hallmark account disable zhang.san
              hallmark account list
              hallmark account bind zhang.san --issuer https://sso.example.gov.cn --subject 8c1f0a
              hallmark account unbind zhang.san
              hallmark account drop-factor zhang.san
              hallmark account factor-keys --new
            """,
        subcommands: [
            CreateAccountCommand.self, DisableAccountCommand.self, ResetLinkCommand.self, ListAccountsCommand.self, BindAccountCommand.self,
            UnbindAccountCommand.self, DropFactorCommand.self, FactorKeysCommand.self,
        ])
}

/// What the commands on accounts share.
struct AccountOptions: ParsableArguments {
    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    /// The operator of the machine acts as an administrator.
    var actor: Actor { Actor(name: storing.actor ?? Actor.local.name, role: .administrator) }

    func office() async throws -> AccountOffice { try await Assembly.open(storing.existing(), root: common.root).accounts() }

    /// - Throws: `account.missing`.
    func person(_ account: String, _ office: AccountOffice) async throws -> Person {
        let name = AccountName.folded(account)
        guard let person = try await office.store.read({ try PersonStore.person(account: name, $0) }) else {
            throw Failure(.missing, "account.missing", "没有名为“\(account)”的账号", cure: "用 hallmark account list 查看")
        }
        return person
    }

    func show(done sentence: String, _ person: Person) {
        if common.json { Output.json(.object([("account", .text(person.account))])) } else { Output.line(sentence) }
    }

    /// The part of a link that every address of the server shares stands before it.
    func show(link token: String, _ office: AccountOffice) {
        if common.json {
            Output.json(.object([("path", .text("/link/\(token)")), ("hours", JSONValue(Int64(office.rules.linkHours)))]))
        } else {
            Output.line("/link/\(token)")
            Output.error("把它接在服务的地址后面交给本人：\(office.rules.linkHours) 小时内有效，用一次就作废。")
        }
    }
}

struct CreateAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "建立账号，给出设密码的一次性链接")

    @Argument(help: "账号名")
    var account: String

    @Option(name: .long, help: "姓名")
    var name: String

    @Option(
        name: .long,
        help: ArgumentHelp("岗位：" + Role.allCases.filter { $0 != .visitor && $0 != .outsideSystem }.map(\.rawValue).joined(separator: "、")))
    var role: String

    @Option(name: .long, help: "镇街的编号，镇街岗位才有")
    var town: Int64?

    @OptionGroup var options: AccountOptions

    func run() async throws {
        guard let role = Role(rawValue: role) else {
            throw Failure(.invalid, "account.role", "没有名为“\(role)”的岗位", cure: "用 --help 查看岗位")
        }
        let office = try await options.office()
        let draft = PersonDraft(account: account, name: name, role: role, region: town)
        let (_, token) = try await ManageAccounts(office, by: options.actor).create(draft, request: UUID().uuidString)
        if let token { options.show(link: token, office) }
    }
}

struct DisableAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "disable", abstract: "停用账号，结束其全部登录")

    @Argument(help: "账号名")
    var account: String

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let person = try await options.person(account, office)
        try await ManageAccounts(office, by: options.actor).setEnabled(false, person.id, request: UUID().uuidString)
        options.show(done: "已停用 \(person.account)。", person)
    }
}

struct ResetLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reset-link", abstract: "发重设密码的一次性链接")

    @Argument(help: "账号名")
    var account: String

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let person = try await options.person(account, office)
        options.show(link: try await ManageAccounts(office, by: options.actor).issueLink(person.id), office)
    }
}

struct ListAccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出账号")

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let (people, places) = try await office.store.read { (try PersonStore.all($0), try office.places($0)) }
        func town(_ person: Person) -> String? { places.towns.first { $0.id == person.region }?.name }
        if options.common.json {
            Output.json(
                .list(
                    people.map { person in
                        .object([
                            ("account", .text(person.account)), ("name", .text(person.name)), ("role", .text(person.role.rawValue)),
                            ("town", JSONValue(town(person))), ("enabled", .boolean(person.isEnabled)),
                        ])
                    }))
        } else {
            Output.table(
                ["账号名", "姓名", "岗位", "镇街", "状态"],
                people.map { [$0.account, $0.name, $0.role.title.chinese, town($0) ?? "", $0.isEnabled ? "在用" : "已停用"] })
        }
    }
}
