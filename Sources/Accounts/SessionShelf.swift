import Synchronization
import Values

/// What sessions stand for, kept for a few seconds, so that a page costs no reading of the store for it.
///
/// In this process whatever ends a session or changes a person clears the shelf at once; another process sees it when what it keeps has
/// grown old: after `lifetime` at most.
final class SessionShelf: Sendable {
    /// The longest that another process goes on letting an ended session in.
    static let lifetime = Duration.seconds(3)
    private static let most = 20_000

    struct Entry: Sendable {
        let session: WebSession?
        let person: Person?
        let actor: Actor?
        let readAt: ContinuousClock.Instant
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// Counts clearings, so that what was read before one is not kept after it.
        var age = 0
    }

    private let state = Mutex(State())

    var age: Int { state.withLock { $0.age } }

    func entry(_ digest: String) -> Entry? {
        state.withLock { $0.entries[digest] }.flatMap { ContinuousClock.now - $0.readAt < Self.lifetime ? $0 : nil }
    }

    func keep(_ digest: String, _ session: WebSession?, _ person: Person?, _ actor: Actor?, age: Int) {
        state.withLock { state in
            guard state.age == age else { return }
            if state.entries.count >= Self.most { state.entries.removeAll() }
            state.entries[digest] = Entry(session: session, person: person, actor: actor, readAt: .now)
        }
    }

    func clear() {
        state.withLock { state in
            state.entries.removeAll(keepingCapacity: true)
            state.age += 1
        }
    }
}
