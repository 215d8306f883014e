import CPQ
import Dispatch
import Foundation
import Values

/// The store on a PostgreSQL server, over libpq: one connection writes, a few read.
///
/// The address is a libpq URL or keyword string; a password comes from its password file or the environment, never from
/// an argument.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    private let writer: PostgresConnection
    package let readers: Int
    private let pool: ConnectionPool
    private let connections: [PostgresConnection]

    /// One fixed number for the lock under which all processes write one at a time.
    private static let writeLock: Int64 = 0x68616C6C6D61726B

    package init(address: String, readers count: Int = 4) throws {
        let held = HeldCells()
        writer = try PostgresConnection(address: address, held: held)
        let reading = try (0..<count).map { _ in try PostgresConnection(address: address, held: held) }
        readers = count
        pool = ConnectionPool(reading)
        connections = [writer] + reading
    }

    package func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        let connection = await pool.take()
        do {
            let answer = try await connection.run { session in
                try session.transaction("begin isolation level repeatable read read only") { try body(session) }
            }
            await pool.give(connection)
            return answer
        } catch {
            await pool.give(connection)
            throw error
        }
    }

    package func write<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await writer.run { session in
            try session.transaction("begin isolation level read committed") {
                _ = try session.rows("select pg_advisory_xact_lock(\(Self.writeLock))")
                return try body(session)
            }
        }
    }

    package func copy(to path: String) async throws {
        throw Failure(.refused, "store.copy-engine", "PostgreSQL 数据库不能复制成文件", cure: "用 hallmark backup 备份，或用 hallmark move-store 搬到文件")
    }

    /// The server keeps its write-ahead log as long as it needs it.
    package func cutLog() async throws -> Bool { false }

    package func measure(_ tables: [Identifier]) async throws {
        let list = tables.map(\.name).joined(separator: ", ")
        try await writer.run { try $0.define("analyze " + list) }
    }

    package func close() async {
        for connection in connections { await connection.close() }
    }
}

/// Hands the reading connections out, first come, first served.
private actor ConnectionPool {
    private var free: [PostgresConnection]
    private var waiting: [CheckedContinuation<PostgresConnection, Never>] = []

    init(_ connections: [PostgresConnection]) { free = connections }

    func take() async -> PostgresConnection {
        if let connection = free.popLast() { return connection }
        return await withCheckedContinuation { waiting.append($0) }
    }

    func give(_ connection: PostgresConnection) {
        if waiting.isEmpty { free.append(connection) } else { waiting.removeFirst().resume(returning: connection) }
    }
}

/// One connection with the queue on which libpq may block.
private final class PostgresConnection: Sendable {
    private let queue = DispatchQueue(label: "hallmark.postgres")
    private let address: String
    private let held: HeldCells
    // Only touched on `queue`.
    nonisolated(unsafe) private var session: PostgresSession?

    init(address: String, held: HeldCells) throws {
        self.address = address
        self.held = held
        session = try PostgresSession(address: address, held: held)
    }

    func run<Answer: Sendable>(_ body: @Sendable @escaping (PostgresSession) throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try body(self.live()) })
            }
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

    /// The open session; a broken one is opened again, so that a restart of the server costs one failed request at most.
    private func live() throws -> PostgresSession {
        if let session, session.isAlive { return session }
        let fresh = try PostgresSession(address: address, held: held)
        session = fresh
        return fresh
    }
}
