import Accounts
import ArgumentParser
import Foundation
import Imports
import Questions
import Values
import WebSupport

/// `hallmark rights`: every address with the right it needs and the roles that hold it.
struct RightsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights", abstract: "列出每个地址要什么权限、哪些岗位有",
        discussion: """
            表里没有的岗位一律不能用。● 全库，○ 只限本镇街，◐ 按令牌的授权，◑ 只限负责这一栏的部门。

            例：
              hallmark rights
              hallmark rights --markdown > docs/rights.md
            """)

    @Flag(name: .long, help: "写成文档里的表格")
    var markdown = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-rights-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let assembly = try await Assembly.open(.file(folder.appendingPathComponent("empty.sqlite").path), root: common.root)
        var routes = assembly.routes(uploads: folder, tokens: try assembly.tokens(), hasOpenPages: true)
        routes.add(AccountRoutes.table(try assembly.accounts(), base: ""))
        let all = (routes.routes).sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
        if common.json {
            Output.json(.list(all.map(Self.json)))
        } else if markdown {
            Self.write(all)
        } else {
            Output.table(
                ["地址", "权限"] + Role.allCases.map(\.title.chinese),
                all.map { route in
                    ["\(route.method.rawValue) \(route.path)", route.may.title.chinese] + Role.allCases.map { Self.mark(route.may, $0) }
                })
        }
    }

    private static func json(_ route: Route) -> JSONValue {
        .object([
            ("method", .text(route.method.rawValue)), ("path", .text(route.path)), ("right", .text(route.may.name)),
            ("everything", .list(Role.allCases.filter { route.may.reach(of: $0) == .everything }.map { .text($0.rawValue) })),
            ("ownTown", .list(Role.allCases.filter { route.may.reach(of: $0) == .ownTown }.map { .text($0.rawValue) })),
            ("asGranted", .list(Role.allCases.filter { route.may.reach(of: $0) == .asGranted }.map { .text($0.rawValue) })),
            ("ofDuty", .list(Role.allCases.filter { route.may.duty(of: $0) != nil }.map { .text($0.rawValue) })),
            ("accounts", .boolean(route.may.holders == .accounts)),
        ])
    }

    private static func mark(_ right: Right, _ role: Role) -> String {
        switch right.reach(of: role) {
        case .everything: "●"
        case .ownTown: "○"
        case .asGranted: "◐"
        case .ofDuty: "◑"
        case nil: right.holders == .accounts && role != .visitor ? "本人" : ""
        }
    }

    /// Rights with the roles that hold them, then the addresses under each right.
    private static func write(_ routes: [Route]) {
        // What an act asks beside its address stands in the table, too.
        let rights = Dictionary((routes.map(\.may) + ImportRights.all).map { ($0.name, $0) }) { first, _ in first }.values.sorted {
            $0.name < $1.name
        }
        Output.line("# 权限 · Rights\n")
        Output.line(
            "由 `hallmark rights --markdown` 写出；测试把它与程序逐条比对。没有标记的岗位不能用。● 全库，○ 只限本镇街，◐ 按令牌的授权，◑ 只限负责这一栏的部门（[部门职责](../regulations/duties/departments.yaml)），本人 = 有账号的人办自己的事。"
        )
        Output.line(
            "Written by `hallmark rights --markdown` and held against the program by a test. No mark: no right. ● the whole store, ○ the own town, ◐ as the token grants, ◑ departments that answer for the column, 本人 one's own account.\n"
        )
        Output.line("| 权限 | 代码 | " + Role.allCases.map(\.title.chinese).joined(separator: " | ") + " |")
        Output.line("| --- | --- |" + String(repeating: " --- |", count: Role.allCases.count))
        for right in rights {
            Output.line(
                "| \(right.title.chinese) | \(right.name) | " + Role.allCases.map { mark(right, $0) }.joined(separator: " | ") + " |")
        }
        Output.line("\n| 地址 | 权限 |\n| --- | --- |")
        for route in routes { Output.line("| \(route.method.rawValue) \(route.path) | \(route.may.name) |") }
    }
}
