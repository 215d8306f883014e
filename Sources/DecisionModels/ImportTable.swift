package import DecisionTables
import Values

/// A decision table of a model as a rule file can hold it.
package struct ImportedTable: Sendable {
    package let table: DecisionTable
    package let document: String
    /// By input name: `metric`, `open`, as this system wrote them; empty for models from elsewhere.
    package let remarks: [String: [String: String]]
}

extension DecisionModel {
    /// The table of a decision, in the cells of rule files.
    ///
    /// - Throws: `TableFailures` with everything that rule files cannot hold, each with the model's line.
    package func importTable(_ decision: String) throws -> ImportedTable {
        let element = try self.decision(decision)
        guard let node = element.node.first("decisionTable") else {
            throw ModelFault.make(
                "not-a-table", "决策「\(element.name)」不是决策表，不能写成规则文件。", cure: "只有决策表能导入。", at: place(element.node))
        }
        var reading = ImportTable(model: self, element: element)
        return try reading.table(node)
    }
}

struct ImportTable {
    let model: DecisionModel
    let element: DecisionModel.Element
    private var failures: [Failure] = []
    private var remarks: [String: [String: String]] = [:]

    init(model: DecisionModel, element: DecisionModel.Element) {
        self.model = model
        self.element = element
    }

    mutating func table(_ node: XMLNode) throws -> ImportedTable {
        let scope = FeelScope(values: Set(model.inputs + model.decisions), components: model.components)
        let read = try ReadTable(model: model, scope: scope, name: element.name).table(node)
        let notes = HallmarkNotes(element.node).values
        let id = notes["decides"] ?? element.name
        var inputs = read.inputs.map { input($0, read) }
        let measured = inputs
        for open in element.node.first("extensionElements")?.all("open") ?? [] where open.namespace == HallmarkNotes.namespace {
            guard let name = open.attributes["name"] else { continue }
            let input = DecisionTable.Input(
                name, label: open.attributes["label"] ?? name, kind: .open, unit: open.attributes["unit"], clause: open.attributes["clause"]
            )
            inputs.insert(input, at: min(open.attributes["place"].flatMap { Int($0) } ?? inputs.count, inputs.count))
        }
        let clause = notes["clause"] ?? "open"
        let names = read.outputs.map { $0.name.isEmpty ? id : $0.name }
        let draft = DecisionTable.Draft(
            id: id, label: notes["label"] ?? element.name, clause: clause, file: model.file, line: node.line, hit: read.hit.rawValue,
            inputs: inputs, rules: read.rules.map { rule($0, measured, names) },
            outputs: zip(names, read.outputs).filter { !$1.values.isEmpty }.map { name, output in
                DecisionTable.Output(name, values: output.values.map(\.description))
            },
            defaultOutput: standard(read, names))
        do throws(TableFailures) {
            let table = try draft.table()
            if failures.isEmpty {
                return ImportedTable(table: table, document: notes["document"] ?? model.name, remarks: remarks)
            }
        } catch { failures += error.all }
        throw TableFailures(all: failures)
    }

    private mutating func fail(_ code: String, _ message: String, cure: String, at node: XMLNode) {
        failures.append(ModelFault.make(code, message, cure: cure, at: model.place(node)))
    }

    // MARK: inputs

    private mutating func input(_ column: ModelTable.Input, _ table: ModelTable) -> DecisionTable.Input {
        let name = column.written
        switch column.expression {
        case .name, .path: break
        default: fail("input-not-a-name", "条件「\(name)」是算式，规则文件的条件只能是名称。", cure: "把算式放进另一个决策，这里只写它的名称。", at: column.node)
        }
        let notes = HallmarkNotes(column.node).values
        remarks[name] = notes.filter { ["metric", "open"].contains($0.key) }
        let (kind, type) = kind(of: column, table)
        var allowed = notes["values"]?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if allowed == nil { allowed = values(column, type, kind) }
        return DecisionTable.Input(
            name, label: column.label, kind: kind, unit: notes["unit"], clause: notes["clause"], allowed: allowed, line: column.node.line)
    }

    /// By the column's type, else the input's, else by what the cells name.
    private mutating func kind(of column: ModelTable.Input, _ table: ModelTable) -> (InputKind, ModelType) {
        let expression = column.node.first("inputExpression")
        let source = model.elements.first { $0.name == column.written }
        var type = ModelType.any
        do throws(Failure) {
            type = try model.types.type(expression?.attributes["typeRef"], in: column.node)
            if type == .any { type = try model.types.type(source?.typeRef, in: column.node) }
        } catch { failures.append(error) }
        switch type.bare {
        case .number: return (.number, type)
        case .text: return (.text, type)
        case .boolean: return (.boolean, type)
        case .day: return (.day, type)
        case .any:
            let place = table.inputs.firstIndex { $0.written == column.written } ?? 0
            let cells = table.rules.compactMap { $0.node.all("inputEntry")[place].first("text")?.words }
            let named = cells.compactMap { try? TableCell(parsing: $0) }.flatMap(\.test.intervals).compactMap(\.kind)
            return (named.first ?? .number, type)
        default:
            fail("input-kind", "条件「\(column.written)」是\(type.chinese)，规则文件只有数值、文字、真假值和日期。", cure: "换成这四种之一。", at: column.node)
            return (.number, type)
        }
    }

    /// The declared values of a text, or the domain of numbers and days as written.
    private mutating func values(_ column: ModelTable.Input, _ type: ModelType, _ kind: InputKind) -> [String]? {
        var tests = column.allowed
        var written = column.node.first("inputValues")?.first("text")?.words
        if tests == nil, case .allowed(_, let own, let words) = type { (tests, written) = (own, words) }
        guard let tests, let written else { return nil }
        guard kind == .text else { return [written] }
        guard case .oneOf(let list) = tests else { return nil }
        return list.compactMap { test in
            if test.isSingle, case .value(.text(let text))? = test.lower?.value { return text }
            return nil
        }
    }

    // MARK: rules

    private mutating func rule(
        _ rule: ModelTable.Rule, _ inputs: [DecisionTable.Input], _ names: [String]
    ) -> DecisionTable.Draft.Rule {
        let notes = HallmarkNotes(rule.node).values
        let entries = rule.node.all("inputEntry")
        let named = Set((notes["any"] ?? "").split(separator: "\n").map(String.init))
        var cells: [DecisionTable.Draft.Cell] = zip(inputs, entries).compactMap { input, entry in
            let text = entry.first("text")?.words ?? "-"
            return text == "-" ? nil : DecisionTable.Draft.Cell(input: input.name, text: text, line: entry.line)
        }
        cells += named.sorted().map { DecisionTable.Draft.Cell(input: $0, text: "-", line: rule.node.line) }
        var output: [String: String] = [:]
        for (name, value) in zip(names, rule.outputs) {
            if let text = text(value, at: rule.node) { output[name] = text }
        }
        let isOwn = notes["id"] != nil && notes["gives"] == nil
        let number = rule.id
        return DecisionTable.Draft.Rule(
            id: notes["id"] ?? number,
            label: notes["label"] ?? rule.node.attributes["label"] ?? rule.node.first("description")?.words ?? number,
            cells: cells, output: isOwn ? [:] : output, clause: notes["clause"], line: rule.node.line)
    }

    private mutating func standard(_ table: ModelTable, _ names: [String]) -> [String: String]? {
        var result: [String: String] = [:]
        for (name, output) in zip(names, table.outputs) {
            if let standard = output.standard, let text = text(standard, at: output.node) { result[name] = text }
        }
        return result.isEmpty ? nil : result
    }

    /// An output as rule files write it: a text or a number.
    private mutating func text(_ expression: FeelExpression, at node: XMLNode) -> String? {
        switch expression {
        case .value(.null): return nil
        case .value(let value): return value.outputText
        case .negated(.value(.number(let number))): return (-number).description
        default:
            fail("output-not-a-value", "规则的结果是算式，规则文件的结果只能是文字或数值。", cure: "写出结果的值。", at: node)
            return nil
        }
    }
}

extension FeelValue {
    /// As an output column of a rule file holds it.
    fileprivate var outputText: String {
        switch self {
        case .boolean(let flag): flag ? "true" : "false"
        default: description
        }
    }
}
