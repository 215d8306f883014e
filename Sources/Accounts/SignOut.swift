import Storage
package import Values

/// Ending sessions: one's own, others of one's own, or all of a person.
package struct SignOut: Sendable {
    let office: AccountOffice

    package init(_ office: AccountOffice) { self.office = office }

    package func leave(token: String) async throws {
        try await office.store.keep { try WebSessionStore.end(AccountOffice.digest(token), $0) }
        office.shelf.clear()
    }

    /// Ends other sessions of the person who asks: the one with a handle, or all but this.
    package func end(_ handle: String?, of person: ID<Person>, keeping token: String) async throws {
        let own = AccountOffice.digest(token)
        try await office.store.keep { session in
            for one in try WebSessionStore.all(of: person, session) where one.digest != own && (handle == nil || one.handle == handle) {
                try WebSessionStore.end(one.digest, session)
            }
        }
        office.shelf.clear()
    }

    /// An administrator ends all sessions of somebody.
    package func endAll(of id: ID<Person>, by actor: Actor, request: String) async throws {
        try AccountRights.manage.require(actor)
        _ = try await office.store.actOnce(request: request, "accounts.end-sessions", by: actor) { transaction in
            let person = try PersonStore.person(id, transaction.session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": person.account]
            return String(try WebSessionStore.end(of: id, transaction.session))
        }
        office.shelf.clear()
    }
}
