import Foundation
import Storage
import Values
package import WebSupport

/// The address of the record of readings: `/readings`, for auditors.
package enum SeenPageRoutes {
    private static let pageLength = 50

    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/readings", may: AccountRights.readReadings) { context in
            let actor = context.query["actor"].flatMap { $0.isEmpty ? nil : $0 }
            let before = context.query["after"].flatMap { Int64($0) } ?? .max
            let found = try await office.store.read { try SeenPageStore.page(before: before, actor: actor, limit: pageLength + 1, $0) }
            let shown = Array(found.prefix(pageLength))
            return .page(page(shown, next: found.count > pageLength ? shown.last?.id : nil, actor: actor, context))
        }
        return table
    }

    private static func page(_ rows: [(id: Int64, seen: SeenPage)], next: Int64?, actor: String?, _ context: WebContext) -> Page {
        Page(AccountWords.readings, lead: AccountWords.readingsLead) { html in
            html.add(
                QueryForm(
                    page: Address("readings"), fields: [FormField("actor", AccountWords.account, values: [actor ?? ""])],
                    submit: AccountWords.show))
            html.add(
                WebSupport.Sheet(AccountWords.readings) { html in
                    html.add(list(rows.map(\.seen)))
                    html.add(Pagination(page: context.address, shown: rows.count, after: next.map { String($0) }))
                })
        }
    }

    private static func list(_ rows: [SeenPage]) -> Table<SeenPage> {
        Table(
            caption: AccountWords.readings, rows: rows,
            columns: [
                .text(AccountWords.when) { OwnAccountPages.time($0.time) }, .text(AccountWords.account) { Word(name: $0.actor) },
                .text(AccountWords.role) { Role(rawValue: $0.role)?.title },
                Column(AccountWords.seenPage, .wide) { html, row in html.add(.code, text: row.page.removingPercentEncoding ?? row.page) },
                .text(AccountWords.purpose) { row in row.purpose.map { Word(name: $0) } },
            ], empty: EmptyState(AccountWords.noReading, nextStep: AccountWords.noReadingNext))
    }
}
