import Storage
import Synchronization
import Testing
import Values
import WebSupport

@testable import Accounts

@Suite("Demonstration accounts")
struct DemonstrationDoorTests {
    @Test("end when the store gets a real account while they are served")
    func ends() async throws {
        let hasAccounts = Mutex(false)
        let ask: @Sendable () -> Bool = { hasAccounts.withLock { $0 } }
        let door = DemonstrationDoor(places: AccountPlaces(government: nil, towns: [])) { ask() }
        #expect(try await door.visitor(session: "a").actor == .local)
        hasAccounts.withLock { $0 = true }
        try await Task.sleep(for: .milliseconds(1100))
        for _ in 0..<2 {
            let failure = await #expect(throws: Failure.self) { try await door.visitor(session: "a") }
            #expect(failure?.code == "server.demo-accounts")
        }
    }
}
