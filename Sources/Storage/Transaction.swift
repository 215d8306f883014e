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

    private var digests: [[UInt8]] = []
    private var opened: Int64 = 0
    private var closed: Int64 = 0
    private var counters = CounterBook()
    private var nextIDs: [Identifier: Int64] = [:]
    /// What this act itself opened, so that the same record is not versioned twice in one act.
    private var openedHere: [Identifier: Set<Int64>] = [:]

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
        let bounds: [Identifier] = table.isVersioned ? [table.key, "known_from", "known_to"] : [table.key, "known_from"]
        let ends: [Value] = table.isVersioned ? [.integer(position), .integer(RecordTable.open)] : [.integer(position)]
        try session.insert(into: table.name, columns: bounds + table.columns, rows: rows.map { [.integer($0.id)] + ends + $0.row })
        for (id, row) in rows {
            digests.append(table.digest(key: .integer(id), row: row))
            counters.add(table, id: id, row: row, sign: 1)
            openedHere[table.name, default: []].insert(id)
        }
        opened += Int64(rows.count)
    }

    package func open(_ table: RecordTable, id: Int64, _ row: [Value]) throws { try open(table, rows: [(id, row)]) }

    /// Appends a row whose key is a text.
    package func append(_ table: RecordTable, key: String, _ row: [Value]) throws {
        try session.insert(
            into: table.name, columns: [table.key, "known_from"] + table.columns, rows: [[.text(key), .integer(position)] + row])
        digests.append(table.digest(key: .text(key), row: row))
        opened += 1
    }

    /// Closes the current version of a record; a record without one is missing.
    package func close(_ table: RecordTable, id: Int64) throws {
        let columns = table.columns.map(\.sql).joined(", ")
        guard openedHere[table.name]?.contains(id) != true else {
            throw Failure(.conflict, "store.twice-in-one-act", "同一次操作对同一条记录写了两次", cure: "把重复的行合并后重做")
        }
        guard let row = try session.row("select known_from, \(columns) from \(table.name) as t where id = \(id) and \(RecordTable.current("t"))")
        else { throw Failure(.missing, "store.no-current-version", "记录不存在或已结束", cure: "刷新后重做") }
        try session.run("update \(table.name) set known_to = \(position) where id = \(id) and known_to = 9223372036854775807")
        digests.append(table.digest(closing: .integer(id), knownFrom: row.integer(0)))
        counters.add(table, id: id, row: Array(row.values.dropFirst()), sign: -1)
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

    /// Writes counters and the entry; the last thing in the transaction.
    func finish(action: String, reason: String) throws -> JournalEntry {
        var stored = StoredCounters(session: session)
        try stored.keep(counters, at: position)
        let head = try JournalQuery.head(session)
        let digest = entryDigest(digests)
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
