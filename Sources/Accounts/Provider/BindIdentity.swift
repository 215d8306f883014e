import Storage
package import Values

/// Binding an account to a person of the provider, and undoing it: an administrator's act.
package struct BindIdentity: Sendable {
    let office: AccountOffice
    let actor: Actor

    package init(_ office: AccountOffice, by actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// - Throws: `access.role`, `provider.bound`, `provider.subject`.
    package func bind(_ id: ID<Person>, issuer: String, subject: String, request: String) async throws {
        try AccountRights.manage.require(actor)
        guard !issuer.isEmpty, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw Failure(.invalid, "provider.subject", "要写明统一身份认证系统（issuer）和人（sub，不超过 255 字节）", cure: "向统一身份认证系统的管理员要 sub")
        }
        let now = office.now
        _ = try await office.store.actOnce(request: request, "accounts.bind", by: actor) { transaction in
            let person = try PersonStore.person(id, transaction.session)
            try IdentityStore.bind(issuer, subject, to: person, at: now, transaction.session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": person.account, "issuer": issuer, "subject": subject]
            return ""
        }
    }

    /// Ends the account's sessions too: they may have come through the binding.
    package func unbind(_ id: ID<Person>, request: String) async throws {
        try AccountRights.manage.require(actor)
        let store = office.store
        _ = try await office.end(person: id) {
            _ = try await store.actOnce(request: request, "accounts.unbind", by: actor) { transaction in
                let person = try PersonStore.person(id, transaction.session)
                guard try IdentityStore.unbind(id, transaction.session) > 0 else {
                    throw Failure(.missing, "provider.unbound", "这个账号没有绑定统一身份认证", cure: "用 hallmark account list 核对账号名")
                }
                transaction.subject = "account/\(id)"
                transaction.detail = ["account": person.account]
                return String(try WebSessionStore.end(of: id, transaction.session))
            }
        }
    }
}
