import Storage
package import Values

/// Ending sessions: one's own, others of one's own, or all of a person.
package struct SignOut: Sendable {
    let office: AccountOffice

    package init(_ office: AccountOffice) { self.office = office }

    @discardableResult
    package func leave(token: String) async throws -> Ending {
        let (digest, store) = (AccountOffice.digest(token), office.store)
        // Strangers may send this form, too: what is no session costs no turn of writing.
        guard try await store.read({ try WebSessionStore.exists(digest, $0) }) else { return .written }
        return try await office.end([digest]) { try await store.keep(waits: true) { try WebSessionStore.end(digest, $0) } }
    }

    /// Ends other sessions of the person who asks: the one with a handle, or all but this.
    @discardableResult
    package func end(_ handle: String?, of person: ID<Person>, keeping token: String) async throws -> Ending {
        let (own, store) = (AccountOffice.digest(token), office.store)
        let others = try await store.read { session in
            try WebSessionStore.all(of: person, session).filter { $0.digest != own && (handle == nil || $0.handle == handle) }
        }.map(\.digest)
        return try await office.end(others) {
            try await store.keep(waits: true) { session in for digest in others { try WebSessionStore.end(digest, session) } }
        }
    }

    /// An administrator ends all sessions of somebody.
    @discardableResult
    package func endAll(of id: ID<Person>, by actor: Actor, request: String) async throws -> Ending {
        try AccountRights.manage.require(actor)
        let (store, endTokens) = (office.store, office.endTokens)
        return try await office.end(person: id) {
            _ = try await store.actOnce(request: request, "accounts.end-sessions", by: actor, waits: true) { transaction in
                let person = try PersonStore.person(id, transaction.session)
                transaction.subject = "account/\(id)"
                transaction.detail = ["account": person.account]
                try endTokens(id, transaction)
                return String(try WebSessionStore.end(of: id, transaction.session))
            }
        }
    }
}
