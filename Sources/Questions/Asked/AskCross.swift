import Evidence
import Storage

/// Asks for a table of rows by columns: its cells, its totals of rows and columns, the whole. Nothing is added up.
struct AskCross {
    let asking: Asking
    let question: Question

    /// nil where the whole must not be mixed and neither dimension keeps it apart.
    func answer(_ rowName: String, _ columnName: String, _ session: any Session) throws -> CrossAnswer? {
        let both = try ask([rowName, columnName], session, wantsTotal: false)
        guard !both.isApart(by: [rowName, columnName]) else { return nil }
        let rows = try ask([rowName], session, wantsTotal: false)
        let columns = try ask([columnName], session, wantsTotal: false)
        let alone = try ask([], session)
        let whole = alone.isApart(by: []) ? Figure(value: nil, n: alone.figure.n) : alone.figure
        // With one cell withheld, totals would give it away by subtraction.
        let isWithheld = both.groups.contains { $0.figure.isSuppressed }
        let rowTotals = isWithheld || rows.isApart(by: [rowName]) ? [:] : totals(rows)
        let columnTotals = isWithheld || columns.isApart(by: [columnName]) ? [:] : totals(columns)
        let rowKeys = keys(both, at: 0)
        let columnKeys = keys(both, at: 1)
        return CrossAnswer(
            rowName: rowName, columnName: columnName, rows: Array(rowKeys.prefix(CrossAnswer.mostRows)),
            columns: Array(columnKeys.prefix(CrossAnswer.mostColumns)), moreRows: max(0, rowKeys.count - CrossAnswer.mostRows),
            moreColumns: max(0, columnKeys.count - CrossAnswer.mostColumns),
            cells: Dictionary(both.groups.map { (.init(row: $0.keys[0], column: $0.keys[1]), $0.figure) }) { first, _ in first },
            rowTotals: rowTotals, columnTotals: columnTotals, whole: whole)
    }

    private func ask(_ names: [String], _ session: any Session, wantsTotal: Bool = true) throws -> Answer {
        var asked = question
        asked.by = names
        return try asking.ask(asked, session, wantsTotal: wantsTotal)
    }

    private func totals(_ answer: Answer) -> [String: Figure] {
        Dictionary(answer.groups.map { ($0.keys[0], $0.figure) }) { first, _ in first }
    }

    /// The most frequent first; what is cut off is the rarest.
    private func keys(_ answer: Answer, at place: Int) -> [CrossAnswer.Key] {
        var counts: [CrossAnswer.Key: Int64] = [:]
        for group in answer.groups { counts[.init(key: group.keys[place], label: group.labels[place]), default: 0] += group.figure.n }
        let sorted = counts.sorted { ($0.value, $1.key.key) > ($1.value, $0.key.key) }.map(\.key)
        let dimension = answer.question.by[place]
        return ["year", "quarter", "month"].contains(dimension) ? sorted.sorted { $0.key < $1.key } : sorted
    }
}
