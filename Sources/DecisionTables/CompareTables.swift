/// A subject that two tables judge differently: who would change class.
package struct TableChange<Subject: Sendable>: Sendable {
    package let subject: Subject
    package let before: Outcome
    package let after: Outcome
}

extension DecisionTable {
    /// Whom the second table judges otherwise than the first, over the same facts, in the order given. Outcomes that mean the same
    /// (equal answers by different rules, still missing) are no change.
    package static func changes<Subject: Sendable>(
        from before: DecisionTable, to after: DecisionTable, facts: some Sequence<(Subject, [String: FactValue])>
    ) -> [TableChange<Subject>] {
        var changes: [TableChange<Subject>] = []
        for (subject, values) in facts {
            let (old, new) = (before.outcome(values), after.outcome(values))
            if !old.isSame(as: new) { changes.append(TableChange(subject: subject, before: old, after: new)) }
        }
        return changes
    }
}
