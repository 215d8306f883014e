package import DecisionTables
import Foundation
import Values

/// A rule file (`rules/*.yaml`) as a checked decision table, with what only the programme's side needs.
package struct RuleFile: Sendable, Hashable {
    /// Relative to the programme: `rules/enterprise-class.yaml`.
    package let file: String
    package let table: DecisionTable
    package let document: String
    /// The metric of each input by its name, for the inputs that have one.
    package let metrics: [String: RuleInputMetric]
    /// What inputs with a metric leave open (which year), by input name.
    package let openInputs: [String: String]

    /// The metric that an input asks for by enterprise.
    package struct RuleInputMetric: Sendable, Hashable {
        package let name: String
        package let unit: String?
        package let line: Int
    }
}

/// Reads a rule file; the table's own checks (cells, kinds, names) come from `DecisionTable.Draft`.
struct ReadRuleFile {
    private let log: FailureLog
    private var metrics: [String: RuleFile.RuleInputMetric] = [:]
    private var openInputs: [String: String] = [:]

    init(log: FailureLog) { self.log = log }

    mutating func read(_ root: YamlNode) -> RuleFile? {
        guard let top = FieldReader(root, "决策表", log: log) else { return nil }
        let decides = top.requiredText("decides")
        let label = top.requiredText("label")
        let hit = top.requiredText("hit")
        let source = top.required("source").flatMap { _ in top.map("source", "出处") }
        let document = source?.requiredText("document")
        let clause = source?.requiredClause() ?? ""
        source?.done()
        let inputs = inputs(top)
        _ = top.required("rules")
        let rules = top.maps("rules", "规则").compactMap { rule($0, clause: clause) }
        let outputs = outputs(top)
        let standard = top.map("default", "默认结果").map(texts)
        top.done()
        guard let decides, let label, let hit, let document else { return nil }
        let draft = DecisionTable.Draft(
            id: decides, label: label, clause: clause, file: log.file, line: root.line, hit: hit, inputs: inputs, rules: rules,
            outputs: outputs, defaultOutput: standard)
        do throws(TableFailures) {
            let table = try draft.table()
            return RuleFile(file: log.file, table: table, document: document, metrics: metrics, openInputs: openInputs)
        } catch {
            log.add(error.all)
            return nil
        }
    }

    // MARK: Inputs

    private mutating func inputs(_ top: FieldReader) -> [DecisionTable.Input] {
        guard let node = top.required("inputs") else { return [] }
        guard let entries = node.entries else {
            top.fail("not-a-map", "「inputs」应为一组「名称: 内容」。", cure: "写成 sales: { metric: enterprise.sales, unit: 万元 }。", line: node.line)
            return []
        }
        return entries.compactMap { entry in
            guard let reader = FieldReader(entry.value, "条件「\(entry.key)」", log: log) else { return nil }
            return input(entry.key, reader, line: entry.line)
        }
    }

    private mutating func input(_ name: String, _ reader: FieldReader, line: Int) -> DecisionTable.Input? {
        let metric = reader.text("metric")
        let open = reader.text("open")
        let unit = reader.text("unit")
        let written = reader.text("kind")
        let allowed = reader.texts("values")
        let label = reader.text("label")
        let clause = reader.text("clause")
        if let clause { reader.check(clause: clause, line: line) }
        reader.done()
        guard metric != nil || open != nil else {
            reader.fail("input-without-metric", "条件「\(name)」既没有「metric」也没有「open」。", cure: "写上指标名；原文没有尺度的写 open 和原文的说法。", line: line)
            return nil
        }
        let kind =
            metric == nil ? InputKind.open : written.map { reader.word($0, "kind", InputKind.self, line: line) ?? .number } ?? .number
        if let metric {
            metrics[name] = RuleFile.RuleInputMetric(name: metric, unit: unit, line: line)
            if let open { openInputs[name] = open }
        }
        return DecisionTable.Input(
            name, label: label ?? (metric == nil ? open ?? name : name), kind: kind, unit: unit, clause: clause,
            allowed: allowed.isEmpty ? nil : allowed, line: line)
    }

    // MARK: Rules and outputs

    private func rule(_ reader: FieldReader, clause: String) -> DecisionTable.Draft.Rule? {
        let id = reader.requiredText("id")
        let label = reader.text("label")
        let own = reader.text("clause")
        if let own { reader.check(clause: own, line: reader.line) }
        _ = reader.says(clause: own ?? clause)
        let cells = cells(reader)
        let output = reader.map("gives", "结果").map(texts) ?? [:]
        reader.done()
        guard let id else { return nil }
        return DecisionTable.Draft.Rule(id: id, label: label ?? id, cells: cells, output: output, clause: own ?? clause, line: reader.line)
    }

    private func cells(_ reader: FieldReader) -> [DecisionTable.Draft.Cell] {
        guard let node = reader.required("when") else { return [] }
        guard let entries = node.entries else {
            reader.fail("not-a-map", "\(reader.name)的「when」应为一组「条件: 单元格」。", cure: "写成 { sales: \">= 5000\" }。", line: node.line)
            return []
        }
        return entries.compactMap { entry in
            guard case .scalar(let text, let isQuoted) = entry.value.content else {
                reader.fail("not-text", "\(reader.name)的单元格「\(entry.key)」应为一段文字。", cure: "写成加引号的单元格。", line: entry.line)
                return nil
            }
            if !isQuoted {
                reader.fail(
                    "cell-unquoted", "\(reader.name)的单元格「\(entry.key)」没有加引号。", cure: "写成「\(entry.key): \"\(text)\"」。", line: entry.line)
            }
            return DecisionTable.Draft.Cell(input: entry.key, text: text, line: entry.value.line)
        }
    }

    private func outputs(_ top: FieldReader) -> [DecisionTable.Output] {
        (top.value("outputs")?.entries ?? []).map { entry in
            DecisionTable.Output(entry.key, values: (entry.value.items ?? []).compactMap(\.text))
        }
    }

    private func texts(_ reader: FieldReader) -> [String: String] {
        let entries = reader.node.entries ?? []
        return Dictionary(entries.compactMap { entry in entry.value.text.map { (entry.key, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}
