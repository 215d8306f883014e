package import Enterprises
import Foundation
import Storage
import Values
package import WebSupport

/// Addresses of the journal: `/journal`, `/journal/{position}`.
package enum JournalRoutes {
    private static let pageLength = 50

    package static func table(_ office: Office) -> RouteTable {
        let store = office.store
        var table = RouteTable()
        table.get("/journal", may: .officers) { context in
            let subject = context.query["subject"]
            let before = context.query["after"].flatMap { Int64($0) } ?? .max
            let entries = try await store.read { try JournalQuery.page($0, before: before, subject: subject, limit: pageLength + 1) }
            let shown = Array(entries.prefix(pageLength))
            let next = entries.count > pageLength ? shown.last?.position : nil
            return .page(JournalPages.list(shown, next: next, subject: subject, address: context.address, query: context.query))
        }
        table.get("/journal/{position}", may: .officers) { context in
            let position: ID<JournalEntry> = try context.id("position")
            let found = try await store.read { try JournalQuery.entry($0, at: position.number) }
            guard let found else {
                throw Failure(.missing, "journal.no-entry", "日志没有第\(position.number)条", cure: "从日志列表中打开")
            }
            return .page(JournalPages.entry(found, details: details(found)))
        }
        return table
    }

    /// The facts of the entry's detail, in the order of their names.
    private static func details(_ entry: JournalEntry) -> [(String, String)] {
        let object = try? JSONDecoder().decode([String: String].self, from: Data(entry.detail.utf8))
        return (object ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
