import Storage
import Values

/// What the store knows of the firms a register may mean: loaded by the register's keys in a few questions.
struct RegisterState {
    /// Firms by number; merged ones are replaced by those they were merged into.
    private(set) var firms: [ID<Enterprise>: Enterprise] = [:]
    private(set) var names: [ID<Enterprise>: [EnterpriseName]] = [:]
    private(set) var accounts: [ID<Enterprise>: [Account]] = [:]
    private(set) var products: [ID<Enterprise>: [Product]] = [:]
    private(set) var holdings: [ID<Enterprise>: [Holding]] = [:]
    private let matches: RegisterMatches

    /// Of a store without firms.
    init() { matches = RegisterMatches() }

    init(_ entries: [RegisterEntry], _ survivors: Survivors, _ session: any Session) throws {
        matches = try RegisterMatches(entries, survivors, session)
        let ids = matches.ids
        firms.reserveCapacity(ids.count)
        try load(ids.sorted().map { Value($0) }, session)
    }

    func code(_ code: String) -> [ID<Enterprise>] { matches.code(code) }
    func registration(_ number: String) -> [ID<Enterprise>] { matches.registration(number) }
    func organisation(_ code: String) -> [ID<Enterprise>] { matches.organisation(code) }
    func name(_ folded: String) -> [ID<Enterprise>] { matches.name(folded) }

    private mutating func load(_ ids: [Value], _ session: any Session) throws {
        try session.each(ids, { "select \(Enterprise.columns) from enterprise as e where \(RecordTable.current("e")) and e.id in \($0)" }) {
            let firm = Enterprise($0)
            firms[firm.id] = firm
        }
        try session.each(
            ids,
            {
                "select \(EnterpriseName.columns) from enterprise_name as n where \(RecordTable.current("n")) and n.enterprise_id in \($0) order by n.id"
            }
        ) {
            let name = EnterpriseName($0)
            names[name.enterprise, default: []].append(name)
        }
        try session.each(
            ids,
            { "select \(Account.columns) from account as a where \(RecordTable.current("a")) and a.enterprise_id in \($0) order by a.id" }
        ) {
            let account = Account($0)
            accounts[account.enterprise, default: []].append(account)
        }
        try session.each(
            ids,
            { "select \(Product.columns) from product as p where \(RecordTable.current("p")) and p.enterprise_id in \($0) order by p.id" }
        ) {
            let product = Product($0)
            products[product.enterprise, default: []].append(product)
        }
        try session.each(
            ids,
            { "select \(Holding.columns) from holding as h where \(RecordTable.current("h")) and h.enterprise_id in \($0) order by h.id" }
        ) {
            let holding = Holding($0)
            holdings[holding.enterprise, default: []].append(holding)
        }
    }
}

/// The firms that the keys of rows lead to in the store, merged ones followed; each list without repetition.
struct RegisterMatches {
    private var byCode: [String: [ID<Enterprise>]] = [:]
    private var byRegistration: [String: [ID<Enterprise>]] = [:]
    private var byOrganisation: [String: [ID<Enterprise>]] = [:]
    private var byName: [String: [ID<Enterprise>]] = [:]

    init() {}

    init(_ entries: [RegisterEntry], _ survivors: Survivors, _ session: any Session) throws {
        func keys(_ read: (RegisterEntry) -> String?) -> [Value] { Set(entries.compactMap(read)).sorted().map(Value.text) }
        func add(_ row: Row, _ found: inout [String: [ID<Enterprise>]]) {
            let id = survivors.of(row.id(1))
            if found[row.text(0)]?.contains(id) != true { found[row.text(0), default: []].append(id) }
        }
        let current = RecordTable.current("e")
        try session.each(keys(\.code), { "select e.code, e.id from enterprise as e where \(current) and e.code in \($0)" }) {
            add($0, &byCode)
        }
        try session.each(
            keys(\.registration),
            { "select e.registration_number, e.id from enterprise as e where \(current) and e.registration_number in \($0)" }
        ) { add($0, &byRegistration) }
        try session.each(
            keys(\.organisation),
            {
                "select substr(e.code, 9, 9), e.id from enterprise as e where \(current) and e.code is not null and substr(e.code, 9, 9) in \($0)"
            }
        ) { add($0, &byOrganisation) }
        try session.each(
            keys(\.folded),
            { "select n.folded, n.enterprise_id from enterprise_name as n where \(RecordTable.current("n")) and n.folded in \($0)" }
        ) { add($0, &byName) }
    }

    func code(_ code: String) -> [ID<Enterprise>] { byCode[code] ?? [] }
    func registration(_ number: String) -> [ID<Enterprise>] { byRegistration[number] ?? [] }
    func organisation(_ code: String) -> [ID<Enterprise>] { byOrganisation[code] ?? [] }
    func name(_ folded: String) -> [ID<Enterprise>] { byName[folded] ?? [] }

    /// Every firm that a row may mean.
    func all(_ entry: RegisterEntry) -> [ID<Enterprise>] {
        let coded = (entry.code.map(code) ?? []) + (entry.registration.map(registration) ?? [])
        return coded + (entry.organisation.map(organisation) ?? []) + (entry.folded.map(name) ?? [])
    }

    /// Every firm that any row may mean.
    var ids: Set<ID<Enterprise>> {
        var ids = Set<ID<Enterprise>>()
        for found in [byCode, byRegistration, byOrganisation, byName] { for list in found.values { ids.formUnion(list) } }
        return ids
    }
}
