package import Storage
package import Values

/// How far a town has answered a request.
package struct FillInTown: Sendable, Equatable {
    /// nil: firms whose place is not known.
    package let region: Int64?
    package let expected: Int
    package let answered: Int

    package var isComplete: Bool { answered == expected }
    package var isUnanswered: Bool { answered == 0 }
}

/// Reading requests and what has come back; an answer is not stored, it is whether the values asked for are known now.
package enum FillInStore {
    private static let columns: SQL = "f.id, f.title, f.region_id, f.year, f.fields, f.issued_day, f.expected"

    /// The latest first.
    package static func all(_ session: any Session) throws -> [FillIn] {
        try session.rows("select \(columns) from fill_in as f where \(RecordTable.current("f")) order by f.id desc").map(read)
    }

    /// Throws `fill-in.unknown`.
    package static func one(_ id: ID<FillIn>, _ session: any Session) throws -> FillIn {
        guard let row = try session.row("select \(columns) from fill_in as f where f.id = \(id) and \(RecordTable.current("f"))") else {
            throw Failure(.missing, "fill-in.unknown", "没有编号为\(id)的补报", cure: "从补报一览打开")
        }
        return read(row)
    }

    /// Those that ask about a firm or one merged into it, the latest first.
    static func asking(_ dossier: Dossier, _ session: any Session) throws -> [FillIn] {
        let firms = SQL.list(numbers(dossier))
        return try session.rows(
            """
            select \(columns) from fill_in as f where \(RecordTable.current("f"))
            and f.id in (select r.fill_in_id from fill_in_row as r where r.enterprise_id in \(firms)) order by f.id desc limit 50
            """
        ).map(read)
    }

    /// The firm and those merged into it.
    static func numbers(_ dossier: Dossier) -> [Value] { ([dossier.firm] + dossier.absorbed).map { Value($0.id) } }

    /// The towns of a request and how far each has answered, those that owe most first.
    ///
    /// - Parameter own: the regions of the reader's town: firms that have moved elsewhere since are no longer the reader's; nil for who sees all.
    package static func towns(_ fillIn: FillIn, own: Set<Int64>? = nil, _ session: any Session) throws -> [FillInTown] {
        let sql: SQL = """
            select r.region_id, count(*), sum(case when \(known(fillIn)) then 1 else 0 end) from fill_in_row as r
            join enterprise as e on e.id = r.enterprise_id and \(RecordTable.current("e")) where r.fill_in_id = \(fillIn.id)\(isOwn(own, placed: true)) group by r.region_id
            """
        let towns = try session.rows(sql).map {
            FillInTown(region: $0.optionalInteger(0), expected: Int($0.integer(1)), answered: Int($0.integer(2)))
        }
        return towns.sorted { ($1.expected - $1.answered, $0.region ?? 0) < ($0.expected - $0.answered, $1.region ?? 0) }
    }

    /// The firms of one town with what is known of them now; of those that lie in another town since, its officer alone is told.
    package static func firms(
        _ fillIn: FillIn, region: Int64?, own: Set<Int64>? = nil, _ session: any Session
    ) throws -> [(firm: Enterprise, account: Account?)] {
        let place: SQL = region.map { "r.region_id = \($0)" } ?? "r.region_id is null"
        let firms = try session.rows(
            """
            select \(Enterprise.columns) from fill_in_row as r join enterprise as e on e.id = r.enterprise_id and \(RecordTable.current("e"))
            where r.fill_in_id = \(fillIn.id) and \(place)\(isOwn(own, placed: false)) order by e.id
            """
        ).map { Enterprise($0) }
        var accounts: [ID<Enterprise>: Account] = [:]
        try session.each(
            firms.map { Value($0.id) },
            {
                "select \(Account.columns) from account as a where a.year = \(fillIn.year) and \(RecordTable.current("a")) and a.enterprise_id in \($0)"
            }
        ) { accounts[$0.id(1)] = Account($0) }
        return firms.map { ($0, accounts[$0.id]) }
    }

    /// Narrows to firms `e` that lie in the reader's town now; `placed` narrows the rows `r` to those that were asked there, too.
    private static func isOwn(_ own: Set<Int64>?, placed: Bool) -> SQL {
        guard let own else { return "" }
        let list = SQL.list(own.sorted().map(Value.integer))
        return placed ? " and e.region_id in \(list) and r.region_id in \(list)" : " and e.region_id in \(list)"
    }

    /// Whether everything asked of the firm `e` is known; merged firms owe nothing.
    static func known(_ fillIn: FillIn) -> SQL {
        let parts = fillIn.fields.map { field -> SQL in
            guard let column = column(field) else { return "1 = 1" }
            guard field.figure != nil else { return "e.\(column) is not null" }
            return
                "exists (select 1 from account as a where a.enterprise_id = e.id and a.year = \(fillIn.year) and a.\(column) is not null and \(RecordTable.current("a")))"
        }
        return "e.status = 'merged' or (\(parts.joined(" and ")))"
    }

    private static func column(_ field: FillInField) -> Identifier? {
        switch field {
        case .sales: "sales_fen"
        case .brandSales: "brand_sales_fen"
        case .exports: "exports_fen"
        case .research: "rd_fen"
        case .tax: "tax_fen"
        case .code: "code"
        case .address: "address"
        case .industryCode: "industry_code"
        }
    }

    private static func read(_ row: Row) -> FillIn {
        FillIn(
            id: row.id(0), title: row.text(1), region: row.optionalInteger(2), year: Int(row.integer(3)),
            fields: row.text(4).split(separator: ",").compactMap { FillInField(rawValue: String($0)) },
            issuedDay: row.day(5) ?? Day(number: 0),
            expected: Int(row.integer(6)))
    }
}
