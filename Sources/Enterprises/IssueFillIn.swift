import Storage
package import Values

/// What can be asked back from the towns (补报栏目).
package enum FillInField: String, Sendable, CaseIterable {
    case sales
    case brandSales = "brand-sales"
    case exports
    case research = "rd"
    case tax
    case code
    case address
    case industryCode = "industry-code"

    /// The yearly figure it asks for; nil for a field of the dossier itself.
    package var figure: AccountFigure? { AccountFigure(rawValue: rawValue) }
}

/// A request to fill in what is unknown (补报), issued to the towns.
package struct FillIn: Sendable, Equatable {
    package let id: ID<FillIn>
    package let title: String
    package let region: Int64?
    package let year: Int
    package let fields: [FillInField]
    package let issuedDay: Day
    package let expected: Int
}

/// Issues a request for everything that is unknown in a region.
package enum IssueFillIn {
    /// - Returns: the request; its firms are those in business for which one of the fields is unknown now.
    /// - Throws: `fill-in.no-fields`, `fill-in.nothing-missing`.
    package static func run(
        title: String, region: Int64?, year: Int, fields: [FillInField], request: String? = nil, office: Office, actor: Actor
    ) async throws -> ID<FillIn> {
        try EnterpriseRights.issueFillIns.require(actor)
        guard !fields.isEmpty else { throw Failure(.invalid, "fill-in.no-fields", "没有选择要补报的栏目", cure: "至少选一栏") }
        let regions = try region.map { try office.regions.within(String($0)) }
        let draft = FillIn(id: ID(0), title: title, region: region, year: year, fields: fields, issuedDay: Day(number: 0), expected: 0)
        let answer: @Sendable (Transaction) throws -> String = { String(try write(draft, regions: regions, $0).number) }
        let text: String
        if let request {
            text = try await office.store.actOnce(request: request, "enterprises.issue-fill-in", by: actor, reason: title, answer)
        } else {
            text = try await office.store.act("enterprises.issue-fill-in", by: actor, reason: title, answer).answer
        }
        return ID(Int64(text) ?? 0)
    }

    private static func write(_ draft: FillIn, regions: [Int64]?, _ transaction: Transaction) throws -> ID<FillIn> {
        var sql: SQL =
            "select e.id, e.region_id from enterprise as e where \(RecordTable.current("e")) and e.status in ('active', 'candidate')"
        if let regions { sql += " and e.region_id in \(SQL.list(regions.map(Value.integer)))" }
        sql += " and not (" + FillInStore.known(draft) + ") order by e.id"
        let firms = try transaction.session.rows(sql)
        guard !firms.isEmpty else {
            throw Failure(.conflict, "fill-in.nothing-missing", "所选地区的企业\(draft.year)年这些栏目都已知道，不必补报", cure: "换一个年度、栏目或地区")
        }
        let id: ID<FillIn> = try transaction.newID(.fillIn)
        try transaction.open(
            .fillIn, id: id.number,
            [
                .text(draft.title), Value(draft.region), Value(draft.year), .text(draft.fields.map(\.rawValue).joined(separator: ",")),
                Value(transaction.time.day), Value(firms.count),
            ])
        let rows = try firms.map { firm in
            let row: ID<FillInField> = try transaction.newID(.fillInRow)
            return (id: row.number, row: [Value(id), .integer(firm.integer(0)), firm.value(1)])
        }
        try transaction.open(.fillInRow, rows: rows)
        transaction.subject = "fill-in/\(id)"
        return id
    }
}
