package import Storage
package import Values

/// What the acts and pages of accounts work with: one store, its rules, where secrets come from, which towns there are.
package struct AccountOffice: Sendable {
    package let store: Store
    package let rules: SignInRules
    /// Which department answers for what.
    package let duties: DutyTable
    /// Random bytes fit for secrets.
    let random: @Sendable (Int) -> [UInt8]
    /// The time of sessions, links and codes: the machine's also where a demonstration's day is another.
    let clock: Clock
    /// The government's name and the towns that a town officer can be of.
    package let places: @Sendable (any Session) throws -> AccountPlaces
    /// What the sessions read lately stand for.
    let shelf = SessionShelf()
    /// What is ended here and not in the store yet.
    let refused = RefusedSessions()
    /// How long a page waits for the store before it answers that an end of sessions will be written soon.
    package var patience = Duration.seconds(2)
    /// The keys of secrets of sign-in codes, read anew at each use.
    package var factorKeys: @Sendable () throws -> FactorKeys = { throw FactorKeyFile.unnamed }
    /// Ends what somebody can do without signing in: the tokens that they gave out. A password that was set anew, an account that was disabled,
    /// sessions that an administrator ended: whoever had stolen one may have made a token with it.
    package var endTokens: @Sendable (ID<Person>, Transaction) throws -> Void = { _, _ in }
    /// Where people may sign in instead of here; nil for nowhere.
    package var provider: ProviderConnection?
    /// A hash that no password has, so that an unknown name costs as much as a known one.
    let decoy: PasswordHash

    package init(
        store: Store, rules: SignInRules, duties: DutyTable = .none, clock: Clock, random: @escaping @Sendable (Int) -> [UInt8],
        places: @escaping @Sendable (any Session) throws -> AccountPlaces
    ) {
        self.store = store
        self.rules = rules
        self.duties = duties
        self.random = random
        self.clock = clock
        self.places = places
        decoy = PasswordHash(decoy: rules.passwordCost, random: random)
    }

    var now: Moment { clock.now() }

    /// A name nobody can guess: 64 hexadecimal digits.
    func token() -> String { hexadecimal(random(32)) }
    /// What the store keeps of it.
    static func digest(_ token: String) -> String { sha256(Array(token.utf8)) }

    func hash(_ password: String) async throws -> PasswordHash {
        let (cost, salt) = (rules.passwordCost, random(16))
        return try await PasswordWork.shared.run { try PasswordHash(password, cost: cost, salt: salt) }
    }

    /// The secret by which all processes on the store sign form tokens; made once.
    package func formSecret() async throws -> [UInt8] {
        let fresh = hexadecimal(random(32))
        let text = try await store.keep { session in
            if let row = try session.row("select value from server_secret where name = 'forms'") { return row.text(0) }
            try session.run("insert into server_secret (name, value) values ('forms', \(fresh))")
            return fresh
        }
        return Array(text.utf8)
    }

    /// Whether anybody has an account; a store without one waits for its first administrator.
    package func hasAccounts() async throws -> Bool { try await store.read { try PersonStore.count($0) > 0 } }
}

/// The government and its towns, as accounts need them.
package struct AccountPlaces: Sendable {
    package struct Town: Sendable {
        package let id: Int64
        package let name: String

        package init(id: Int64, name: String) {
            self.id = id
            self.name = name
        }
    }

    package let government: String?
    package let towns: [Town]

    package init(government: String?, towns: [Town]) {
        self.government = government
        self.towns = towns
    }

    func name(of region: Int64?) -> String? { region.flatMap { id in towns.first { $0.id == id }?.name } }
}
