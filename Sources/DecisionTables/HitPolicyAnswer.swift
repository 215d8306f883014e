/// What a hit policy makes of the rules that match: one engine for tables of programmes and of DMN models, whatever their outputs are.
///
/// Rules are named by their place in the file; `sure` are those that match, in that order.
extension HitPolicy {
    /// The form of the answer.
    package enum Answers: Sendable { case one, list, number }

    package var answers: Answers {
        switch self {
        case .unique, .any, .priority, .first: .one
        case .ruleOrder, .outputOrder, .collect: .list
        case .collectSum, .collectMin, .collectMax, .collectCount: .number
        }
    }

    /// Whether the matching rules contradict each other under this policy.
    package func isHeld(_ sure: [Int], isSame: (Int, Int) -> Bool) -> Bool {
        switch self {
        case .unique: sure.count > 1
        case .any: sure.first.map { first in sure.dropFirst().contains { !isSame(first, $0) } } ?? false
        default: false
        }
    }

    /// Whether a rule that may match would change what the sure ones say.
    package func canChange(
        _ rule: Int, _ sure: [Int], isSame: (Int, Int) -> Bool, rank: (Int) -> [Int], amount: (Int) -> Decimal34
    ) -> Bool {
        guard let first = sure.first else { return true }
        switch self {
        case .unique, .ruleOrder, .outputOrder, .collect, .collectCount: return true
        case .any: return !isSame(rule, first)
        case .first: return rule < first
        case .priority: return rank(rule).lexicographicallyPrecedes(sure.map(rank).min { $0.lexicographicallyPrecedes($1) } ?? [])
        case .collectSum: return !amount(rule).isZero
        case .collectMin: return sure.map(amount).min().map { amount(rule) < $0 } ?? true
        case .collectMax: return sure.map(amount).max().map { amount(rule) > $0 } ?? true
        }
    }

    /// The rules whose outputs are the answer, in its order; `rank` is the place of a rule's outputs in the order of output values.
    package func deciding(_ sure: [Int], rank: (Int) -> [Int]) -> [Int] {
        switch self {
        case .first: return Array(sure.prefix(1))
        case .priority: return Array(ranked(sure, rank).prefix(1))
        case .outputOrder: return ranked(sure, rank)
        case .unique, .any, .ruleOrder, .collect, .collectSum, .collectMin, .collectMax, .collectCount: return sure
        }
    }

    /// Equal ranks keep the order of the file.
    private func ranked(_ sure: [Int], _ rank: (Int) -> [Int]) -> [Int] {
        sure.map { (rule: $0, rank: rank($0)) }
            .sorted { $0.rank == $1.rank ? $0.rule < $1.rule : $0.rank.lexicographicallyPrecedes($1.rank) }
            .map(\.rule)
    }

    /// The sum, least, greatest or count of the amounts of the deciding rules; nil where it does not exist.
    package func total(_ amounts: [Decimal34]) -> Decimal34? {
        switch self {
        case .collectMin: amounts.min()
        case .collectMax: amounts.max()
        case .collectCount: Decimal34(amounts.count)
        default: amounts.reduce(Optional(Decimal34.zero)) { $0?.adding($1) }
        }
    }
}
