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
    private var byCode: [String: Set<ID<Enterprise>>] = [:]
    private var byRegistration: [String: Set<ID<Enterprise>>] = [:]
    private var byOrganisation: [String: Set<ID<Enterprise>>] = [:]
    private var byName: [String: Set<ID<Enterprise>>] = [:]

    init(_ entries: [RegisterEntry], _ session: any Session) throws {
        let survivors = try Survivors.load(session)
        try find(entries, survivors, session)
        let ids = Set([byCode, byRegistration, byOrganisation, byName].flatMap { $0.values.flatMap { $0 } })
        try load(ids.sorted().map { Value($0) }, session)
    }

    func code(_ code: String) -> Set<ID<Enterprise>> { byCode[code] ?? [] }
    func registration(_ number: String) -> Set<ID<Enterprise>> { byRegistration[number] ?? [] }
    func organisation(_ code: String) -> Set<ID<Enterprise>> { byOrganisation[code] ?? [] }
    func name(_ folded: String) -> Set<ID<Enterprise>> { byName[folded] ?? [] }

    private mutating func find(_ entries: [RegisterEntry], _ survivors: Survivors, _ session: any Session) throws {
        func keys(_ read: (RegisterEntry) -> String?) -> [Value] { Set(entries.compactMap(read)).sorted().map(Value.text) }
        let current = RecordTable.current("e")
        try session.each(keys(\.code), { "select e.code, e.id from enterprise as e where \(current) and e.code in \($0)" }) {
            byCode[$0.text(0), default: []].insert(survivors.of($0.id(1)))
        }
        try session.each(
            keys(\.registration),
            { "select e.registration_number, e.id from enterprise as e where \(current) and e.registration_number in \($0)" }
        ) { byRegistration[$0.text(0), default: []].insert(survivors.of($0.id(1))) }
        try session.each(
            keys(\.organisation),
            { "select substr(e.code, 9, 9), e.id from enterprise as e where \(current) and substr(e.code, 9, 9) in \($0)" }
        ) { byOrganisation[$0.text(0), default: []].insert(survivors.of($0.id(1))) }
        try session.each(
            keys(\.folded),
            { "select n.folded, n.enterprise_id from enterprise_name as n where \(RecordTable.current("n")) and n.folded in \($0)" }
        ) { byName[$0.text(0), default: []].insert(survivors.of($0.id(1))) }
    }

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
