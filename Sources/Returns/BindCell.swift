package import Storage
package import Values

/// Binds cells of a form: each of them once, anew where it was bound before.
package struct BindCell: Sendable {
    package let form: ID<ReportForm>
    package let bindings: [CellBinding]

    /// Several bindings are one act, as for a block of rows.
    package init(_ form: ID<ReportForm>, _ bindings: [CellBinding]) {
        self.form = form
        self.bindings = bindings
    }

    /// - Throws: `returns.role`, `returns.unknown-form`, `returns.stale`, `returns.nothing-to-bind`.
    package func perform(on store: Store, by actor: Actor, request: String, shown version: Int64?) async throws {
        try FormRules.admit(actor)
        let (form, bindings) = (form, bindings)
        guard !bindings.isEmpty else {
            throw Failure(.invalid, "returns.nothing-to-bind", "没有可绑定的格", cure: "按镇街绑定时，这一列左边要有镇街名称")
        }
        _ = try await store.actOnce(request: request, "returns.bind-cell", by: actor) { transaction in
            let found = try FormStore.one(form, transaction.session)
            try FormRules.checkVersion(version, found)
            let current = try FormStore.bindings(of: form, transaction.session)
            for binding in bindings {
                if let old = current.first(where: { $0.place == binding.place && $0.placement == .placed }) {
                    try transaction.replace(.formBinding, id: old.id.number, binding.row)
                } else {
                    let id: ID<CellBinding> = try transaction.newID(.formBinding)
                    try transaction.open(.formBinding, id: id.number, binding.row)
                }
            }
            transaction.subject = "form/\(form)"
            transaction.detail = [
                "cells": bindings.map(\.place.description).joined(separator: " "), "kind": bindings.first?.kind.rawValue ?? "",
            ]
            return "bound"
        }
    }
}
