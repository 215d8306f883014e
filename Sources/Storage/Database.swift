/// The store's engine: SQLite in one file or PostgreSQL, behind the same two doors.
///
/// The closures are synchronous on both sides: they run on the engine's own queue, never on a cooperative thread.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Connections that may read at the same time.
    var readers: Int { get }

    /// Runs in one read snapshot.
    func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer

    /// Runs in one write transaction, one at a time in the whole store; an error rolls everything back.
    func write<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer

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
