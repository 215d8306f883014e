import Storage
import Values

/// Signing in: name and password, then a code where there is a second factor.
package struct SignIn: Sendable {
    /// A session that was opened: its token goes into the cookie and nowhere else.
    package struct Opened: Sendable {
        package let token: String
        package let stage: WebSession.Stage
    }

    let office: AccountOffice
    let browser: String

    package init(_ office: AccountOffice, browser: String) {
        self.office = office
        self.browser = browser
    }

    private enum Found {
        case opened(Opened)
        case wrong(locks: Person?)
    }

    /// The same answer after the same work, whether the name is unknown, disabled or the password wrong.
    ///
    /// - Throws: `sign-in.wrong`, `sign-in.locked`, `sign-in.busy`.
    package func enter(name: String, password: String) async throws -> Opened {
        let name = AccountName.folded(name)
        let now = office.now
        let known = try await office.store.read { session -> (Person, Credential)? in
            try Self.checkLock(name, at: now, session)
            // The same statements for an unknown name, which would else be told by the time they take.
            let person = try PersonStore.person(account: name, session)
            let credential = try CredentialStore.credential(person?.id ?? ID(0), session)
            guard let person, person.isEnabled, let credential else { return nil }
            return (person, credential)
        }
        let hash = known.flatMap { PasswordHash(text: $0.1.password) } ?? office.decoy
        let isRight = try await PasswordWork.shared.run { try hash.matches(password) } && known != nil
        let raised = isRight && hash.cost < office.rules.passwordCost ? try await office.hash(password) : nil
        let (token, nonce, rules, browser) = (office.token(), office.token(), office.rules, browser)
        let found = try await office.store.keep { session -> Found in
            try Self.checkLock(name, at: now, session)
            // Read again: the account may have been disabled or its password changed while the hash was computed.
            guard isRight, let known, let person = try PersonStore.person(account: name, session), person.isEnabled,
                let credential = try CredentialStore.credential(person.id, session), credential.password == known.1.password
            else {
                return try Self.failed(name, known?.0, .wrongPassword, browser, nonce, at: now, rules, session)
            }
            if let raised { try CredentialStore.raise(raised, of: person.id, session) }
            let stage: WebSession.Stage = credential.factor == nil ? Self.next(person, credential, at: now, rules) : .code
            return .opened(try Self.open(token, person, stage, browser, nonce, at: now, rules, session))
        }
        return try settle(found, refusal: Self.wrong)
    }

    /// The code after the password: of this half minute, not used before, or one of the recovery codes. Answers with a new token.
    ///
    /// Without the key that sealed the secret only recovery codes count.
    ///
    /// - Throws: `sign-in.wrong-code`, `sign-in.locked`, `access.sign-in`, `factor.key-missing` and the like.
    package func confirm(code given: String, token old: String) async throws -> Opened {
        let now = office.now
        let (token, nonce, rules, browser) = (office.token(), office.token(), office.rules, browser)
        let code = given.filter { !$0.isWhitespace && $0 != "-" }.lowercased()
        let (random, keys) = (office.random, Result { [factorKeys = office.factorKeys] in try factorKeys() })
        let found = try await office.store.keep { session -> Found in
            let digest = AccountOffice.digest(old)
            guard let (half, person) = try WebSessionStore.find(digest, session), half.stage == .code, !half.isOver(at: now, rules),
                let credential = try CredentialStore.credential(person.id, session), let factor = credential.factor
            else { throw Self.over }
            try Self.checkLock(person.account, at: now, session)
            if try CredentialStore.useRecovery(AccountOffice.digest("\(person.id):\(code)"), of: person.id, session) {
                // Gone now.
            } else if let used = try TimedCode(base32: keys.get().open(factor, of: person.id)).step(
                of: code, at: now, after: credential.step)
            {
                try CredentialStore.use(step: used, of: person.id, session)
                try Self.renew(factor, of: person.id, keys, random, session)
            } else {
                return try Self.failed(person.account, person, .wrongCode, browser, nonce, at: now, rules, session)
            }
            try WebSessionStore.end(digest, session)
            return .opened(
                try Self.open(token, person, Self.next(person, credential, at: now, rules), browser, nonce, at: now, rules, session))
        }
        return try settle(found, refusal: Self.wrongCode)
    }

    /// A secret under an older key comes under the newest one when it is used.
    private static func renew(
        _ factor: String, of person: ID<Person>, _ keys: Result<FactorKeys, any Error>, _ random: (Int) -> [UInt8], _ session: any Session
    ) throws {
        let keys = try keys.get()
        guard SealedSecret(factor)?.key != keys.newest.id else { return }
        try CredentialStore.reseal(keys.seal(keys.open(factor, of: person), of: person, random: random), of: person, session)
    }

    /// What comes after password and code.
    static func next(_ person: Person, _ credential: Credential, at now: Moment, _ rules: SignInRules) -> WebSession.Stage {
        let age = now.milliseconds - credential.changedAt.milliseconds
        if credential.mustChange || age >= Int64(rules.passwordDays) * 86_400_000 { return .password }
        return credential.factor == nil && rules.secondFactor.contains(person.role) ? .enrol : .full
    }

    static func open(
        _ token: String, _ person: Person, _ stage: WebSession.Stage, _ browser: String, _ nonce: String, at now: Moment,
        _ rules: SignInRules,
        _ session: any Session
    ) throws -> Opened {
        try WebSessionStore.sweep(before: Moment(milliseconds: now.milliseconds - Int64(rules.sessionHours) * 3_600_000), session)
        try WebSessionStore.open(
            WebSession(
                digest: AccountOffice.digest(token), person: person.id, stage: stage, createdAt: now, seenAt: now, browser: browser),
            session)
        // Failures are forgiven only when everything was right: else a known password would buy endless guesses at the code.
        if stage != .code {
            try SignInStore.forgive(person.account, session)
            try SignInStore.record(.entered, of: person.id, browser: browser, nonce: nonce, at: now, rules, session)
        }
        return Opened(token: token, stage: stage)
    }

    private static func failed(
        _ name: String, _ person: Person?, _ outcome: SignInRecord.Outcome, _ browser: String, _ nonce: String, at now: Moment,
        _ rules: SignInRules, _ session: any Session
    ) throws -> Found {
        let isLocked = try SignInStore.fail(name, at: now, rules, session)
        try SignInStore.record(outcome, of: person?.id, browser: browser, nonce: nonce, at: now, rules, session)
        return .wrong(locks: isLocked ? person : nil)
    }

    /// The journal learns of a lock beside the answer, which would else take longer for a known name.
    private func settle(_ found: Found, refusal: Failure) throws -> Opened {
        switch found {
        case .opened(let opened):
            office.shelf.clear()
            return opened
        case .wrong(let locked):
            if let locked { Self.note(lockOf: locked, office.store) }
            throw refusal
        }
    }

    /// The journal learns of a lock. Whoever it was has not proven to be the account's person.
    static func note(lockOf person: Person, _ store: Store) {
        Task {
            try? await store.act("accounts.lock", by: Actor(name: person.account, role: .visitor), waits: true) { transaction in
                transaction.subject = "account/\(person.id)"
            }
        }
    }

    static func checkLock(_ name: String, at now: Moment, _ session: any Session) throws {
        guard let until = try SignInStore.lock(name, at: now, session) else { return }
        let minutes = (until.milliseconds - now.milliseconds + 59_999) / 60_000
        throw Failure(.refused, "sign-in.locked", "错误次数过多，\(minutes) 分钟后才能再试。", cure: "到时再试，或请系统管理员发重设链接。")
    }

    private static let wrong = Failure(.refused, "sign-in.wrong", "账号名或密码不对。", cure: "核对后重试；忘记密码请系统管理员发重设链接。")
    private static let wrongCode = Failure(.refused, "sign-in.wrong-code", "验证码不对，或已用过。", cure: "等下一个验证码，或用一个恢复码。")
    static let over = Failure(.refused, "access.sign-in", "请先登录。", cure: "登录后再试；如已登录，登录可能已到期。")
}
