import CPQ
import Dispatch
import Values

/// How a transaction begins and what may be done where the connection turns out to be broken.
struct PostgresTurn: Sendable {
    /// Statements without a value from outside.
    let begin: String
    /// Its end is told apart: whether it was written cannot be known where the connection breaks then.
    var isAct = false
    /// Whether the whole of it may be done again.
    var isRepeatable = false
}

/// One connection with the queue on which libpq may block.
final class PostgresConnection: Sendable {
    private let queue = DispatchQueue(label: "hallmark.postgres")
    private let access: PostgresAccess
    private let held: HeldCells
    // Only touched on `queue`.
    nonisolated(unsafe) private var session: PostgresSession?

    init(_ access: PostgresAccess, held: HeldCells) {
        self.access = access
        self.held = held
    }

    /// Opens it now instead of at its first use.
    func open() throws { try queue.sync { _ = try live() } }

    func run<Answer: Sendable>(
        _ turn: PostgresTurn, _ body: @Sendable @escaping (PostgresSession) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.perform(turn, body) }) }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.session = nil
                continuation.resume()
            }
        }
    }

    /// A server that was started again is noticed by the first that is said to it: then nothing of an act has been said yet, and it begins anew.
    private func perform<Answer>(_ turn: PostgresTurn, _ body: (PostgresSession) throws -> Answer) throws -> Answer {
        var isSecond = false
        while true {
            let session = try live()
            var hasBegun = false
            do {
                try session.define(turn.begin)
                hasBegun = true
                let answer = try body(session)
                try session.commit(isAct: turn.isAct)
                return answer
            } catch {
                session.rollBack()
                guard session.isLost else { throw error }
                self.session = nil
                guard !isSecond, turn.isRepeatable || !hasBegun else { throw error }
                isSecond = true
            }
        }
    }

    private func live() throws -> PostgresSession {
        if let session, !session.isLost { return session }
        session = nil
        let fresh = try PostgresSession(try access.connect(), held: held)
        session = fresh
        return fresh
    }
}

/// Hands connections out, first come, first served.
actor ConnectionPool {
    private struct Waiting {
        let number: Int
        let turn: CheckedContinuation<PostgresConnection, any Error>
    }

    private let all: [PostgresConnection]
    private var free: [PostgresConnection]
    private var waiting: [Waiting] = []
    private var last = 0

    init(_ connections: [PostgresConnection]) {
        all = connections
        free = connections
    }

    /// - Parameter patience: nil waits for as long as it takes.
    /// - Throws: `store.crowded`.
    func take(patience: Duration?) async throws -> PostgresConnection {
        // The last one given back: the others stay closed where few are needed.
        if let connection = free.popLast() { return connection }
        last += 1
        let number = last
        return try await withCheckedThrowingContinuation { turn in
            waiting.append(Waiting(number: number, turn: turn))
            guard let patience else { return }
            Task {
                try? await Task.sleep(for: patience)
                giveUp(number)
            }
        }
    }

    func give(_ connection: PostgresConnection) {
        if waiting.isEmpty { free.append(connection) } else { waiting.removeFirst().turn.resume(returning: connection) }
    }

    func close() async { for connection in all { await connection.close() } }

    private func giveUp(_ number: Int) {
        guard let place = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: place).turn.resume(throwing: StorageFailure.crowded)
    }
}
