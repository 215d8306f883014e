import Evidence
import Storage

/// Whether a question may be asked beside others while a page waits: where counters answer, or where the fact is small.
struct AskingCost {
    let fact: Fact
    let asking: Asking
    /// Rows up to which a page may count them for every dimension it shows.
    static let rowsAtOnce = 30_000

    /// How many rows the fact has, from its counters; facts without counters are small.
    func isSmall(_ session: any Session) throws -> Bool {
        guard let count = fact.countMetric, asking.isCounted(Question(fact.name, metric: count.name)) else { return true }
        let total = try asking.ask(Question(fact.name, metric: count.name), session).figure.value ?? 0
        return Int(total) <= Self.rowsAtOnce
    }
}

extension Fact {
    /// The dimension that tells periods apart, the longest period first: year, quarter, month.
    var periods: [Dimension] { ["year", "quarter", "month"].compactMap { name in dimensions.first { $0.name == name } } }

    /// The dimension of places.
    var place: Dimension? { dimensions.first { if case .region = $0.kind { true } else { false } } }

    /// Dimensions that a breakdown may use.
    var breakable: [Dimension] { dimensions.filter { if case .several = $0.kind { false } else { true } } }

    /// What a first breakdown is worth trying by: few values with words, then places, then anything.
    func suggested(besides names: [String] = []) -> Dimension? {
        let free = breakable.filter { !names.contains($0.name) }
        return free.first { !$0.words.isEmpty && $0.name != "rated" } ?? free.first { if case .region = $0.kind { true } else { false } }
            ?? free.first
    }
}
