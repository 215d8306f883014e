package import Storage

extension Schema {
    /// Jobs that pages wait for. No journal vouches for them, and they are forgotten after an hour.
    package static let jobs = Schema(
        migrations: [
            Migration(
                "jobs-0001",
                [
                    """
                    create table job (
                        id {text} primary key, kind {text} not null, subject {text} not null, choices {text} not null, title {text} not null,
                        actor {text} not null, role {text} not null, region {int}, position {int} not null, is_long {int} not null,
                        process {text} not null, state {text} not null, failure {text}, stage {text} not null, file {text},
                        done {int} not null, total {int}, found {text}, wants_stop {int} not null,
                        began_at {int} not null, seen_at {int} not null
                    ) {strict}
                    """,
                    "create index job_subject on job (subject, began_at)",
                ])
        ],
        tables: [])
}
