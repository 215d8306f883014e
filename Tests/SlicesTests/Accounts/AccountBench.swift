import Foundation
import Storage
import TestSupport
import Testing
import Values

@testable import Accounts

/// A store with accounts, cheap hashes and a clock that the test moves.
struct AccountBench {
    static let schema: Schema = .kernel + .accounts
    static let password = "Correct-Horse-7"

    /// One key for all benches, as of several processes.
    static let keys = FactorKeys(random: random)

    static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }

    let store: Store
    let clock: TestClock
    let office: AccountOffice

    static let rules = SignInRules(
        passwordLength: 10, passwordClasses: 3, passwordDays: 90, failuresBeforeLock: 3, lockMinutes: 30, idleMinutes: 30, sessionHours: 12,
        secondFactor: [], auditMonths: 6, linkHours: 24, passwordCost: 4)

    static func with(
        _ engine: TestEngine, rules: SignInRules = rules, patience: Duration = .seconds(3600), _ body: (AccountBench) async throws -> Void
    ) async throws {
        let clock = TestClock()
        try await TestStores.with(engine, schema: schema, clock: clock) { store in
            try await body(AccountBench(store: store, clock: clock, office: office(store, rules, patience: patience)))
        }
    }

    static func office(_ store: Store, _ rules: SignInRules = rules, duties: DutyTable = .none, patience: Duration = .seconds(3600))
        -> AccountOffice
    {
        var office = AccountOffice(
            store: store, rules: rules, duties: duties, clock: store.clock, random: random,
            places: { _ in AccountPlaces(government: "示例区", towns: [.init(id: 11, name: "甲镇"), .init(id: 12, name: "乙镇")]) })
        office.factorKeys = { keys }
        office.patience = patience
        return office
    }

    var door: AccountDoor { AccountDoor(office) }

    /// The first administrator, signed in nowhere.
    @discardableResult
    func found() async throws -> Person {
        let token = try #require(try await AccountLink.first(office))
        try await UseLink(office, token: token).found(account: "Admin", name: "管理员甲", password: Self.password)
        return try #require(try await store.read { try PersonStore.person(account: "admin", $0) })
    }

    /// An account whose person has set the password.
    @discardableResult
    func open(_ account: String, _ role: Role, town: Int64? = nil, by administrator: Person) async throws -> Person {
        let draft = PersonDraft(account: account, name: account, role: role, region: town)
        let (id, token) = try await ManageAccounts(office, by: administrator.actor).create(draft, request: UUID().uuidString)
        try await UseLink(office, token: try #require(token)).setPassword(Self.password)
        return try await store.read { try PersonStore.person(id, $0) }
    }

    func enter(_ name: String, _ password: String = password) async throws -> SignIn.Opened {
        try await SignIn(office, browser: "test").enter(name: name, password: password)
    }

    func refusal(_ body: () async throws -> Void) async -> Failure? {
        do {
            try await body()
            return nil
        } catch { return error as? Failure }
    }
}
