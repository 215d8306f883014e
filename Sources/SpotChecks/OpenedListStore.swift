import Imports
package import Storage
package import Values

/// Reads what the public may read of published lists. No column of this office's own work is selected here.
package enum OpenedListStore {
    /// Lists open to the public, the latest first. One whose original was erased rests on nothing any more and is left out.
    package static func lists(before id: Int64 = .max, limit: Int, _ session: any Session) throws -> [OpenedList] {
        try session.rows(
            "select \(listColumns) from \(opened) and o.publication_id < \(id) order by o.publication_id desc limit \(limit)"
        ).map(list)
    }

    /// One list; nil where it is not open.
    package static func list(_ id: Int64, _ session: any Session) throws -> OpenedList? {
        try session.row("select \(listColumns) from \(opened) and o.publication_id = \(id)").map(list)
    }

    /// Rows of a list in its order, those whose maker's name holds every piece. What a later file added to the list is not among them until the
    /// list is opened again: whoever opened it has not seen it.
    package static func rows(
        of list: OpenedList, named query: NameQuery? = nil, after: Int64 = 0, limit: Int, _ session: any Session
    ) throws -> [OpenedRow] {
        var condition: SQL = "r.publication_id = \(list.id) and \(RecordTable.current("r")) and r.id > \(after)"
        condition += " and exists (select 1 from result as v where v.id = r.id and v.known_from <= \(list.position))"
        for piece in query?.pieces ?? [] { condition += " and " + SQL.holds("r.producer_folded", piece) }
        let found = try session.rows("select \(rowColumns) from result as r where \(condition) order by r.id limit \(limit)")
        let corrected = try corrections(of: found.map { $0.integer(0) }, since: list.position, session)
        return found.map { row(of: $0, list, correctedOn: corrected[$0.integer(0)]) }
    }

    /// The last day on which what the list says in a row was changed after the list was opened, by row.
    private static func corrections(of ids: [Int64], since position: Int64, _ session: any Session) throws -> [Int64: Day] {
        guard !ids.isEmpty else { return [:] }
        let versions = try session.rows(
            """
            select \(rowColumns), r.known_from from result as r where r.id in \(SQL.list(ids.map(Value.integer))) and r.known_to > \(position)
            order by r.id, r.known_from
            """)
        var days: [Int64: Day] = [:]
        for (earlier, later) in zip(versions, versions.dropFirst()) where earlier.integer(0) == later.integer(0) {
            let hasChanged = Array(earlier.values.dropLast()) != Array(later.values.dropLast())
            guard hasChanged, case .integer(let at)? = later.values.last else { continue }
            days[later.integer(0)] = try JournalQuery.entry(session, at: at)?.time.day
        }
        return days
    }

    private static let opened: SQL = """
        opened_list as o join publication as p on p.id = o.publication_id and p.known_to = 9223372036854775807
        where o.known_to = 9223372036854775807 and not exists (
            select 1 from original_erasure as e where e.sha256 = p.original and e.known_to = 9223372036854775807)
        """
    private static let listColumns: SQL =
        "p.id, p.title, p.level, p.year, p.quarter, p.issuer, p.published_day, o.source, o.shows_sampled, o.opened_on, o.known_from"
    private static let rowColumns: SQL = """
        r.id, r.sequence, r.producer, r.sampled_unit, r.product, r.brand, r.model, r.batch, r.verdict, r.failed_items, r.laboratory, r.recheck,
        r.doubt
        """

    private static func list(_ row: Row) -> OpenedList {
        OpenedList(
            id: row.integer(0), title: row.text(1), level: ListLevel(rawValue: row.text(2)) ?? .unstated,
            year: row.optionalInteger(3).map(Int.init), quarter: row.optionalInteger(4).map(Int.init), issuer: row.optionalText(5),
            publishedDay: row.day(6), source: row.text(7), showsSampled: row.integer(8) == 1, openedOn: row.day(9) ?? Day(number: 0),
            position: row.integer(10))
    }

    private static func row(of row: Row, _ list: OpenedList, correctedOn: Day?) -> OpenedRow {
        OpenedRow(
            id: row.integer(0), list: list.id, sequence: row.optionalText(1), producer: row.optionalText(2),
            sampledUnit: list.showsSampled ? row.optionalText(3) : nil, product: row.optionalText(4), brand: row.optionalText(5),
            model: row.optionalText(6), batch: row.optionalText(7), verdict: Verdict(rawValue: row.text(8)) ?? .pending,
            failedItems: row.optionalText(9), laboratory: row.optionalText(10), recheck: row.optionalText(11),
            isDisputed: row.optionalText(12) == SampleResult.Doubt.counterfeit.rawValue, correctedOn: correctedOn)
    }
}
