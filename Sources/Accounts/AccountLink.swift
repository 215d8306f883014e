import Storage
import Values

/// A link that lets its bearer set a password once (一次性链接); the store keeps only its digest.
package struct AccountLink: Sendable {
    /// Whose password it sets; nil makes the first administrator.
    let person: Person?
    let expiresAt: Moment

    /// - Throws: `link.over` where it is unknown, used or too old; `link.first` where there are accounts already.
    static func find(_ token: String, at now: Moment, _ session: any Session) throws -> AccountLink {
        let row = try session.row("select person_id, expires_at from account_link where digest = \(AccountOffice.digest(token))")
        guard let row, row.integer(1) > now.milliseconds else {
            throw Failure(.gone, "link.over", "这个链接用过了，或已过期。", cure: "请系统管理员另发一个；首次启动的链接在重新启动服务时另发。")
        }
        let expiresAt = Moment(milliseconds: row.integer(1))
        if let id: ID<Person> = row.optionalID(0) {
            let person = try PersonStore.person(id, session)
            guard person.isEnabled else { throw Failure(.gone, "link.disabled", "这个账号已停用。", cure: "请系统管理员启用后另发链接。") }
            return AccountLink(person: person, expiresAt: expiresAt)
        }
        guard try PersonStore.count(session) == 0 else {
            throw Failure(.gone, "link.first", "已经有管理员了，首次启动链接作废。", cure: "用账号登录，或请系统管理员建账号。")
        }
        return AccountLink(person: nil, expiresAt: expiresAt)
    }

    /// Voids the links of a person.
    static func end(of person: ID<Person>, _ session: any Session) throws {
        try session.run("delete from account_link where person_id = \(person)")
    }

    /// Makes a link; earlier ones of the same person end.
    static func issue(_ token: String, for person: ID<Person>?, at now: Moment, _ rules: SignInRules, _ session: any Session) throws {
        if let person {
            try end(of: person, session)
        } else {
            try session.run("delete from account_link where person_id is null")
        }
        let until = now.milliseconds + Int64(rules.linkHours) * 3_600_000
        try session.run(
            "insert into account_link (digest, person_id, expires_at) values (\(AccountOffice.digest(token)), \(person), \(until))")
    }

    static func use(_ token: String, _ session: any Session) throws {
        try session.run("delete from account_link where digest = \(AccountOffice.digest(token))")
    }

    /// The first start of a store without accounts: a token for the first administrator; nil where somebody has an account.
    package static func first(_ office: AccountOffice) async throws -> String? {
        let (token, now, rules) = (office.token(), office.now, office.rules)
        return try await office.store.keep { session in
            guard try PersonStore.count(session) == 0 else { return nil }
            try issue(token, for: nil, at: now, rules, session)
            return token
        }
    }
}
