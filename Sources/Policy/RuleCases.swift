package import DecisionTables
import Foundation
package import Values

/// A `tests/*.yaml` file: given facts, and what the table has to answer.
package struct RuleCases: Sendable, Hashable {
    package let file: String
    /// The rule file that is tried: `rules/enterprise-class.yaml`.
    package let table: String
    package let cases: [Case]

    /// One trial: facts in the units of the table, and the answer that they must have.
    package struct Case: Sendable, Hashable {
        package let name: String
        package let given: [String: FactValue]
        package let expect: Expectation
        package let line: Int
    }

    /// What a case expects.
    package enum Expectation: Sendable, Hashable, CustomStringConvertible {
        /// Exactly this rule decides.
        case rule(String)
        /// These rules match together and nobody has ruled.
        case overlap([String])
        /// These inputs are unknown.
        case missing([String])
        case uncovered

        package var description: String {
            switch self {
            case .rule(let id): id
            case .overlap(let ids): "重叠：" + ids.joined(separator: "、")
            case .missing(let names): "缺数据：" + names.joined(separator: "、")
            case .uncovered: "空档"
            }
        }
    }

    /// How a case went.
    package struct Verdict: Sendable, Hashable {
        package let name: String
        package let expected: Expectation
        /// As the table answered, in the words of `Expectation`.
        package let answered: String
        package let passes: Bool
        package let place: FilePlace
    }

    /// Tries every case on a table.
    package func run(on table: DecisionTable) -> [Verdict] {
        cases.map { item in
            let outcome = table.outcome(item.given)
            return Verdict(
                name: item.name, expected: item.expect, answered: RuleCases.words(outcome), passes: RuleCases.holds(item.expect, outcome),
                place: FilePlace(file: file, line: item.line, clause: table.clause))
        }
    }

    private static func holds(_ expected: Expectation, _ outcome: Outcome) -> Bool {
        switch (expected, outcome) {
        case (.rule(let id), .decided(let rules, _)): rules == [id]
        case (.overlap(let ids), .held(let rules)): Set(ids) == Set(rules)
        case (.missing(let names), .missing(let inputs)): Set(names) == Set(inputs)
        case (.uncovered, .uncovered): true
        default: false
        }
    }

    private static func words(_ outcome: Outcome) -> String {
        switch outcome {
        case .decided(let rules, _): rules.joined(separator: "、")
        case .held(let rules): Expectation.overlap(rules).description
        case .missing(let inputs): Expectation.missing(inputs).description
        case .uncovered: Expectation.uncovered.description
        }
    }
}

/// Reads a file of cases; names of inputs and rules are checked against the table.
struct ReadRuleCases {
    let log: FailureLog
    let tables: [RuleFile]

    func read(_ root: YamlNode) -> RuleCases? {
        guard let top = FieldReader(root, "算例文件", log: log) else { return nil }
        let name = top.requiredText("table")
        _ = top.required("cases")
        let table = tables.first { $0.file == name }?.table
        if let name, table == nil {
            top.fail("unknown-table", "算例要试的「\(name)」不存在或不能用。", cure: "写 rules/ 下的文件名；文件有错先改文件。", line: top.value("table")?.line)
        }
        let cases = top.maps("cases", "算例").compactMap { read($0, table) }
        top.done()
        return name.map { RuleCases(file: log.file, table: $0, cases: cases) }
    }

    private func read(_ reader: FieldReader, _ table: DecisionTable?) -> RuleCases.Case? {
        let name = reader.requiredText("name")
        let given = given(reader, table)
        let expected = reader.required("expect").flatMap { expectation($0, reader) }
        if let expected, let table { check(expected, table, reader) }
        reader.done()
        guard let name, let expected else { return nil }
        return RuleCases.Case(name: name, given: given, expect: expected, line: reader.line)
    }

    private func given(_ reader: FieldReader, _ table: DecisionTable?) -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for entry in reader.required("given")?.entries ?? [] {
            guard let text = entry.value.text, let input = table?.input(entry.key) else {
                if table != nil {
                    reader.fail("unknown-input", "\(reader.name)给了「\(entry.key)」，表里没有这个条件。", cure: "改成 inputs 里的名称。", line: entry.line)
                }
                continue
            }
            if let value = fact(text, input.kind) {
                facts[entry.key] = value
                if input.kind == .text, let allowed = input.allowed, !allowed.contains(text) {
                    reader.fail(
                        "fact-value", "\(reader.name)的「\(entry.key)」写的「\(text)」不在取值之内。", cure: "可用的取值：\(allowed.joined(separator: "、"))。",
                        line: entry.line)
                }
            } else {
                reader.fail(
                    "fact-kind", "\(reader.name)的「\(entry.key)」应为\(input.kind.chinese)，这里是「\(text)」。", cure: "写成\(input.kind.chinese)。",
                    line: entry.line)
            }
        }
        return facts
    }

    private func fact(_ text: String, _ kind: InputKind) -> FactValue? {
        switch kind {
        case .number: PlainNumber.decimal(text).map { .number($0) }
        case .text: .text(text)
        case .boolean: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
        case .day: Day(text).map { .day($0) }
        case .open: nil
        }
    }

    private func expectation(_ node: YamlNode, _ reader: FieldReader) -> RuleCases.Expectation? {
        if let text = node.text { return text == "uncovered" ? .uncovered : .rule(text) }
        guard let nested = FieldReader(node, "应得的结果", log: log) else { return nil }
        let overlap = nested.texts("overlap")
        let missing = nested.texts("missing")
        nested.done()
        if !overlap.isEmpty { return .overlap(overlap) }
        if !missing.isEmpty { return .missing(missing) }
        reader.fail(
            "expectation", "\(reader.name)没有写清应得什么。", cure: "写规则的 id、uncovered、{ overlap: [A, B] } 或 { missing: [sales] }。", line: node.line
        )
        return nil
    }

    private func check(_ expected: RuleCases.Expectation, _ table: DecisionTable, _ reader: FieldReader) {
        let rules: [String] =
            switch expected {
            case .rule(let id): [id]
            case .overlap(let ids): ids
            case .missing, .uncovered: []
            }
        for id in rules where table.rule(id) == nil {
            reader.fail("unknown-rule", "\(reader.name)应得「\(id)」，表里没有这条规则。", cure: "改成规则的 id。", line: reader.value("expect")?.line)
        }
    }
}
