import ArgumentParser
import Enterprises
import Evidence
import Foundation
import Questions
import Storage
import Values

/// The question of `ask` and `export`.
struct QuestionOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("指标，缺省为第一个", valueName: "name"))
    var metric: String?

    @Option(name: [.customLong("where")], help: ArgumentHelp("条件，可重复；同一维度重复或用 | 表示任一", valueName: "dim=value"))
    var filters: [String] = []

    @Option(name: .long, help: ArgumentHelp("分组，最多两个", valueName: "dim"))
    var by: [String] = []

    @Option(name: .long, help: ArgumentHelp("哪一天的情况", valueName: "date"))
    var on: String?

    @Option(name: .long, help: ArgumentHelp("库里当时知道的：日期（当天结束）或日志位置", valueName: "date|position"))
    var known: String?

    @Option(name: .long, help: ArgumentHelp("区划口径：then（当时区划，缺省）、now（现行区划）或日期", valueName: "then|now|date"))
    var structure: String?

    func parts(_ fact: String) -> QuestionText.Parts {
        QuestionText.Parts(fact: fact, metric: metric, filters: filters, by: by, on: on, known: known, structure: structure)
    }
}

/// `hallmark ask`: a number, its interval, its groups and its rows.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "统计查询：每个数都是一个查询的答案",
        discussion: """
            例：
              hallmark ask --list
              hallmark ask spotcheck.result --where verdict=不合格 --where region=440605 --rows
              hallmark ask spotcheck.result --metric batch-pass-rate --by product --json
              hallmark ask enterprise --by region --known 2013-08-29
              hallmark ask enterprise --by region --structure now
            """)

    @Argument(help: "明细的名称，如 spotcheck.result；--list 列出全部")
    var fact: String?

    @OptionGroup var question: QuestionOptions

    @Flag(name: .long, help: "同时列出明细行")
    var rows = false

    @Flag(name: .long, help: "列出全部明细、指标和维度")
    var list = false

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if fact == nil && !list { throw ValidationError("要写明细的名称，或用 --list 列出全部。") }
    }

    func run() async throws {
        guard let fact, !list else { return showList() }
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let text = QuestionText(catalogue: assembly.catalogue, regions: assembly.office.regions)
        let asking = Asking(catalogue: assembly.catalogue, viewer: Viewer(storing.acting), regions: assembly.office.regions)
        let parts = question.parts(fact)
        let wantsRows = rows
        let (answer, lines, reading) = try await assembly.store.read { session in
            let reading = try text.read(parts, session)
            let isLong = try asking.isLong(reading.question, session)
            let answer = try (isLong ? asking.walking(Output.progress) : asking).ask(reading.question, session)
            var lines: [JSONValue] = []
            if wantsRows {
                var columns: [Fact.Column] = []
                try asking.forEachRow(reading.question, session) {
                    columns = $0
                } _: {
                    lines.append(AnswerJSON.row(columns, $0))
                }
            }
            return (answer, lines, reading)
        }
        for remark in reading.remarks { Output.error("提示：" + remark) }
        if common.json { return Output.json(AnswerJSON.of(answer, rows: rows ? .list(lines) : nil)) }
        show(answer, text.sentence(reading.question))
        for line in lines { Output.json(line) }
    }

    private func show(_ answer: Answer, _ sentence: String) {
        Output.line(sentence)
        Output.line("\(answer.metric.label.chinese)：" + AnswerLine.of(answer.figure, answer.metric))
        for note in answer.notes { Output.line("注：" + note) }
        if !answer.groups.isEmpty {
            Output.table(
                ["分组", "数值"], answer.groups.map { [$0.labels.joined(separator: " · "), AnswerLine.of($0.figure, answer.metric)] })
        }
    }

    private func showList() {
        let catalogue = Assembly.catalogue
        if common.json { return Output.json(AnswerJSON.list(catalogue)) }
        for fact in catalogue.facts {
            Output.line("\(fact.name)  \(fact.label.chinese)\(fact.isConfidential ? "（只供主管部门）" : "")")
            Output.line("  指标：" + fact.metrics.map { "\($0.name)（\($0.label.chinese)）" }.joined(separator: "、"))
            Output.line("  维度：" + fact.dimensions.map { "\($0.name)（\($0.label.chinese)）" }.joined(separator: "、"))
        }
    }
}

/// `hallmark export`: the rows behind a figure as a file.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "把查询的明细行导出成文件",
        discussion: """
            例：
              hallmark export spotcheck.result --where verdict=fail --format xlsx --output 不合格.xlsx
              hallmark export enterprise --format csv --output 企业.csv
            """)

    @Argument(help: "明细的名称")
    var fact: String

    @OptionGroup var question: QuestionOptions

    @Option(name: .long, help: "xlsx、csv 或 json")
    var format: QuestionExport.Format = .xlsx

    @Option(name: .shortAndLong, help: ArgumentHelp("写到哪个文件", valueName: "file"))
    var output: String

    @OptionGroup var storing: StoreOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let assembly = try await Assembly.open(storing.existing(), root: common.root)
        let text = QuestionText(catalogue: assembly.catalogue, regions: assembly.office.regions)
        let asking = Asking(catalogue: assembly.catalogue, viewer: Viewer(storing.acting), regions: assembly.office.regions)
        let (parts, format, output) = (question.parts(fact), format, output)
        let (count, remarks) = try await assembly.store.read { session in
            let reading = try text.read(parts, session)
            let count = try QuestionExport.write(
                reading.question, asking: asking, note: text.sentence(reading.question), format: format, to: output,
                names: Assembly.recordNames,
                session)
            return (count, reading.remarks)
        }
        for remark in remarks { Output.error("提示：" + remark) }
        if common.json { return Output.json(.object([("file", .text(output)), ("rows", JSONValue(count))])) }
        Output.line("已导出\(count)行到 \(output)")
    }
}

extension QuestionExport.Format: ExpressibleByArgument {}

/// A figure in one line of text.
enum AnswerLine {
    static func of(_ figure: Figure, _ metric: Metric) -> String {
        guard let value = figure.value else { return figure.isSuppressed ? "已隐去" : "—（n = \(figure.n)）" }
        switch metric.kind {
        case .share, .shareOfGroups:
            let between = figure.interval.map { "，95%区间 \(percent($0.lowerBound))–\(percent($0.upperBound))" } ?? ""
            return "\(percent(value))（n = \(figure.n)\(between)）"
        case .ratio: return "\(percent(value))（n = \(figure.n)）"
        case .count, .sum, .distinct:
            return JSONValue(value).text + metric.unit.chinese
        }
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded(.toNearestOrAwayFromZero))
        return "\(tenths / 10).\(tenths % 10)%"
    }
}
