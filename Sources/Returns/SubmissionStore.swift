import Spreadsheets
package import Storage
package import Values

/// Reads what was sent up.
package enum SubmissionStore {
    private static let columns: SQL =
        "s.id, s.form_id, s.period, s.blank, s.workbook, s.pinned_position, s.approver, s.document, s.sent_day, s.known_from"

    private static func read(_ row: Row) -> Submission? {
        guard let period = ReportPeriod(row.text(2)), let day = row.day(8) else { return nil }
        return Submission(
            id: row.id(0), form: row.id(1), period: period, blank: row.text(3), workbook: row.text(4), pinnedPosition: row.integer(5),
            approver: row.text(6), document: row.text(7), sentDay: day, sentAt: row.integer(9))
    }

    /// What counts now for a period.
    package static func current(_ form: ID<ReportForm>, _ period: ReportPeriod, _ session: any Session) throws -> Submission? {
        try session.row(
            "select \(columns) from submission as s where s.form_id = \(form) and s.period = \(period.description) and \(RecordTable.current("s"))"
        ).flatMap(read)
    }

    /// Every sending of a form, corrections included, the latest first.
    package static func all(of form: ID<ReportForm>, _ session: any Session) throws -> [Submission] {
        try session.rows("select \(columns) from submission as s where s.form_id = \(form) order by s.known_from desc").compactMap(read)
    }

    /// The values of a sending.
    package static func cells(of submission: Submission, _ session: any Session) throws -> [SubmittedCell] {
        try session.rows(
            """
            select c.binding_id, c.sheet, c.row_number, c.column_number, c.label, c.value, c.unit, c.question from submitted_cell as c
            where c.submission_id = \(submission.id) and \(RecordTable.known("c", at: submission.sentAt)) order by c.sheet, c.row_number, c.column_number
            """
        ).map { row in
            SubmittedCell(
                binding: row.id(0),
                place: CellPlaceOnSheet(sheet: row.text(1), cell: CellPlace(row: Int(row.integer(2)), column: Int(row.integer(3)))),
                label: row.text(4), value: row.text(5), unit: row.text(6), question: row.optionalText(7))
        }
    }

    /// The cells whose value is another now.
    package static func changed(_ submission: Submission, now: FilledForm, _ session: any Session) throws -> [ChangedSince] {
        try cells(of: submission, session).compactMap { cell in
            let present = now.cells.first { $0.binding.id == cell.binding }?.plain ?? ""
            return present == cell.value ? nil : ChangedSince(cell: cell, present: present)
        }
    }
}
