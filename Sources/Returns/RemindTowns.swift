import Enterprises
import Storage
package import Values

/// Reminds the towns that are late (催报): noted with each of them and in the journal.
package struct RemindTowns: Sendable {
    package let sendOut: ID<SendOut>

    package init(_ sendOut: ID<SendOut>) { self.sendOut = sendOut }

    /// - Throws: `returns.role`, `returns.unknown-send-out`, `returns.nobody-late`.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws {
        try FormRules.admit(actor)
        let id = sendOut
        _ = try await office.store.actOnce(request: request, "returns.remind-towns", by: actor) { transaction in
            let sendOut = try SendOutStore.one(id, transaction.session)
            let late = try SendOutStore.tasks(of: id, transaction.session).filter { $0.isLate(sendOut, on: transaction.time.day) }
            guard !late.isEmpty else {
                throw Failure(.conflict, "returns.nobody-late", "没有逾期的镇街：期限是 \(sendOut.dueDay)", cure: "到期后仍未报回的才催报")
            }
            for var task in late {
                task.reminded += 1
                task.remindedDay = transaction.time.day
                try transaction.replace(.sendOutTown, id: task.id.number, task.row)
            }
            transaction.subject = "send-out/\(id)"
            transaction.detail = ["towns": late.map { office.regions.name(of: $0.region) ?? String($0.region) }.joined(separator: "、")]
            return String(late.count)
        }
    }
}
