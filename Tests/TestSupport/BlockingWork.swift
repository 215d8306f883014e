import Dispatch

/// Where tests run that wait for sockets and processes without giving their thread away: the few threads that all other tests share stay free.
package final class BlockingWork: TaskExecutor {
    private static let shared = BlockingWork()
    private let queue = DispatchQueue(label: "hallmark.blocking-tests", attributes: .concurrent)

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    package static func run<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        try await withTaskExecutorPreference(shared) { try await body() }
    }
}
