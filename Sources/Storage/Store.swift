import Crypto
package import Values

/// A government's store: the one door through which anything is written.
package final class Store: Sendable {
    package let database: any Database
    package let schema: Schema
    package let clock: Clock
    private let turns = WritingTurns()
    let longReads: ReadingShare
    private let patience: Duration

    /// Opens the store and brings its shape up to date; a store of a newer program is refused.
    ///
    /// - Parameter patience: how long an act waits for another one; as long as the engine waits for another process.
    package init(_ database: any Database, schema: Schema, clock: Clock, patience: Duration = .seconds(15)) async throws {
        self.patience = patience
        self.database = database
        self.schema = schema
        self.clock = clock
        longReads = ReadingShare(readers: database.readers)
        try await database.write { session in
            try Migrator(schema: schema).run(session)
            try Recount.renew(schema, session)
        }
    }

    package func read<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await StoreTimes.read.time { try await database.read(body) }
    }

    /// Whether the store answers and has the shape that this program knows; the latest position.
    ///
    /// - Throws: `store.newer`, and what the engine says.
    package func checkReadiness() async throws -> Int64 {
        let schema = schema
        return try await read { session in
            try Migrator(schema: schema).checkUnchanged(session)
            return try JournalQuery.head(session).position
        }
    }

    /// Acts that wait for their turn in this process.
    package var writersWaiting: Int { get async { await turns.waitingCount } }

    /// Performs one act: the body writes versions, then the entry is chained on.
    ///
    /// With a `request` number the act happens once: a repeated request gets the first answer, which is why the answer is a text.
    /// - Parameters:
    ///   - action: dotted, `slice.verb`.
    ///   - reason: why, in the actor's words or the document's number; may be empty where the form asks for none.
    ///   - waits: however long another act takes; else it is refused as busy after a while.
    @discardableResult
    package func act<Answer: Sendable>(
        _ action: String, by actor: Actor, reason: String = "", waits: Bool = false,
        _ body: @Sendable @escaping (Transaction) throws -> Answer
    ) async throws -> Acted<Answer> {
        let (clock, schema) = (clock, schema)
        return try await inTurn(waits: waits) { session in
            try Migrator(schema: schema).checkUnchanged(session)
            let transaction = try Self.begin(session, clock: clock, actor: actor)
            let answer = try body(transaction)
            return Acted(answer: answer, entry: try transaction.finish(action: action, reason: reason))
        } after: { [database, schema] acted in
            // Not the counters: what a sample of their cells tells, engines take for a reason to walk all of a cube.
            if acted.entry.opened + acted.entry.closed >= Self.manyRows { try? await database.measure(schema.measured) }
        }
    }

    /// Rows of an act after which the engine is to measure its indexes again.
    private static let manyRows: Int64 = 10_000

    /// The same, once for a request number of a form: repeated by the same person for the same action → the first answer.
    ///
    /// Another action or person under the same number is another request: neither learns what the first was answered, nor is it skipped.
    package func actOnce(
        request: String, _ action: String, by actor: Actor, reason: String = "", waits: Bool = false,
        _ body: @Sendable @escaping (Transaction) throws -> String
    ) async throws -> String {
        let (clock, schema, key) = (clock, schema, Self.key(of: request, action, actor))
        return try await inTurn(waits: waits) { session in
            try Migrator(schema: schema).checkUnchanged(session)
            if let earlier = try session.row("select answer from request where id = \(key)") { return earlier.text(0) }
            let transaction = try Self.begin(session, clock: clock, actor: actor)
            let answer = try body(transaction)
            try session.run("insert into request (id, position, answer) values (\(key), \(transaction.position), \(answer))")
            _ = try transaction.finish(action: action, reason: reason)
            return answer
        }
    }

    /// What a request number was answered the first time; nil where it is new. For what is checked before an act and no longer holds after it.
    package func earlierAnswer(to request: String, _ action: String, by actor: Actor) async throws -> String? {
        let key = Self.key(of: request, action, actor)
        return try await read { try $0.row("select answer from request where id = \(key)")?.text(0) }
    }

    /// What a request is kept by: its number counts for one action of one person.
    private static func key(of request: String, _ action: String, _ actor: Actor) -> String {
        sha256(Array([action, actor.name, actor.role.rawValue, request].joined(separator: "\u{1F}").utf8))
    }

    /// Changes what no journal vouches for and what would only burden it: sessions, counts of failed sign-ins. In turn with all other writing.
    ///
    /// - Parameter waits: however long an act takes; else it is refused as busy after a while.
    package func keep<Answer: Sendable>(
        waits: Bool = false, _ body: @Sendable @escaping (any Session) throws -> Answer
    ) async throws -> Answer {
        try await inTurn(waits: waits, body)
    }

    /// Notes how far a job is, beside the acts; see `Database.note`.
    package func note<Answer: Sendable>(_ body: @Sendable @escaping (any Session) throws -> Answer) async throws -> Answer {
        try await database.note(body)
    }

    private func inTurn<Answer: Sendable>(
        waits: Bool, _ body: @Sendable @escaping (any Session) throws -> Answer,
        after: @Sendable (Answer) async -> Void = { _ in }
    ) async throws -> Answer {
        try await StoreTimes.wait.time { try await turns.take(patience: waits ? nil : patience) }
        let answer: Result<Answer, any Error>
        do {
            let written = try await StoreTimes.write.time { try await database.write(patience: waits ? nil : patience, body) }
            await after(written)
            answer = .success(written)
        } catch { answer = .failure(error) }
        await turns.give()
        return try answer.get()
    }

    /// head + 1, and a time that never runs backwards, whatever the machine's clock does.
    private static func begin(_ session: any Session, clock: Clock, actor: Actor) throws -> Transaction {
        let last = try session.row("select position, time from journal order by position desc limit 1")
        let time = max(clock.now(), Moment(milliseconds: last?.integer(1) ?? 0))
        return Transaction(session: session, position: (last?.integer(0) ?? 0) + 1, time: time, actor: actor)
    }
}

/// What an act answered and the entry that records it.
package struct Acted<Answer: Sendable>: Sendable {
    package let answer: Answer
    package let entry: JournalEntry
}

/// Lower-case hexadecimal SHA-256.
package func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }
