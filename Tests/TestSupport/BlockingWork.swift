import NIOPosix
package import Testing

/// Where tests run that wait for sockets and processes without giving their thread away: the few threads that all other tests share stay free.
final class BlockingWork: TaskExecutor {
    static let shared = BlockingWork()
    /// More than tests of this kind run at once, each with what it starts beside itself.
    private let threads = NIOThreadPool(numberOfThreads: 96)

    private init() { threads.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs tests where they may wait; a suite that starts the program, asks over raw sockets or sleeps carries it.
package struct Blocking: SuiteTrait, TestTrait, TestScoping {
    package let isRecursive = true

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(BlockingWork.shared) { try await function() }
    }
}

extension Trait where Self == Blocking {
    package static var blocking: Blocking { Blocking() }
}
