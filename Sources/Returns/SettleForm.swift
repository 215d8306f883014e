package import Storage
package import Values

/// Changes what a form is called, how often it is due, and from which change a difference is shown.
package struct SettleForm: Sendable {
    package let form: ID<ReportForm>
    package let title: String
    package let superior: String
    package let cadence: Cadence
    package let threshold: Int

    package init(_ form: ID<ReportForm>, title: String, superior: String, cadence: Cadence, threshold: Int) {
        self.form = form
        self.title = title
        self.superior = superior
        self.cadence = cadence
        self.threshold = threshold
    }

    /// - Throws: `returns.role`, `returns.unknown-form`, `returns.stale`.
    package func perform(on store: Store, by actor: Actor, request: String, shown version: Int64?) async throws {
        try FormRules.admit(actor)
        let settled = self
        _ = try await store.actOnce(request: request, "returns.settle-form", by: actor) { transaction in
            var form = try FormStore.one(settled.form, transaction.session)
            try FormRules.checkVersion(version, form)
            form.title = settled.title
            form.superior = settled.superior
            form.cadence = settled.cadence
            form.threshold = settled.threshold
            try transaction.replace(.reportForm, id: form.id.number, form.row)
            transaction.subject = "form/\(form.id)"
            return "settled"
        }
    }
}
