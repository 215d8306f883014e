package import Storage
package import Values

/// Takes a binding away; the cell stays as the superior sent it.
package struct UnbindCell: Sendable {
    package let binding: ID<CellBinding>

    package init(_ binding: ID<CellBinding>) { self.binding = binding }

    /// - Throws: `returns.role`, `returns.unknown-binding`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws {
        try FormRules.admit(actor)
        let id = binding
        _ = try await store.actOnce(request: request, "returns.unbind-cell", by: actor) { transaction in
            let binding = try FormStore.binding(id, transaction.session)
            try transaction.close(.formBinding, id: id.number)
            transaction.subject = "form/\(binding.form)"
            transaction.detail = ["cell": binding.place.description, "label": binding.anchor.description]
            return "unbound"
        }
    }
}
