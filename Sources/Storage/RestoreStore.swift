import Glibc
package import Values

/// Where a store is to be made anew.
package enum NewPlace: Sendable {
    case file(String)
    /// An empty database or schema, under the name by which errors call it.
    case server(any Database, String)
}

/// Makes a store from a backup (恢复): the whole of it or nothing.
///
/// A file is made under another name and checked before it gets its own; a server's tables are made, filled and checked within one transaction.
package struct RestoreStore: Sendable {
    let schema: Schema
    let clock: Clock

    package init(schema: Schema, clock: Clock) {
        self.schema = schema
        self.clock = clock
    }

    /// - Parameter verifies: whether every row is checked against the journal; a server's rows always are, before the transaction ends.
    /// - Throws: `backup.missing`, `backup.cut`, `backup.damaged`, `restore.target-in-use`, `restore.differs`, `store.newer`.
    package func run(_ path: String, into place: NewPlace, verifies: Bool) async throws -> (seal: BackupSeal, proof: BackupStore.Proof) {
        switch place {
        case .file(let target):
            let file = try PartialFile(for: target, taken: BackupFailure.targetInUse)
            defer { file.remove() }
            let backup = try BackupFile(path: path)
            let proof = try await make(file.path, from: backup, verifies: verifies)
            try file.finish()
            return (backup.seal, proof)
        case .server(let database, let name):
            let empty = try await database.read { try StoreContent.carrier($0).tables().isEmpty }
            guard empty else { throw BackupFailure.targetInUse(name) }
            let backup = try BackupFile(path: path)
            return (backup.seal, .whole(try await fill(database, name, from: backup)))
        }
    }

    private func make(_ path: String, from backup: BackupFile, verifies: Bool) async throws -> BackupStore.Proof {
        guard backup.seal.form == .database else { return .whole(try await NewStore(schema: schema).fill(path, from: backup.reader())) }
        try unpack(backup, to: path)
        let database = try SQLiteDatabase(path: path)
        let found: Result<BackupStore.Proof, any Error>
        do { found = .success(try await open(database, backup.seal, verifies)) } catch { found = .failure(error) }
        await database.close()
        return try found.get()
    }

    /// Opens the copy with this program, which brings its shape up to date, and checks it.
    private func open(_ database: any Database, _ seal: BackupSeal, _ verifies: Bool) async throws -> BackupStore.Proof {
        let store = try await Store(database, schema: schema, clock: clock)
        let head = try await store.read { try JournalQuery.head($0) }
        guard head == seal.head else { throw BackupFailure.differs("日志头是第\(head.position)条，应是第\(seal.head.position)条") }
        return verifies ? .whole(try await store.verify()) : .counts
    }

    private func unpack(_ backup: BackupFile, to path: String) throws {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BackupFailure.cannotWrite(path) }
        defer { Glibc.close(descriptor) }
        try backup.pieces { piece in
            var done = 0
            while done < piece.count {
                let written = Glibc.write(descriptor, piece.baseAddress.map { $0 + done }, piece.count - done)
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw BackupFailure.cannotWrite(path) }
                done += written
            }
        }
    }

    /// A server takes rows in: from their text form, or out of the database in the backup.
    private func fill(_ database: any Database, _ name: String, from backup: BackupFile) async throws -> Verification {
        guard backup.seal.form == .database else {
            return try await NewStore(schema: schema).fill(database, from: backup.reader(), place: name)
        }
        let trial = try PartialFile(for: backup.path + ".trial", taken: BackupFailure.exists)
        defer { trial.remove() }
        try unpack(backup, to: trial.path)
        let source = try SQLiteDatabase(path: trial.path)
        let found: Result<Verification, any Error>
        do {
            _ = try await Store(source, schema: schema, clock: clock)
            found = .success(try await RowPipe(schema: schema, clock: clock).run(source, into: .server(database, name)))
        } catch { found = .failure(error) }
        await source.close()
        return try found.get()
    }
}
