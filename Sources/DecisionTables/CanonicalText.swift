extension DecisionTable {
    /// The whole meaning of the table in one stable text, for hashing and comparing: cells in their canonical spelling, names sorted,
    /// inputs, rules and output values in their order; neither the file nor its line numbers.
    package var canonicalText: String {
        var lines = ["table \(quoted(id)) \(quoted(label)) clause \(quoted(clause))", "hit \(hit.rawValue)"]
        for input in inputs {
            var line = "input \(quoted(input.name)) \(quoted(input.label)) \(input.kind.rawValue)"
            if let unit = input.unit { line += " unit \(quoted(unit))" }
            if let clause = input.clause { line += " clause \(quoted(clause))" }
            if let allowed = input.allowed { line += " allowed " + allowed.map(quoted).joined(separator: " ") }
            lines.append(line)
        }
        for output in outputs { lines.append((["output", quoted(output.name)] + output.values.map(quoted)).joined(separator: " ")) }
        for rule in rules {
            var line = "rule \(quoted(rule.id)) \(quoted(rule.label))"
            if let clause = rule.clause { line += " clause \(quoted(clause))" }
            for (name, cell) in rule.cells.sorted(by: { $0.key < $1.key }) {
                line += " when \(quoted(name)) \(quoted(cell.test.canonical))"
            }
            lines.append(line + then(rule.output))
        }
        if let defaultOutput { lines.append("default" + then(defaultOutput)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func then(_ output: [String: String]) -> String {
        output.sorted { $0.key < $1.key }.map { " then \(quoted($0.key)) \(quoted($0.value))" }.joined()
    }
}
