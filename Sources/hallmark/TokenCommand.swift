import Accounts
import ArgumentParser
import Foundation
import Interface
import Questions
import Storage
import Values

/// `hallmark token`: tokens for other systems without a browser, for the operator of the machine.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "接口的令牌：发给外部系统、列出、撤销",
        discussion: """
            令牌只显示一次；外部系统只能查询，只在所给的权限内。说明见 docs/api.md。

            例：
              hallmark token create --name 征信平台 --purpose 核对抽查结果 --right questions.ask --days 90
              hallmark token list
              hallmark token revoke 3
            """,
        subcommands: [CreateTokenCommand.self, ListTokensCommand.self, RevokeTokenCommand.self])
}

struct CreateTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "发一个令牌，打印在第一行")

    @Option(name: .long, help: "系统的名称")
    var name: String

    @Option(name: .long, help: "用途，每次查询都记下")
    var purpose: String

    @Option(name: .customLong("right"), help: ArgumentHelp("权限的代码，见 docs/rights.md 里“外部系统”一列；可重复", valueName: "code"))
    var rights: [String]

    @Option(name: .long, help: "镇街的编号，只给它的数据")
    var town: Int64?

    @Option(name: .long, help: "有效天数")
    var days = 90

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let tokens = try await Assembly.open(options.storing.existing(), root: options.common.root).tokens()
        let issue = IssueToken(title: name, purpose: purpose, rights: rights, region: town, days: days)
        let token = try await issue.forSystem(tokens, by: options.actor, request: UUID().uuidString)
        if options.common.json { Output.json(.object([("token", JSONValue(token))])) } else { Output.line(token ?? "") }
    }
}

struct ListTokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出令牌")

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let tokens = try await Assembly.open(options.storing.existing(), root: options.common.root).tokens()
        let all = try await tokens.list()
        if options.common.json {
            Output.json(
                .list(
                    all.map { listed in
                        .object([
                            ("token", .integer(listed.token.id.number)), ("name", .text(listed.token.title)),
                            ("purpose", .text(listed.token.purpose)), ("rights", .list(listed.token.rights.map(JSONValue.text))),
                            ("lastDay", .text(listed.token.lastDay.description)), ("revoked", .boolean(listed.token.isRevoked)),
                            ("lastUse", JSONValue(listed.usedAt?.description)),
                        ])
                    }))
        } else {
            Output.table(
                ["编号", "名称", "用途", "权限", "有效到", "最近使用", "状态"],
                all.map { listed in
                    [
                        String(listed.token.id.number), listed.token.title, listed.token.purpose,
                        listed.token.rights.joined(separator: " "),
                        listed.token.lastDay.description, listed.usedAt?.description ?? "", listed.token.isRevoked ? "已撤销" : "",
                    ]
                })
        }
    }
}

struct RevokeTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "撤销一个令牌，立即失效")

    @Argument(help: "令牌的编号")
    var token: Int64

    @OptionGroup var options: AccountOptions

    func run() async throws {
        let tokens = try await Assembly.open(options.storing.existing(), root: options.common.root).tokens()
        try await RevokeToken(ID(token)).perform(on: tokens, by: options.actor, request: UUID().uuidString)
        if options.common.json { Output.json(.object([("token", .integer(token))])) } else { Output.line("已撤销令牌 \(token)。") }
    }
}
