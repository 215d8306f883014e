import Accounts
import Enterprises
import Interface
import Places
import Policy
import Programmes
import Storage
import Values
import WebSupport

extension Assembly {
    /// The accounts of this store, by the rules of the files.
    func accounts(factorKeys: FactorKeyFile? = nil) throws -> AccountOffice {
        let office = office
        var rules = try SignInRules.load(root: office.root)
        rules.frequent = try FrequentPasswords.load(root: office.root)
        var accounts = AccountOffice(
            store: store, rules: rules, duties: duties, clock: .system, random: Chance.system.bytes,
            places: { session in try Self.places(office, session) })
        accounts.endTokens = PersonTokens.end
        if let factorKeys { accounts.factorKeys = { try factorKeys.read() } }
        return accounts
    }

    /// The tokens of this store.
    func tokens() throws -> TokenOffice {
        let office = office
        return TokenOffice(
            store: store, duties: duties, clock: .system, auditMonths: try SignInRules.load(root: office.root).auditMonths,
            random: Chance.system.bytes,
            places: { session in try Self.places(office, session) })
    }

    /// The columns of the registers that departments answer for.
    static let dutyColumns = DossierColumn.allCases.map { column in
        DutyFile.Column(
            column.rawValue, label: column.label.chinese,
            shows: column == .classBasis ? AccountFigure.allCases.map(\.column.rawValue) : [])
    }

    /// Whether the targets that the file of duties speaks of stand in the programmes: a misspelt one would give nobody a right, and nobody would
    /// wonder why. A programme that is not installed, or cannot be read, is not asked.
    ///
    /// - Throws: `duties.target`.
    func checkTargetsOfDuties() throws {
        let programmes = try desk.folders().compactMap { try? $0.result.get().programme }
        for line in duties.lines where line.isTarget {
            for programme in programmes where line.column.hasPrefix(DutyTable.target(programme.id, "")) {
                let titles = Dictionary(
                    programme.targets.map { (DutyTable.target(programme.id, $0.id), $0.title) }, uniquingKeysWith: { first, _ in first })
                guard titles[line.column] != line.label else { continue }
                throw Failure(
                    .invalid, "duties.target",
                    "部门职责文件里的目标“\(line.column.dropFirst(DutyTable.anyTarget.count + 1))”和方案文件对不上：\(titles[line.column].map { "方案里它叫“\($0)”" } ?? "方案里没有这个目标")",
                    at: FilePlace(file: DutyFile.file), cure: "照方案文件写目标代码和 title")
            }
        }
    }

    /// The government and the towns below it today.
    private static func places(_ office: Office, _ session: any Storage.Session) throws -> AccountPlaces {
        guard let government = try office.government(session) else { return AccountPlaces(government: nil, towns: []) }
        let towns = office.regions.tree.children(of: government.id, on: office.clock.today)
        return AccountPlaces(
            government: government.name, towns: towns.map { AccountPlaces.Town(id: $0.id.number, name: $0.name) })
    }
}

/// Who lets visitors in: the store's accounts, or demonstration accounts on this machine.
enum Door {
    case accounts(AccountOffice)
    case demonstration(DemonstrationDoor, AccountOffice)

    var doorkeeper: any Doorkeeper {
        switch self {
        case .accounts(let office): AccountDoor(office)
        case .demonstration(let door, _): door
        }
    }

    func routes(base: String) -> RouteTable {
        switch self {
        case .accounts(let office): return AccountRoutes.table(office, base: base)
        case .demonstration(let door, let office):
            // Accounts are to be looked at: nothing about them can be changed by somebody who has none. Organisations may be tried.
            let rights = [AccountRights.read, AccountRights.manage, AccountRights.readReadings, AccountRights.readDuties]
            let own = AccountRoutes.table(office, base: base).only { rights.contains($0.may) }
            var table = door.routes
            table.add(own.only { $0.method == .get || $0.path.hasPrefix("/organisations") })
            for route in own.only({ $0.method == .post && !$0.path.hasPrefix("/organisations") }).routes {
                table.post(route.path, may: route.may) { _, _ in throw DemonstrationDoor.lookOnly }
            }
            return table
        }
    }

    func demonstration(_ context: WebContext) -> Demonstration? {
        switch self {
        case .accounts: nil
        case .demonstration(let door, _): door.bar(context)
        }
    }
}
