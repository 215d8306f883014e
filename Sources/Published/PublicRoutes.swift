import Policy
import Programmes
import SpotChecks
import Storage
import Targets
import Values
package import WebSupport

/// The addresses of the pages for the public; where they are not wanted this table is not added, and nothing of it exists.
package enum PublicRoutes {
    package static func table(_ site: PublicSite) -> RouteTable {
        var table = RouteTable()
        func page(_ path: String, _ answer: @escaping @Sendable (WebContext) async throws -> Page) {
            table.get(path, may: PublicRights.read) { context in
                try site.allowance.take(context.caller)
                if context.query["q"]?.isEmpty == false { try site.searching.take(context.caller) }
                return .page(try await answer(context))
            }
        }
        page("/published") { context in
            let (folders, lists) = try await site.store.read { session in
                (try site.programmes.adopted(session), try OpenedListStore.lists(limit: newest, session))
            }
            return PublicPages.start(folders.map(\.programme), lists, PublicPlace(context))
        }
        page("/published/programmes/{programme}") { context in
            let id = try context.parameter("programme")
            guard let folder = try await site.store.read({ try site.programmes.adopted(id, $0) }) else { throw missing }
            return PublicProgrammePages.page(folder, PublicPlace(context))
        }
        page("/published/figures") { context in
            let groups = try await site.store.read { session in
                try site.programmes.adopted(session).map { ($0.programme, try FigureStore.released(of: $0.programme.id, session)) }
            }
            return PublicPages.figures(groups, PublicPlace(context))
        }
        page("/published/lists") { context in try await lists(site, context) }
        page("/published/lists/{publication}") { context in
            let id: ID<OpenedList> = try context.id("publication")
            let query = PublicQuery(context)
            let after = context.query["after"].flatMap { Int64($0) } ?? 0
            let found = try await site.store.read { session in
                try OpenedListStore.list(id.number, session).map { list in
                    (list, try OpenedListStore.rows(of: list, named: query.names, after: after, limit: shown + 1, session))
                }
            }
            guard let (list, rows) = found else { throw missing }
            return PublicListPages.list(list, rows, query, context)
        }
        return table
    }

    /// Rows and lists of a page.
    static let shown = 50
    /// Lists on the first page.
    private static let newest = 8
    /// Lists that one request looks through for a name; the next page goes on from there.
    private static let searched = 200

    /// Lists, or where a name is given the rows of all lists that bear it.
    private static func lists(_ site: PublicSite, _ context: WebContext) async throws -> Page {
        let query = PublicQuery(context)
        guard let names = query.names else {
            let before = context.query["after"].flatMap { Int64($0) } ?? .max
            let lists = try await site.store.read { try OpenedListStore.lists(before: before, limit: shown + 1, $0) }
            return PublicListPages.all(lists, query, context)
        }
        let from = PublicCursor(context.query["after"] ?? "")
        let (hits, next) = try await site.store.read { session in try found(names, from, session) }
        return PublicListPages.found(hits, next: next, query, context)
    }

    /// Rows that bear a name, list by list from the latest on.
    private static func found(
        _ names: NameQuery, _ from: PublicCursor, _ session: any Storage.Session
    ) throws -> (hits: [PublicHit], next: PublicCursor?) {
        var hits: [PublicHit] = []
        // The cursor's own list first: it may have further rows.
        let lists = try OpenedListStore.lists(before: from.list == .max ? .max : from.list + 1, limit: searched + 1, session)
        for list in lists.prefix(searched) {
            let after = list.id == from.list ? from.row : 0
            let rows = try OpenedListStore.rows(of: list, named: names, after: after, limit: shown + 1 - hits.count, session)
            hits += rows.map { PublicHit(list: list, row: $0) }
            if hits.count > shown {
                let last = hits[shown - 1]
                return (Array(hits.prefix(shown)), PublicCursor(list: last.list.id, row: last.row.id))
            }
        }
        guard lists.count > searched, let rest = lists.last else { return (hits, nil) }
        return (hits, PublicCursor(list: rest.id, row: 0))
    }

    private static let missing = Failure(.missing, "public.not-open", "没有这项公开内容，或已停止公开", cure: "从公众查询首页重新进入")
}

/// A row with its list.
struct PublicHit: Sendable {
    let list: OpenedList
    let row: OpenedRow
}

/// Where a search goes on: the list and the row after which.
struct PublicCursor: Sendable {
    let list: Int64
    let row: Int64

    init(list: Int64, row: Int64) {
        self.list = list
        self.row = row
    }

    /// Reads `12.340`; anything else begins at the start.
    init(_ text: String) {
        let parts = text.split(separator: ".").compactMap { Int64($0) }
        let isCursor = parts.count == 2 && parts.allSatisfy { $0 >= 0 && $0 < .max }
        self.init(list: isCursor ? parts[0] : .max, row: isCursor ? parts[1] : 0)
    }

    var text: String { "\(list).\(row)" }
}

/// What was typed into the search box.
struct PublicQuery: Sendable {
    let text: String?
    /// nil where nothing was typed, or too little to search for.
    let names: NameQuery?

    init(_ context: WebContext) {
        text = context.query["q"].map { String($0.prefix(60)) }
        let query = text.map { NameFolding.query($0) }
        names = query.flatMap { query in
            query.pieces.contains { $0.count >= 2 } && query.pieces.count <= 8 ? query : nil
        }
    }

    /// Whether something was typed that cannot be searched for.
    var isTooShort: Bool { text != nil && names == nil }
}

/// Addresses of these pages in the language of the page that is shown.
struct PublicPlace: Sendable {
    private let context: WebContext

    init(_ context: WebContext) { self.context = context }

    func callAsFunction(_ segments: any PathSegment...) -> Address {
        context.openAddress(segments.reduce(Address("published")) { $0.appending($1) })
    }
}
