package import DecisionModels
import DecisionTables
import Foundation
import Values

extension RuleFile {
    /// Reads a rule file that stands alone; clauses cannot be checked against a document.
    package static func read(_ text: String, file: String) throws(PolicyFailures) -> RuleFile {
        let root = try ReadYaml.root(text, file: file)
        let log = FailureLog(file: file)
        var reading = ReadRuleFile(log: log)
        let rule = reading.read(root)
        guard let rule, log.failures.isEmpty else { throw PolicyFailures(log.failures) }
        return rule
    }

    /// The rule file as a DMN 1.5 model, with metrics and open points kept as remarks.
    package var model: String {
        var remarks: [String: [String: String]] = [:]
        for (name, metric) in metrics { remarks[name, default: [:]]["metric"] = metric.name }
        for (name, open) in openInputs { remarks[name, default: [:]]["open"] = open }
        return TableExport(table, document: document, remarks: remarks).xml
    }

    /// The table of a model as the text of a rule file. An input without a metric gets its own name for one, so that `programme check`
    /// names what is to be chosen.
    package static func text(of imported: ImportedTable) -> String {
        WriteRuleFile(table: imported.table, document: imported.document, remarks: imported.remarks).text
    }

    /// The rule file as text, in the order that programmes are written in.
    package var text: String {
        var remarks: [String: [String: String]] = [:]
        for (name, metric) in metrics { remarks[name, default: [:]]["metric"] = metric.name }
        for (name, open) in openInputs { remarks[name, default: [:]]["open"] = open }
        return WriteRuleFile(table: table, document: document, remarks: remarks).text
    }
}

/// Writes a table as YAML: one line an input, one line a rule.
private struct WriteRuleFile {
    let table: DecisionTable
    let document: String
    let remarks: [String: [String: String]]

    var text: String {
        var lines = [
            "decides: \(quoted(table.id))", "label: \(quoted(table.label))",
            "source: { document: \(quoted(document)), clause: \(quoted(table.clause)) }", "hit: \(table.hit.rawValue)",
        ]
        lines.append(table.inputs.isEmpty ? "inputs: {}" : "inputs:")
        lines += table.inputs.map(line)
        lines.append("rules:")
        lines += table.rules.map(line)
        if !table.outputs.isEmpty {
            lines.append("outputs:")
            lines += table.outputs.map { "  \(quoted($0.name)): [\($0.values.map(quoted).joined(separator: ", "))]" }
        }
        if let standard = table.defaultOutput { lines.append("default: \(map(standard.sorted { $0.key < $1.key }))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ input: DecisionTable.Input) -> String {
        if input.kind == .open {
            var parts = ["open: \(quoted(input.label))"]
            if let unit = input.unit { parts.append("unit: \(quoted(unit))") }
            if let clause = input.clause { parts.append("clause: \(quoted(clause))") }
            return "  \(quoted(input.name)): { \(parts.joined(separator: ", ")) }"
        }
        let notes = remarks[input.name] ?? [:]
        var parts = ["label: \(quoted(input.label))", "metric: \(quoted(notes["metric"] ?? input.name))"]
        if let unit = input.unit { parts.append("unit: \(quoted(unit))") }
        if input.kind != .number { parts.append("kind: \(input.kind.rawValue)") }
        if let allowed = input.allowed { parts.append("values: [\(allowed.map(quoted).joined(separator: ", "))]") }
        if let clause = input.clause { parts.append("clause: \(quoted(clause))") }
        if let open = notes["open"] { parts.append("open: \(quoted(open))") }
        return "  \(quoted(input.name)): { \(parts.joined(separator: ", ")) }"
    }

    private func line(_ rule: DecisionTable.Rule) -> String {
        let cells = table.inputs.compactMap { input in rule.cells[input.name].map { (key: input.name, value: $0.text) } }
        var parts = ["id: \(quoted(rule.id))", "label: \(quoted(rule.label))", "when: \(map(cells))"]
        if !rule.output.isEmpty { parts.append("gives: \(map(rule.output.sorted { $0.key < $1.key }))") }
        if let clause = rule.clause, clause != table.clause { parts.append("clause: \(quoted(clause))") }
        return "  - { \(parts.joined(separator: ", ")) }"
    }

    private func map(_ entries: [(key: String, value: String)]) -> String {
        entries.isEmpty ? "{}" : "{ " + entries.map { "\(quoted($0.key)): \(quoted($0.value))" }.joined(separator: ", ") + " }"
    }

    /// Single quotes, inside which nothing but the quote itself means anything; double ones where a line ends.
    private func quoted(_ text: String) -> String {
        // A plain word begins with a letter: what begins otherwise may be a number to whoever reads the file.
        if text.unicodeScalars.first?.properties.isAlphabetic == true,
            text.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_.".unicodeScalars.contains($0) }),
            !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        {
            return text
        }
        guard text.unicodeScalars.contains(where: { $0.value < 32 }) else { return "'" + text.replacing("'", with: "''") + "'" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result += scalar.value < 32 ? " " : String(scalar)
            }
        }
        return result + "\""
    }
}
