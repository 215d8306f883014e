import Glibc
package import Values

/// Moves a store to the other engine (换数据库): nobody writes meanwhile, both sides are checked, both journals end in the same entry.
package struct MoveStore: Sendable {
    package struct Moved: Sendable {
        package let from: Verification
        package let to: Verification
    }

    let schema: Schema
    let clock: Clock

    package init(schema: Schema, clock: Clock) {
        self.schema = schema
        self.clock = clock
    }

    /// - Throws: `move.same-engine`, `move.source-differs`, `restore.target-in-use`, `restore.differs`.
    package func run(_ source: any Database, into place: NewPlace) async throws -> Moved {
        try checkEngines(source, place)
        _ = try await Store(source, schema: schema, clock: clock)
        switch place {
        case .server(let database, let name):
            guard try await database.read({ try StoreContent.carrier($0).tables().isEmpty }) else { throw BackupFailure.targetInUse(name) }
            return try await move(source, place)
        case .file(let target):
            let file = try PartialFile(for: target, taken: BackupFailure.targetInUse)
            defer { file.remove() }
            let moved = try await move(source, .file(file.path))
            try file.finish()
            return moved
        }
    }

    private func checkEngines(_ source: any Database, _ place: NewPlace) throws {
        let target: Dialect = if case .file = place { .sqlite } else { .postgres }
        guard source.dialect != target else {
            throw Failure(.refused, "move.same-engine", "两边是同一种数据库", cure: "用 hallmark backup 和 hallmark restore")
        }
    }

    private func move(_ source: any Database, _ place: NewPlace) async throws -> Moved {
        let verifier = StoreVerifier(schema: schema)
        let from = try await source.read { try verifier.run($0) }
        guard from.findings.isEmpty else {
            throw Failure(
                .conflict, "move.source-differs", "原库有\(from.findings.count)处与日志不符，没有搬", cure: "先运行 hallmark verify，查明谁改了数据库")
        }
        let to = try await RowPipe(schema: schema, clock: clock, head: from.head).run(source, into: place)
        return Moved(from: from, to: to)
    }
}

/// Hands the rows of one store to another while both are open, through a pipe, so that neither memory nor a file has to hold them.
struct RowPipe: Sendable {
    let schema: Schema
    let clock: Clock
    /// Where the journal must end; nil where that is not asked.
    var head: JournalHead?

    func run(_ source: any Database, into place: NewPlace) async throws -> Verification {
        // A reader that has failed is an error of the next write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BackupFailure.cannotWrite("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        async let sent = send(source, to: ends[1])
        async let received = receive(place, from: ends[0])
        let found: Result<Verification, any Error>
        do { found = .success(try await received) } catch { found = .failure(error) }
        do { _ = try await sent } catch {
            // Whoever failed first says why: a source that stopped leaves its reader with half a text.
            if case .failure(let why as Failure) = found, why.code != "backup.cut" { throw why }
            throw error
        }
        return try found.get()
    }

    /// Under the lock of writers: what is handed over is all there is.
    private func send(_ source: any Database, to descriptor: Int32) async throws -> BackupSeal {
        defer { close(descriptor) }
        let (schema, time) = (schema, clock.now())
        return try await source.write { session in
            try RowDump(schema: schema).run(
                try StoreContent.carrier(session), into: BackupWriter(descriptor: descriptor, name: "pipe"), time: time)
        }
    }

    private func receive(_ place: NewPlace, from descriptor: Int32) async throws -> Verification {
        // Gone with the reader, so that a sender learns of one that has failed.
        let (target, reader) = (NewStore(schema: schema, head: head), BackupReader(OpenDescriptor(taking: descriptor), name: "pipe"))
        switch place {
        case .file(let path): return try await target.fill(path, from: reader)
        case .server(let database, let name): return try await target.fill(database, from: reader, place: name)
        }
    }
}
