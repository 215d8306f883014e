package import Values

/// The store's engine: SQLite in one file or PostgreSQL, behind the same two doors.
///
/// The closures are synchronous on both sides: they run on the engine's own queue, never on a cooperative thread.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Connections that may read at the same time.
    var readers: Int { get }

    /// Runs in one read snapshot. On a server a page's reading (`WaitingLimit`) is done again once where the connection turns out to be broken;
    /// others only where nothing was read yet.
    func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer

    /// Runs in one write transaction, one at a time in the whole store; an error rolls everything back. Never done again by itself.
    ///
    /// - Parameter patience: how long another process may keep it waiting; nil for as long as it takes.
    func write<Answer: Sendable>(
        patience: Duration?, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer

    /// Writes what no journal vouches for and no act reads: how far jobs are. A server takes it beside a long act; a file has one writer, which
    /// it waits for. May run twice.
    func note<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer

    /// A copy of the whole store as it is now, while others go on writing (SQLite only: `VACUUM INTO`); `BackupStore` is for either engine.
    func copy(to path: String) async throws

    /// Cuts the log of what was written, so that overwritten content does not stay in it. False where it cannot be cut now, because a reader
    /// still needs it, or never, because the server keeps it.
    func cutLog() async throws -> Bool

    /// Has the engine look at how many rows the indexes of some tables find, so that it chooses among them by what is there. Changes nothing that is
    /// stored of the business; worth its second after an act of many rows.
    func measure(_ tables: [Identifier]) async throws

    func close() async
}

extension Database {
    package func write<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await write(patience: nil, body)
    }
}

extension Session {
    /// The engine's own time: one clock for all processes on a store, whatever their machines say.
    package func engineTime() throws -> Moment {
        switch dialect {
        case .sqlite: Moment(milliseconds: try integer("select cast((julianday('now') - 2440587.5) * 86400000.0 as integer)"))
        case .postgres: Moment(milliseconds: try integer("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"))
        }
    }
}
