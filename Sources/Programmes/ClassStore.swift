import DecisionTables
import Enterprises
import Evidence
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
    static func subjects(_ office: Office, _ actor: Actor, at position: Int64?, among ids: [Int64]?) throws -> SQL {
        var sql: SQL = "select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.status = 'active'"
        if let ids { sql += " and e.id in \(SQL.list(ids.map(Value.integer)))" }
        return try sql + scope("e.region_id", office, actor) + " order by e.id"
    }

    /// What lies within the viewer's region.
    private static func scope(_ column: SQL, _ office: Office, _ actor: Actor) throws -> SQL {
        guard let seen = try office.regions.entrusted(to: actor) else { return "" }
        return " and \(column) in \(SQL.list(seen.map(Value.integer)))"
    }

    /// The column of the yearly accounts that answers an input; nil where another register does.
    static func accountColumn(_ input: RuleInput) -> Identifier? {
        guard input.fact == "account", input.dimension == "enterprise", input.year == "year", input.filters.isEmpty else { return nil }
        switch input.metric {
        case "sales": return "sales_fen"
        case "brand-sales": return "brand_sales_fen"
        case "exports": return "exports_fen"
        case "rd": return "rd_fen"
        case "tax": return "tax_fen"
        default: return nil
        }
    }

    /// A year's figures of firms in the order of their numbers: what the questions of the inputs answer, since a firm has one row a year.
    static func accounts(
        _ columns: [Identifier], year: Int, _ office: Office, _ actor: Actor, at position: Int64?, among ids: [Int64]?
    ) throws -> SQL {
        let list = columns.map { "a.\($0)" as SQL }.joined(", ")
        var sql: SQL =
            "select a.enterprise_id, \(list) from account as a where a.year = \(year) and \(RecordTable.known("a", at: position))"
        if let ids { sql += " and a.enterprise_id in \(SQL.list(ids.map(Value.integer)))" }
        return try sql + scope("a.region_id", office, actor) + " order by a.enterprise_id"
    }

    /// Firm and confirmed rule: twice the rule's place, counted from 1, and 1 more for an exception; rules the table no longer has come last.
    static func confirmedRules(_ table: ClassTable, _ session: any Session, at position: Int64?, among ids: [Int64]?) throws -> SQL {
        var code: SQL = "case c.rule"
        for (index, rule) in table.asWritten.rules.enumerated() { code += " when \(rule.id) then cast(\(2 * index + 2) as bigint)" }
        code += " else cast(\(2 * table.asWritten.rules.count + 2) as bigint) end + case when c.exception_reason is null then 0 else 1 end"
        var sql: SQL = """
            select c.enterprise_id, \(code) from enterprise_class as c
            where c.programme = \(table.programme.id) and c.table_id = \(table.asWritten.id) and \(RecordTable.known("c", at: position))
            """
        if let ids { sql += " and c.enterprise_id in \(SQL.list(ids.map(Value.integer))) order by c.enterprise_id" }
        return sql
    }

    /// The firms whose dossier, accounts or confirmed class changed after one position and until another, ascending; at most `limit`.
    static func touched(after first: Int64, until last: Int64, limit: Int, _ session: any Session) throws -> [Int64] {
        let opened: SQL = "known_from > \(first) and known_from <= \(last)"
        let closed: SQL = "known_to > \(first) and known_to <= \(last) and known_to < 9223372036854775807"
        let sql: SQL = """
            select id from enterprise where \(opened) union select id from enterprise where \(closed)
            union select enterprise_id from account where \(opened) union select enterprise_id from account where \(closed)
            union select enterprise_id from enterprise_class where \(opened) union select enterprise_id from enterprise_class where \(closed)
            order by 1 limit \(limit)
            """
        var ids: [Int64] = []
        try session.forEachNumbers(sql) { ids.append($0[0]) }
        return ids
    }

    /// The regions of firms, ascending; one that has no dossier now is not among them.
    static func regions(_ ids: [Int64], _ session: any Session) throws -> [Int64: Value] {
        guard let first = ids.first, let last = ids.last else { return [:] }
        // Most of a register at once: numbers that lie close together are walked through, others looked up.
        let isDense = last - first < Int64(ids.count) * 4
        let which: SQL = isDense ? "e.id between \(first) and \(last)" : "e.id in \(SQL.list(ids.map(Value.integer)))"
        var regions: [Int64: Value] = [:]
        regions.reserveCapacity(ids.count)
        try session.forEachNumbers("select e.id, e.region_id from enterprise as e where \(RecordTable.current("e")) and \(which)") { row in
            regions[row[0]] = row[1] == .min ? .null : .integer(row[1])
        }
        return regions
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
        func arm(_ condition: SQL) -> SQL {
            "select e.id from enterprise as e where \(RecordTable.known("e", at: position)) and e.status <> 'merged' and \(condition)"
        }
        // One arm for each way of naming a firm, since each has an index of its own.
        let arms = [
            arm("e.id = \(number)"), arm("e.code = \(narrowed)"), arm("e.registration_number = \(narrowed)"), arm("e.folded = \(folded)"),
        ]
        let rows = try session.rows(arms.joined(" union ") + " order by 1 limit 2")
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
}
