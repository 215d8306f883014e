import ArgumentParser
import DecisionTables
import Enterprises
import Foundation
import Policy
import Programmes
import Questions
import Storage
import Values

/// A day on the command line.
struct DayArgument: ExpressibleByArgument {
    let day: Day

    init?(argument: String) {
        guard let day = Day(argument) else { return nil }
        self.day = day
    }
}

/// `hallmark classify`: what the tables in force propose for every enterprise.
struct ClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify", abstract: "按已采纳方案的规则给企业归类（系统建议，由人确认）",
        discussion: """
            例：
              hallmark classify
              hallmark classify --programme longwan-2006 --on 2007-03-31 --json
            """)

    @Option(name: .long, help: ArgumentHelp("只算一个方案", valueName: "id"))
    var programme: String?

    @Option(name: .long, help: ArgumentHelp("哪一天的情况，缺省为今天", valueName: "date"))
    var on: DayArgument?

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let desk = assembly.desk
        let day = on?.day ?? assembly.office.clock.today
        let (actor, wanted) = (storing.acting, programme)
        let runs = try await assembly.store.read { session in
            let folders = try desk.adopted(session).filter { wanted == nil || $0.programme.id == wanted }
            return try folders.flatMap { try desk.classTables($0, session) }.map {
                try desk.classify($0, on: day, known: nil, by: actor, session)
            }
        }
        guard !runs.isEmpty else {
            throw Failure(.missing, "programme.none-adopted", "库里没有已采纳、带分类规则的方案", cure: "先运行 hallmark programme adopt")
        }
        if common.json { return Output.json(.object([("tables", .list(runs.map(json)))])) }
        for run in runs {
            Output.line("\(run.table.programme.title) · \(run.table.asWritten.label)（\(run.year)年数据，共\(run.total)家）")
            Output.table(["类别", "家"], run.groups.map { [$0.label, String($0.count)] })
        }
    }

    private func json(_ run: ClassRun) -> JSONValue {
        .object([
            ("programme", .text(run.table.programme.id)), ("table", .text(run.table.asWritten.id)),
            ("label", .text(run.table.asWritten.label)),
            ("on", .text(run.on.description)), ("year", JSONValue(run.year)), ("position", JSONValue(run.position)),
            ("total", JSONValue(run.total)),
            (
                "groups",
                .list(
                    run.groups.map {
                        .object([
                            ("key", .text($0.key)), ("kind", .text($0.kind.rawValue)), ("label", .text($0.label)),
                            ("count", JSONValue($0.count)),
                        ])
                    })
            ),
        ])
    }
}

/// `hallmark explain`: why one enterprise is in its class.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "一家企业为什么归这一类：规则、条款、用到的事实",
        discussion: """
            例：
              hallmark explain 91330303MA0TE5T082
              hallmark explain 示例鞋业有限公司 --on 2007-03-31 --json
            """)

    @Argument(help: ArgumentHelp("统一社会信用代码、注册号、全名或档案编号", valueName: "code"))
    var code: String

    @Option(name: .long, help: ArgumentHelp("哪一天的情况，缺省为今天", valueName: "date"))
    var on: DayArgument?

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let day = on?.day ?? assembly.office.clock.today
        let found = try await assembly.desk.explain(code, on: day, by: storing.acting)
        if common.json { return Output.line(String(decoding: try ClassExplanation.json(found), as: UTF8.self)) }
        if found.isEmpty { Output.line("没有已采纳的分类规则适用。先运行 hallmark programme adopt。") }
        for explanation in found {
            for line in explanation.lines { Output.line(line) }
            Output.line("")
        }
    }
}
