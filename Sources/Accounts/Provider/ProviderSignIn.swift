import Storage
import Values

/// Signing in by a provider's word: for accounts that are bound to (issuer, subject), or that the settings' claim names at their first use.
struct ProviderSignIn: Sendable {
    let office: AccountOffice
    let settings: ProviderSettings
    let browser: String

    /// - Throws: `sign-in.provider-unknown`, `sign-in.provider-factor`.
    func enter(_ identity: IdentityToken) async throws -> SignIn.Opened {
        let (now, rules, browser) = (office.now, office.rules, browser)
        let (token, nonce) = (office.token(), office.token())
        let isStrong = !settings.factors.isDisjoint(with: identity.assurances)
        let person = try await bound(identity, at: now)
        let opened = try await office.store.keep { session in
            // Read again: the account may have been disabled or unbound meanwhile.
            guard try IdentityStore.person(identity.issuer, identity.subject, session) == person else { throw Self.unknown }
            let somebody = try PersonStore.person(person, session)
            guard somebody.isEnabled else { throw Self.unknown }
            let factor = try CredentialStore.credential(person, session)?.factor
            return try SignIn.open(
                token, somebody, try Self.stage(somebody, isStrong: isStrong, hasFactor: factor != nil, rules), browser, nonce, at: now,
                rules,
                session)
        }
        office.shelf.clear()
        return opened
    }

    /// The provider's second factor counts where the settings name it; else the account's own is asked for; a role that needs one and has
    /// neither is not let in.
    static func stage(_ person: Person, isStrong: Bool, hasFactor: Bool, _ rules: SignInRules) throws -> WebSession.Stage {
        if isStrong { return .full }
        if hasFactor { return .code }
        guard !rules.secondFactor.contains(person.role) else {
            throw Failure(
                .refused, "sign-in.provider-factor", "您的岗位登录要有第二因素，而统一身份认证这次没有用。",
                cure: "在统一身份认证系统里用双因素登录，或用账号密码登录并启用手机验证码。")
        }
        return .full
    }

    private func bound(_ identity: IdentityToken, at now: Moment) async throws -> ID<Person> {
        if let person = try await office.store.read({ try IdentityStore.person(identity.issuer, identity.subject, $0) }) { return person }
        guard let name = claimed(identity) else { throw Self.unknown }
        let person = try await office.store.read { session -> Person? in
            guard let person = try PersonStore.person(account: name, session), person.isEnabled else { return nil }
            return try IdentityStore.all(of: person.id, session).isEmpty ? person : nil
        }
        guard let person else { throw Self.unknown }
        try await office.store.act("accounts.bind", by: Actor(name: person.account, role: .visitor)) { transaction in
            try IdentityStore.bind(identity.issuer, identity.subject, to: person, at: now, transaction.session)
            transaction.subject = "account/\(person.id)"
            transaction.detail = ["account": person.account, "issuer": identity.issuer, "subject": identity.subject]
        }
        return person.id
    }

    /// The account's name by the claim that the settings trust; an address of mail only where the provider has verified it.
    private func claimed(_ identity: IdentityToken) -> String? {
        guard let claim = settings.claim, claim != "email" || identity.isEmailVerified, let text = identity.texts[claim] else { return nil }
        let name = AccountName.folded(text)
        return AccountName.isGood(name) ? name : nil
    }

    private static let unknown = Failure(
        .refused, "sign-in.provider-unknown", "统一身份认证里的这个人在本系统没有可用的账号。", cure: "请系统管理员建立账号，或把账号与统一身份认证绑定。")
}
