import Enterprises
import Evidence
package import Storage
package import Values

/// Reads saved views.
package enum SavedViewStore {
    /// All views, in the order of their names.
    package static func all(_ session: any Session) throws -> [SavedView] {
        try session.rows("select \(columns) from saved_view as v where \(RecordTable.current("v")) order by title, id").compactMap(view)
    }

    /// The views on the desk, oldest first.
    package static func onDesk(_ session: any Session) throws -> [SavedView] {
        try session.rows("select \(columns) from saved_view as v where \(RecordTable.current("v")) and on_desk = 1 order by id")
            .compactMap(view)
    }

    /// - Throws: `view.missing`.
    package static func view(_ id: ID<SavedView>, _ session: any Session) throws -> SavedView {
        guard
            let found = try session.row("select \(columns) from saved_view as v where \(RecordTable.current("v")) and id = \(id)")
                .flatMap(view)
        else { throw Failure(.missing, "view.missing", "没有第\(id)号常用查询，或已删除", cure: "从常用查询列表中打开") }
        return found
    }

    /// Whether the owner already has a view of this name.
    static func isTaken(_ title: String, by owner: String, except id: ID<SavedView>? = nil, _ session: any Session) throws -> Bool {
        try session.integer(
            """
            select count(*) from saved_view as v where \(RecordTable.current("v")) and owner = \(owner) and title = \(title)
                and id <> \(id?.number ?? 0)
            """) > 0
    }

    private static let columns: SQL = "id, title, owner, question, position, form, on_desk"

    private static func view(_ row: Row) -> SavedView? {
        guard var question = KeptQuestion.question(row.text(3)) else { return nil }
        question.known = row.optionalInteger(4)
        return SavedView(
            id: row.id(0), title: row.text(1), owner: row.text(2), question: question, form: QuestionForm(rawValue: row.text(5)) ?? .bars,
            isOnDesk: row.integer(6) == 1)
    }
}

extension SavedView {
    /// The row as the table keeps it.
    var row: [Value] {
        [
            .text(title), .text(owner), .text(KeptQuestion.text(question)), Value(question.known), .text(form.rawValue), Value(isOnDesk),
        ]
    }
}
