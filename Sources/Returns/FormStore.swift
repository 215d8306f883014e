import Spreadsheets
package import Storage
package import Values

/// Reads forms and what their cells are bound to.
package enum FormStore {
    /// In the order in which they came.
    package static func all(_ session: any Session) throws -> [ReportForm] {
        try session.rows("select \(formColumns) from report_form as f where \(RecordTable.current("f")) order by f.id").compactMap(form)
    }

    /// - Throws: `returns.unknown-form`.
    package static func one(_ id: ID<ReportForm>, known: Int64? = nil, _ session: any Session) throws -> ReportForm {
        let row = try session.row("select \(formColumns) from report_form as f where f.id = \(id) and \(RecordTable.known("f", at: known))")
        guard let form = row.flatMap(form) else {
            throw Failure(.missing, "returns.unknown-form", "没有编号为 \(id) 的报表", cure: "从报表一览打开")
        }
        return form
    }

    /// A form by its number or its title.
    ///
    /// - Throws: `returns.unknown-form`.
    package static func named(_ text: String, _ session: any Session) throws -> ReportForm {
        let forms = try all(session)
        if let form = forms.first(where: { String($0.id.number) == text }) ?? forms.first(where: { $0.title == text }) { return form }
        let names = forms.isEmpty ? "还没有登记报表" : "现有：" + forms.map { "\($0.id)（\($0.title)）" }.joined(separator: "、")
        throw Failure(.missing, "returns.unknown-form", "没有编号或名称为“\(text)”的报表", cure: names)
    }

    /// The bindings of a form as known at a position, in the order of their cells.
    package static func bindings(of form: ID<ReportForm>, known: Int64? = nil, _ session: any Session) throws -> [CellBinding] {
        try session.rows(
            """
            select \(bindingColumns) from form_binding as b where b.form_id = \(form) and \(RecordTable.known("b", at: known))
            order by b.sheet, b.row_number, b.column_number, b.id
            """
        ).compactMap(binding)
    }

    /// The binding of a cell.
    package static func binding(of form: ID<ReportForm>, at place: CellPlaceOnSheet, _ session: any Session) throws -> CellBinding? {
        try bindings(of: form, session).first { $0.place == place && $0.placement == .placed }
    }

    /// - Throws: `returns.unknown-binding`.
    package static func binding(_ id: ID<CellBinding>, _ session: any Session) throws -> CellBinding {
        let row = try session.row("select \(bindingColumns) from form_binding as b where b.id = \(id) and \(RecordTable.current("b"))")
        guard let binding = row.flatMap(binding) else {
            throw Failure(.missing, "returns.unknown-binding", "这条绑定已经取消", cure: "回到表样页刷新")
        }
        return binding
    }

    /// A kept file.
    ///
    /// - Throws: `original.missing`, `original.erased`.
    package static func original(_ sha: String, _ session: any Session) throws -> (name: String, bytes: [UInt8]) {
        try OriginalStore.file(sha, session)
    }

    /// Blank forms, which are read again whenever one is filled, and what towns returned or went up, which is not.
    package static let uses: OriginalUse.Finder = { sha, session in
        func found(_ sql: SQL, _ label: Word, _ folder: [String], isNeeded: Bool = false) throws -> [OriginalUse] {
            try session.rows(sql).map { row in
                OriginalUse(
                    label, title: row.text(1), path: folder + [String(row.integer(0))], isNeeded: isNeeded, right: ReturnRights.read)
            }
        }
        let blanks: SQL = """
            select distinct f.id, f.title from report_form as f where f.blank = \(sha)
                or f.id in (select s.form_id from send_out as s where s.blank = \(sha))
                or f.id in (select u.form_id from submission as u where u.blank = \(sha)) order by f.id, f.title
            """
        let returns: SQL = """
            select distinct t.send_out_id, coalesce(t.returned_name, '') as name from send_out_town as t where t.returned = \(sha)
            order by t.send_out_id, name
            """
        let sent: SQL = "select distinct u.form_id, u.period from submission as u where u.workbook = \(sha) order by u.form_id, u.period"
        return try found(blanks, Word("报表的空表", "Blank form"), ["returns"], isNeeded: true)
            + found(returns, Word("镇街报回的表", "Return of a town"), ["returns", "send-outs"])
            + found(sent, Word("上报的表", "Form sent up"), ["returns"])
    }

    private static let formColumns: SQL = "f.id, f.title, f.superior, f.cadence, f.blank, f.file_name, f.threshold, f.known_from"

    private static func form(_ row: Row) -> ReportForm? {
        guard let cadence = Cadence(rawValue: row.text(3)) else { return nil }
        return ReportForm(
            id: row.id(0), title: row.text(1), superior: row.text(2), cadence: cadence, blank: row.text(4), fileName: row.text(5),
            threshold: Int(row.integer(6)), version: row.integer(7))
    }

    private static let bindingColumns: SQL = """
        b.id, b.form_id, b.sheet, b.row_number, b.column_number, b.row_path, b.column_path, b.section, b.placement, b.kind, b.question,
        b.content, b.unit, b.decimals, b.town_id, b.anchor_sheet
        """

    private static func binding(_ row: Row) -> CellBinding? {
        guard let placement = Placement(rawValue: row.text(8)), let kind = BindingKind(rawValue: row.text(9)) else { return nil }
        let anchor = CellAnchor(sheet: row.text(15), rowPath: lines(row.text(5)), columnPath: lines(row.text(6)), section: row.text(7))
        let place = CellPlaceOnSheet(sheet: row.text(2), cell: CellPlace(row: Int(row.integer(3)), column: Int(row.integer(4))))
        return CellBinding(
            id: row.id(0), form: row.id(1), anchor: anchor, place: place, placement: placement, kind: kind,
            question: row.optionalText(10).flatMap { QuestionTemplate(text: $0) }, text: row.text(11), unit: row.text(12),
            decimals: Int(row.integer(13)), town: row.optionalInteger(14))
    }

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}

extension ReportForm {
    var row: [Value] {
        [.text(title), .text(superior), .text(cadence.rawValue), .text(blank), .text(fileName), Value(threshold)]
    }
}

extension CellBinding {
    var row: [Value] {
        [
            Value(form), .text(place.sheet), Value(place.cell.row), Value(place.cell.column), .text(anchor.rowPath.joined(separator: "\n")),
            .text(anchor.columnPath.joined(separator: "\n")), .text(anchor.section), .text(anchor.sheet), .text(placement.rawValue),
            .text(kind.rawValue), Value(question?.text), .text(text), .text(unit), Value(decimals), Value(town),
        ]
    }
}
