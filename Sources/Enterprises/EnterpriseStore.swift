import Evidence
package import Storage
package import Values

/// A dossier whole, as known at one position (一企一档).
package struct Dossier: Sendable {
    package let firm: Enterprise
    /// The journal position of the version shown; a form carries it to notice that somebody was faster.
    package let version: Int64
    package let names: [EnterpriseName]
    /// The latest year first.
    package let accounts: [Account]
    package let products: [Product]
    package let holdings: [Holding]
    /// Dossiers that were merged into this one.
    package let absorbed: [Enterprise]
}

/// What a list of dossiers is narrowed to, and where the next page begins.
package struct EnterpriseFilter: Sendable, Hashable {
    /// Part of a current or former name, or a whole code.
    package var text: String?
    /// Numbers of regions; nil for everywhere. An empty list matches nothing.
    package var regions: [Int64]?
    /// Only dossiers whose region is not known.
    package var isPlaceless = false
    package var status: EnterpriseStatus?
    /// Only dossiers without sales of this year.
    package var missingSales: Int?
    package var known: Int64?
    /// The cursor of the page: the number of the last firm shown, or of the name it was found by.
    package var after: Int64 = 0

    package init() {}
}

/// One line of the list.
package struct EnterpriseLine: Sendable {
    package let firm: Enterprise
    /// The latest year with sales, and the sales.
    package let year: Int?
    package let sales: Fen?
}

/// Reading dossiers.
package enum EnterpriseStore {
    /// A dossier's own row as it was known at a position; nil where there was none.
    package static func firm(_ id: ID<Enterprise>, at position: Int64?, _ session: any Session) throws -> Enterprise? {
        try session.row("select \(Enterprise.columns) from enterprise as e where e.id = \(id) and \(RecordTable.known("e", at: position))")
            .map { Enterprise($0) }
    }

    /// The current row. Throws `enterprise.unknown`.
    package static func current(_ id: ID<Enterprise>, _ session: any Session) throws -> Enterprise {
        guard let firm = try firm(id, at: nil, session) else { throw unknown(id) }
        return firm
    }

    static func unknown(_ id: ID<Enterprise>) -> Failure {
        Failure(.missing, "enterprise.unknown", "没有编号为\(id)的企业档案", cure: "按名称或代码查找")
    }

    /// The firm of a code (18 or 15 characters), merged ones followed. Throws `enterprise.unknown-code`.
    package static func find(code: String, _ session: any Session) throws -> Enterprise {
        let text = NameFolding.narrowed(code).uppercased()
        let rows = try session.rows(bearers(of: text, at: nil))
        let survivors = try Survivors.load(session)
        let ids = Set(rows.map { survivors.of($0.id(0)) })
        guard let id = ids.first, ids.count == 1 else {
            throw Failure(
                .missing, "enterprise.unknown-code", ids.isEmpty ? "没有代码为“\(code)”的企业档案" : "号码“\(code)”对应\(ids.count)份档案",
                cure: "核对统一社会信用代码，或按名称查找")
        }
        return try current(id, session)
    }

    /// The numbers of the firms that bear a code; each arm is answered by an index of its own.
    static func bearers(of code: String, at position: Int64?) -> SQL {
        """
        select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.code = \(code) and e.status <> 'merged'
        union select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.status = 'merged' and e.code = \(code)
        union select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.registration_number = \(code) order by 1
        """
    }

    /// A dossier for its reader: one of another town is as unknown as none.
    package static func dossier(
        _ id: ID<Enterprise>, for actor: Actor, at position: Int64?, _ regions: RegionDirectory, _ session: any Session
    ) throws -> Dossier {
        let dossier = try dossier(id, at: position, session)
        guard try admits(dossier.firm, actor, regions) else { throw unknown(id) }
        return dossier
    }

    /// Whether a firm lies within the actor's town; those who have none see all.
    static func admits(_ firm: Enterprise, _ actor: Actor, _ regions: RegionDirectory) throws -> Bool {
        guard let own = try regions.entrusted(to: actor) else { return true }
        return firm.region.map(own.contains) ?? false
    }

    /// Throws `enterprise.unknown`, also for a dossier that was not yet there at the position.
    package static func dossier(_ id: ID<Enterprise>, at position: Int64?, _ session: any Session) throws -> Dossier {
        guard let firm = try firm(id, at: position, session) else { throw unknown(id) }
        let version = try session.integer(
            "select e.known_from from enterprise as e where e.id = \(id) and \(RecordTable.known("e", at: position))")
        let absorbed: SQL =
            "select \(Enterprise.columns) from enterprise as e where e.merged_into = \(id) and \(RecordTable.known("e", at: position)) order by e.id"
        return Dossier(
            firm: firm, version: version, names: try names(id, at: position, session),
            accounts: try session.rows(
                "select \(Account.columns) from account as a where a.enterprise_id = \(id) and \(RecordTable.known("a", at: position)) order by a.year desc"
            ).map { Account($0) },
            products: try session.rows(
                "select \(Product.columns) from product as p where p.enterprise_id = \(id) and \(RecordTable.known("p", at: position)) order by p.id"
            ).map { Product($0) },
            holdings: try session.rows(
                "select \(Holding.columns) from holding as h where h.enterprise_id = \(id) and \(RecordTable.known("h", at: position)) order by h.id"
            ).map { Holding($0) }, absorbed: try session.rows(absorbed).map { Enterprise($0) })
    }

    /// The names of a firm, the current one first.
    package static func names(_ id: ID<Enterprise>, at position: Int64?, _ session: any Session) throws -> [EnterpriseName] {
        let sql: SQL =
            "select \(EnterpriseName.columns) from enterprise_name as n where n.enterprise_id = \(id) and \(RecordTable.known("n", at: position)) order by n.kind, n.id"
        return try session.rows(sql).map { EnterpriseName($0) }
    }

    /// The names under which firms were kept at a position, by number; merged firms keep theirs.
    ///
    /// - Parameter own: regions outside which firms are not named; nil names all.
    package static func titles(
        of ids: Set<Int64>, at position: Int64?, own: [Int64]? = nil, _ session: any Session
    ) throws -> [Int64: String] {
        guard !ids.isEmpty else { return [:] }
        let list = SQL.list(ids.sorted().map(Value.integer))
        let place: SQL = own.map { " and e.region_id in \(SQL.list($0.map(Value.integer)))" } ?? ""
        let rows = try session.rows(
            "select e.id, e.name from enterprise as e where e.id in \(list) and \(RecordTable.known("e", at: position))\(place)")
        return Dictionary(rows.map { ($0.integer(0), $0.text(1)) }) { first, _ in first }
    }

    /// The latest year with sales of each of these firms, and the sales.
    static func latestSales(
        _ ids: [ID<Enterprise>], at position: Int64?, _ session: any Session
    ) throws -> [ID<Enterprise>: (Int, Fen)] {
        var latest: [ID<Enterprise>: (Int, Fen)] = [:]
        try session.each(
            ids.map { Value($0) },
            {
                "select a.enterprise_id, a.year, a.sales_fen from account as a where a.sales_fen is not null and \(RecordTable.known("a", at: position)) and a.enterprise_id in \($0) order by a.year"
            }
        ) { row in if let sales = row.fen(2) { latest[row.id(0)] = (Int(row.integer(1)), sales) } }
        return latest
    }
}
