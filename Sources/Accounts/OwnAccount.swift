import Storage
package import Values

/// What people do with their own accounts: another password, a second factor.
package struct OwnAccount: Sendable {
    let office: AccountOffice
    let id: ID<Person>
    /// The token of the session that asks; replaced by each act that changes what it stands for.
    let token: String
    let browser: String

    package init(_ office: AccountOffice, _ id: ID<Person>, token: String, browser: String) {
        self.office = office
        self.id = id
        self.token = token
        self.browser = browser
    }

    /// Another password; all other sessions end, this one gets a new token.
    ///
    /// - Throws: `password.wrong`, `password.same`, and what a password can be refused for.
    package func changePassword(from old: String, to new: String) async throws -> String {
        let now = office.now
        let (person, credential) = try await provenPerson(old)
        guard old != new else { throw Self.same }
        let names = try await office.store.read { try OrganisationStore.names(of: person, $0) }
        try PasswordRules(rules: office.rules).check(new, account: person.account, names: names)
        let hash = try await office.hash(new)
        let endTokens = office.endTokens
        return try await act("accounts.change-password", person) { transaction in
            let session = transaction.session
            guard try CredentialStore.credential(person.id, session)?.password == credential.password else { throw Self.wrong }
            try CredentialStore.set(hash, of: person.id, at: now, session)
            try AccountLink.end(of: person.id, session)
            try endTokens(person.id, transaction)
        }
    }

    /// The second factor as it stands.
    struct Factor: Sendable {
        let isOn: Bool
        let pending: String?
        let recoveryLeft: Int64
    }

    func factor() async throws -> Factor {
        let id = id
        let (credential, left) = try await office.store.read {
            (try CredentialStore.credential(id, $0), try CredentialStore.recoveryLeft(id, $0))
        }
        // One that cannot be opened is no reason to close the page: it can be made anew.
        let pending = credential?.pending.flatMap { sealed in try? office.factorKeys().open(sealed, of: id) }
        return Factor(isOn: credential?.factor != nil, pending: pending, recoveryLeft: left)
    }

    /// Makes a secret to be confirmed, with the password: a session that somebody left open, or stole, must not get a key of its own. Other
    /// sessions end, so that none of them is shown it.
    ///
    /// - Throws: `password.wrong`, `sign-in.locked`, and `factor.key-missing` where the secret could not be sealed.
    package func beginFactor(password: String) async throws {
        let (person, credential) = try await provenPerson(password)
        let secret = try office.factorKeys().seal(Base32.text(office.random(20)), of: person.id, random: office.random)
        let (own, now) = (AccountOffice.digest(token), office.now)
        try await office.store.keep { session in
            try SignIn.checkLock(person.account, at: now, session)
            guard let found = try CredentialStore.credential(person.id, session), found.password == credential.password else {
                throw Self.wrong
            }
            guard found.factor == nil else { return }
            try WebSessionStore.end(of: person.id, but: own, session)
            try CredentialStore.setPending(secret, of: person.id, session)
        }
        office.shelf.clear()
    }

    /// Confirms it with a code; answers the recovery codes, to be shown once, and the session's new token.
    ///
    /// - Throws: `factor.none`, `factor.code`.
    package func confirmFactor(code: String) async throws -> (recovery: [String], token: String) {
        let (id, now) = (id, office.now)
        let digits = code.filter { !$0.isWhitespace }
        let recovery = (0..<10).map { _ in Base32.text(office.random(10)).lowercased() }
        let digests = recovery.map { AccountOffice.digest("\(id):\($0)") }
        let person = try await office.store.read { try PersonStore.person(id, $0) }
        let (keys, random) = (try office.factorKeys(), office.random)
        let token = try await act("accounts.set-factor", person) { transaction in
            let session = transaction.session
            guard let pending = try CredentialStore.credential(id, session)?.pending else {
                throw Failure(.conflict, "factor.none", "没有待确认的密钥", cure: "重新开始启用")
            }
            let secret = try keys.open(pending, of: id)
            guard let step = try TimedCode(base32: secret).step(of: digits, at: now, after: 0) else {
                throw Failure(.invalid, "factor.code", "验证码不对", cure: "核对手机的时间，等下一个验证码再试")
            }
            try CredentialStore.setFactor(keys.seal(secret, of: id, random: random), step: step, of: id, session)
            try CredentialStore.addRecovery(digests, of: id, session)
        }
        return (recovery, token)
    }

    /// Takes the second factor away, with the password; refused where the role must have one.
    ///
    /// - Throws: `factor.needed`, `password.wrong`.
    package func dropFactor(password: String) async throws -> String {
        let (person, _) = try await provenPerson(password)
        guard !office.rules.secondFactor.contains(person.role) else {
            throw Failure(.refused, "factor.needed", "您的岗位必须用验证码", cure: "换手机时请系统管理员取消后重新启用")
        }
        return try await act("accounts.drop-factor", person) { try CredentialStore.setFactor(nil, step: 0, of: person.id, $0.session) }
    }

    private func provenPerson(_ password: String) async throws -> (Person, Credential) {
        let (id, now, rules, nonce, browser) = (id, office.now, office.rules, office.token(), browser)
        let (person, credential) = try await office.store.read { session in
            let person = try PersonStore.person(id, session)
            try SignIn.checkLock(person.account, at: now, session)
            guard let credential = try CredentialStore.credential(id, session) else { throw Self.wrong }
            return (person, credential)
        }
        guard let hash = PasswordHash(text: credential.password), try await PasswordWork.shared.run({ try hash.matches(password) }) else {
            let isLocked = try await office.store.keep { session in
                // Others may have tried while the hash was computed.
                try SignIn.checkLock(person.account, at: now, session)
                try SignInStore.record(.wrongPassword, of: id, browser: browser, nonce: nonce, at: now, rules, session)
                return try SignInStore.fail(person.account, at: now, rules, session)
            }
            if isLocked { SignIn.note(lockOf: person, office.store) }
            throw Self.wrong
        }
        return (person, credential)
    }

    /// One act on the own account; its other sessions end, and the one that asked goes on under a new token at its next stage.
    private func act(
        _ action: String, _ person: Person, _ body: @Sendable @escaping (Transaction) throws -> Void
    ) async throws -> String {
        let (old, fresh, rules, now) = (AccountOffice.digest(token), office.token(), office.rules, office.now)
        try await office.store.act(action, by: person.actor) { transaction in
            let session = transaction.session
            guard let (own, person) = try WebSessionStore.find(old, session), own.person == person.id, own.stage != .code else {
                throw SignIn.over
            }
            try SignIn.checkLock(person.account, at: now, session)
            try body(transaction)
            try WebSessionStore.end(of: person.id, session)
            guard let credential = try CredentialStore.credential(person.id, session) else { throw SignIn.over }
            try WebSessionStore.open(
                WebSession(
                    digest: AccountOffice.digest(fresh), person: person.id, stage: SignIn.next(person, credential, at: now, rules),
                    createdAt: own.createdAt, seenAt: now, browser: own.browser), session)
            transaction.subject = "account/\(person.id)"
            transaction.detail = ["account": person.account]
        }
        office.shelf.clear()
        return fresh
    }

    static let same = Failure(.invalid, "password.same", "新密码与原来的相同", cure: "换一个密码")
    private static let wrong = Failure(.invalid, "password.wrong", "现在的密码不对", cure: "重新输入现在的密码")
}
