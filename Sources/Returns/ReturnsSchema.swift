package import Storage

extension Schema {
    /// Forms, what their cells are bound to, send-outs to towns, what came back, and what was sent up.
    package static let returns = Schema(
        migrations: [
            Migration(
                "returns-0001",
                [
                    """
                    create table report_form (
                        id {int} not null, known_from {int} not null, known_to {int} not null, title {text} not null, superior {text} not null,
                        cadence {text} not null, blank {text} not null, file_name {text} not null, threshold {int} not null,
                        primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create table form_binding (
                        id {int} not null, known_from {int} not null, known_to {int} not null, form_id {int} not null, sheet {text} not null,
                        row_number {int} not null, column_number {int} not null, row_path {text} not null, column_path {text} not null,
                        section {text} not null, anchor_sheet {text} not null, placement {text} not null, kind {text} not null, question {text},
                        content {text} not null, unit {text} not null, decimals {int} not null, town_id {int}, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create index form_binding_form on form_binding (form_id, known_to)",
                    """
                    create table send_out (
                        id {int} not null, known_from {int} not null, known_to {int} not null, form_id {int} not null, period {text} not null,
                        blank {text} not null, due_day {text} not null, sent_day {text} not null, note {text} not null,
                        primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index send_out_current on send_out (form_id, period) where known_to = 9223372036854775807",
                    """
                    create table send_out_town (
                        id {int} not null, known_from {int} not null, known_to {int} not null, send_out_id {int} not null,
                        region_id {int} not null, code {text} not null, reminded {int} not null, reminded_day {text}, returned {text},
                        returned_name {text}, returned_day {text}, returned_times {int} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index send_out_town_code on send_out_town (code) where known_to = 9223372036854775807",
                    "create index send_out_town_send_out on send_out_town (send_out_id, known_to)",
                    """
                    create table town_value (
                        id {int} not null, known_from {int} not null, known_to {int} not null, send_out_id {int} not null,
                        region_id {int} not null, binding_id {int} not null, value {int} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create unique index town_value_current on town_value (send_out_id, region_id, binding_id)
                    where known_to = 9223372036854775807
                    """,
                    """
                    create table difference_reason (
                        id {int} not null, known_from {int} not null, known_to {int} not null, send_out_id {int} not null,
                        region_id {int} not null, binding_id {int} not null, against {text} not null, reason {text} not null,
                        primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create unique index difference_reason_current on difference_reason (send_out_id, region_id, binding_id, against)
                    where known_to = 9223372036854775807
                    """,
                    """
                    create table submission (
                        id {int} not null, known_from {int} not null, known_to {int} not null, form_id {int} not null, period {text} not null,
                        blank {text} not null, workbook {text} not null, pinned_position {int} not null, approver {text} not null,
                        document {text} not null, sent_day {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index submission_current on submission (form_id, period) where known_to = 9223372036854775807",
                    """
                    create table submitted_cell (
                        id {int} not null, known_from {int} not null, known_to {int} not null, submission_id {int} not null,
                        binding_id {int} not null, sheet {text} not null, row_number {int} not null, column_number {int} not null,
                        label {text} not null, value {text} not null, unit {text} not null, question {text}, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create index submitted_cell_submission on submitted_cell (submission_id, known_to)",
                ])
        ],
        tables: [.reportForm, .formBinding, .sendOut, .sendOutTown, .townValue, .differenceReason, .submission, .submittedCell])
}

extension RecordTable {
    /// Forms of superior offices (上级报表).
    package static let reportForm = RecordTable(
        "report_form", columns: ["title", "superior", "cadence", "blank", "file_name", "threshold"])
    /// What cells are bound to.
    package static let formBinding = RecordTable(
        "form_binding",
        columns: [
            "form_id", "sheet", "row_number", "column_number", "row_path", "column_path", "section", "anchor_sheet", "placement", "kind",
            "question", "content", "unit", "decimals", "town_id",
        ])
    /// One sending of a form to the towns for a period (下发).
    package static let sendOut = RecordTable("send_out", columns: ["form_id", "period", "blank", "due_day", "sent_day", "note"])
    /// What one town owes, with its identification code.
    package static let sendOutTown = RecordTable(
        "send_out_town",
        columns: [
            "send_out_id", "region_id", "code", "reminded", "reminded_day", "returned", "returned_name", "returned_day", "returned_times",
        ])
    /// Values that towns returned, in millionths of the cell's unit.
    package static let townValue = RecordTable("town_value", columns: ["send_out_id", "region_id", "binding_id", "value"])
    /// Why a returned value differs.
    package static let differenceReason = RecordTable(
        "difference_reason", columns: ["send_out_id", "region_id", "binding_id", "against", "reason"])
    /// Filled forms that were sent up (上报), each with its workbook among the originals.
    package static let submission = RecordTable(
        "submission", columns: ["form_id", "period", "blank", "workbook", "pinned_position", "approver", "document", "sent_day"])
    /// The values of a form that was sent up.
    package static let submittedCell = RecordTable(
        "submitted_cell",
        columns: ["submission_id", "binding_id", "sheet", "row_number", "column_number", "label", "value", "unit", "question"])
}
