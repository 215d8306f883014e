import NIOPosix

/// Threads for work that blocks: reading files, long queries, statistics.
///
/// The machine's cooperative threads are as few as its cores; one handler that blocks stalls a share of the whole server.
struct WorkerThreads: Sendable {
    private let pool: NIOThreadPool

    /// One set for the process, enough for as many slow answers at a time as one office causes; its threads end with the process.
    static let shared = WorkerThreads(count: 8)

    private init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result { try await pool.runIfActive(work) }
}
