package import Values

/// A table as it was read from a rule file, before its names, cells and kinds are checked.
extension DecisionTable {
    package struct Draft: Sendable {
        package var id: String
        package var label: String
        package var clause: String
        package var file: String?
        /// The line of the table in the file.
        package var line: Int?
        /// The word of the hit policy as written.
        package var hit: String
        package var inputs: [DecisionTable.Input]
        package var rules: [Rule]
        package var outputs: [DecisionTable.Output]
        package var defaultOutput: [String: String]?

        package init(
            id: String, label: String, clause: String, file: String? = nil, line: Int? = nil, hit: String, inputs: [DecisionTable.Input],
            rules: [Rule], outputs: [DecisionTable.Output] = [], defaultOutput: [String: String]? = nil
        ) {
            self.id = id
            self.label = label
            self.clause = clause
            self.file = file
            self.line = line
            self.hit = hit
            self.inputs = inputs
            self.rules = rules
            self.outputs = outputs
            self.defaultOutput = defaultOutput
        }

        /// A row as written.
        package struct Rule: Sendable {
            package var id: String
            package var label: String
            package var cells: [Cell]
            package var output: [String: String]
            package var clause: String?
            package var line: Int?

            package init(
                id: String, label: String, cells: [Cell], output: [String: String] = [:], clause: String? = nil, line: Int? = nil
            ) {
                self.id = id
                self.label = label
                self.cells = cells
                self.output = output
                self.clause = clause
                self.line = line
            }

            /// A row whose cells all stand on its own line.
            package init(
                _ id: String, label: String? = nil, when cells: KeyValuePairs<String, String>, output: [String: String] = [:],
                clause: String? = nil, line: Int? = nil
            ) {
                self.init(
                    id: id, label: label ?? id, cells: cells.map { Cell(input: $0.key, text: $0.value, line: line) }, output: output,
                    clause: clause, line: line)
            }
        }

        /// A cell as written, with the line that it stands on.
        package struct Cell: Sendable {
            package var input: String
            package var text: String
            package var line: Int?

            package init(input: String, text: String, line: Int? = nil) {
                self.input = input
                self.text = text
                self.line = line
            }
        }

        /// The table, if nothing is wrong with it; otherwise every failure at once, each with file, line and clause.
        package func table() throws(TableFailures) -> DecisionTable {
            var check = CheckDraft(draft: self)
            let rules = check.run()
            guard check.failures.isEmpty, let policy = HitPolicy(written: hit) else { throw TableFailures(all: check.failures) }
            return DecisionTable(
                id: id, label: label, clause: clause, file: file, hit: policy, inputs: inputs, rules: rules, outputs: outputs,
                defaultOutput: defaultOutput)
        }
    }
}

/// Everything that is wrong with a draft, in the order of the file.
package struct TableFailures: Error, Sendable, Equatable {
    package let all: [Failure]

    package init(all: [Failure]) { self.all = all }
}
