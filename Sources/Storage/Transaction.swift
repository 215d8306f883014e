package import Values

/// One act on the store while it is being written: its versions, its journal entry and its counters commit together or not at all.
package final class Transaction {
    package let session: any Session
    /// The position that this act's entry will have.
    package let position: Int64
    package let time: Moment
    package let actor: Actor
    /// Facts for the entry's detail; set by the action.
    package var detail: [String: String] = [:]
    package var subject = ""

    private let tally = RowTally()
    private var keptHere: Set<String> = []
    /// The tables this act has written to.
    private var changed: Set<String> = []
    private var opened: Int64 = 0
    private var closed: Int64 = 0
    private var nextIDs: [Identifier: Int64] = [:]
    /// What this act itself opened, so that the same record is not versioned twice in one act.
    private var openedHere: [Identifier: WrittenIDs] = [:]

    init(session: any Session, position: Int64, time: Moment, actor: Actor) {
        self.session = session
        self.position = position
        self.time = time
        self.actor = actor
    }

    /// The next number of a table, never used before: versions are never deleted.
    package func newID<Noun>(_ table: RecordTable) throws -> ID<Noun> {
        let next: Int64
        if let known = nextIDs[table.name] {
            next = known
        } else {
            next = try session.integer("select coalesce(max(id), 0) + 1 from \(table.name)")
        }
        nextIDs[table.name] = next + 1
        return ID(next)
    }

    /// Opens versions of new records; their earlier versions must have been closed.
    package func open(_ table: RecordTable, rows: [(id: Int64, row: [Value])]) throws {
        guard !rows.isEmpty else { return }
        var bounds: [(Identifier, Value)] = [("known_from", .integer(position))]
        if table.isVersioned { bounds.append(("known_to", .integer(RecordTable.open))) }
        try session.insert(into: table.name, key: table.key, fixed: bounds, columns: table.columns, rows: rows)
        tally.add(table, rows: rows)
        changed.insert(LastChange.mark(table.name))
        var written = openedHere.removeValue(forKey: table.name) ?? WrittenIDs()
        for (id, _) in rows { written.insert(id) }
        openedHere[table.name] = written
        opened += Int64(rows.count)
    }

    /// Opens a version of one record.
    package func open(_ table: RecordTable, id: Int64, _ row: [Value]) throws { try open(table, rows: [(id, row)]) }

    /// Appends a row whose key is a text.
    package func append(_ table: RecordTable, key: String, _ row: [Value]) throws {
        try session.insert(
            into: table.name, columns: [table.key, "known_from"] + table.columns, rows: [[.text(key), .integer(position)] + row])
        tally.add(table.digest(key: .text(key), row: row))
        changed.insert(LastChange.mark(table.name))
        opened += 1
    }

    /// Closes the current version of a record; a record without one is missing.
    package func close(_ table: RecordTable, id: Int64) throws {
        guard openedHere[table.name]?.contains(id) != true else {
            throw Failure(.conflict, "store.twice-in-one-act", "同一次操作对同一条记录写了两次", cure: "把重复的行合并后重做")
        }
        let current: SQL = "select known_from, \(table.columnList) from \(table.name) as t where id = \(id) and \(RecordTable.current("t"))"
        guard let row = try session.row(current) else { throw Failure(.missing, "store.no-current-version", "记录不存在或已结束", cure: "刷新后重做") }
        try session.run("update \(table.name) set known_to = \(position) where id = \(id) and known_to = 9223372036854775807")
        tally.add(table.digest(closing: .integer(id), knownFrom: row.integer(0)))
        tally.count(table, id: id, row: Array(row.values.dropFirst()), sign: -1)
        changed.insert(LastChange.mark(table.name))
        closed += 1
    }

    /// Closes the current version and opens the next.
    package func replace(_ table: RecordTable, id: Int64, _ row: [Value]) throws {
        try close(table, id: id)
        try open(table, id: id, row)
    }

    /// Whether this act has already written the record.
    package func hasWritten(_ table: RecordTable, id: Int64) -> Bool { openedHere[table.name]?.contains(id) ?? false }

    /// Keeps a file as it came in; the same bytes are kept once. Answers their SHA-256.
    @discardableResult
    package func keep(original bytes: [UInt8], name: String) throws -> String {
        let sha = sha256(bytes)
        if try session.row("select 1 from original where sha256 = \(sha)") == nil {
            try append(.original, key: sha, [.text(name), .blob(bytes)])
        }
        return sha
    }

    /// Whether this act has already seen to it that a file is kept.
    package func hasKept(original sha: String) -> Bool { keptHere.contains(sha) }

    /// The same for a file that is too large to be held; the session reads it where it lies.
    package func keep(original file: KeptFile, sha256 sha: String, name: String) throws {
        keptHere.insert(sha)
        guard try session.row("select 1 from original where sha256 = \(sha)") == nil else { return }
        guard try file.sha256() == sha else {
            throw Failure(.conflict, "import.file-changed", "文件在导入时被改过", at: FilePlace(file: name), cure: "等文件写完后重新导入")
        }
        let table = RecordTable.original
        let fixed: [(Identifier, Value)] = [("known_from", .integer(position)), (table.key, .text(sha)), ("name", .text(name))]
        try session.insert(into: table.name, fixed: fixed, file: file, as: "bytes")
        var text = DigestText("open", table.name.name)
        text.add(.text(sha))
        text.add(.text(name))
        try text.addBlob { take in try file.pieces(take) }
        tally.add(text.digest())
        changed.insert(LastChange.mark(table.name))
        opened += 1
    }

    /// Writes counters and the entry; the last thing in the transaction.
    func finish(action: String, reason: String) throws -> JournalEntry {
        let (digests, counters) = tally.sum()
        try StoredCounters(session: session).keep(counters, at: position)
        try LastChange.note(changed, at: position, session)
        let head = try JournalQuery.head(session)
        let digest = entryDigest(consume digests)
        let detail = JSONLine.object(detail)
        let hash = JournalEntry.hash(
            previous: head.hash, position: position, time: time, actor: actor.name, role: actor.role.rawValue, action: action,
            subject: subject, reason: reason, detail: detail, opened: opened, closed: closed, digest: digest)
        try session.run(
            """
            insert into journal (position, time, day, actor, role, action, subject, reason, detail, opened, closed, digest, previous, hash)
            values (\(position), \(time.milliseconds), \(time.day), \(actor.name), \(actor.role.rawValue), \(action), \(subject), \(reason),
                \(detail), \(opened), \(closed), \(digest), \(head.hash), \(hash))
            """)
        guard let entry = try JournalQuery.entry(session, at: position) else { throw StorageFailure.busy }
        return entry
    }
}
