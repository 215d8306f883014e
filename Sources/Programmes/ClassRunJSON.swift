import DecisionTables
package import Foundation
import Policy
import Values

extension ClassRun {
    /// The counts of a classification as the command line gives them.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Written(self))
    }

    /// The counts as lines of text for a terminal.
    package var lines: [String] {
        let head = "\(table.programme.title)·\(table.asWritten.label)（条款\(table.asWritten.clause)），\(on)，数据截至日志第\(position)号"
        let open = table.openPoints(on: on, conditions: table.asWritten.openConditions).map { "待明确：\($0)" }
        return [head] + groups.map { "\($0.label)　\($0.count)家" } + ["合计　\(total)家", "与已确认不一致　\(differenceCount)家"] + open
    }

    private struct Written: Encodable {
        struct Group: Encodable {
            let key, kind, label: String
            let count: Int
        }

        let programme, table, clause, on: String
        let year: Int
        let yearIsOpen: Bool
        let known: Int64
        let total: Int
        let groups: [Group]
        let differences: Int
        let open: [String]

        init(_ run: ClassRun) {
            programme = run.table.programme.id
            table = run.table.asWritten.id
            clause = run.table.asWritten.clause
            on = run.on.description
            year = run.year
            yearIsOpen = run.table.yearRuling == nil
            known = run.position
            total = run.total
            groups = run.groups.map { Group(key: $0.key, kind: $0.kind.rawValue, label: $0.label, count: $0.count) }
            differences = run.differenceCount
            open = run.table.openPoints(on: run.on, conditions: run.table.asWritten.openConditions)
        }
    }
}
