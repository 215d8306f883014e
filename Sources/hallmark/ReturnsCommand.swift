import ArgumentParser
import Enterprises
import Foundation
import Questions
import Returns
import Storage
import Values

/// `hallmark returns`: forms of superior offices from the command line.
struct ReturnsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "returns", abstract: "上级报表：自动取数、催报",
        discussion: """
            例：
              hallmark returns list
              hallmark returns fill 质量强区季报 --period 2026Q3 --out 季报.xlsx
              hallmark returns late 1 --period 2026Q3
            """,
        subcommands: [ListForms.self, FillCommand.self, LateCommand.self])

    /// The forms of the store.
    struct ListForms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出报表")

        @OptionGroup var storing: StoreOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try await Assembly.open(storing.existing(), root: common.root)
            let forms = try await assembly.store.read { try FormStore.all($0) }
            if common.json {
                return Output.json(
                    .list(
                        forms.map {
                            .object([
                                ("id", JSONValue(Int($0.id.number))), ("title", .text($0.title)), ("for", .text($0.superior)),
                                ("cadence", .text($0.cadence.rawValue)),
                            ])
                        }))
            }
            Output.table(
                ["编号", "报表", "报送给", "周期"], forms.map { [$0.id.description, $0.title, $0.superior, $0.cadence.word.chinese] })
        }
    }

    /// Fills a form for a period into the superior's workbook.
    struct FillCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "fill", abstract: "按期自动取数，填进上级的空表")

        @Argument(help: "报表的编号或名称")
        var form: String

        @Option(name: .long, help: ArgumentHelp("期别：2026Q3、2026-09 或 2026", valueName: "period"))
        var period: String

        @Option(name: .long, help: ArgumentHelp("写到哪个 .xlsx", valueName: "file"))
        var out: String

        @Option(name: .long, help: ArgumentHelp("库里当时知道的：日志位置", valueName: "position"))
        var known: Int64?

        @OptionGroup var storing: StoreOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try await Assembly.open(storing.existing(), root: common.root)
            let (name, written, known, actor, office) = (form, period, known, storing.acting, assembly.returns)
            let blank = try await assembly.store.read { try FormStore.named(name, $0).blank }
            let grid = try await office.grid(blank)
            let (filled, bytes) = try await assembly.store.read { session in
                let form = try FormStore.named(name, session)
                let period = try ReportPeriod.read(written, for: form)
                let filled = try FillForm(office, as: actor).fill(form, period, grid: grid, known: known, session)
                return (filled, try FormStore.original(form.blank, session).bytes)
            }
            try FilledWorkbook(filled, grid: grid).write(bytes, to: out)
            report(filled)
            if !filled.missing.isEmpty || !filled.waiting.isEmpty { throw Outcome.foundWrong }
        }

        private func report(_ filled: FilledForm) {
            let gaps = filled.missing.map { ($0.binding, $0.whyMissing) } + filled.waiting.map { ($0, $0.placement.word.chinese) }
            let good = filled.cells.count - filled.missing.count
            if common.json {
                let cells = filled.cells.map { cell in
                    JSONValue.object([
                        ("cell", .text(cell.binding.place.description)), ("label", .text(cell.binding.anchor.description)),
                        ("value", .text(cell.plain)), ("unit", .text(cell.unit)), ("source", .text(cell.source.chinese)),
                    ])
                }
                return Output.json(
                    .object([
                        ("file", .text(out)), ("period", .text(filled.period.description)), ("known", JSONValue(Int(filled.position))),
                        ("filled", JSONValue(good)), ("empty", JSONValue(gaps.count)), ("cells", .list(cells)),
                    ]))
            }
            Output.line("已填 \(good) 格，写到 \(out)（数据截至第\(filled.position)条日志）")
            for (binding, why) in gaps { Output.error("没有填：\(binding.place)「\(binding.anchor.description)」\(why)") }
        }
    }

    /// Names the towns that have not returned.
    struct LateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "late", abstract: "列出逾期未报的镇街")

        @Argument(help: "报表的编号或名称")
        var form: String

        @Option(name: .long, help: ArgumentHelp("期别：2026Q3、2026-09 或 2026", valueName: "period"))
        var period: String

        @OptionGroup var storing: StoreOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try await Assembly.open(storing.existing(), root: common.root)
            let (name, written) = (form, period)
            let (sendOut, tasks) = try await assembly.store.read { session in
                let form = try FormStore.named(name, session)
                let period = try ReportPeriod.read(written, for: form)
                guard let sendOut = try SendOutStore.sendOut(of: form.id, period, session) else {
                    throw Failure(.missing, "returns.not-sent-out", "\(form.title) \(period.word.chinese)还没有下发", cure: "在报表页下发镇街")
                }
                return (sendOut, try SendOutStore.tasks(of: sendOut.id, session))
            }
            let today = assembly.office.clock.today
            let late = tasks.filter { $0.isLate(sendOut, on: today) }
            func town(_ task: TownTask) -> String { assembly.office.regions.name(of: task.region) ?? String(task.region) }
            if common.json {
                Output.json(
                    .object([
                        ("due", .text(sendOut.dueDay.description)), ("today", .text(today.description)),
                        ("returned", JSONValue(tasks.count { $0.isReturned })), ("late", .list(late.map { .text(town($0)) })),
                    ]))
            } else {
                Output.line("期限 \(sendOut.dueDay)，今天 \(today)；\(tasks.count) 个镇街，已报回 \(tasks.count { $0.isReturned }) 个，逾期 \(late.count) 个")
                for task in late { Output.line("\(town(task))  催报\(task.reminded)次") }
            }
            if !late.isEmpty { throw Outcome.foundWrong }
        }
    }
}
