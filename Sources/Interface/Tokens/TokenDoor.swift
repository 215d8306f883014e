import Accounts
import Storage
package import Values
package import WebSupport

/// Tells who bears a token by the store, at every request: a revoked one is refused from the next one on, in every process.
package struct TokenDoor: TokenKeeper {
    private let office: TokenOffice
    private let record: QueryRecord

    package init(_ office: TokenOffice) {
        self.office = office
        record = QueryRecord(office)
    }

    package func visitor(bearing text: String) async throws -> Visitor {
        let (digest, today, duties) = (TokenOffice.digest(text), office.clock.today, office.duties)
        return try await office.store.read { session in
            guard let token = try TokenStore.find(digest: digest, session), token.isGood(on: today),
                let actor = try Self.actor(of: token, duties, on: today, session)
            else {
                throw Failure(.refused, "access.token", "令牌无效、已到期或已撤销。", cure: "请发给令牌的人另发一个；写法是 Authorization: Bearer 令牌。")
            }
            let grant = Grant(token: token.id.number, rights: Set(token.rights), purpose: token.purpose)
            return Visitor(actor: actor, name: token.title, grant: grant)
        }
    }

    /// People's tokens reach as far as they do today; nil where the account is disabled.
    private static func actor(of token: AccessToken, _ duties: DutyTable, on today: Day, _ session: any Storage.Session) throws -> Actor? {
        switch token.kind {
        case .system: return Actor(name: "token-\(token.id)", role: .outsideSystem, region: token.region)
        case .person:
            guard let number = token.person else { return nil }
            let person = try PersonStore.person(ID(number), session)
            return person.isEnabled ? try person.actor(duties, on: today, session) : nil
        }
    }

    package func record(_ query: OutsideQuery) async throws { try await record.add(query) }
}

/// Keeps the record of outside queries: those that wait while others are being written go into the next write together.
actor QueryRecord {
    private let office: TokenOffice
    private var waiting: [OutsideQuery] = []
    private var writing: Task<Void, any Error>?
    private var upcoming: Task<Void, any Error>?

    init(_ office: TokenOffice) { self.office = office }

    /// Returns when the query is kept.
    func add(_ query: OutsideQuery) async throws {
        waiting.append(query)
        try await (upcoming ?? begin()).value
    }

    private func begin() -> Task<Void, any Error> {
        let before = writing
        let task = Task {
            _ = await before?.result
            try await write()
        }
        upcoming = task
        return task
    }

    private func write() async throws {
        let queries = waiting
        waiting = []
        (writing, upcoming) = (upcoming, nil)
        // By the queries' own time: a demonstration's lies years before the machine's.
        let latest = queries.map(\.time.milliseconds).max() ?? 0
        let oldest = Moment(milliseconds: latest - Int64(office.auditMonths) * 31 * 86_400_000)
        try await office.store.keep { try TokenStore.record(queries, keptFrom: oldest, $0) }
    }
}
