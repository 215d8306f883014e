package import Storage

extension Schema {
    /// What assessors declare.
    package static let panels = Schema(
        migrations: [
            Migration(
                "panels-0001",
                [
                    """
                    create table interest (
                        id {int} not null, known_from {int} not null, known_to {int} not null, account {text} not null,
                        enterprise {text} not null, folded {text} not null, ground {text} not null, reason {text} not null,
                        declared_on {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index interest_current on interest (account, folded) where known_to = 9223372036854775807",
                ])
        ],
        tables: [.interest])
}

extension RecordTable {
    /// Declared interests (回避申报), by the assessor's account.
    package static let interest = RecordTable(
        "interest", columns: ["account", "enterprise", "folded", "ground", "reason", "declared_on"])
}
