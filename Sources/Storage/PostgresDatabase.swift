import CPQ
import Dispatch
import Foundation
import Values

/// The store on a PostgreSQL server, over libpq: one connection writes, one notes, a few read.
///
/// Pages and what nobody's browser waits for (jobs, exports, commands) have reading connections of their own, so that neither takes the other's.
/// Connections are opened when they are first needed and opened anew when they were lost.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    private let limits: PostgresLimits
    private let writer: PostgresConnection
    private let noting: PostgresConnection
    private let pages: ConnectionPool
    private let unhurried: ConnectionPool
    /// Those of long readings; pages have their own.
    package var readers: Int { limits.unhurried }

    /// The lock under which all processes write one at a time: a fixed number and one for the schema, because a database may hold several stores.
    private static let writeLock = "pg_advisory_xact_lock(1751215212, hashtext(coalesce(current_schema(), '')))"
    private static let beginReading = "begin isolation level repeatable read read only"
    /// A page is one of many at once: workers started for a search of ten milliseconds took the processors from all others (p95 541 ms).
    private static let alone = "set local max_parallel_workers_per_gather = 0; set local jit = off"

    /// A server with few connections, for which a page or a note waits as long as it takes.
    package convenience init(address: String, readers: Int) throws {
        var limits = PostgresLimits()
        limits.patience = .seconds(600)
        limits.notes = .seconds(600)
        limits.pages = readers
        limits.unhurried = readers
        try self.init(PostgresAccess(address: address), limits: limits)
    }

    /// Opens the writing connection, so that a wrong address is told at once.
    package init(_ access: PostgresAccess, limits: PostgresLimits = PostgresLimits()) throws {
        self.limits = limits
        let held = HeldCells()
        writer = PostgresConnection(access, held: held)
        noting = PostgresConnection(access, held: held)
        pages = ConnectionPool((0..<limits.pages).map { _ in PostgresConnection(access, held: held) })
        unhurried = ConnectionPool((0..<limits.unhurried).map { _ in PostgresConnection(access, held: held) })
        try writer.open()
    }

    package func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        guard let limit = WaitingLimit.current else {
            return try await read(through: unhurried, patience: nil, PostgresTurn(begin: Self.beginReading), body)
        }
        let begin = Self.beginReading + "; set local statement_timeout = \(limit.milliseconds); " + Self.alone
        return try await read(through: pages, patience: limits.patience, PostgresTurn(begin: begin, isRepeatable: true), body)
    }

    private func read<Answer: Sendable>(
        through pool: ConnectionPool, patience: Duration?, _ turn: PostgresTurn, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        let connection = try await pool.take(patience: patience)
        let answer: Result<Answer, any Error>
        do { answer = .success(try await connection.run(turn, body)) } catch { answer = .failure(error) }
        await pool.give(connection)
        return try answer.get()
    }

    package func write<Answer: Sendable>(
        patience: Duration?, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        let wait = patience.map { "set local lock_timeout = \($0.milliseconds); " } ?? ""
        let begin =
            "begin isolation level read committed; \(wait)select \(Self.writeLock); set local lock_timeout = 0"
        return try await writer.run(PostgresTurn(begin: begin, isAct: true), body)
    }

    /// Beside the acts, and without waiting for the disk: what is lost in a crash was of a job that is lost with it.
    package func note<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        let begin =
            "begin isolation level read committed; set local synchronous_commit = off; "
            + "set local lock_timeout = \(limits.notes.milliseconds)"
        return try await noting.run(PostgresTurn(begin: begin, isRepeatable: true), body)
    }

    package func copy(to path: String) async throws {
        throw Failure(.refused, "store.copy-engine", "PostgreSQL 数据库不能复制成文件", cure: "用 hallmark backup 备份，或用 hallmark move-store 搬到文件")
    }

    /// The server keeps its write-ahead log as long as it needs it.
    package func cutLog() async throws -> Bool { false }

    package func measure(_ tables: [Identifier]) async throws {
        let list = tables.map(\.name).joined(separator: ", ")
        try await writer.run(PostgresTurn(begin: "begin", isRepeatable: true)) { try $0.define("analyze (skip_locked) " + list) }
    }

    package func close() async {
        for connection in [writer, noting] { await connection.close() }
        for pool in [pages, unhurried] { await pool.close() }
    }
}

/// What a process may ask of a server.
package struct PostgresLimits: Sendable {
    /// Reading connections for pages, and for what nobody's browser waits for. A process opens at most these and two more.
    package var pages = 6
    package var unhurried = 4
    /// How long a page waits for a connection.
    package var patience = Duration.seconds(5)
    /// How long a note waits for an act that holds its row.
    package var notes = Duration.seconds(5)

    package init() {}

    /// Limits with so many connections for pages and two thirds as many for the rest.
    package init(connections: Int) {
        pages = max(1, connections)
        unhurried = max(1, connections * 2 / 3)
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000) }
}
