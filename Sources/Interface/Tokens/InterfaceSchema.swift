package import Storage

extension Schema {
    /// Tokens, which the journal vouches for; and what it does not: their digests, when they were used, and the record of outside queries.
    package static let interface = Schema(
        migrations: [
            Migration(
                "interface-0001",
                [
                    """
                    create table access_token (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        kind {text} not null, title {text} not null, purpose {text} not null, person_id {int}, rights {text} not null,
                        region_id {int}, last_day {text} not null, revoked {int} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create table access_token_key (digest {text} primary key, token_id {int} not null, used_at {int}) {strict}",
                    "create index access_token_key_token on access_token_key (token_id)",
                    """
                    create table outside_query (
                        time {int} not null, request {text} not null, token_id {int} not null, purpose {text} not null, route {text} not null,
                        address {text} not null, status {int} not null, primary key (time, request)
                    ) {strict}
                    """,
                    "create index outside_query_token on outside_query (token_id, time)",
                ])
        ],
        tables: [.accessToken])
}

extension RecordTable {
    package static let accessToken = RecordTable(
        "access_token", columns: ["kind", "title", "purpose", "person_id", "rights", "region_id", "last_day", "revoked"])
}
