package import Jobs
import Values

/// How far the reading or writing of files is: told from the threads that do it, asked by whoever waits, and the place where it is stopped.
package final class ImportProgress: Sendable {
    /// What is being done.
    package enum Stage: String, Sendable {
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

        init(_ told: JobProgress.Told) {
            stage = Stage(rawValue: told.stage) ?? .waiting
            (file, rows, total) = (told.file, Int(told.done), told.total.map { Int($0) })
        }
    }

    private let job: JobProgress

    package init(_ job: JobProgress = JobProgress()) { self.job = job }

    package var state: State { State(job.told) }

    /// The work ends at its next row, and nothing is written.
    package func stop() { job.stop() }

    package var isStopped: Bool { job.isStopped }

    func begin(_ stage: Stage, file: String? = nil, total: Int? = nil) throws {
        let told = JobProgress.Told(stage: stage.rawValue, file: file, total: total.map { Int64($0) })
        guard job.tell({ $0 = told }) else { throw Self.stopped }
    }

    func tell(_ rows: Int) throws { guard job.tell({ $0.done = Int64(rows) }) else { throw Self.stopped } }

    static let stopped = Failure(.refused, "import.stopped", "导入已按您的要求停止，没有写入任何内容", cure: "需要时重新核对、预览或提交")
}
