import ArgumentParser
import DecisionModels
import DecisionTables
import Foundation
import Policy
import Questions
import Values

/// `hallmark rules`: decision tables and DMN models.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "决策表与 DMN 模型：试算、导出、导入",
        discussion: """
            例：
              hallmark rules export programmes/longwan-2006/rules/enterprise-class.yaml --out 皮鞋企业分类.dmn
              hallmark rules evaluate 皮鞋企业分类.dmn --decision 皮鞋企业分类 --input 一家.json
              hallmark rules import 皮鞋企业分类.dmn --decision 皮鞋企业分类
            """,
        subcommands: [RulesEvaluateCommand.self, RulesExportCommand.self, RulesImportCommand.self])
}

/// A file that a command was given.
enum GivenFile {
    /// - Throws: missing `file.missing`.
    static func bytes(_ path: String) throws -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw Failure(.missing, "file.missing", "读不出这个文件。", at: FilePlace(file: path), cure: "检查路径和权限。")
        }
    }

    /// A rule file; every failure but the first is said at once, the first is thrown.
    static func rule(_ path: String) throws -> RuleFile {
        let text = String(decoding: try bytes(path), as: UTF8.self)
        do throws(PolicyFailures) { return try RuleFile.read(text, file: path) } catch { throw first(of: error.all, path) }
    }

    /// The table of a decision; failures as with rule files.
    static func table(_ path: String, _ decision: String) throws -> ImportedTable {
        let model = try DecisionModel.read(bytes(path), file: path)
        do { return try model.importTable(decision) } catch {
            guard let failures = error as? TableFailures else { throw error }
            throw first(of: failures.all, path)
        }
    }

    private static func first(of failures: [Failure], _ path: String) -> Failure {
        for failure in failures.dropFirst() { Output.error("错误：" + failure.description) }
        return failures.first
            ?? Failure(.invalid, "rules.unreadable", "文件有错误。", at: FilePlace(file: path), cure: "照 programmes/README.md 写。")
    }
}

/// `rules evaluate`: one decision of a DMN model on one set of inputs.
struct RulesEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "用一组输入试算 DMN 模型里的一个决策",
        discussion: """
            输入是一个 JSON 对象，每个输入一项：{"sales": 5000, "founded": "2006-09-05"}；不知道的写 null。数值按十进制34位计算，不经过浮点。
            几条规则同时符合而命中方式不允许时，没有结果，退出码为 1。

            例：
              hallmark rules evaluate 皮鞋企业分类.dmn --decision 皮鞋企业分类 --input 一家.json --json
            """)

    @Argument(help: ArgumentHelp("DMN 模型（1.1 至 1.5）", valueName: "model.dmn"))
    var model: String

    @Option(name: .long, help: "决策的名称或编号")
    var decision: String

    @Option(name: .long, help: ArgumentHelp("输入，JSON 对象；没有输入的决策可以不写", valueName: "file.json"))
    var input: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let prepared = try DecisionModel.read(GivenFile.bytes(model), file: model).prepare(decision)
        var given = try prepared.inputs(.object([]), file: nil)
        if let input { given = try prepared.inputs(.read(GivenFile.bytes(input), file: input), file: input) }
        let answer = try prepared.evaluate(given)
        if common.json {
            Output.line(answer.json(decision: prepared.name))
        } else {
            Output.line("决策：\(prepared.name)")
            Output.line("结果：\(answer.value.description)")
            for table in answer.tables where !table.matching.isEmpty {
                Output.line("「\(table.decision)」符合规则：\(table.matching.joined(separator: "、"))")
            }
            for remark in answer.remarks { Output.line("说明：\(remark)") }
        }
        if answer.tables.contains(where: { $0.standing == .held }) { throw Outcome.foundWrong }
    }
}

/// `rules export`: a rule file as a DMN model.
struct RulesExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "把规则文件导出为 DMN 1.5 模型",
        discussion: """
            条款、规则名称、指标和待明确的条件写进说明、批注和扩展元素；其他工具不读它们也得出同样的结果。

            例：
              hallmark rules export programmes/longwan-2006/rules/enterprise-class.yaml --out 皮鞋企业分类.dmn
            """)

    @Argument(help: ArgumentHelp("规则文件", valueName: "rules/*.yaml"))
    var file: String

    @Option(name: .long, help: ArgumentHelp("写到这个文件；不写则输出到屏幕", valueName: "file.dmn"))
    var out: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let rule = try GivenFile.rule(file)
        guard let out else {
            Output.line(rule.model)
            return
        }
        do { try Data(rule.model.utf8).write(to: URL(fileURLWithPath: out)) } catch {
            throw Failure(.invalid, "file.unwritable", "写不了这个文件。", at: FilePlace(file: out), cure: "检查文件夹和权限。")
        }
        if common.json {
            Output.json(.object([("file", .text(out)), ("decision", .text(TableExport.decisionName(rule.table)))]))
        } else {
            Output.line("已写入 \(out)，决策名「\(TableExport.decisionName(rule.table))」。")
        }
    }
}

/// `rules import`: a decision table of a DMN model as a rule file.
struct RulesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "把 DMN 模型里的一张决策表写成规则文件（YAML，输出到屏幕）",
        discussion: """
            从别处来的模型没有条款和指标：条款写作 open，指标先用条件的名称，用 programme check 可以看到要补什么。

            例：
              hallmark rules import 皮鞋企业分类.dmn --decision 皮鞋企业分类 > rules/enterprise-class.yaml
            """)

    @Argument(help: ArgumentHelp("DMN 模型（1.1 至 1.5）", valueName: "model.dmn"))
    var model: String

    @Option(name: .long, help: "决策的名称或编号")
    var decision: String

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let imported = try GivenFile.table(model, decision)
        let text = RuleFile.text(of: imported)
        if common.json {
            Output.json(
                .object([("decision", .text(decision)), ("rules", .integer(Int64(imported.table.rules.count))), ("yaml", .text(text))]))
        } else {
            Output.line(text)
        }
    }
}
