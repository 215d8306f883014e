import Synchronization
package import Values
package import WebSupport

/// Demonstration accounts on this machine: whoever opens a page is one of them, the programme office until another is chosen.
///
/// Nothing of this is in the store, and the server refuses it together with any address but this machine's.
package final class DemonstrationDoor: Doorkeeper {
    package struct Person: Sendable {
        package let actor: Actor
        package let title: Word

        package init(_ actor: Actor, _ title: Word) {
            self.actor = actor
            self.title = title
        }
    }

    package let people: [Person]
    private let chosen = Mutex<[String: Int]>([:])
    private let isEnded = Mutex(false)
    private let lastAsked = Mutex<ContinuousClock.Instant?>(nil)
    private let hasAccounts: @Sendable () async throws -> Bool
    /// How long the store is not asked again whether somebody has got an account.
    private static let pause = Duration.seconds(1)
    private static let most = 10_000

    /// - Parameters:
    ///   - places: the towns whose officers can be chosen.
    ///   - hasAccounts: whether the store has real accounts by now.
    package init(places: AccountPlaces, duties: DutyTable = .none, hasAccounts: @escaping @Sendable () async throws -> Bool) {
        self.hasAccounts = hasAccounts
        let whole: [Role] = [
            .programmeOffice, .departmentOfficer, .spotCheckOfficer, .assessor, .leader, .auditor, .administrator, .enterprise,
        ]
        // The first department is the office's own; the others stand last.
        let departments = duties.departments.map { department in
            Person(
                Actor(
                    name: "demo-department-\(department.code)", role: .departmentOfficer,
                    duties: DepartmentDuties([department.code], of: duties)),
                Word(
                    "\(Role.departmentOfficer.title.chinese)：\(department.name)",
                    "\(Role.departmentOfficer.title.text(.english)): \(department.name)"))
        }
        let officers = whole.map { role in
            if role == .departmentOfficer, let first = departments.first { return first }
            return Person(role == .programmeOffice ? .local : Actor(name: "demo-\(role.rawValue)", role: role), role.title)
        }
        let towns = places.towns.prefix(20).map { town in
            Person(
                Actor(name: "demo-town-\(town.id)", role: .townOfficer, region: town.id),
                Word("\(Role.townOfficer.title.chinese)：\(town.name)", "town: \(town.name)"))
        }
        people = officers + towns + departments.dropFirst()
    }

    package var entrance: Address? { nil }
    package var knowsAccounts: Bool { false }

    package func person(session token: String) -> (index: Int, person: Person) {
        let index = chosen.withLock { $0[token] } ?? 0
        return (index, people[index])
    }

    /// - Throws: `server.demo-accounts` from when the store has real accounts.
    package func visitor(session token: String) async throws -> Visitor {
        try await check()
        return Visitor(actor: person(session: token).person.actor)
    }

    /// An account may be made while the demonstration is served, by the command line or another process: from then on nobody is let in here.
    private func check() async throws {
        let isDue = lastAsked.withLock { last in
            if let last, ContinuousClock.now - last < Self.pause { return false }
            last = .now
            return true
        }
        if isDue, try await hasAccounts() { isEnded.withLock { $0 = true } }
        guard !isEnded.withLock({ $0 }) else { throw Self.over }
    }

    /// Why demonstration accounts do not open a store.
    package static let over = Failure(.refused, "server.demo-accounts", "库里已有真实账号，不能用示范账号打开", cure: "去掉 --demo-accounts，用账号登录")

    /// Why accounts stay as they are in a demonstration.
    package static let lookOnly = Failure(
        .refused, "demonstration.accounts", "示范时账号只能看，不能建立和修改", cure: "要用真实账号，不带 --demo-accounts 启动，用首次启动链接建立系统管理员")

    func choose(_ index: Int, session token: String) {
        guard people.indices.contains(index) else { return }
        chosen.withLock { chosen in
            if chosen.count >= Self.most { chosen.removeAll() }
            chosen[token] = index
        }
    }

    /// The bar on each page.
    package func bar(_ context: WebContext) -> Demonstration {
        Demonstration(
            action: Address("demonstration"),
            choices: people.enumerated().map { FormField.Choice(String($0.offset), $0.element.title) },
            current: String(person(session: context.session.id).index))
    }

    package var routes: RouteTable {
        var table = RouteTable()
        table.post("/demonstration", may: .anyone) { [self] context, form in
            choose(Int(form.text("person")) ?? 0, session: context.session.id)
            return .seeOther(Address())
        }
        return table
    }
}
