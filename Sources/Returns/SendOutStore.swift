import Foundation
package import Storage
import Targets
package import Values

/// Reads send-outs, what the towns owe, and what came back.
package enum SendOutStore {
    private static let columns: SQL = "s.id, s.form_id, s.period, s.blank, s.due_day, s.sent_day, s.note, s.known_from"

    private static func read(_ row: Row) -> SendOut? {
        guard let period = ReportPeriod(row.text(2)), let due = row.day(4), let sent = row.day(5) else { return nil }
        return SendOut(
            id: row.id(0), form: row.id(1), period: period, blank: row.text(3), dueDay: due, sentDay: sent, note: row.text(6),
            position: row.integer(7))
    }

    /// All send-outs of a form, the latest first.
    package static func all(of form: ID<ReportForm>, _ session: any Session) throws -> [SendOut] {
        try session.rows(
            "select \(columns) from send_out as s where s.form_id = \(form) and \(RecordTable.current("s")) order by s.id desc"
        )
        .compactMap(read)
    }

    /// - Throws: `returns.unknown-send-out`.
    package static func one(_ id: ID<SendOut>, _ session: any Session) throws -> SendOut {
        let row = try session.row("select \(columns) from send_out as s where s.id = \(id) and \(RecordTable.current("s"))")
        guard let sendOut = row.flatMap(read) else {
            throw Failure(.missing, "returns.unknown-send-out", "没有编号为 \(id) 的下发", cure: "从报表页打开")
        }
        return sendOut
    }

    /// The sending of a form for a period.
    package static func sendOut(of form: ID<ReportForm>, _ period: ReportPeriod, known: Int64? = nil, _ session: any Session) throws
        -> SendOut?
    {
        try session.row(
            """
            select \(columns) from send_out as s where s.form_id = \(form) and s.period = \(period.description)
            and \(RecordTable.known("s", at: known))
            """
        ).flatMap(read)
    }

    private static let taskColumns: SQL = """
        t.id, t.send_out_id, t.region_id, t.code, t.reminded, t.reminded_day, t.returned, t.returned_name, t.returned_day, t.returned_times
        """

    private static func task(_ row: Row) -> TownTask {
        TownTask(
            id: row.id(0), sendOut: row.id(1), region: row.integer(2), code: row.text(3), reminded: Int(row.integer(4)),
            remindedDay: row.day(5),
            returned: row.optionalText(6), returnedName: row.optionalText(7), returnedDay: row.day(8), returnedTimes: Int(row.integer(9)))
    }

    /// What the towns owe, in the order in which they were sent to.
    package static func tasks(of sendOut: ID<SendOut>, known: Int64? = nil, _ session: any Session) throws -> [TownTask] {
        try session.rows(
            """
            select \(taskColumns) from send_out_town as t where t.send_out_id = \(sendOut) and \(RecordTable.known("t", at: known)) order by t.id
            """
        ).map(task)
    }

    /// The town's part that a returned file names.
    package static func task(code: String, _ session: any Session) throws -> TownTask? {
        try session.row("select \(taskColumns) from send_out_town as t where t.code = \(code) and \(RecordTable.current("t"))").map(task)
    }

    /// The returned values of a send-out.
    package static func values(of sendOut: ID<SendOut>, known: Int64? = nil, _ session: any Session) throws -> [TownValue] {
        try session.rows(
            """
            select v.region_id, v.binding_id, v.value from town_value as v
            where v.send_out_id = \(sendOut) and \(RecordTable.known("v", at: known)) order by v.id
            """
        ).map { TownValue(region: $0.integer(0), binding: $0.id(1), value: Millionths($0.integer(2)).decimal) }
    }

    /// What was noted about differences: by town, binding and what was compared with.
    package static func reasons(of sendOut: ID<SendOut>, _ session: any Session) throws -> [ReasonKey: String] {
        let rows = try session.rows(
            """
            select r.region_id, r.binding_id, r.against, r.reason from difference_reason as r
            where r.send_out_id = \(sendOut) and \(RecordTable.current("r")) order by r.id
            """)
        return Dictionary(rows.map { (ReasonKey(region: $0.integer(0), binding: $0.id(1), against: $0.text(2)), $0.text(3)) }) { $1 }
    }

    /// What a reason is about.
    package struct ReasonKey: Sendable, Hashable {
        package let region: Int64
        package let binding: ID<CellBinding>
        package let against: String
    }
}

extension TownTask {
    var row: [Value] {
        [
            Value(sendOut), .integer(region), .text(code), Value(reminded), Value(remindedDay), Value(returned), Value(returnedName),
            Value(returnedDay), Value(returnedTimes),
        ]
    }
}
