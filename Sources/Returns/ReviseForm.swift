import Storage
package import Values

/// Puts the next period's blank workbook in the place of the last one: bindings look for their labels, and those that do not find them wait for
/// a person.
package struct ReviseForm: Sendable {
    package let form: ID<ReportForm>
    package let name: String
    package let bytes: [UInt8]

    package init(_ form: ID<ReportForm>, name: String, bytes: [UInt8]) {
        self.form = form
        self.name = name
        self.bytes = bytes
    }

    /// - Throws: `returns.role`, `returns.unknown-form`, `returns.stale`, `returns.same-blank`, and what reading the file throws.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String, shown version: Int64?) async throws {
        try FormRules.admit(actor)
        let sha = sha256(bytes)
        let grid = try await office.shelf.read(bytes, sha: sha, name: name)
        let draft = self
        _ = try await office.store.actOnce(request: request, "returns.revise-form", by: actor, reason: name) { transaction in
            var form = try FormStore.one(draft.form, transaction.session)
            try FormRules.checkVersion(version, form)
            guard form.blank != sha else {
                throw Failure(.conflict, "returns.same-blank", "这就是现在用的表样，没有变化", cure: "不必重新上传")
            }
            let bindings = try FormStore.bindings(of: draft.form, transaction.session)
            form.blank = try transaction.keep(original: draft.bytes, name: draft.name)
            form.fileName = draft.name
            try transaction.replace(.reportForm, id: form.id.number, form.row)
            let placed = PlaceBindings.place(bindings, in: grid)
            for (old, new) in zip(bindings, placed) where old != new { try transaction.replace(.formBinding, id: new.id.number, new.row) }
            transaction.subject = "form/\(form.id)"
            let moved = zip(bindings, placed).count { $0.place != $1.place && $1.placement == .placed }
            transaction.detail = [
                "file": draft.name, "sha256": sha, "moved": String(moved), "waiting": String(placed.count { $0.placement != .placed }),
            ]
            return "revised"
        }
    }
}

/// Looks for every binding's cell in another form.
enum PlaceBindings {
    /// Bindings as they stand in the grid; two that would meet in one cell both wait.
    static func place(_ bindings: [CellBinding], in grid: FormGrid) -> [CellBinding] {
        var result = bindings.map { binding in
            var copy = binding
            switch grid.find(binding.anchor) {
            case .at(let place):
                copy.place = place
                copy.placement = .placed
            case .several: copy.placement = .ambiguous
            case .none: copy.placement = .gone
            }
            return copy
        }
        let taken = Dictionary(grouping: result.indices.filter { result[$0].placement == .placed }) { result[$0].place }
        for (_, indices) in taken where indices.count > 1 { for index in indices { result[index].placement = .ambiguous } }
        return result
    }
}
