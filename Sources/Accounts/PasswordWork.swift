import NIOPosix
import Synchronization
import Values

/// Where passwords are hashed: two threads of their own and a short queue, so that a rush of sign-ins takes neither the server's threads nor
/// its memory (each hash at 2^15 takes 32 MB).
final class PasswordWork: Sendable {
    static let shared = PasswordWork(threads: 2, queue: 64)

    private let pool: NIOThreadPool
    private let waiting = Mutex(0)
    private let most: Int

    init(threads: Int, queue: Int) {
        most = threads + queue
        pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
    }

    /// How many are being hashed or wait for it.
    var underWay: Int { waiting.withLock { $0 } }

    /// - Throws: `sign-in.busy` where too many wait already.
    func run<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        let isAdmitted = waiting.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw Failure(.busy, "sign-in.busy", "正在登录的人太多", cure: "过几秒再试") }
        defer { waiting.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }
}
