import Values

/// What checking a store against its journal found.
package struct Verification: Sendable, Equatable {
    /// One thing that is not as the journal says.
    package struct Finding: Sendable, Equatable {
        package let code: String
        package let position: Int64?
        package let message: String
    }

    package let head: JournalHead
    package let entries: Int64
    package let rows: Int64
    package let cells: Int64
    /// Originals whose bytes were erased; their rows are proven by the digests kept of them.
    package let erased: Int64
    package let findings: [Finding]
    /// Whether the journal's end was compared with a head kept elsewhere; without it a cut tail cannot be seen.
    package let isTailProven: Bool
}

/// Recomputes everything the journal vouches for from the rows themselves.
package struct StoreVerifier: Sendable {
    let schema: Schema
    let kept: [JournalHead]

    /// - Parameter kept: heads that a second party kept, in the order of their positions.
    package init(schema: Schema, kept: [JournalHead] = []) {
        self.schema = schema
        self.kept = kept
    }

    package func run(_ session: any Session) throws -> Verification {
        var findings: [Verification.Finding] = []
        let digests = FiledDigests()
        var rows: Int64 = 0
        var originals = try VerifyOriginals(session)
        for table in schema.tables {
            rows +=
                table.name == RecordTable.original.name
                ? try originals.collect(session, into: digests) : try collect(table, session, into: digests)
        }
        originals.finish()
        let (head, entries) = try walk(session, digests: try digests.merged(), originals: &originals, findings: &findings)
        findings = originals.findings + findings
        let cells = try VerifyCounters(schema: schema).run(session, findings: &findings)
        return Verification(
            head: head, entries: entries, rows: rows, cells: cells, erased: originals.count, findings: findings, isTailProven: !kept.isEmpty
        )
    }

    private func collect(_ table: RecordTable, _ session: any Session, into digests: FiledDigests) throws -> Int64 {
        var count: Int64 = 0
        var writer = DigestText("open", table.name.name)
        let bounds: SQL = table.isVersioned ? "known_from, known_to" : "known_from, 9223372036854775807"
        try session.forEach("select \(table.key), \(bounds), \(table.columnList) from \(table.name)") { row in
            count += 1
            let (from, to) = (row.integer(1), row.integer(2))
            let values = Array(row.values.dropFirst(3))
            try digests.add(table.digest(key: row.value(0), row: values, with: &writer), at: from)
            if to != RecordTable.open { try digests.add(table.digest(closing: row.value(0), knownFrom: from), at: to) }
        }
        return count
    }

    private func walk(
        _ session: any Session, digests: MergedDigests, originals: inout VerifyOriginals, findings: inout [Verification.Finding]
    ) throws -> (JournalHead, Int64) {
        var previous = JournalHead(position: 0, hash: JournalEntry.origin)
        var time = Moment(milliseconds: .min)
        var count: Int64 = 0
        var found: [Verification.Finding] = []
        var strays: [Verification.Finding] = []
        let heads = Dictionary(grouping: kept, by: \.position).mapValues { Set($0.map(\.hash)) }
        try session.forEach("select \(JournalEntry.columns), day from journal order by position") { row in
            let entry = JournalEntry(row)
            count += 1
            found += check(entry, day: row.text(13), after: previous, time: time)
            strays += try self.strays(digests, before: entry.position)
            if try digests.entryDigest(at: entry.position) != entry.digest {
                found.append(
                    .init(
                        code: "rows-changed", position: entry.position,
                        message: "日志第\(entry.position)条（\(entry.action)，\(entry.time)）所记的行被改过、少了或多了"))
                originals.doubt(entry: entry.position)
            }
            if let hashes = heads[entry.position], hashes != [entry.hash] {
                found.append(.init(code: "head-differs", position: entry.position, message: "日志第\(entry.position)条的哈希与另存的日志头不同：日志被改写过"))
            }
            previous = JournalHead(position: entry.position, hash: entry.hash)
            time = entry.time
        }
        if let kept = kept.max(by: { $0.position < $1.position }), kept.position > previous.position {
            found.append(
                .init(
                    code: "tail-missing", position: previous.position, message: "另存的日志头在第\(kept.position)条，库里只到第\(previous.position)条：末尾被截去"
                ))
        }
        findings += found + strays + (try self.strays(digests, before: nil))
        return (previous, count)
    }

    /// Rows of entries that the journal does not have, before one that it has or all that are left.
    private func strays(_ digests: MergedDigests, before position: Int64?) throws -> [Verification.Finding] {
        var found: [Verification.Finding] = []
        while let next = digests.position, position.map({ next < $0 }) ?? true {
            let count = try digests.skip(at: next)
            found.append(
                .init(code: "row-without-entry", position: next, message: "有\(count)行记录写着日志位置\(next)，但日志里没有这一条"))
        }
        return found
    }

    private func check(_ entry: JournalEntry, day: String, after previous: JournalHead, time: Moment) -> [Verification.Finding] {
        var found: [Verification.Finding] = []
        func add(_ code: String, _ message: String) { found.append(.init(code: code, position: entry.position, message: message)) }
        if entry.position != previous.position + 1 { add("entry-missing", "日志第\(previous.position + 1)条缺失，其后是第\(entry.position)条") }
        if entry.previous != previous.hash { add("chain-broken", "日志第\(entry.position)条接不上前一条：有条目被删、插入或调换") }
        if entry.hash != entry.expectedHash || day != entry.time.day.description {
            add("entry-changed", "日志第\(entry.position)条（\(entry.action)）的内容被改过")
        }
        if entry.time < time { add("time-backwards", "日志第\(entry.position)条的时间早于前一条") }
        return found
    }
}

extension Store {
    /// Checks the whole store in one snapshot.
    package func verify(kept: JournalHead? = nil) async throws -> Verification { try await verify(kept: kept.map { [$0] } ?? []) }

    /// The same against all the heads that were kept.
    package func verify(kept: [JournalHead]) async throws -> Verification {
        let verifier = StoreVerifier(schema: schema, kept: kept)
        return try await read { try verifier.run($0) }
    }
}
