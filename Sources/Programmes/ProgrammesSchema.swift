package import Enterprises
package import Storage

extension Schema {
    /// Adopted programme files, rulings, confirmed classes, and the kept proofs.
    ///
    /// `proof` is derived: findings by the digest of the bytes and of the known names. It can be emptied at any time, so that the journal
    /// does not vouch for it and `verify` does not read it.
    package static let programmes = Schema(
        migrations: [
            Migration(
                "programmes-0001",
                [
                    """
                    create table adopted_file (
                        id {int} not null, known_from {int} not null, known_to {int} not null, programme {text} not null, name {text} not null,
                        sha256 {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index adopted_file_current on adopted_file (programme, name) where known_to = 9223372036854775807",
                    """
                    create table ruling (
                        id {int} not null, known_from {int} not null, known_to {int} not null, programme {text} not null, table_id {text} not null,
                        file_sha {text} not null, kind {text} not null, input {text} not null, subject {text} not null, choice {text} not null,
                        reason {text} not null, document_number {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index ruling_current on ruling (programme, table_id, kind, subject) where known_to = 9223372036854775807",
                    """
                    create table enterprise_class (
                        id {int} not null, known_from {int} not null, known_to {int} not null, enterprise_id {int} not null,
                        programme {text} not null, table_id {text} not null, rule {text} not null, label {text} not null, proposed {text} not null,
                        basis {text} not null, document_number {text} not null, exception_reason {text}, confirmed_day {text} not null,
                        region_id {int}, primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create unique index enterprise_class_current on enterprise_class (enterprise_id, programme, table_id)
                    where known_to = 9223372036854775807
                    """,
                    "create index enterprise_class_list on enterprise_class (programme, table_id, rule) where known_to = 9223372036854775807",
                    "create table proof (digest {text} not null, names {text} not null, findings {text} not null, primary key (digest, names)) {strict}",
                ]),
            Migration(
                "programmes-reading-0001",
                [
                    "create index enterprise_class_enterprise on enterprise_class (enterprise_id)",
                    "create index enterprise_class_opened on enterprise_class (known_from, enterprise_id)",
                    "create index enterprise_class_closed on enterprise_class (known_to, enterprise_id) where known_to < 9223372036854775807",
                ]),
        ],
        tables: [.adoptedFile, .ruling, .enterpriseClass])
}

extension RecordTable {
    /// The files of adopted programmes; the bytes lie among the kept originals under their SHA-256.
    package static let adoptedFile = RecordTable("adopted_file", columns: ["programme", "name", "sha256"])

    /// Rulings (口径认定) on a table: `kind` boundary or year, `subject` what is ruled on, `choice` the answer.
    package static let ruling = RecordTable(
        "ruling", columns: ["programme", "table_id", "file_sha", "kind", "input", "subject", "choice", "reason", "document_number"])

    /// Classes that a person has confirmed, each with the facts it was confirmed on.
    package static let enterpriseClass = RecordTable(
        "enterprise_class",
        columns: [
            "enterprise_id", "programme", "table_id", "rule", "label", "proposed", "basis", "document_number", "exception_reason",
            "confirmed_day", "region_id",
        ],
        counted: ProgrammeTallies.classification)
}

extension DossierTable {
    /// The confirmed classes, which move along when dossiers are merged: a firm has one on each table.
    package static let classes: [DossierTable] = [DossierTable(.enterpriseClass, once: [1, 2], agreeing: 4)]
}
