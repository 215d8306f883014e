import Storage
import Synchronization
import Values

/// Whether an end of sessions is in the store, or holds in this process until the store can be written to.
package enum Ending: Sendable, Hashable {
    case written
    /// A long act is under way: the sessions are dead here, and the store learns of it after that act. Killed before then, it does not.
    case waits
}

/// Sessions and people whom this process lets in no more although the store still says so.
final class RefusedSessions: Sendable {
    private struct State {
        var digests: [String: Int] = [:]
        var people: [ID<Person>: Int] = [:]
    }

    private let state = Mutex(State())

    func refuses(_ session: WebSession) -> Bool {
        state.withLock { $0.digests[session.digest] != nil || $0.people[session.person] != nil }
    }

    /// Counted, because two ends may be under way at once.
    func change(_ digests: [String], _ person: ID<Person>?, by step: Int) {
        state.withLock { state in
            for digest in digests {
                let count = state.digests[digest, default: 0] + step
                state.digests[digest] = count > 0 ? count : nil
            }
            if let person {
                let count = state.people[person, default: 0] + step
                state.people[person] = count > 0 ? count : nil
            }
        }
    }
}

extension AccountOffice {
    /// Ends sessions in this process at once, then in the store when its turn comes; a failure lets them live on and is thrown where it comes in time.
    func end(
        _ digests: [String] = [], person: ID<Person>? = nil, _ write: @escaping @Sendable () async throws -> Void
    ) async throws -> Ending {
        refused.change(digests, person, by: 1)
        shelf.clear()
        let outcome = WrittenOutcome()
        Task { [refused, shelf] in
            do {
                try await write()
                outcome.set(.success(()))
            } catch { outcome.set(.failure(error)) }
            // Read before the write, sessions may still lie on the shelf.
            shelf.clear()
            refused.change(digests, person, by: -1)
        }
        let deadline = ContinuousClock.now + patience
        while ContinuousClock.now < deadline {
            if let result = outcome.result {
                try result.get()
                return .written
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return .waits
    }
}

/// What came of a write, told from the task that does it.
private final class WrittenOutcome: Sendable {
    private let state = Mutex<Result<Void, any Error>?>(nil)

    var result: Result<Void, any Error>? { state.withLock { $0 } }

    func set(_ result: Result<Void, any Error>) { state.withLock { $0 = result } }
}
