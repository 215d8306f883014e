package import Storage

extension Schema {
    /// Organisations and people, which the journal vouches for; and what it does not: passwords' hashes, sessions, links, counts of failures.
    package static let accounts = Schema(
        migrations: [
            Migration(
                "accounts-0001",
                [
                    """
                    create table organisation (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        kind {text} not null, name {text} not null, parent_id {int}, region_id {int}, valid_from {text} not null, valid_to {text},
                        primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create table organisation_succession (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        predecessor_id {int} not null, successor_id {int} not null, day {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create table person (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        account {text} not null, name {text} not null, organisation_id {int}, role {text} not null, region_id {int},
                        enabled {int} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index person_account on person (account) where known_to = 9223372036854775807",
                    """
                    create table credential (
                        person_id {id}, password {text} not null, changed_at {int} not null, must_change {int} not null,
                        factor {text}, factor_pending {text}, factor_step {int} not null
                    ) {strict}
                    """,
                    "create table recovery_code (digest {text} primary key, person_id {int} not null) {strict}",
                    "create index recovery_code_person on recovery_code (person_id)",
                    """
                    create table web_session (
                        digest {text} primary key, person_id {int} not null, stage {text} not null, created_at {int} not null,
                        seen_at {int} not null, browser {text} not null
                    ) {strict}
                    """,
                    "create index web_session_person on web_session (person_id)",
                    "create table account_link (digest {text} primary key, person_id {int}, expires_at {int} not null) {strict}",
                    """
                    create table sign_in_failure (
                        name_digest {text} primary key, failures {int} not null, first_at {int} not null, locked_until {int} not null
                    ) {strict}
                    """,
                    """
                    create table sign_in (
                        digest {text} primary key, time {int} not null, person_id {int} not null, outcome {text} not null, browser {text} not null
                    ) {strict}
                    """,
                    "create index sign_in_person on sign_in (person_id, time)",
                    "create index sign_in_time on sign_in (time)",
                    "create table server_secret (name {text} primary key, value {text} not null) {strict}",
                ]), SeenPageStore.migration, IdentityStore.migration, DutyStore.migration, CredentialStore.sealing,
        ],
        tables: [.organisation, .organisationSuccession, .person, .organisationDuty])
}

extension RecordTable {
    /// The tree of organisations, dated: `valid_to` is the first day on which it is no longer there.
    package static let organisation = RecordTable(
        "organisation", columns: ["kind", "name", "parent_id", "region_id", "valid_from", "valid_to"])
    /// Who took whose place, and when.
    package static let organisationSuccession = RecordTable(
        "organisation_succession", columns: ["predecessor_id", "successor_id", "day"])
    /// People with an account.
    package static let person = RecordTable("person", columns: ["account", "name", "organisation_id", "role", "region_id", "enabled"])
}
