import Storage
package import Values

/// Somebody changed the dossier after the form was read; carries what stands there now.
package struct StaleEnterprise: Error, Sendable {
    package let now: Enterprise
    package let version: Int64
}

/// Corrects a dossier's own data by hand (更正), with a reason.
package enum CorrectEnterprise {
    /// - Parameters:
    ///   - after: the dossier as it shall be.
    ///   - readVersion: the version the form was filled from.
    ///   - request: the form's once-only number.
    /// - Throws: `StaleEnterprise`; `enterprise.reason-missing`, `enterprise.name-missing`, `enterprise.code-taken`, `enterprise.not-your-town`, `duty.not-yours`.
    package static func run(
        _ after: Enterprise, readVersion: Int64, request: String, office: Office, actor: Actor, reason: String
    ) async throws {
        try EnterpriseRights.correct.require(actor)
        guard !reason.isEmpty else { throw Failure(.invalid, "enterprise.reason-missing", "没有写理由", cure: "写明依据，如营业执照变更通知书的文号") }
        guard !after.folded.isEmpty else { throw Failure(.invalid, "enterprise.name-missing", "企业名称不能为空", cure: "填写企业名称") }
        _ = try await office.store.actOnce(request: request, "enterprises.correct", by: actor, reason: reason) { transaction in
            try write(after, readVersion: readVersion, actor, office.regions, transaction)
            return after.id.description
        }
    }

    /// The correction itself, for acts that decide about one.
    static func write(
        _ after: Enterprise, readVersion: Int64, _ actor: Actor, _ regions: RegionDirectory, _ transaction: Transaction
    ) throws {
        let session = transaction.session
        let dossier = try EnterpriseStore.dossier(after.id, for: actor, at: nil, regions, session)
        guard try EnterpriseStore.admits(after, actor, regions) else {
            throw Failure(.refused, "enterprise.not-your-town", "不能把企业移出本镇街", cure: "请质强办更正地区")
        }
        try actor.requireDuty(for: Enterprise.changedColumns(dossier.firm, after))
        guard dossier.version == readVersion else { throw StaleEnterprise(now: dossier.firm, version: dossier.version) }
        if let code = after.code,
            let other = try session.row(
                "select \(Enterprise.columns) from enterprise as e where e.code = \(code) and e.id <> \(after.id) and e.status <> 'merged' and \(RecordTable.current("e"))"
            )
        {
            // Whose it is in another town is not a town's to know.
            let bearer = Enterprise(other)
            guard try EnterpriseStore.admits(bearer, actor, regions) else {
                throw Failure(.conflict, "enterprise.code-taken", "代码 \(code) 已是别的镇街一份档案的", cure: "核对代码；确是同一家的，请质强办并档")
            }
            throw Failure(.conflict, "enterprise.code-taken", "代码 \(code) 已是“\(bearer.name)”的", cure: "核对代码；确是同一家的，请并档")
        }
        var kept = after
        kept.status = dossier.firm.status == .merged ? .merged : after.status
        kept.mergedInto = dossier.firm.mergedInto
        try WriteEnterprises.change(dossier.firm, to: kept, transaction)
        if dossier.firm.name != after.name {
            let former = dossier.firm.folded == after.folded ? [] : [dossier.firm.name]
            let names = try WriteEnterprises.settleNames(
                of: after.id, current: after.name, former: former, stored: dossier.names, transaction)
            try WriteEnterprises.open(names: names, transaction)
        }
        transaction.subject = "enterprise/\(after.id)"
    }
}
