package import Storage
import Synchronization
package import Values

/// Who saw confidential values (查阅记录): actor, page, time, purpose where one was given.
package struct SeenPage: Sendable, Hashable {
    package let time: Moment
    package let actor: String
    package let role: String
    /// The address with its query, shortened.
    package let page: String
    package let purpose: String?

    package init(time: Moment, actor: Actor, page: String, purpose: String?) {
        self.init(time: time, actor: actor.name, role: actor.role.rawValue, page: page, purpose: purpose)
    }

    init(time: Moment, actor: String, role: String, page: String, purpose: String?) {
        self.time = time
        self.actor = actor
        self.role = role
        self.page = String(page.prefix(500))
        self.purpose = purpose.map { String($0.prefix(200)) }
    }
}

/// Keeps the record beside the answers: a page costs a line in memory, and each second what has gathered is written in the store's turn.
///
/// What is not written yet is lost when the process is killed: a second's pages, or those of a long act under way. A stop that is not a kill writes
/// them first.
package final class ReadingRecord: Sendable {
    private struct State {
        var gathered: [SeenPage] = []
        var isDue = false
        /// Pages that found no room.
        var left = 0
    }

    /// Lines that may wait for a long act; more are counted, not kept.
    private static let most = 200_000
    private let state = Mutex(State())
    private let store: Store
    /// How long lines are kept at least, in months: the law's six, or what the rules of sign-in say.
    private let months: @Sendable () -> Int
    private let pause: Duration

    package init(_ store: Store, pause: Duration = .seconds(1), months: @escaping @Sendable () -> Int) {
        self.store = store
        self.pause = pause
        self.months = months
    }

    package func note(_ page: SeenPage) {
        let begins = state.withLock { state in
            if state.gathered.count < Self.most { state.gathered.append(page) } else { state.left += 1 }
            defer { state.isDue = true }
            return !state.isDue
        }
        guard begins else { return }
        Task {
            try? await Task.sleep(for: pause)
            await flush()
        }
    }

    /// Writes what has gathered; what cannot be written waits for the next time.
    package func flush() async {
        let (pages, left) = state.withLock { state in
            defer { state = State() }
            return (state.gathered, state.left)
        }
        guard !pages.isEmpty else { return }
        let oldest = (pages.last?.time.milliseconds ?? 0) - Int64(max(6, months())) * 31 * 86_400_000
        do {
            try await store.keep(waits: true) { try SeenPageStore.add(pages, left: left, oldest: oldest, $0) }
        } catch {
            state.withLock { state in
                state.gathered = pages + state.gathered
                state.left += left
            }
        }
    }
}
