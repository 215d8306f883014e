package import Storage
import Values

/// Reads organisations.
package enum OrganisationStore {
    /// All of them as known at a position, nil for now, in the order of their numbers.
    package static func tree(at position: Int64? = nil, _ session: any Session) throws -> OrganisationTree {
        let rows = try session.rows(
            """
            select id, kind, name, parent_id, region_id, valid_from, valid_to from organisation as o
            where \(RecordTable.known("o", at: position)) order by id
            """)
        let successions = try session.rows(
            """
            select predecessor_id, successor_id, day from organisation_succession as s where \(RecordTable.known("s", at: position)) order by id
            """)
        return OrganisationTree(
            rows.map(organisation),
            successions: successions.map { Succession(predecessor: $0.id(0), successor: $0.id(1), day: $0.day(2) ?? Day(number: 0)) })
    }

    /// A person's own name, that of their organisation and of all that was or is above it.
    static func names(of person: Person, _ session: any Session) throws -> [String] {
        guard let own = person.organisation else { return [person.name] }
        let tree = try tree(session)
        return [person.name] + tree.withAllAbove(own).sorted().compactMap { tree.organisation($0)?.name }
    }

    /// The merger that an organisation ended by: the day, the rows that say so, and the end that was written before it.
    static func merger(of id: ID<Organisation>, _ session: any Session) throws -> (day: Day, rows: [Int64], formerEnd: Day?)? {
        let rows = try session.rows(
            """
            select id, day, known_from from organisation_succession as s where predecessor_id = \(id) and \(RecordTable.current("s"))
            order by known_from, id
            """)
        guard let first = rows.first, let day = first.day(1) else { return nil }
        let before = try session.row("select valid_to from organisation where id = \(id) and known_to = \(first.integer(2))")
        return (day, rows.map { $0.integer(0) }, before?.day(0))
    }

    private static func organisation(_ row: Row) -> Organisation {
        Organisation(
            id: row.id(0), kind: OrganisationKind(rawValue: row.text(1)) ?? .department, name: row.text(2), parent: row.optionalID(3),
            region: row.optionalInteger(4), from: row.day(5) ?? Day(number: 0), to: row.day(6))
    }
}

extension Organisation {
    /// The row as the table keeps it.
    var row: [Value] { [.text(kind.rawValue), .text(name), Value(parent), Value(region), Value(from), Value(to)] }
}
