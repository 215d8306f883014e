package import DecisionTables
import Values

/// A decision table as a DMN 1.5 model. What DMN has no place for (clause, metric, unit, open conditions) stands in `extensionElements` and, for
/// readers, in descriptions and annotations; every other tool may leave it out and decide the same.
package struct TableExport {
    let table: DecisionTable
    let document: String
    /// What the rule file says of an input beside its cells, by input name: `metric`, `open`.
    let remarks: [String: [String: String]]

    package init(_ table: DecisionTable, document: String, remarks: [String: [String: String]] = [:]) {
        self.table = table
        self.document = document
        self.remarks = remarks
    }

    /// The decision's name in the model.
    package static func decisionName(_ table: DecisionTable) -> String {
        let label = table.label.normalized
        return table.inputs.contains { $0.name == label } ? table.id : label
    }

    private var measured: [DecisionTable.Input] { table.inputs.filter { $0.kind != .open } }
    private var open: [DecisionTable.Input] { table.inputs.filter { $0.kind == .open } }

    /// Output columns: those declared, then those that only rules name.
    private var columns: [DecisionTable.Output] {
        let named = Set(table.rules.flatMap { table.output(of: $0).keys } + (table.defaultOutput ?? [:]).keys)
        let declared = table.outputs.filter { named.contains($0.name) }
        return declared + named.subtracting(declared.map(\.name)).sorted().map { DecisionTable.Output($0) }
    }

    package var xml: String {
        var writer = MarkupWriter()
        writer.element(
            "definitions",
            [
                "xmlns": "https://www.omg.org/spec/DMN/20230324/MODEL/", "xmlns:hallmark": HallmarkNotes.namespace, "id": "_model",
                "name": table.label, "namespace": "urn:hallmark:" + identifier(document),
            ]
        ) { writer in
            decision(&writer)
            for (number, input) in measured.enumerated() {
                writer.element("inputData", ["id": inputId(number), "name": input.name, "label": input.label]) {
                    $0.empty("variable", ["name": input.name, "typeRef": typeRef(input.kind)])
                }
            }
        }
        return writer.text
    }

    private func decision(_ writer: inout MarkupWriter) {
        let name = TableExport.decisionName(table)
        writer.element("decision", ["id": "_" + identifier(table.id), "name": name]) { writer in
            writer.words("description", "出处：\(document) 条款\(table.clause)")
            writer.element("extensionElements") { writer in
                writer.empty(
                    "hallmark:table", ["decides": table.id, "label": table.label, "document": document, "clause": table.clause])
                for (place, input) in table.inputs.enumerated() where input.kind == .open {
                    writer.empty(
                        "hallmark:open",
                        ["place": String(place), "name": input.name, "label": input.label, "clause": input.clause, "unit": input.unit])
                }
            }
            writer.empty("variable", ["name": name])
            for number in measured.indices {
                writer.element("informationRequirement", ["id": "_need\(number + 1)"]) {
                    $0.empty("requiredInput", ["href": "#" + inputId(number)])
                }
            }
            decisionTable(&writer)
        }
    }

    private func decisionTable(_ writer: inout MarkupWriter) {
        let (policy, aggregation) = TableExport.policies[table.hit] ?? ("UNIQUE", nil)
        writer.element("decisionTable", ["id": "_table", "hitPolicy": policy, "aggregation": aggregation, "outputLabel": table.label]) {
            writer in
            for (number, input) in measured.enumerated() { self.input(input, number, &writer) }
            for (number, column) in columns.enumerated() { output(column, number, &writer) }
            writer.empty("annotation", ["name": "条款"])
            if !open.isEmpty { writer.empty("annotation", ["name": "待明确"]) }
            for (number, rule) in table.rules.enumerated() { self.rule(rule, number, &writer) }
        }
    }

    private func input(_ input: DecisionTable.Input, _ number: Int, _ writer: inout MarkupWriter) {
        let notes = remarks[input.name] ?? [:]
        writer.element("input", ["id": "_column\(number + 1)", "label": input.label]) { writer in
            writer.element("extensionElements") {
                $0.empty(
                    "hallmark:input",
                    [
                        "metric": notes["metric"], "open": notes["open"], "unit": input.unit, "clause": input.clause,
                        "values": input.allowed?.joined(separator: "\n"),
                    ])
            }
            writer.expression("inputExpression", ["typeRef": typeRef(input.kind)], input.name)
            if let written = allowed(input) { writer.expression("inputValues", written) }
        }
    }

    /// The domain as one list of tests; nil where several tests cannot be written as one.
    private func allowed(_ input: DecisionTable.Input) -> String? {
        guard let allowed = input.allowed, !allowed.isEmpty else { return nil }
        if input.kind == .text { return allowed.map { FactValue.text($0).literal }.joined(separator: ", ") }
        return allowed.count > 1 && allowed.contains { $0.contains("not") || $0 == "-" } ? nil : allowed.joined(separator: ", ")
    }

    private func output(_ column: DecisionTable.Output, _ number: Int, _ writer: inout MarkupWriter) {
        writer.element(
            "output", ["id": "_output\(number + 1)", "name": column.name, "typeRef": table.hit.needsNumbers ? "number" : "string"]
        ) {
            if !column.values.isEmpty { $0.expression("outputValues", column.values.map(literal).joined(separator: ", ")) }
            if let standard = table.defaultOutput?[column.name] { $0.expression("defaultOutputEntry", literal(standard)) }
        }
    }

    private func rule(_ rule: DecisionTable.Rule, _ number: Int, _ writer: inout MarkupWriter) {
        let named = table.inputs.map(\.name).filter { rule.cells[$0]?.test == .any }
        writer.element("rule", ["id": "_rule\(number + 1)", "label": rule.label]) { writer in
            writer.element("extensionElements") {
                $0.empty(
                    "hallmark:rule",
                    [
                        "id": rule.id, "label": rule.label, "clause": rule.clause,
                        "any": named.isEmpty ? nil : named.joined(separator: "\n"),
                        "gives": rule.output.isEmpty ? nil : "yes",
                    ])
            }
            for (place, input) in measured.enumerated() {
                let cell = rule.cell(input)
                writer.expression(
                    "inputEntry", ["id": "_rule\(number + 1)in\(place + 1)"], cell.text.contains("\\") ? cell.test.canonical : cell.text)
            }
            let written = table.output(of: rule)
            for (place, column) in columns.enumerated() {
                writer.expression("outputEntry", ["id": "_rule\(number + 1)out\(place + 1)"], written[column.name].map(literal) ?? "null")
            }
            writer.expression("annotationEntry", "条款" + (rule.clause ?? table.clause))
            if !open.isEmpty {
                let conditions = open.filter { rule.cells[$0.name] != nil }.map { "\($0.label)（条款\($0.clause ?? table.clause)，原文没有标准）" }
                writer.expression("annotationEntry", conditions.joined(separator: "；"))
            }
        }
    }

    // MARK: words of DMN

    static let policies: [HitPolicy: (policy: String, aggregation: String?)] = [
        .unique: ("UNIQUE", nil), .any: ("ANY", nil), .priority: ("PRIORITY", nil), .first: ("FIRST", nil), .ruleOrder: ("RULE ORDER", nil),
        .outputOrder: ("OUTPUT ORDER", nil), .collect: ("COLLECT", nil), .collectSum: ("COLLECT", "SUM"), .collectMin: ("COLLECT", "MIN"),
        .collectMax: ("COLLECT", "MAX"), .collectCount: ("COLLECT", "COUNT"),
    ]

    private func typeRef(_ kind: InputKind) -> String {
        switch kind {
        case .number: "number"
        case .text: "string"
        case .boolean: "boolean"
        case .day: "date"
        case .open: "Any"
        }
    }

    private func literal(_ output: String) -> String { table.hit.needsNumbers ? output : FactValue.text(output).literal }

    private func inputId(_ number: Int) -> String { "_input\(number + 1)" }

    /// Letters, digits, points and dashes; everything else becomes a dash.
    private func identifier(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" ? $0 : "-" })
    }
}
