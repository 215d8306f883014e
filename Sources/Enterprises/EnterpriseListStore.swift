package import Storage
import Values

/// How many firms a list holds: counted, or at least so many where counting on would read the whole register.
package enum ListTotal: Sendable, Hashable {
    case exactly(Int)
    case atLeast(Int)
}

/// Pages of the list of dossiers. The work of a page does not grow with the register: rows are read in the order of an index until the page is
/// full, and nothing is counted to the end.
extension EnterpriseStore {
    /// Up to so many firms the narrower filter is read whole and searched, rather than the search narrowed.
    static let fewEnough = 4_096
    /// Up to so many regions each is read from its own index.
    static let regionsMerged = 60
    /// How far a search is counted.
    static let countedAtMost = 1_024

    /// A page of the list, and the cursor of the next page. Without a text firms stand in the order of their numbers; with one, in the order of
    /// the names that were found, each firm once.
    ///
    /// - Parameter among: how many firms the filter leaves without its text, where that is known.
    package static func list(
        _ filter: EnterpriseFilter, among: Int? = nil, limit: Int = 50, _ session: any Session
    ) throws -> (lines: [EnterpriseLine], next: Int64?) {
        let found = try hits(filter, among: among, limit: limit + 1, session)
        let page = Array(found.prefix(limit))
        let firms = try firms(page.map(\.firm), at: filter.known, session)
        let sales = try latestSales(page.map { ID($0.firm) }, at: filter.known, session)
        let lines = page.compactMap { firms[$0.firm] }.map { EnterpriseLine(firm: $0, year: sales[$0.id]?.0, sales: sales[$0.id]?.1) }
        return (lines, found.count > limit ? page.last?.cursor : nil)
    }

    /// How many firms a filter leaves that `among` does not tell: exact up to `countedAtMost` candidates.
    package static func total(_ filter: EnterpriseFilter, among: Int? = nil, _ session: any Session) throws -> ListTotal {
        var whole = filter
        whole.after = 0
        if whole.text == nil, whole.missingSales == nil, let among { return .exactly(among) }
        if let text = whole.text, !isCode(text), among.map({ $0 > fewEnough }) ?? true {
            let query = NameFolding.query(text)
            if !query.pairs.isEmpty {
                let seen = try session.rows(NameSearch.candidates(query, limit: countedAtMost + 1, dialect: session.dialect)).count
                guard seen > countedAtMost else { return .exactly(try hits(whole, among: among, limit: countedAtMost + 1, session).count) }
                let found = Int(try session.integer(NameSearch.countAmong(query, whole, limit: countedAtMost, dialect: session.dialect)))
                return .atLeast(found)
            }
        }
        let found = try hits(whole, among: among, limit: countedAtMost + 1, session).count
        return found > countedAtMost ? .atLeast(countedAtMost) : .exactly(found)
    }

    /// One firm of a page with the cursor that stands after it.
    struct Hit: Hashable {
        let cursor: Int64
        let firm: Int64
    }

    static func hits(_ filter: EnterpriseFilter, among: Int?, limit: Int, _ session: any Session) throws -> [Hit] {
        guard let text = filter.text else { return try plain(filter, limit: limit, session) }
        if isCode(text) {
            let bearers = try coded(filter, text, session)
            if !bearers.isEmpty { return Array(bearers.filter { $0.cursor > filter.after }.prefix(limit)) }
        }
        let query = NameFolding.query(text)
        let isNarrow = filter.regions != nil || filter.isPlaceless || filter.status != nil
        if isNarrow, filter.known == nil, let among, among <= fewEnough {
            let firsts = try session.rows(NameSearch.firstNames(query, conditions(filter))).map {
                Hit(cursor: $0.integer(0), firm: $0.integer(1))
            }
            return Array(firsts.filter { $0.cursor > filter.after }.sorted { $0.cursor < $1.cursor }.prefix(limit))
        }
        return try session.rows(NameSearch.hits(query, filter, limit: limit, dialect: session.dialect)).map {
            Hit(cursor: $0.integer(0), firm: $0.integer(1))
        }
    }

    /// Firms without a text: in the order of their numbers; of several regions the first firms of each, merged.
    private static func plain(_ filter: EnterpriseFilter, limit: Int, _ session: any Session) throws -> [Hit] {
        func read(_ filter: EnterpriseFilter) throws -> [Int64] {
            let sql: SQL = "select e.id from enterprise as e where " + conditions(filter).joined(" and ")
            return try session.rows(sql + " and e.id > \(filter.after) order by e.id limit \(limit)").map { $0.integer(0) }
        }
        var ids: [Int64] = []
        if filter.known == nil, let regions = filter.regions, regions.count <= regionsMerged {
            var single = filter
            for region in regions {
                single.regions = [region]
                ids += try read(single)
            }
            ids.sort()
        } else {
            ids = try read(filter)
        }
        return ids.prefix(limit).map { Hit(cursor: $0, firm: $0) }
    }

    /// The firms that bear the code and meet the filter.
    private static func coded(_ filter: EnterpriseFilter, _ text: String, _ session: any Session) throws -> [Hit] {
        let code = NameFolding.narrowed(text).uppercased()
        let sql: SQL =
            "select e.id from enterprise as e where e.id in (select b.id from (\(bearers(of: code, at: filter.known))) as b) and "
        return try session.rows(sql + conditions(filter).joined(" and ") + " order by e.id").map {
            Hit(cursor: $0.integer(0), firm: $0.integer(0))
        }
    }

    static func isCode(_ text: String) -> Bool {
        let narrowed = NameFolding.narrowed(text)
        return [9, 15, 18].contains(narrowed.count) && narrowed.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// Everything but the text and the cursor; the alias is `e`.
    static func conditions(_ filter: EnterpriseFilter) -> [SQL] {
        var conditions: [SQL] = [RecordTable.known("e", at: filter.known)]
        if let status = filter.status {
            conditions.append("e.status = \(status.rawValue)")
        } else {
            conditions.append("e.status <> 'merged'")
        }
        if let regions = filter.regions {
            // Many regions are most of the register, whose rows come sooner in the order of their numbers than from the regions' index.
            let isMerged = filter.known == nil && regions.count <= regionsMerged
            let list = SQL.list(regions.map(Value.integer))
            conditions.append(regions.isEmpty ? "1 = 0" : isMerged ? "e.region_id in \(list)" : "+e.region_id in \(list)")
        }
        if filter.isPlaceless { conditions.append("e.region_id is null") }
        if let year = filter.missingSales {
            conditions.append(
                "not exists (select 1 from account as a where a.enterprise_id = e.id and a.year = \(year) and a.sales_fen is not null and \(RecordTable.known("a", at: filter.known)))"
            )
        }
        return conditions
    }

    private static func firms(_ ids: [Int64], at position: Int64?, _ session: any Session) throws -> [Int64: Enterprise] {
        var firms: [Int64: Enterprise] = [:]
        try session.each(ids.map(Value.integer)) {
            "select \(Enterprise.columns) from enterprise as e where e.id in \($0) and \(RecordTable.known("e", at: position))"
        } _: { row in
            let firm = Enterprise(row)
            firms[firm.id.number] = firm
        }
        return firms
    }
}
