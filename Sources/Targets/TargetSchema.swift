package import Storage

extension Schema {
    /// Stated figures of targets.
    package static let targets = Schema(
        migrations: [
            Migration(
                "targets-0001",
                [
                    """
                    create table figure (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        programme {text} not null, target {text} not null, subject {text} not null, source {text} not null,
                        reporter {text} not null, document {text} not null,
                        period {text} not null, from_day {text}, to_day {text}, value {int} not null, unit {text} not null,
                        state {text} not null, question {text}, recorded_by {text} not null, reviewed_by {text}, released_by {text},
                        released_on {text}, pinned_position {int}, note {text}, primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create unique index figure_current on figure (programme, target, subject, source, period)
                    where known_to = 9223372036854775807
                    """,
                    "create index figure_state on figure (state) where known_to = 9223372036854775807",
                ])
        ],
        tables: [.figure])
}

extension RecordTable {
    /// Stated figures (本级数、上级通报数、部门填报数); values in millionths of their unit.
    package static let figure = RecordTable(
        "figure",
        columns: [
            "programme", "target", "subject", "source", "reporter", "document", "period", "from_day", "to_day", "value", "unit", "state",
            "question", "recorded_by", "reviewed_by", "released_by", "released_on", "pinned_position", "note",
        ])
}
