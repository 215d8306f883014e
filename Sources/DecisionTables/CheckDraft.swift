import Foundation
import Values

/// Checks a draft as a whole and gathers every failure, so that an editor mends a file in one go.
struct CheckDraft {
    let draft: DecisionTable.Draft
    private(set) var failures: [Failure] = []

    init(draft: DecisionTable.Draft) { self.draft = draft }

    /// The rules whose cells could be read; `failures` says what could not.
    mutating func run() -> [DecisionTable.Rule] {
        checkTable()
        for input in draft.inputs { checkAllowed(input) }
        let rules = draft.rules.map { checkedRule($0) }
        checkOutputs()
        return rules
    }

    private mutating func fail(
        _ code: String, _ message: String, cure: String, line: Int? = nil, column: String? = nil, clause: String? = nil
    ) {
        failures.append(Failure(.invalid, "table." + code, message, at: place(line: line, column: column, clause: clause), cure: cure))
    }

    private func place(line: Int?, column: String? = nil, clause: String? = nil) -> FilePlace {
        FilePlace(file: draft.file, column: column, line: line ?? draft.line, clause: clause ?? draft.clause)
    }

    private mutating func checkTable() {
        if HitPolicy(written: draft.hit) == nil {
            let known = HitPolicy.allCases.map(\.rawValue).joined(separator: "、")
            fail("unknown-hit-policy", "命中方式「\(draft.hit)」不存在。", cure: "可用的写法：\(known)。")
        }
        if draft.rules.isEmpty { fail("no-rules", "表「\(draft.label)」没有规则。", cure: "在 rules 下至少写一条规则。") }
        for (name, inputs) in repeated(draft.inputs, by: \.name) {
            fail(
                "duplicate-input", "条件「\(name)」重复\(lines(inputs.map(\.line)))。", cure: "合并为一项，或改用不同的名称。", line: inputs.last?.line)
        }
        for (id, rules) in repeated(draft.rules, by: \.id) {
            fail(
                "duplicate-rule", "规则编号「\(id)」重复\(lines(rules.map(\.line)))。", cure: "每条规则用不同的编号。", line: rules.last?.line,
                clause: rules.last?.clause)
        }
    }

    private func repeated<Item>(_ items: [Item], by name: (Item) -> String) -> [(String, [Item])] {
        Dictionary(grouping: items, by: name).filter { $0.value.count > 1 }.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    private func lines(_ lines: [Int?]) -> String {
        let known = lines.compactMap { $0 }
        return known.isEmpty ? "" : "（第" + known.map(String.init).joined(separator: "、") + "行）"
    }

    private mutating func checkAllowed(_ input: DecisionTable.Input) {
        guard let allowed = input.allowed else { return }
        if input.kind == .text {
            for (value, _) in repeated(allowed, by: \.self) {
                fail(
                    "duplicate-value", "条件「\(input.name)」的取值「\(value)」写了两次。", cure: "每个取值只写一次。", line: input.line, column: input.name,
                    clause: input.clause)
            }
            return
        }
        for text in allowed {
            let place = place(line: input.line, column: input.name, clause: input.clause)
            do throws(Failure) {
                let cell = try TableCell(parsing: text, at: place)
                guard cell.test.intervals.contains(where: { $0.kind != input.kind }) || input.kind == .open else { continue }
                fail(
                    "bad-allowed", "条件「\(input.name)」应为\(input.kind.chinese)，取值范围「\(text)」与此不符。",
                    cure: "取值范围用同一种值写，例如「>= 0」；待明确的条件不写取值范围。", line: input.line, column: input.name, clause: input.clause)
            } catch {
                failures.append(error)
            }
        }
    }

    private mutating func checkedRule(_ rule: DecisionTable.Draft.Rule) -> DecisionTable.Rule {
        var cells: [String: TableCell] = [:]
        for written in rule.cells {
            guard let input = draft.inputs.first(where: { $0.name == written.input }) else {
                let known = draft.inputs.map(\.name).joined(separator: "、")
                fail(
                    "unknown-name", "规则「\(rule.id)」用了没有登记的条件「\(written.input)」。", cure: "已登记的条件：\(known)。改正名称，或在 inputs 下登记它。",
                    line: written.line ?? rule.line, column: written.input, clause: rule.clause)
                continue
            }
            if cells[input.name] != nil {
                fail(
                    "duplicate-cell", "规则「\(rule.id)」把条件「\(input.name)」写了两次。", cure: "合并为一个单元格。", line: written.line ?? rule.line,
                    column: input.name, clause: rule.clause)
            } else if let cell = checkedCell(written, of: input, in: rule) {
                cells[input.name] = cell
            }
        }
        return DecisionTable.Rule(id: rule.id, label: rule.label, cells: cells, output: rule.output, clause: rule.clause, line: rule.line)
    }

    private mutating func checkedCell(
        _ written: DecisionTable.Draft.Cell, of input: DecisionTable.Input, in rule: DecisionTable.Draft.Rule
    ) -> TableCell? {
        let line = written.line ?? rule.line
        let place = place(line: line, column: input.name, clause: rule.clause)
        let cell: TableCell
        do throws(Failure) { cell = try TableCell(parsing: written.text, at: place) } catch {
            failures.append(error)
            return nil
        }
        if input.kind == .open {
            if cell.test != .any {
                fail(
                    "open-cell", "「\(input.label)」在原文中没有标准，规则「\(rule.id)」在此只能写「-」。",
                    cure: "先认定标准，再把它改成可以统计的指标。", line: line, column: input.name, clause: rule.clause)
            }
            return cell
        }
        if let wrong = cell.test.intervals.compactMap(\.kind).first(where: { $0 != input.kind }) {
            fail(
                "kind-mismatch", "条件「\(input.name)」应为\(input.kind.chinese)，规则「\(rule.id)」的单元格「\(written.text)」写的是\(wrong.chinese)。",
                cure: "改成\(input.kind.chinese)。", line: line, column: input.name, clause: rule.clause)
        } else if input.kind == .text, let allowed = input.allowed,
            let stranger = cell.test.intervals.compactMap(\.single).first(where: { !allowed.contains($0.description) })
        {
            fail(
                "unknown-value", "规则「\(rule.id)」的「\(stranger)」不在条件「\(input.name)」的取值之内。",
                cure: "可用的取值：\(allowed.joined(separator: "、"))。", line: line, column: input.name, clause: rule.clause)
        }
        return cell
    }

    private mutating func checkOutputs() {
        let policy = HitPolicy(written: draft.hit) ?? .unique
        let names = Set(draft.rules.first?.output.keys.map { $0 } ?? [])
        if policy.needsOutputOrder, draft.outputs.allSatisfy({ $0.values.isEmpty }) {
            fail("output-order-missing", "命中方式「\(draft.hit)」要按输出值的次序取舍，表中没有写次序。", cure: "在 outputs 下按次序列出输出值。")
        }
        for rule in draft.rules {
            if Set(rule.output.keys) != names {
                fail(
                    "output-names", "规则「\(rule.id)」的输出项与第一条规则不同。", cure: "每条规则写同样的输出项。", line: rule.line, clause: rule.clause)
            }
            checkValues(of: rule, policy)
        }
    }

    private mutating func checkValues(of rule: DecisionTable.Draft.Rule, _ policy: HitPolicy) {
        let written = rule.output.isEmpty ? [draft.id: rule.id] : rule.output
        if policy.needsNumbers {
            if written.count != 1 {
                fail("collect-one-output", "命中方式「\(draft.hit)」只能有一个输出项，规则「\(rule.id)」有\(written.count)个。", cure: "拆成几张表。", line: rule.line)
            } else if let value = written.values.first, number(value) == nil {
                fail(
                    "output-not-number", "命中方式「\(draft.hit)」的输出应为数值，规则「\(rule.id)」写的是「\(value)」。", cure: "写成不带单位的数值。",
                    line: rule.line, clause: rule.clause)
            }
        }
        for output in draft.outputs where !output.values.isEmpty {
            guard let value = written[output.name], !output.values.contains(value) else { continue }
            fail(
                "unknown-output-value", "规则「\(rule.id)」的输出「\(value)」不在「\(output.name)」的取值之内。",
                cure: "可用的取值：\(output.values.joined(separator: "、"))。", line: rule.line, clause: rule.clause)
        }
    }
}

/// An output as a number: digits with an optional sign and decimal point, nothing else.
func number(_ text: String) -> Decimal34? {
    var parser = CellParser(text, at: FilePlace())
    do throws(Failure) {
        let result = try parser.sum()
        return parser.peek == nil ? result : nil
    } catch { return nil }
}
