import Storage
package import Values

/// What administrators do with accounts; each act ends the sessions that it makes untrue.
package struct ManageAccounts: Sendable {
    let office: AccountOffice
    let actor: Actor

    package init(_ office: AccountOffice, by actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// Makes an account; its person sets the password with the link whose token is answered. A repeated request answers no token.
    ///
    /// - Throws: `account.taken`, and what a draft can be refused for.
    package func create(_ draft: PersonDraft, request: String) async throws -> (id: ID<Person>, token: String?) {
        try AccountRights.manage.require(actor)
        let draft = try draft.checked()
        let (token, now, rules, places) = (office.token(), office.now, office.rules, office.places)
        let answer = try await office.store.actOnce(request: request, "accounts.create", by: actor) { transaction in
            let session = transaction.session
            guard try !PersonStore.wasUsed(draft.account, session) else {
                throw Failure(.conflict, "account.taken", "账号名“\(draft.account)”用过了", cure: "换一个；账号名不给第二个人用，日志才分得清")
            }
            try Self.check(draft, places(session), session, on: transaction.time.day)
            let id: ID<Person> = try transaction.newID(.person)
            let person = Person(
                id: id, account: draft.account, name: draft.name, organisation: draft.organisation, role: draft.role, region: draft.region,
                isEnabled: true)
            try transaction.open(.person, id: id.number, person.row)
            try AccountLink.issue(token, for: id, at: now, rules, session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": draft.account, "role": draft.role.rawValue]
            return String(id.number)
        }
        let isFirst = try await office.store.read { (try? AccountLink.find(token, at: now, $0)) != nil }
        return (ID(Int64(answer) ?? 0), isFirst ? token : nil)
    }

    /// Another name, organisation, role or town; a role or a town that changes ends the person's sessions.
    package func change(_ id: ID<Person>, to draft: PersonDraft, readVersion: Int64?, request: String) async throws {
        try AccountRights.manage.require(actor)
        let draft = try draft.checked()
        let places = office.places
        try await act(request, "accounts.change", id) { transaction, person in
            let session = transaction.session
            guard try readVersion == nil || readVersion == PersonStore.version(id, session) else {
                throw Failure(.conflict, "account.changed", "别人刚改过这个账号，没有保存", cure: "刷新后重新填写")
            }
            try Self.check(draft, places(session), session, on: transaction.time.day)
            if person.role == .administrator, draft.role != .administrator { try Self.keepOneAdministrator(id, session) }
            let after = Person(
                id: id, account: person.account, name: draft.name, organisation: draft.organisation, role: draft.role, region: draft.region,
                isEnabled: person.isEnabled)
            guard after != person else { return }
            try transaction.replace(.person, id: id.number, after.row)
            transaction.detail["role"] = draft.role.rawValue
            if after.actor != person.actor { try WebSessionStore.end(of: id, session) }
        }
    }

    /// Whoever is disabled is not let in from this moment on, also while a long act keeps the store from being written to.
    @discardableResult
    package func setEnabled(_ isEnabled: Bool, _ id: ID<Person>, request: String) async throws -> Ending {
        try AccountRights.manage.require(actor)
        guard !isEnabled else {
            try await act(request, "accounts.enable", id) { transaction, person in
                guard !person.isEnabled else { return }
                try transaction.replace(.person, id: id.number, person.with(isEnabled: true).row)
            }
            return .written
        }
        let (actor, endTokens) = (actor, office.endTokens)
        try await office.store.read { session in
            let person = try PersonStore.person(id, session)
            if person.role == .administrator { try Self.keepOneAdministrator(id, session) }
            guard person.account != actor.name else {
                throw Failure(.invalid, "account.own", "不能停用自己的账号", cure: "请另一个系统管理员停用")
            }
        }
        return try await office.end(person: id) {
            try await act(request, "accounts.disable", id, waits: true) { transaction, person in
                guard person.isEnabled else { return }
                if person.role == .administrator { try Self.keepOneAdministrator(id, transaction.session) }
                try transaction.replace(.person, id: id.number, person.with(isEnabled: false).row)
                try WebSessionStore.end(of: id, transaction.session)
                try AccountLink.end(of: id, transaction.session)
                try endTokens(id, transaction)
            }
        }
    }

    /// Somebody who was locked out by failures may try again at once.
    package func unlock(_ id: ID<Person>, request: String) async throws {
        try AccountRights.manage.require(actor)
        try await act(request, "accounts.unlock", id) { transaction, person in
            try SignInStore.forgive(person.account, transaction.session)
        }
    }

    /// A link with which the person sets a new password; the old one goes on until then.
    package func issueLink(_ id: ID<Person>) async throws -> String {
        try AccountRights.manage.require(actor)
        let (token, now, rules) = (office.token(), office.now, office.rules)
        try await office.store.act("accounts.issue-link", by: actor) { transaction in
            let person = try PersonStore.person(id, transaction.session)
            try AccountLink.issue(token, for: id, at: now, rules, transaction.session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": person.account]
        }
        return token
    }

    /// Takes a second factor away whose phone is lost; sessions end.
    package func dropFactor(_ id: ID<Person>, request: String) async throws {
        try AccountRights.manage.require(actor)
        try await act(request, "accounts.drop-factor", id) { transaction, _ in
            try CredentialStore.setFactor(nil, step: 0, of: id, transaction.session)
            try WebSessionStore.end(of: id, transaction.session)
        }
    }

    private func act(
        _ request: String, _ action: String, _ id: ID<Person>, waits: Bool = false,
        _ body: @Sendable @escaping (Transaction, Person) throws -> Void
    ) async throws {
        _ = try await office.store.actOnce(request: request, action, by: actor, waits: waits) { transaction in
            let person = try PersonStore.person(id, transaction.session)
            transaction.subject = "account/\(id)"
            transaction.detail = ["account": person.account]
            try body(transaction, person)
            return ""
        }
        office.shelf.clear()
    }

    private static func check(_ draft: PersonDraft, _ places: AccountPlaces, _ session: any Session, on day: Day) throws {
        if let region = draft.region, places.name(of: region) == nil {
            throw Failure(.invalid, "account.no-town", "本辖区没有这个镇街", cure: "重新选择镇街")
        }
        guard let organisation = draft.organisation else { return }
        let tree = try OrganisationStore.tree(session)
        guard let own = tree.organisation(organisation), own.exists(on: day) else {
            throw Failure(.invalid, "account.organisation", "没有这个机构，或已撤销", cure: "重新选择机构")
        }
        if let region = draft.region, own.kind == .town, let town = own.region, tree.region(following: region, on: day) != town {
            throw Failure(.invalid, "account.town-differs", "机构「\(own.name)」是另一个镇街的", cure: "把机构或镇街改成同一个")
        }
    }

    private static func keepOneAdministrator(_ id: ID<Person>, _ session: any Session) throws {
        guard try PersonStore.otherAdministrators(than: id, session) > 0 else {
            throw Failure(.invalid, "account.last-administrator", "这是最后一个能登录的系统管理员", cure: "先让另一个系统管理员设好密码")
        }
    }
}
