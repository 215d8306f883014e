package import Storage
package import Values

/// A sign-in as it is kept for audit (登录记录).
package struct SignInRecord: Sendable, Hashable {
    package enum Outcome: String, Sendable {
        case entered, wrongPassword = "wrong-password", wrongCode = "wrong-code", locked
    }

    package let time: Moment
    package let outcome: Outcome
    package let browser: String
}

/// Counts of failures by the name that was given, known or not, so that the answer is the same for both; and the record of sign-ins.
package enum SignInStore {
    /// Until when a name is locked; nil where it is not.
    static func lock(_ name: String, at now: Moment, _ session: any Session) throws -> Moment? {
        let until = try session.integer("select locked_until from sign_in_failure where name_digest = \(AccountOffice.digest(name))")
        return until > now.milliseconds ? Moment(milliseconds: until) : nil
    }

    /// The accounts that are locked now, with the time until when.
    static func locks(_ accounts: [String], at now: Moment, _ session: any Session) throws -> [String: Moment] {
        let locked = try session.rows("select name_digest, locked_until from sign_in_failure where locked_until > \(now.milliseconds)")
        guard !locked.isEmpty else { return [:] }
        let until = Dictionary(locked.map { ($0.text(0), Moment(milliseconds: $0.integer(1))) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            accounts.compactMap { account in until[AccountOffice.digest(account)].map { (account, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Counts one more failure; whether it was the one that locks.
    static func fail(_ name: String, at now: Moment, _ rules: SignInRules, _ session: any Session) throws -> Bool {
        let digest = AccountOffice.digest(name)
        let window = Int64(rules.lockMinutes) * 60_000
        try session.run("delete from sign_in_failure where first_at < \(now.milliseconds - window) and locked_until <= \(now.milliseconds)")
        let failures = 1 + (try session.integer("select failures from sign_in_failure where name_digest = \(digest)"))
        let isLast = failures >= Int64(rules.failuresBeforeLock)
        let until = isLast ? now.milliseconds + window : 0
        let touched = try session.run(
            "update sign_in_failure set failures = \(failures), locked_until = \(until) where name_digest = \(digest)")
        if touched == 0 {
            try session.run(
                """
                insert into sign_in_failure (name_digest, failures, first_at, locked_until)
                values (\(digest), \(failures), \(now.milliseconds), \(until))
                """)
        }
        return isLast
    }

    static func forgive(_ name: String, _ session: any Session) throws {
        try session.run("delete from sign_in_failure where name_digest = \(AccountOffice.digest(name))")
    }

    /// Keeps a record, and lets go of those older than the rules demand. For nobody's account the same is done and nothing is left of it: a record
    /// for every name that a stranger makes up would fill the disk.
    static func record(
        _ outcome: SignInRecord.Outcome, of person: ID<Person>?, browser: String, nonce: String, at now: Moment, _ rules: SignInRules,
        _ session: any Session
    ) throws {
        try session.run(
            """
            insert into sign_in (digest, time, person_id, outcome, browser)
            values (\(nonce), \(now.milliseconds), \(person ?? ID(0)), \(outcome.rawValue), \(browser))
            """)
        // 31 days a month: never a day less than the months that the law counts.
        let oldest = now.milliseconds - Int64(rules.auditMonths) * 31 * 86_400_000
        try session.run("delete from sign_in where time < \(oldest) or digest = \(person == nil ? nonce : "")")
    }

    /// The latest sign-ins of a person.
    package static func records(of person: ID<Person>, limit: Int, _ session: any Session) throws -> [SignInRecord] {
        try session.rows(
            "select time, outcome, browser from sign_in where person_id = \(person) order by time desc, digest limit \(limit)"
        ).map { row in
            SignInRecord(
                time: Moment(milliseconds: row.integer(0)), outcome: SignInRecord.Outcome(rawValue: row.text(1)) ?? .wrongPassword,
                browser: row.text(2))
        }
    }
}
