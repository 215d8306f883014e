import DecisionTables
import Enterprises
import Policy
import Storage
package import Values

/// A firm as lists of classes name it.
package struct ClassSubject: Sendable, Hashable {
    package let id: Int64
    package let name: String
    package let code: String?
    package let region: Int64?
}

/// A class that a person has confirmed (已确认).
package struct ConfirmedClass: Sendable, Hashable {
    package let id: Int64
    package let enterprise: Int64
    package let programme: String
    package let table: String
    package let rule: String
    package let label: String
    /// The group that the table proposed at that time.
    package let proposed: String
    /// The facts used, with values and dates.
    package let basis: String
    package let documentNumber: String
    /// Why it was confirmed against the proposal (人工调整).
    package let exceptionReason: String?
    package let confirmedOn: Day
    /// Who confirmed it.
    package let actor: String
    package let position: Int64
}

/// Reads firms and their confirmed classes.
enum ClassStore {
    /// The firms that a table is asked about: in business, within the viewer's region, in the order of their numbers.
    static func subjects(_ office: Office, _ actor: Actor, at position: Int64?) throws -> SQL {
        var sql: SQL = "select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.status = 'active'"
        if let region = actor.region {
            sql += " and e.region_id in \(SQL.list(try office.regions.within(String(region)).map { .integer($0) }))"
        }
        return sql + " order by e.id"
    }

    static func names(_ ids: [Int64], _ session: any Session, at position: Int64?) throws -> [ClassSubject] {
        guard !ids.isEmpty else { return [] }
        return try session.rows(
            """
            select e.id, e.name, e.code, e.region_id from enterprise as e
            where \(RecordTable.known("e", at: position)) and e.id in \(SQL.list(ids.map { .integer($0) })) order by e.id
            """
        ).map { ClassSubject(id: $0.integer(0), name: $0.text(1), code: $0.optionalText(2), region: $0.optionalInteger(3)) }
    }

    /// A firm by the store's number, its credit code, its registration number or its exact name.
    static func find(_ who: String, _ session: any Session, at position: Int64?) throws -> ClassSubject {
        let narrowed = NameFolding.narrowed(who).uppercased()
        let folded = NameFolding.key(who)
        let number = Int64(narrowed).flatMap { $0 < 1_000_000_000_000 ? $0 : nil } ?? -1
        let rows = try session.rows(
            """
            select e.id from enterprise as e
            where \(RecordTable.known("e", at: position)) and e.status <> 'merged'
                and (e.id = \(number) or e.code = \(narrowed) or e.registration_number = \(narrowed) or e.folded = \(folded))
            order by e.id limit 2
            """)
        guard let first = rows.first, let subject = try names([first.integer(0)], session, at: position).first else {
            throw Failure(.missing, "class.no-enterprise", "没有找到企业“\(who)”", cure: "用统一社会信用代码、注册号、全称或档案编号")
        }
        guard rows.count == 1 else {
            throw Failure(.invalid, "class.several-enterprises", "“\(who)”对应的企业不止一家", cure: "用统一社会信用代码或档案编号")
        }
        return subject
    }

    /// Confirmed classes of these firms on one table.
    static func confirmed(
        _ ids: [Int64], programme: String, table: String, _ session: any Session, at position: Int64?
    ) throws -> [Int64: ConfirmedClass] {
        guard !ids.isEmpty else { return [:] }
        let rows = try session.rows(
            """
            select c.id, c.enterprise_id, c.programme, c.table_id, c.rule, c.label, c.proposed, c.basis, c.document_number, c.exception_reason,
                c.confirmed_day, j.actor, c.known_from
            from enterprise_class as c join journal as j on j.position = c.known_from
            where c.programme = \(programme) and c.table_id = \(table) and c.enterprise_id in \(SQL.list(ids.map { .integer($0) }))
                and \(RecordTable.known("c", at: position))
            """)
        var found: [Int64: ConfirmedClass] = [:]
        for row in rows { found[row.integer(1)] = confirmed(row) }
        return found
    }

    private static func confirmed(_ row: Row) -> ConfirmedClass? {
        guard let day = row.day(10) else { return nil }
        return ConfirmedClass(
            id: row.integer(0), enterprise: row.integer(1), programme: row.text(2), table: row.text(3), rule: row.text(4),
            label: row.text(5),
            proposed: row.text(6), basis: row.text(7), documentNumber: row.text(8), exceptionReason: row.optionalText(9), confirmedOn: day,
            actor: row.text(11), position: row.integer(12))
    }

    /// Confirmed classes that are not what the run proposes.
    static func differences(_ run: ClassRun, _ session: any Session, at position: Int64?) throws -> [ClassDifference] {
        var found: [ClassDifference] = []
        let sql: SQL = """
            select c.enterprise_id, c.rule, c.label, c.exception_reason from enterprise_class as c
            where c.programme = \(run.table.programme.id) and c.table_id = \(run.table.asWritten.id)
                and \(RecordTable.known("c", at: position)) order by c.enterprise_id
            """
        try session.forEach(sql) { row in
            guard let group = run.group(of: row.integer(0)), group.key != row.text(1) else { return }
            found.append(
                ClassDifference(
                    enterprise: row.integer(0), confirmedRule: row.text(1), confirmedLabel: row.text(2), group: group.key,
                    isException: row.optionalText(3) != nil))
        }
        return found
    }
}
