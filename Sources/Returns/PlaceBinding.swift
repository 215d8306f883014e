import Spreadsheets
import Storage
package import Values

/// Gives a binding that lost its labels a cell of the present form: a person has looked.
package struct PlaceBinding: Sendable {
    package let binding: ID<CellBinding>
    package let place: CellPlaceOnSheet

    package init(_ binding: ID<CellBinding>, at place: CellPlaceOnSheet) {
        self.binding = binding
        self.place = place
    }

    /// - Throws: `returns.role`, `returns.unknown-binding`, `returns.not-fillable`, `returns.cell-taken`.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws {
        try FormRules.admit(actor)
        let (id, place) = (binding, place)
        let blank = try await office.store.read { session in
            try FormStore.one(try FormStore.binding(id, session).form, session).blank
        }
        let grid = try await office.grid(blank)
        guard let sheet = grid.sheet(place.sheet), sheet.isFillable(place.cell) else {
            throw Failure(
                .invalid, "returns.not-fillable", "表样里 \(place) 不是可以填数的格", at: FilePlace(sheet: place.sheet),
                cure: "从候选的格里选，或写明工作表和单元格，如 C7")
        }
        _ = try await office.store.actOnce(request: request, "returns.place-binding", by: actor) { transaction in
            var binding = try FormStore.binding(id, transaction.session)
            let others = try FormStore.bindings(of: binding.form, transaction.session)
            if let other = others.first(where: { $0.place == place && $0.placement == .placed && $0.id != id }) {
                throw Failure(
                    .conflict, "returns.cell-taken", "\(place) 已经绑定了「\(other.anchor.description)」", cure: "先取消那条绑定，或选别的格")
            }
            binding.place = place
            binding.placement = .placed
            binding.anchor = sheet.anchor(of: place.cell)
            try transaction.replace(.formBinding, id: id.number, binding.row)
            transaction.subject = "form/\(binding.form)"
            transaction.detail = ["cell": place.description, "label": binding.anchor.description]
            return "placed"
        }
    }
}
