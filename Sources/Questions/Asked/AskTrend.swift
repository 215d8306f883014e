import Evidence
import Storage

/// Asks for one figure a period.
struct AskTrend {
    let asking: Asking
    let question: Question
    let fact: Fact
    /// Years between the first and the last are filled up to this; beyond it a year is a slip of the pen.
    private static let longestStretch = 80

    /// nil where the fact knows no period, or the figures must not be mixed.
    func answer(_ wanted: String?, _ session: any Session) throws -> TrendAnswer? {
        guard let dimension = fact.periods.first(where: { $0.name == wanted }) ?? fact.periods.first else { return nil }
        var asked = question
        asked.by = [dimension.name]
        let answer = try asking.ask(asked, session, wantsTotal: false)
        guard !answer.isApart(by: asked.by) else { return nil }
        let figures = Dictionary(answer.groups.map { ($0.keys[0], $0.figure) }) { first, _ in first }
        let keys = figures.keys.filter { !$0.isEmpty }.sorted()
        return TrendAnswer(dimension: dimension, points: Self.filled(keys).map { ($0, figures[$0]) }, unstated: figures[""])
    }

    /// Years without rows stand between the others, so that the line breaks there.
    private static func filled(_ keys: [String]) -> [String] {
        let years = keys.compactMap { Int($0) }
        guard years.count == keys.count, let first = years.first, let last = years.last, last - first <= longestStretch else { return keys }
        return (first...last).map(String.init)
    }
}
