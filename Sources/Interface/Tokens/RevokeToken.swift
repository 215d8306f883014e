package import Accounts
package import Storage
package import Values

/// Ends all tokens of a person within an act on their account.
package enum PersonTokens {
    package static func end(of person: ID<Person>, _ transaction: Transaction) throws {
        for listed in try TokenStore.all(of: person.number, transaction.session) where !listed.token.isRevoked {
            try transaction.replace(.accessToken, id: listed.token.id.number, listed.token.revoked.row)
            try TokenStore.forget(listed.token.id, transaction.session)
        }
    }
}

/// Ends a token at once: an administrator any, people their own.
package struct RevokeToken: Sendable {
    let id: ID<AccessToken>

    package init(_ id: ID<AccessToken>) { self.id = id }

    /// - Parameter person: whose token it must be; nil for an administrator.
    package func perform(on office: TokenOffice, by actor: Actor, person: ID<Person>? = nil, request: String) async throws {
        if person == nil { try InterfaceRights.manageTokens.require(actor) }
        let id = id
        _ = try await office.store.actOnce(request: request, "interface.revoke-token", by: actor) { transaction in
            guard let token = try TokenStore.token(id, transaction.session), person == nil || token.person == person?.number else {
                throw Failure(.missing, "token.missing", "没有这个令牌", cure: "从令牌列表中操作")
            }
            transaction.subject = "token/\(id)"
            if !token.isRevoked { try transaction.replace(.accessToken, id: id.number, token.revoked.row) }
            try TokenStore.forget(id, transaction.session)
            return ""
        }
    }
}
