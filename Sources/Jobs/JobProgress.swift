import Synchronization
import Values

/// How far a job is: told from the threads that do it, asked by whoever waits, and the place where it is stopped.
package final class JobProgress: Sendable {
    package struct Told: Sendable, Equatable {
        /// The step that is being taken, in the words of whoever works.
        package var stage = ""
        package var file: String?
        package var done: Int64 = 0
        /// nil until it is known.
        package var total: Int64?

        package init(stage: String = "", file: String? = nil, done: Int64 = 0, total: Int64? = nil) {
            self.stage = stage
            self.file = file
            self.done = done
            self.total = total
        }
    }

    private struct State {
        var told = Told()
        var isStopped = false
    }

    private let state = Mutex(State())

    package init() {}

    package var told: Told { state.withLock { $0.told } }
    package var isStopped: Bool { state.withLock { $0.isStopped } }

    /// The work ends at its next word about itself.
    package func stop() { state.withLock { $0.isStopped = true } }

    /// Changes what is told; whether the work is to go on.
    package func tell(_ change: (inout Told) -> Void) -> Bool {
        state.withLock { state in
            change(&state.told)
            return !state.isStopped
        }
    }
}
