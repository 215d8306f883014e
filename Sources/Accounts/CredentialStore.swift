import Storage
import Values

/// What proves that somebody is who they say: kept apart from the person's versions, so that no old hash stays behind.
struct Credential: Sendable, Hashable {
    let person: ID<Person>
    let password: String
    let changedAt: Moment
    let mustChange: Bool
    /// The secret of the codes, sealed (`SealedSecret`); nil without a second factor.
    let factor: String?
    /// One that was shown and not confirmed yet, sealed.
    let pending: String?
    /// The last step whose code was used.
    let step: Int64
}

enum CredentialStore {
    static func credential(_ person: ID<Person>, _ session: any Session) throws -> Credential? {
        try session.row(
            "select password, changed_at, must_change, sealed_factor, sealed_pending, factor_step from credential where person_id = \(person)"
        ).map { row in
            Credential(
                person: person, password: row.text(0), changedAt: Moment(milliseconds: row.integer(1)), mustChange: row.integer(2) == 1,
                factor: row.optionalText(3), pending: row.optionalText(4), step: row.integer(5))
        }
    }

    static func set(_ password: PasswordHash, of person: ID<Person>, at moment: Moment, mustChange: Bool = false, _ session: any Session)
        throws
    {
        let must = Value(mustChange)
        let touched = try session.run(
            """
            update credential set password = \(password.text), changed_at = \(moment.milliseconds), must_change = \(must),
                sealed_pending = \(nil as String?)
            where person_id = \(person)
            """)
        guard touched == 0 else { return }
        try session.run(
            """
            insert into credential (person_id, password, changed_at, must_change, factor_step)
            values (\(person), \(password.text), \(moment.milliseconds), \(must), 0)
            """)
    }

    /// The same password at a higher cost.
    static func raise(_ password: PasswordHash, of person: ID<Person>, _ session: any Session) throws {
        try session.run("update credential set password = \(password.text) where person_id = \(person)")
    }

    static func setPending(_ secret: SealedSecret?, of person: ID<Person>, _ session: any Session) throws {
        try session.run("update credential set sealed_pending = \(secret?.text) where person_id = \(person)")
    }

    static func setFactor(_ secret: SealedSecret?, step: Int64, of person: ID<Person>, _ session: any Session) throws {
        try session.run(
            """
            update credential set sealed_factor = \(secret?.text), sealed_pending = \(nil as String?), factor_step = \(step)
            where person_id = \(person)
            """)
        try session.run("delete from recovery_code where person_id = \(person)")
    }

    /// The same secret under another key.
    static func reseal(_ secret: SealedSecret, of person: ID<Person>, _ session: any Session) throws {
        try session.run("update credential set sealed_factor = \(secret.text) where person_id = \(person)")
    }

    /// What stands in the store, sealed or from before in clear.
    static func secrets(_ session: any Session) throws -> [(person: ID<Person>, factor: String?, pending: String?)] {
        try session.rows(
            """
            select person_id, sealed_factor, sealed_pending from credential
            where sealed_factor is not null or sealed_pending is not null order by person_id
            """
        ).map { (ID($0.integer(0)), $0.optionalText(1), $0.optionalText(2)) }
    }

    static func setSecrets(factor: String?, pending: String?, of person: ID<Person>, _ session: any Session) throws {
        try session.run("update credential set sealed_factor = \(factor), sealed_pending = \(pending) where person_id = \(person)")
    }

    /// Secrets are sealed from here on. Under the old names an older program would take a sealed secret for an empty one.
    static let sealing = Migration(
        "accounts-0005",
        [
            "alter table credential rename column factor to sealed_factor",
            "alter table credential rename column factor_pending to sealed_pending",
        ])

    static func use(step: Int64, of person: ID<Person>, _ session: any Session) throws {
        try session.run("update credential set factor_step = \(step) where person_id = \(person)")
    }

    static func addRecovery(_ digests: [String], of person: ID<Person>, _ session: any Session) throws {
        for digest in digests { try session.run("insert into recovery_code (digest, person_id) values (\(digest), \(person))") }
    }

    /// Whether there was such a code; it is gone afterwards.
    static func useRecovery(_ digest: String, of person: ID<Person>, _ session: any Session) throws -> Bool {
        try session.run("delete from recovery_code where digest = \(digest) and person_id = \(person)") > 0
    }

    static func recoveryLeft(_ person: ID<Person>, _ session: any Session) throws -> Int64 {
        try session.integer("select count(*) from recovery_code where person_id = \(person)")
    }
}
