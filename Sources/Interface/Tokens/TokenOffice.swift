package import Accounts
package import Storage
package import Values

/// What the acts and pages of tokens work with.
package struct TokenOffice: Sendable {
    package let store: Store
    /// Random bytes fit for secrets.
    let random: @Sendable (Int) -> [UInt8]
    /// The machine's clock: a demonstration's day is another.
    let clock: Clock
    /// The towns that another system can be limited to.
    let places: @Sendable (any Session) throws -> AccountPlaces
    /// How long the record of outside queries is kept.
    let auditMonths: Int
    /// Which department answers for what.
    let duties: DutyTable

    package init(
        store: Store, duties: DutyTable = .none, clock: Clock, auditMonths: Int, random: @escaping @Sendable (Int) -> [UInt8],
        places: @escaping @Sendable (any Session) throws -> AccountPlaces
    ) {
        self.store = store
        self.duties = duties
        self.clock = clock
        self.auditMonths = auditMonths
        self.random = random
        self.places = places
    }

    /// All tokens, the newest first.
    package func list() async throws -> [ListedToken] { try await store.read { try TokenStore.all($0) } }

    static func digest(_ token: String) -> String { sha256(Array(token.utf8)) }
}
