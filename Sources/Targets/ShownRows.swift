import Enterprises
package import Evidence
import SpotChecks
package import Storage
package import Values

/// The rows of a question as a page or a file shows them: every value as text.
package struct ShownRows: Sendable {
    package let headings: [Word]
    package let rows: [[String]]
    /// Where the next page begins; nil after the last.
    package let next: Int64?

    /// Shorter texts are equal by chance: two verdicts, two years.
    private static let shortest = 4

    /// Titles and notes need a wider column than codes and days.
    func isLong(_ column: Int) -> Bool { rows.contains { $0[column].count > Self.longest } }
    private static let longest = 12

    /// The columns that some row fills and that do not repeat one before: 企业档案 beside 标称生产者.
    var filled: [Int] {
        var shown: [Int] = []
        for column in headings.indices where rows.contains(where: { !$0[column].isEmpty }) {
            let isRepeated = shown.contains { earlier in rows.allSatisfy { $0[earlier] == $0[column] && $0[column].count > Self.shortest } }
            if !isRepeated { shown.append(column) }
        }
        return shown
    }

    /// One page of the rows behind a standing's own value, regions and firms by their names; nil where no question stands behind it.
    package static func read(
        _ question: Question?, _ asking: Asking, _ session: any Session, after: Int64 = 0, limit: Int = 100
    ) throws -> ShownRows? {
        guard let question else { return nil }
        let fact = try asking.catalogue.fact(question.fact)
        let page = try asking.rows(question, session, after: after, limit: limit)
        let words = Dictionary(fact.dimensions.map { ($0.name, $0.words) }, uniquingKeysWith: { first, _ in first })
        func numbers(_ isMeant: (Fact.Column) -> Bool) -> Set<Int64> {
            let places = page.columns.indices.filter { isMeant(page.columns[$0]) }
            return Set(page.rows.flatMap { row in places.compactMap { row.values[$0].integer } })
        }
        let firms = try EnterpriseStore.titles(of: numbers { $0.kind == .enterprise }, at: question.known, session)
        let lists = try SpotCheckStore.titles(of: numbers { $0.name == "publication" }, at: question.known, session)
        return ShownRows(
            headings: page.columns.map(\.label),
            rows: page.rows.map { row in
                zip(page.columns, row.values).map { column, value in
                    name(value, column, firms, lists, asking.regions) ?? text(value, column, words[column.name] ?? [:])
                }
            }, next: page.next)
    }

    private static func name(
        _ value: Value, _ column: Fact.Column, _ firms: [Int64: String], _ lists: [Int64: String], _ regions: any RegionScope
    ) -> String? {
        guard let number = value.integer else { return nil }
        if column.kind == .enterprise { return firms[number] }
        return switch column.name {
        case "region": regions.name(of: number)
        case "publication": lists[number]
        default: nil
        }
    }

    private static func text(_ value: Value, _ column: Fact.Column, _ words: [String: Word]) -> String {
        switch value {
        case .null, .blob: ""
        case .integer(let number): column.kind == .money ? Fen(number).yuan : String(number)
        case .real(let number): String(number)
        case .text(let text): words[text]?.chinese ?? text
        }
    }
}
