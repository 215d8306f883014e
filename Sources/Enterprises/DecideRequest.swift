import Storage
package import Values

/// A firm asks for a correction of its own dossier.
package enum RequestCorrection {
    /// Open requests of one firm.
    private static let mostOpen: Int64 = 20

    /// - Throws: `correction-request.unbound`, `correction-request.value`, `correction-request.same`, `correction-request.too-many`.
    package static func run(
        _ field: RequestField, to value: String, reason: String, request: String, office: Office, actor: Actor
    ) async throws {
        try EnterpriseRights.requestCorrection.require(actor)
        _ = try await office.store.actOnce(request: request, "enterprises.request-correction", by: actor, reason: reason) { transaction in
            let session = transaction.session
            guard let own = try EnterpriseUserStore.enterprise(of: actor, session) else { throw unbound }
            let firm = try EnterpriseStore.current(own, session)
            guard try field.laid(value, over: firm) != firm else {
                throw Failure(.invalid, "correction-request.same", "档案里的「\(field.label.chinese)」已经是“\(value)”", cure: "核对后填写不同的值")
            }
            guard try CorrectionRequestStore.openCount(of: own, session) < mostOpen else {
                throw Failure(.conflict, "correction-request.too-many", "还有\(mostOpen)条申请没有答复", cure: "等答复后再申请")
            }
            let id: ID<CorrectionRequest> = try transaction.newID(.correctionRequest)
            let asked = CorrectionRequest(
                id: id, enterprise: own, account: actor.name, field: field, value: value, reason: reason, state: .open, answer: nil,
                asked: transaction.time.day, changed: transaction.time.day)
            try transaction.open(.correctionRequest, id: id.number, asked.row)
            transaction.subject = "enterprise/\(own)"
            transaction.detail = ["field": field.label.chinese, "value": value]
            return ""
        }
    }

    package static let unbound = Failure(
        .refused, "correction-request.unbound", "您的账号还没有关联企业档案", cure: "请质强办在贵企业的档案里关联这个账号")
}

/// The office, the department that answers for the field or the firm's town decides about a request.
package enum DecideRequest {
    /// Accepting is the correction itself, in the same act.
    ///
    /// - Throws: `correction-request.missing`, `correction-request.decided`, `duty.not-yours`, and what a correction is refused for.
    package static func accept(_ id: ID<CorrectionRequest>, answer: String?, request: String, office: Office, actor: Actor) async throws {
        try await decide(id, .accepted, answer, "enterprises.accept-request", request, office, actor) { asked, dossier, transaction in
            try CorrectEnterprise.write(
                asked.field.laid(asked.value, over: dossier.firm), readVersion: dossier.version, actor, office.regions, transaction)
        }
    }

    /// - Throws: the same; `correction-request.reason` without a reason.
    package static func decline(_ id: ID<CorrectionRequest>, answer: String, request: String, office: Office, actor: Actor) async throws {
        guard !answer.isEmpty else {
            throw Failure(.invalid, "correction-request.reason", "不采纳要写理由", cure: "写明理由，企业看得到")
        }
        try await decide(id, .declined, answer, "enterprises.decline-request", request, office, actor) { _, _, _ in }
    }

    private static func decide(
        _ id: ID<CorrectionRequest>, _ state: CorrectionRequest.State, _ answer: String?, _ action: String, _ request: String,
        _ office: Office,
        _ actor: Actor, _ write: @escaping @Sendable (CorrectionRequest, Dossier, Transaction) throws -> Void
    ) async throws {
        try EnterpriseRights.decideRequests.require(actor)
        let regions = office.regions
        let reason = try await office.store.read { try CorrectionRequestStore.find(id, for: actor, regions, $0).request.reason }
        _ = try await office.store.actOnce(request: request, action, by: actor, reason: "企业申请更正：\(reason)") { transaction in
            var (asked, dossier) = try CorrectionRequestStore.find(id, for: actor, regions, transaction.session)
            guard asked.state == .open else {
                throw Failure(.conflict, "correction-request.decided", "第\(id)号更正申请已经答复过", cure: "刷新后核对")
            }
            try write(asked, dossier, transaction)
            asked.state = state
            asked.answer = answer
            try transaction.replace(.correctionRequest, id: id.number, asked.row)
            transaction.subject = "enterprise/\(dossier.firm.id)"
            transaction.detail = ["field": asked.field.label.chinese, "value": asked.value]
            return ""
        }
    }
}
