import Glibc
package import Values

/// Makes a backup of a store while others work on it (备份).
///
/// SQLite: the database as it is, by `VACUUM INTO`. PostgreSQL: the rows of all tables as text in one snapshot, which needs no tool of the
/// server and can be taken in by either engine.
package struct BackupStore: Sendable {
    /// What was held against what.
    package enum Proof: Sendable {
        /// Length, SHA-256, the number of rows and the journal's head, read from the finished file.
        case counts
        /// Besides, every row against the journal and the counters, in the copy itself.
        case whole(Verification)
    }

    let schema: Schema
    let clock: Clock

    package init(schema: Schema, clock: Clock) {
        self.schema = schema
        self.clock = clock
    }

    /// - Parameter verifies: whether every row of the copy is checked against its journal.
    /// - Throws: `backup.exists`, `backup.full`, `store.newer`; `restore.differs` where the copy is not what it was taken from.
    package func run(_ database: any Database, to path: String, verifies: Bool) async throws -> (seal: BackupSeal, proof: Proof) {
        let file = try PartialFile(for: path, taken: BackupFailure.exists)
        defer { file.remove() }
        let isLatest = try await database.read { try Migrator(schema: schema).isLatest($0) }
        if let source = database as? SQLiteDatabase {
            try await copy(source, to: file.path)
        } else {
            try await dump(database, to: file.path)
        }
        let backup = try BackupFile(path: file.path)
        let proof = try await prove(backup, verifies: verifies && isLatest)
        try file.finish()
        return (backup.seal, proof)
    }

    private func copy(_ source: SQLiteDatabase, to path: String) async throws {
        try makeEmpty(path)
        try await source.copy(to: path)
        let (head, rows) = try await SQLiteFile.read(path) { [schema] session in
            (try JournalQuery.head(session), try StoreContent.rows(session, schema))
        }
        let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFailure.cannotWrite(path) }
        defer { Glibc.close(descriptor) }
        let writer = BackupWriter(descriptor: descriptor, name: path)
        try KeptFile(path: path, name: path).pieces { writer.passOver($0) }
        _ = try writer.seal(.database, engine: .sqlite, head: head, rows: rows, time: clock.now())
    }

    /// Readable by nobody else: the copy has all that the store has.
    private func makeEmpty(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BackupFailure.cannotWrite(path) }
        Glibc.close(descriptor)
    }

    private func dump(_ source: any Database, to path: String) async throws {
        try makeEmpty(path)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFailure.cannotWrite(path) }
        defer { Glibc.close(descriptor) }
        let (schema, time) = (schema, clock.now())
        _ = try await source.read { session in
            try RowDump(schema: schema).run(
                try StoreContent.carrier(session), into: BackupWriter(descriptor: descriptor, name: path), time: time)
        }
    }

    /// Holds the finished file against its last line, and, where wanted, its rows against their journal: in the copy itself, or in a store
    /// that is made from it for this purpose and thrown away.
    private func prove(_ backup: BackupFile, verifies: Bool) async throws -> Proof {
        guard verifies else { return .counts }
        let verifier = StoreVerifier(schema: schema)
        if backup.seal.form == .database { return .whole(try await SQLiteFile.read(backup.path) { try verifier.run($0) }) }
        let trial = try PartialFile(for: backup.path + ".trial", taken: BackupFailure.exists)
        defer { trial.remove() }
        return .whole(try await NewStore(schema: schema).fill(trial.path, from: backup.reader()))
    }
}

/// A store that is being made from the text form of another.
struct NewStore: Sendable {
    let schema: Schema
    /// The head of the store that is being moved: the new one must end there and fit its journal, or is not made at all.
    var head: JournalHead?

    /// Fills a new SQLite file and checks it, in one transaction.
    func fill(_ path: String, from reader: BackupReader) async throws -> Verification {
        let carried = Carried(reader)
        return try await SQLiteFile.make(path) { try fill($0, carried, place: path) }
    }

    /// The same in an empty place on a server.
    func fill(_ database: any Database, from reader: BackupReader, place: String) async throws -> Verification {
        let carried = Carried(reader)
        return try await database.write { try fill(try StoreContent.carrier($0), carried, place: place) }
    }

    private func fill(_ session: any RowCarrier, _ carried: Carried, place: String) throws -> Verification {
        let seal = try RowLoad(schema: schema).run(session, from: carried.reader, place: place)
        let found = try StoreVerifier(schema: schema).run(session)
        guard found.head == seal.head else { throw BackupFailure.differs("日志头是第\(found.head.position)条，应是第\(seal.head.position)条") }
        guard let head else { return found }
        guard found.findings.isEmpty else { throw BackupFailure.differs("\(found.findings.count)处与日志不符") }
        guard found.head == head else {
            throw Failure(.conflict, "move.source-moved", "核对以后又有人写了原库，没有搬", cure: "停下所有 hallmark serve 和导入，再搬")
        }
        return found
    }

    /// A reader that one closure alone uses.
    private struct Carried: @unchecked Sendable {
        let reader: BackupReader
        init(_ reader: BackupReader) { self.reader = reader }
    }
}
