import Values

/// A choice that a person makes where the wording lets a boundary value belong to two rules (口径认定): which rule keeps it.
package struct Ruling: Sendable, Hashable {
    package let input: String
    package let value: FactValue
    /// The rule that keeps the value.
    package let rule: String

    package init(input: String, value: FactValue, rule: String) {
        self.input = input
        self.value = value
        self.rule = rule
    }

    /// Stable: input, value as a literal, rule: `sales=5000→A`.
    package var key: String { "\(input)=\(value.literal)→\(rule)" }
}

/// One boundary value that several rules claim, with every way to settle it.
package struct Reading: Sendable, Equatable {
    package let input: String
    package let value: FactValue
    /// The rules that claim it, in the order of the file.
    package let rules: [String]
    package let lines: [Int]
    package let clause: String
    /// `年销售额恰为5000万元时，「A类」「B类」都适用`
    package let label: String
    package let alternatives: [Alternative]

    /// One way to settle it.
    package struct Alternative: Sendable, Equatable {
        package let ruling: Ruling
        /// `5000万元归「A类」`
        package let label: String
        /// The table under this ruling alone.
        package let table: DecisionTable
        /// Whether a rule gives the value up also where the keeper does not apply, so that a hole may open there.
        package let opensGap: Bool

        package var key: String { ruling.key }
    }
}

/// A whole reading of a table: one choice for every boundary, or none at all.
package struct CombinedReading: Sendable, Equatable {
    /// Empty for the text as written.
    package let rulings: [Ruling]
    package let label: String
    package let table: DecisionTable

    /// The keys of its rulings, joined; empty for the text as written.
    package var key: String { rulings.map(\.key).joined(separator: ";") }
}
