package import Storage
package import Values

/// An assessor declares from which enterprise they withdraw, and why (申报回避).
package enum DeclareInterest {
    /// - Throws: `interest.member`, `interest.enterprise`, `interest.reason`, `interest.declared`.
    package static func run(
        _ enterprise: String, ground: Interest.Ground, reason: String, on store: Store, by actor: Actor, request: String
    ) async throws {
        try PanelRights.own.require(actor)
        let folded = NameFolding.key(enterprise)
        guard folded.count >= 2 else {
            throw Failure(.invalid, "interest.enterprise", "没有写明要回避的企业", cure: "写企业全称，或营业执照上的名称")
        }
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalid, "interest.reason", "没有写明为什么回避", cure: "写明与该企业的关系和时间")
        }
        _ = try await store.actOnce(request: request, "panels.declare-interest", by: actor, reason: reason) { transaction in
            guard try !PanelStore.panels(of: actor.name, on: transaction.time.day, transaction.session).isEmpty else {
                throw Failure(.refused, "interest.member", "您的账号没有编入评审组", cure: "请系统管理员把账号编入评审组")
            }
            guard try !PanelStore.hasDeclared(actor.name, folded, transaction.session) else {
                throw Failure(.conflict, "interest.declared", "您已申报回避“\(enterprise)”", cure: "不必重复申报；要改理由，先撤回再申报")
            }
            let id: ID<Interest> = try transaction.newID(.interest)
            try transaction.open(
                .interest, id: id.number,
                [
                    .text(actor.name), .text(enterprise), .text(folded), .text(ground.rawValue), .text(reason), Value(transaction.time.day),
                ])
            transaction.subject = "interest/\(id.number)"
            transaction.detail = ["enterprise": enterprise, "ground": ground.rawValue]
            return String(id.number)
        }
    }

    /// Takes one's own declaration back; what was declared stays in the journal.
    ///
    /// - Throws: `interest.missing`, `interest.withdraw-reason`.
    package static func withdraw(_ id: ID<Interest>, reason: String, on store: Store, by actor: Actor, request: String) async throws {
        try PanelRights.own.require(actor)
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalid, "interest.withdraw-reason", "没有写明为什么撤回", cure: "写明关系何时解除，或申报错在哪里")
        }
        _ = try await store.actOnce(request: request, "panels.withdraw-interest", by: actor, reason: reason) { transaction in
            guard let interest = try PanelStore.interest(id, transaction.session), interest.account == actor.name else {
                throw Failure(.missing, "interest.missing", "没有这项回避申报", cure: "刷新页面")
            }
            try transaction.close(.interest, id: id.number)
            transaction.subject = "interest/\(id.number)"
            transaction.detail = ["enterprise": interest.enterprise]
            return String(id.number)
        }
    }
}
