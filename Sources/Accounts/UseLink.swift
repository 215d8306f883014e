import Storage
import Values

/// Sets a password by a one-time link, or makes the first administrator.
package struct UseLink: Sendable {
    let office: AccountOffice
    let token: String

    package init(_ office: AccountOffice, token: String) {
        self.office = office
        self.token = token
    }

    /// - Throws: `link.over`, `password.same`, and what a password or a name can be refused for.
    package func setPassword(_ password: String) async throws {
        let (token, now, endTokens) = (token, office.now, office.endTokens)
        let (link, names, old) = try await office.store.read { session in
            let link = try AccountLink.find(token, at: now, session)
            return (
                link, try link.person.map { try OrganisationStore.names(of: $0, session) } ?? [],
                try link.person.flatMap { try CredentialStore.credential($0.id, session)?.password }
            )
        }
        guard let person = link.person else { throw Self.needsNames }
        try PasswordRules(rules: office.rules).check(password, account: person.account, names: names)
        if let old = old.flatMap({ PasswordHash(text: $0) }), try await PasswordWork.shared.run({ try old.matches(password) }) {
            throw OwnAccount.same
        }
        let hash = try await office.hash(password)
        try await office.store.act("accounts.set-password", by: person.actor) { transaction in
            let session = transaction.session
            guard let person = try AccountLink.find(token, at: now, session).person else { throw Self.needsNames }
            try CredentialStore.set(hash, of: person.id, at: now, session)
            try WebSessionStore.end(of: person.id, session)
            try endTokens(person.id, transaction)
            try SignInStore.forgive(person.account, session)
            try AccountLink.use(token, session)
            transaction.subject = "account/\(person.id)"
            transaction.detail = ["account": person.account]
        }
        office.shelf.clear()
    }

    /// The first administrator, and the organisation that everything else stands under.
    package func found(account: String, name: String, password: String) async throws {
        let draft = try PersonDraft(account: account, name: name, role: .administrator).checked()
        let (token, now, places) = (token, office.now, office.places)
        let government = try await office.store.read { session in
            _ = try AccountLink.find(token, at: now, session)
            return try places(session).government
        }
        try PasswordRules(rules: office.rules).check(
            password, account: draft.account, names: [draft.name] + (government.map { [$0] } ?? []))
        let hash = try await office.hash(password)
        try await office.store.act("accounts.found", by: Actor(name: draft.account, role: .administrator)) { transaction in
            let session = transaction.session
            guard try AccountLink.find(token, at: now, session).person == nil else { throw Self.needsNames }
            let government = try places(session).government
            let root: ID<Organisation>?
            if let government {
                let id: ID<Organisation> = try transaction.newID(.organisation)
                let organisation = Organisation(
                    id: id, kind: .district, name: government, parent: nil, region: nil, from: transaction.time.day, to: nil)
                try transaction.open(.organisation, id: id.number, organisation.row)
                root = id
            } else {
                root = nil
            }
            let id: ID<Person> = try transaction.newID(.person)
            let person = Person(
                id: id, account: draft.account, name: draft.name, organisation: root, role: .administrator, region: nil, isEnabled: true)
            try transaction.open(.person, id: id.number, person.row)
            try CredentialStore.set(hash, of: id, at: now, session)
            try AccountLink.use(token, session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": draft.account]
        }
        office.shelf.clear()
    }

    private static let needsNames = Failure(.invalid, "link.kind", "这个链接不是用来做这件事的。", cure: "重新打开链接。")
}
