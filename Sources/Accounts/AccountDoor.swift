import Storage
import Values
package import WebSupport

/// Tells who stands behind a session by the store's sessions.
package struct AccountDoor: Doorkeeper {
    let office: AccountOffice

    package init(_ office: AccountOffice) { self.office = office }

    package var entrance: Address? { Address("sign-in") }
    package var knowsAccounts: Bool { true }

    package func visitor(session token: String) async throws -> Visitor {
        let digest = AccountOffice.digest(token)
        let now = office.now
        guard let (session, person, actor) = try await find(digest), !session.isOver(at: now, office.rules),
            !office.refused.refuses(session)
        else { return .stranger }
        see(session, at: now)
        return Self.visitor(session, person, actor)
    }

    private func find(_ digest: String) async throws -> (WebSession, Person, Actor)? {
        if let entry = office.shelf.entry(digest) {
            guard let session = entry.session, let person = entry.person, let actor = entry.actor else { return nil }
            return (session, person, actor)
        }
        let age = office.shelf.age
        let (duties, day) = (office.duties, office.store.clock.today)
        let found = try await office.store.read { session in
            try WebSessionStore.find(digest, session).map { ($0.0, $0.1, try $0.1.actor(duties, on: day, session)) }
        }
        office.shelf.keep(digest, found?.0, found?.1, found?.2, age: age)
        return found
    }

    /// Notes that the session is in use, a few times within the idle time and beside the answer: the end by idleness is exact to a tenth.
    private func see(_ session: WebSession, at now: Moment) {
        let step = Int64(office.rules.idleMinutes) * 6_000
        guard now.milliseconds - session.seenAt.milliseconds >= step else { return }
        let (store, shelf) = (office.store, office.shelf)
        shelf.clear()
        Task { try? await store.keep { try WebSessionStore.see(session.digest, at: now, $0) } }
    }

    /// Before a sign-in is complete its person is a stranger with an errand.
    static func visitor(_ session: WebSession, _ person: Person, _ actor: Actor) -> Visitor {
        let errand: Address? =
            switch session.stage {
            case .full: nil
            case .code: Address("sign-in", "code")
            case .password: Address("account", "password")
            case .enrol: Address("account", "second-factor")
            }
        let actor = errand == nil ? actor : Actor(name: person.account, role: .visitor)
        return Visitor(actor: actor, name: person.name, account: person.id.number, errand: errand)
    }
}
