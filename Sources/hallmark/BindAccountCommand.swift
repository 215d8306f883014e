import Accounts
import ArgumentParser
import Foundation
import Questions
import Values

struct BindAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "bind", abstract: "把账号与统一身份认证里的一个人绑定")

    @Argument(help: "账号名")
    var account: String

    @Option(name: .long, help: "统一身份认证系统的地址，与设置文件里的 issuer 一样")
    var issuer: String

    @Option(name: .long, help: "这个人在那里的 sub")
    var subject: String

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let person = try await options.person(account, office)
        let bare = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        try await BindIdentity(office, by: options.actor).bind(person.id, issuer: bare, subject: subject, request: UUID().uuidString)
        options.show(done: "已绑定 \(person.account)。", person)
    }
}

struct UnbindAccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unbind", abstract: "解除账号与统一身份认证的绑定，结束其全部登录")

    @Argument(help: "账号名")
    var account: String

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let office = try await options.office()
        let person = try await options.person(account, office)
        try await BindIdentity(office, by: options.actor).unbind(person.id, request: UUID().uuidString)
        options.show(done: "已解除 \(person.account) 的绑定。", person)
    }
}
