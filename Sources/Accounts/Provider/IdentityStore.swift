package import Storage
package import Values

/// Which account a provider's person is (绑定): by issuer and subject, which a provider never gives to another.
package enum IdentityStore {
    static let migration = Migration(
        "accounts-0003",
        [
            """
            create table provider_identity (
                digest {text} primary key, issuer {text} not null, subject {text} not null, person_id {int} not null, bound_at {int} not null
            ) {strict}
            """,
            "create index provider_identity_person on provider_identity (person_id)",
        ])

    private static func digest(_ issuer: String, _ subject: String) -> String { AccountOffice.digest("\(issuer)\n\(subject)") }

    /// The account's number; nil where nobody is bound.
    static func person(_ issuer: String, _ subject: String, _ session: any Session) throws -> ID<Person>? {
        try session.row("select person_id from provider_identity where digest = \(digest(issuer, subject))").map { $0.id(0) }
    }

    /// The provider's persons that an account is bound to.
    package static func all(of person: ID<Person>, _ session: any Session) throws -> [(issuer: String, subject: String)] {
        try session.rows("select issuer, subject from provider_identity where person_id = \(person) order by issuer, subject")
            .map { ($0.text(0), $0.text(1)) }
    }

    /// - Throws: `provider.bound` where the subject or the account is bound already.
    static func bind(_ issuer: String, _ subject: String, to person: Person, at now: Moment, _ session: any Session) throws {
        let others = try all(of: person.id, session).filter { $0.issuer == issuer }
        guard try Self.person(issuer, subject, session) == nil, others.isEmpty else {
            throw Failure(.conflict, "provider.bound", "这个账号或统一身份认证里的这个人已经绑定过", cure: "先解除原来的绑定")
        }
        try session.run(
            """
            insert into provider_identity (digest, issuer, subject, person_id, bound_at)
            values (\(digest(issuer, subject)), \(issuer), \(subject), \(person.id), \(now.milliseconds))
            """)
    }

    static func unbind(_ person: ID<Person>, _ session: any Session) throws -> Int {
        try session.run("delete from provider_identity where person_id = \(person)")
    }
}
