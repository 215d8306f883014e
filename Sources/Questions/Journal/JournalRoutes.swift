package import Enterprises
import Foundation
import Storage
import Values
package import WebSupport

/// Addresses of the journal: `/journal`, `/journal/{position}`.
package enum JournalRoutes {
    private static let pageLength = 50

    package static func table(_ office: Office, names directory: RecordNames) -> RouteTable {
        let store = office.store
        var table = RouteTable()
        table.get("/journal", may: QuestionRights.readJournal) { context in
            let subject = context.query["subject"]
            let before = context.query["after"].flatMap { Int64($0) } ?? .max
            let (entries, names) = try await store.read { session in
                let entries = try JournalQuery.page(session, before: before, subject: subject, limit: pageLength + 1)
                return (entries, try SubjectNames(entries.map(\.subject), directory, session))
            }
            let shown = Array(entries.prefix(pageLength))
            let next = entries.count > pageLength ? shown.last?.position : nil
            return .page(JournalPages.list(shown, next: next, names: names, address: context.address, query: context.query))
        }
        table.get("/journal/{position}", may: QuestionRights.readJournal) { context in
            let position: ID<JournalEntry> = try context.id("position")
            let (found, names) = try await store.read { session in
                let found = try JournalQuery.entry(session, at: position.number)
                return (found, try SubjectNames([found?.subject ?? ""], directory, session))
            }
            guard let found else {
                throw Failure(.missing, "journal.no-entry", "日志没有第\(position.number)条", cure: "从日志列表中打开")
            }
            return .page(JournalPages.entry(found, details: details(found), names: names))
        }
        return table
    }

    /// The facts of the entry's detail, in the order of their names.
    private static func details(_ entry: JournalEntry) -> [(String, String)] {
        let object = try? JSONDecoder().decode([String: String].self, from: Data(entry.detail.utf8))
        return (object ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
