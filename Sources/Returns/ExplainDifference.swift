package import Storage
package import Values

/// Notes why a returned value differs.
package struct ExplainDifference: Sendable {
    package let sendOut: ID<SendOut>
    package let region: Int64
    package let binding: ID<CellBinding>
    package let against: Comparison
    package let reason: String

    package init(_ sendOut: ID<SendOut>, region: Int64, binding: ID<CellBinding>, against: Comparison, reason: String) {
        self.sendOut = sendOut
        self.region = region
        self.binding = binding
        self.against = against
        self.reason = reason
    }

    /// - Throws: `returns.role`, `returns.unknown-send-out`.
    package func perform(on store: Store, by actor: Actor, request: String) async throws {
        try FormRules.admit(actor)
        let note = self
        _ = try await store.actOnce(request: request, "returns.explain-difference", by: actor, reason: reason) { transaction in
            _ = try SendOutStore.one(note.sendOut, transaction.session)
            let row: [Value] = [
                Value(note.sendOut), .integer(note.region), Value(note.binding), .text(note.against.rawValue), .text(note.reason),
            ]
            let known = try transaction.session.row(
                """
                select r.id from difference_reason as r where r.send_out_id = \(note.sendOut) and r.region_id = \(note.region)
                and r.binding_id = \(note.binding) and r.against = \(note.against.rawValue) and \(RecordTable.current("r"))
                """)
            if let known {
                try transaction.replace(.differenceReason, id: known.integer(0), row)
            } else {
                let id: ID<TownDifference> = try transaction.newID(.differenceReason)
                try transaction.open(.differenceReason, id: id.number, row)
            }
            transaction.subject = "send-out/\(note.sendOut)"
            return "noted"
        }
    }
}
