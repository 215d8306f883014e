package import Storage
package import Values

/// Reads stated figures.
package enum FigureStore {
    /// All figures of a programme as known at a position, in the order of their numbers.
    package static func figures(of programme: String, known: Int64? = nil, _ session: any Session) throws -> [TargetFigure] {
        try session.rows(
            "select \(columns) from figure as f where \(RecordTable.known("f", at: known)) and programme = \(programme) order by id"
        ).compactMap(figure)
    }

    /// One figure as known at a position.
    package static func figure(_ id: ID<TargetFigure>, known: Int64? = nil, _ session: any Session) throws -> TargetFigure? {
        try session.row("select \(columns) from figure as f where id = \(id) and \(RecordTable.known("f", at: known))").flatMap(figure)
    }

    /// The current figure under the same key, of which a further statement is a correction.
    static func same(as draft: FigureDraft, _ session: any Session) throws -> TargetFigure? {
        try session.row(
            """
            select \(columns) from figure as f where \(RecordTable.current("f")) and programme = \(draft.programme)
                and target = \(draft.target) and subject = \(draft.subject) and source = \(draft.source.rawValue)
                and period = \(draft.period.text)
            """
        ).flatMap(figure)
    }

    /// How many figures wait in a state.
    package static func count(_ state: FigureStage, _ session: any Session) throws -> Int {
        Int(try session.integer("select count(*) from figure as f where \(RecordTable.current("f")) and state = \(state.rawValue)"))
    }

    /// Figures that wait in a state, oldest first.
    package static func waiting(_ state: FigureStage, limit: Int = 200, _ session: any Session) throws -> [TargetFigure] {
        try session.rows(
            "select \(columns) from figure as f where \(RecordTable.current("f")) and state = \(state.rawValue) order by id limit \(limit)"
        ).compactMap(figure)
    }

    private static let columns: SQL = """
        id, programme, target, subject, source, reporter, document, period, from_day, to_day, value, unit, state, question, recorded_by,
        reviewed_by, released_by, released_on, pinned_position, note
        """

    private static func figure(_ row: Row) -> TargetFigure? {
        guard let source = FigureSource(rawValue: row.text(4)), let state = FigureStage(rawValue: row.text(12)) else { return nil }
        return TargetFigure(
            id: row.id(0), programme: row.text(1), target: row.text(2), subject: row.text(3), source: source, reporter: row.text(5),
            document: row.text(6), period: FigurePeriod(row.text(7), from: row.day(8), to: row.day(9)), value: Millionths(row.integer(10)),
            unit: row.text(11), state: state, question: row.optionalText(13), recordedBy: row.text(14), reviewedBy: row.optionalText(15),
            releasedBy: row.optionalText(16), releasedOn: row.day(17), pinnedPosition: row.optionalInteger(18), note: row.optionalText(19))
    }
}

extension TargetFigure {
    /// The row as the table keeps it, with a further state.
    func row(
        state: FigureStage, reviewedBy: String?, releasedBy: String?, releasedOn: Day?, pinnedPosition: Int64?
    ) -> [Value] {
        [
            .text(programme), .text(target), .text(subject), .text(source.rawValue), .text(reporter), .text(document), .text(period.text),
            Value(period.from), Value(period.to), .integer(value.number), .text(unit), .text(state.rawValue), Value(question),
            .text(recordedBy), Value(reviewedBy), Value(releasedBy), Value(releasedOn), Value(pinnedPosition), Value(note),
        ]
    }
}
