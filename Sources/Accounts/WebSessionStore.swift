package import Storage
package import Values

/// Where somebody is signed in (会话): the store keeps a digest of the token, never the token.
package struct WebSession: Sendable, Hashable {
    /// How far the sign-in has come.
    package enum Stage: String, Sendable {
        /// The password was right, the code is still to come.
        case code
        /// A new password is due.
        case password
        /// A second factor has to be set up.
        case enrol
        case full
    }

    package let digest: String
    package let person: ID<Person>
    package let stage: Stage
    package let createdAt: Moment
    package let seenAt: Moment
    package let browser: String

    /// Names the session on a page; nothing can be done with it elsewhere.
    package var handle: String { String(digest.prefix(16)) }

    func isOver(at now: Moment, _ rules: SignInRules) -> Bool {
        now.milliseconds - createdAt.milliseconds >= Int64(rules.sessionHours) * 3_600_000
            || now.milliseconds - seenAt.milliseconds >= Int64(rules.idleMinutes) * 60_000
    }
}

package enum WebSessionStore {
    private static let columns: SQL = "s.digest, s.person_id, s.stage, s.created_at, s.seen_at, s.browser"

    /// A session with its person as they are now; nil where there is none or the account is disabled.
    package static func find(_ digest: String, _ session: any Session) throws -> (WebSession, Person)? {
        let row = try session.row(
            """
            select \(columns), \(PersonStore.columns) from web_session as s join person as p on p.id = s.person_id
            where s.digest = \(digest) and \(RecordTable.current("p")) and p.enabled = 1
            """)
        return row.map { (webSession($0), PersonStore.person($0, from: 6)) }
    }

    static func exists(_ digest: String, _ session: any Session) throws -> Bool {
        try session.row("select 1 from web_session where digest = \(digest)") != nil
    }

    /// Where a person is signed in, the latest first.
    package static func all(of person: ID<Person>, _ session: any Session) throws -> [WebSession] {
        try session.rows("select \(columns) from web_session as s where s.person_id = \(person) order by s.seen_at desc, s.digest")
            .map(webSession)
    }

    /// Begins a session. A key for codes that an earlier one was shown and never confirmed is forgotten: somebody else may have seen it.
    static func open(_ one: WebSession, _ session: any Session) throws {
        try CredentialStore.setPending(nil, of: one.person, session)
        try session.run(
            """
            insert into web_session (digest, person_id, stage, created_at, seen_at, browser)
            values (\(one.digest), \(one.person), \(one.stage.rawValue), \(one.createdAt.milliseconds), \(one.seenAt.milliseconds), \(one.browser))
            """)
    }

    static func see(_ digest: String, at moment: Moment, _ session: any Session) throws {
        try session.run("update web_session set seen_at = \(moment.milliseconds) where digest = \(digest)")
    }

    static func end(_ digest: String, _ session: any Session) throws { try session.run("delete from web_session where digest = \(digest)") }

    /// Ends all sessions of a person, but one where it is named.
    @discardableResult
    static func end(of person: ID<Person>, but digest: String = "", _ session: any Session) throws -> Int {
        try session.run("delete from web_session where person_id = \(person) and digest <> \(digest)")
    }

    static func sweep(before moment: Moment, _ session: any Session) throws {
        try session.run("delete from web_session where created_at < \(moment.milliseconds)")
    }

    private static func webSession(_ row: Row) -> WebSession {
        WebSession(
            digest: row.text(0), person: row.id(1), stage: WebSession.Stage(rawValue: row.text(2)) ?? .code,
            createdAt: Moment(milliseconds: row.integer(3)), seenAt: Moment(milliseconds: row.integer(4)), browser: row.text(5))
    }
}
