package import Storage
import Values

/// A heading that a clerk assigned by hand, kept for the lists to come.
struct HeadingCorrection: Sendable, Hashable {
    let id: ID<HeadingCorrection>
    let kind: ImportKind
    /// As it stood in the file where it was corrected.
    let printed: String
    /// nil: the column is left out.
    let field: String?
    /// The entry that brought it.
    let since: Int64
}

/// Reading and writing the corrections of headings.
package enum HeadingCorrectionStore {
    /// A correction as a clerk makes it.
    struct Made: Sendable {
        let printed: String
        let field: String?
    }

    /// What earlier imports corrected, for the reader of the next file.
    package static func remembered(_ session: any Session, _ vocabulary: HeadingVocabulary) throws -> RememberedHeadings {
        try all(session).reduce(into: RememberedHeadings()) { result, correction in
            result.remember(RememberedHeadings.key(correction.printed, vocabulary.writing), of: correction.kind, as: correction.field)
        }
    }

    /// In the order in which they were first made.
    static func all(_ session: any Session) throws -> [HeadingCorrection] {
        try session.rows(
            "select id, kind, heading, field, known_from from heading_correction as h where \(RecordTable.current("h")) order by id"
        ).compactMap { row in
            guard let kind = ImportKind(rawValue: row.text(1)) else { return nil }
            return HeadingCorrection(id: row.id(0), kind: kind, printed: row.text(2), field: row.value(3).text, since: row.integer(4))
        }
    }

    /// Keeps corrections in the act that makes them; one heading of a kind has one correction, the latest.
    static func keep(_ made: [Made], of kind: ImportKind, _ writing: WritingWords, _ transaction: Transaction) throws {
        var known: [String: HeadingCorrection] = [:]
        for correction in try all(transaction.session) where correction.kind == kind {
            known[RememberedHeadings.key(correction.printed, writing)] = correction
        }
        for one in made {
            let row: [Value] = [.text(kind.rawValue), .text(one.printed), Value(one.field)]
            if let before = known[RememberedHeadings.key(one.printed, writing)] {
                if before.field != one.field { try transaction.replace(.headingCorrection, id: before.id.number, row) }
            } else {
                let id: ID<HeadingCorrection> = try transaction.newID(.headingCorrection)
                try transaction.open(.headingCorrection, id: id.number, row)
            }
        }
    }

    static let migration = Migration(
        "import-runs-0002",
        [
            """
            create table heading_correction (
                id {int} not null, known_from {int} not null, known_to {int} not null, kind {text} not null, heading {text} not null,
                field {text}, primary key (id, known_from)
            ) {strict}
            """,
            "create unique index heading_correction_current on heading_correction (id) where known_to = 9223372036854775807",
        ])
}

extension RecordTable {
    /// Headings corrected by hand.
    package static let headingCorrection = RecordTable("heading_correction", columns: ["kind", "heading", "field"])
}
