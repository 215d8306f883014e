/// What it means that several rules of a table match (DMN 1.5, 8.2.10).
///
/// Government texts use `unique` for eligibility and `collect` for lists of materials; `first` hides an order and is for drafts only.
package enum HitPolicy: String, Sendable, Hashable, CaseIterable {
    /// At most one rule may match.
    case unique
    /// Several may match if their outputs are equal.
    case any
    /// The output that stands first in the order of output values.
    case priority
    /// The first matching rule in the order of the file.
    case first
    /// All outputs in the order of the file.
    case ruleOrder = "rule-order"
    /// All outputs in the order of output values.
    case outputOrder = "output-order"
    /// All outputs.
    case collect
    case collectSum = "collect-sum"
    case collectMin = "collect-min"
    case collectMax = "collect-max"
    case collectCount = "collect-count"

    /// Reads the word of a rule file or DMN's letter (`U A P F R O C C+ C< C> C#`); nil for anything else.
    package init?(written: String) {
        let letters: [String: HitPolicy] = [
            "U": .unique, "A": .any, "P": .priority, "F": .first, "R": .ruleOrder, "O": .outputOrder, "C": .collect,
            "C+": .collectSum, "C<": .collectMin, "C>": .collectMax, "C#": .collectCount,
        ]
        guard let policy = HitPolicy(rawValue: written) ?? letters[written] else { return nil }
        self = policy
    }

    /// Whether outputs are numbers that are summed or compared.
    package var needsNumbers: Bool { self == .collectSum || self == .collectMin || self == .collectMax }

    /// Whether the order of output values decides.
    package var needsOutputOrder: Bool { self == .priority || self == .outputOrder }
}
