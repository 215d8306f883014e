import Synchronization
import Values

/// How far the reading or writing of files is: told from the threads that do it, asked by whoever waits, and the place where it is stopped.
package final class ImportProgress: Sendable {
    /// What is being done.
    package enum Stage: Sendable, Equatable {
        case waiting
        /// The original is fetched from the store.
        case opening
        /// Heads and lengths.
        case reading
        /// Rows of one firm are found by their keys.
        case matching
        case comparing
        case writing
        /// Counters and the entry.
        case closing
    }

    /// A moment of the work.
    package struct State: Sendable, Equatable {
        package var stage = Stage.waiting
        package var file: String?
        /// Rows of the file that have been read in this stage.
        package var rows = 0
        /// nil until the file has been read once.
        package var total: Int?
    }

    private struct Told {
        var state = State()
        var isStopped = false
    }

    private let told = Mutex(Told())

    package init() {}

    package var state: State { told.withLock { $0.state } }

    /// The work ends at its next row, and nothing is written.
    package func stop() { told.withLock { $0.isStopped = true } }

    package var isStopped: Bool { told.withLock { $0.isStopped } }

    func begin(_ stage: Stage, file: String? = nil, total: Int? = nil) throws {
        try told.withLock { told in
            told.state = State(stage: stage, file: file, rows: 0, total: total)
            if told.isStopped { throw Self.stopped }
        }
    }

    func tell(_ rows: Int) throws {
        try told.withLock { told in
            told.state.rows = rows
            if told.isStopped { throw Self.stopped }
        }
    }

    static let stopped = Failure(.refused, "import.stopped", "导入已按您的要求停止，没有写入任何内容", cure: "需要时重新核对、预览或提交")
}
