/// A decision table: from facts about an enterprise (or anything) to a class, an entitlement, a list.
///
/// Made from a rule file through `DecisionTable.Draft`, which checks names, cells and kinds; the memberwise initialiser trusts its caller.
package struct DecisionTable: Sendable, Hashable {
    /// What it decides: `enterprise.class`.
    package let id: String
    /// In Chinese: 皮鞋企业分类.
    package let label: String
    /// The clause of the document: `四(三)2`.
    package let clause: String
    /// The rule file, relative to the programme; nil for tables made in memory.
    package let file: String?
    package let hit: HitPolicy
    package let inputs: [Input]
    package let rules: [Rule]
    /// Names of the outputs and, for `priority` and `output-order`, the order of their values.
    package let outputs: [Output]
    /// What holds where no rule matches; nil leaves a hole, which the proof reports.
    package let defaultOutput: [String: String]?
    /// The domains cut at every boundary that a cell names; derived once, used by proof, readings and distances.
    let grid: Grid

    package init(
        id: String, label: String, clause: String, file: String? = nil, hit: HitPolicy, inputs: [Input], rules: [Rule],
        outputs: [Output] = [], defaultOutput: [String: String]? = nil
    ) {
        self.id = id
        self.label = label
        self.clause = clause
        self.file = file
        self.hit = hit
        self.inputs = inputs
        self.rules = rules
        self.outputs = outputs
        self.defaultOutput = defaultOutput
        self.grid = Grid(inputs: inputs, rules: rules)
    }

    /// A condition of the table: a metric asked by enterprise, or what the text leaves open.
    package struct Input: Sendable, Hashable {
        package let name: String
        /// In Chinese, as pages and sentences name it; for an open input the words of the document.
        package let label: String
        package let kind: InputKind
        /// The unit in which cells are written: 万元.
        package let unit: String?
        package let clause: String?
        /// The domain: for texts the values there are, for numbers and days cells such as `>= 0`; nil is everything.
        package let allowed: [String]?
        /// 1-based line of the file.
        package let line: Int?

        package init(
            _ name: String, label: String, kind: InputKind, unit: String? = nil, clause: String? = nil, allowed: [String]? = nil,
            line: Int? = nil
        ) {
            self.name = name
            self.label = label
            self.kind = kind
            self.unit = unit
            self.clause = clause
            self.allowed = allowed
            self.line = line
        }
    }

    /// A row of the table. A missing cell means `-`.
    package struct Rule: Sendable, Hashable {
        package let id: String
        /// In Chinese: A类(重点培育).
        package let label: String
        package let cells: [String: TableCell]
        /// Output values by name; empty means that the rule's id is the output.
        package let output: [String: String]
        package let clause: String?
        package let line: Int?

        package init(
            id: String, label: String, cells: [String: TableCell], output: [String: String] = [:], clause: String? = nil, line: Int? = nil
        ) {
            self.id = id
            self.label = label
            self.cells = cells
            self.output = output
            self.clause = clause
            self.line = line
        }

        /// The cell for an input.
        package func cell(_ input: Input) -> TableCell { cells[input.name] ?? .any }
    }

    /// An output column.
    package struct Output: Sendable, Hashable {
        package let name: String
        /// The values there are, most wanted first; empty where any value may stand.
        package let values: [String]

        package init(_ name: String, values: [String] = []) {
            self.name = name
            self.values = values
        }
    }

    /// What a rule answers: its outputs, or its id under the name of the table.
    package func output(of rule: Rule) -> [String: String] { rule.output.isEmpty ? [id: rule.id] : rule.output }

    /// The rule of that id.
    package func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

    /// The input of that name.
    package func input(_ name: String) -> Input? { inputs.first { $0.name == name } }

    /// What the text leaves open in this table (待明确).
    package var openConditions: [OpenCondition] {
        inputs.filter { $0.kind == .open }.map { input in
            let naming = rules.filter { $0.cells[input.name] != nil }
            let concerned = naming.isEmpty ? rules : naming
            return OpenCondition(input: input.name, label: input.label, clause: input.clause ?? clause, rules: concerned.map(\.id))
        }
    }
}

/// A condition that the document names without a measure, and the rules that it belongs to.
package struct OpenCondition: Sendable, Hashable {
    package let input: String
    /// The words of the document: 有较大生产规模.
    package let label: String
    package let clause: String
    /// The rules whose row names it; every rule where none does.
    package let rules: [String]

    package init(input: String, label: String, clause: String, rules: [String]) {
        self.input = input
        self.label = label
        self.clause = clause
        self.rules = rules
    }
}
