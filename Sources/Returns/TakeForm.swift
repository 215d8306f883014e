import Storage
package import Values

/// Registers a form with its blank workbook, or puts the next blank in its place.
package struct TakeForm: Sendable {
    package let title: String
    package let superior: String
    package let cadence: Cadence
    /// From which change, in per cent, a returned value is shown as differing.
    package let threshold: Int
    package let name: String
    package let bytes: [UInt8]

    package init(title: String, superior: String, cadence: Cadence, threshold: Int, name: String, bytes: [UInt8]) {
        self.title = title
        self.superior = superior
        self.cadence = cadence
        self.threshold = threshold
        self.name = name
        self.bytes = bytes
    }

    /// Answers the form's number. The grid shows that the file could be read.
    ///
    /// - Throws: `returns.role`, `returns.empty-form`, and what reading the file throws.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws -> ID<ReportForm> {
        try FormRules.admit(actor)
        let grid = try await office.shelf.read(bytes, sha: sha256(bytes), name: name)
        guard grid.sheets.contains(where: { !$0.cells.isEmpty }) else {
            throw Failure(.invalid, "returns.empty-form", "这个文件里没有表格内容", at: FilePlace(file: name), cure: "核对是否选错文件")
        }
        let draft = self
        let answer = try await office.store.actOnce(request: request, "returns.take-form", by: actor, reason: title) { transaction in
            let id: ID<ReportForm> = try transaction.newID(.reportForm)
            let sha = try transaction.keep(original: draft.bytes, name: draft.name)
            let form = ReportForm(
                id: id, title: draft.title, superior: draft.superior, cadence: draft.cadence, blank: sha, fileName: draft.name,
                threshold: draft.threshold)
            try transaction.open(.reportForm, id: id.number, form.row)
            transaction.subject = "form/\(id)"
            transaction.detail = ["file": draft.name, "sha256": sha]
            return String(id.number)
        }
        return ID(Int64(answer) ?? 0)
    }
}
