package import Values

/// A file as it came in, or what is left of it.
package struct KeptOriginal: Sendable {
    package let sha256: String
    /// The name under which it first came.
    package let name: String
    /// Bytes; of an erased one those it had.
    package let size: Int64
    /// The entry that kept it.
    package let kept: JournalEntry?
    package let erasure: OriginalErasure?
    /// The entry that erased it.
    package let erased: JournalEntry?

    /// `2026-03-02，local：名单含电话`: when, who, why.
    package var erasedNote: String? { erased.map { "\($0.time.day)，\($0.actor)：\($0.reason)" } }
}

/// What a kept file is used for; each slice tells it of its own records.
package struct OriginalUse: Sendable, Hashable {
    package let label: Word
    package let title: String
    /// The parts of the address of the record.
    package let path: [String]
    /// Whether the program reads the bytes again, so that they cannot go.
    package let isNeeded: Bool
    /// What it takes to open the record; whoever lacks it does not get the file either. Nil: whoever may open kept files.
    package let right: Right?

    package init(_ label: Word, title: String, path: [String], isNeeded: Bool = false, right: Right? = nil) {
        self.right = right
        self.label = label
        self.title = title
        self.path = path
        self.isNeeded = isNeeded
    }

    /// Looks the uses of a file up.
    package typealias Finder = @Sendable (_ sha256: String, _ session: any Session) throws -> [OriginalUse]
}

/// Reading the kept files and what is known of the erased ones.
package enum OriginalStore {
    /// The erasure in force at a position (nil: now).
    package static func erasure(of sha: String, at position: Int64? = nil, _ session: any Session) throws -> OriginalErasure? {
        try session.row(
            """
            select \(OriginalErasure.columns) from original_erasure as e where e.sha256 = \(sha) and \(RecordTable.known("e", at: position))
            """
        ).map(OriginalErasure.init)
    }

    /// - Throws: `original.missing`.
    package static func find(_ sha: String, at position: Int64? = nil, _ session: any Session) throws -> KeptOriginal {
        guard let original = try known([sha], at: position, session).first else { throw unknown(sha) }
        return original
    }

    /// Those of the files that are kept, in the order given, each once.
    package static func known(_ all: [String], at position: Int64? = nil, _ session: any Session) throws -> [KeptOriginal] {
        var seen: Set<String> = []
        return try all.filter { seen.insert($0).inserted }.compactMap { sha in
            guard
                let row = try session.row(
                    """
                    select o.name, coalesce((select max(e.size) from original_erasure as e where e.sha256 = o.sha256), length(o.bytes)), o.known_from
                    from original as o where o.sha256 = \(sha) and o.known_from <= \(position ?? .max)
                    """)
            else { return nil }
            let erasure = try erasure(of: sha, at: position, session)
            return KeptOriginal(
                sha256: sha, name: row.text(0), size: row.integer(1),
                kept: try JournalQuery.entry(session, at: row.integer(2)), erasure: erasure,
                erased: try erasure.flatMap { try JournalQuery.entry(session, at: $0.position) })
        }
    }

    /// A file with its bytes.
    ///
    /// - Throws: `original.missing`, `original.erased`.
    package static func file(_ sha: String, _ session: any Session) throws -> (name: String, bytes: [UInt8]) {
        guard let row = try session.row("select name, bytes from original where sha256 = \(sha)"), case .blob(let bytes) = row.value(1)
        else {
            throw unknown(sha)
        }
        if bytes.isEmpty, let note = try find(sha, session).erasedNote {
            throw Failure(
                .gone, "original.erased", "原件“\(row.text(0))”已抹去（\(note)）", cure: "表里的数据、文件的哈希和日志都还在；要看原文，请找文件的来处")
        }
        return (row.text(0), bytes)
    }

    package static func unknown(_ sha: String) -> Failure {
        Failure(.missing, "original.missing", "库里没有这份原件：\(sha)", cure: "核对哈希；从导入记录或名单的页面打开")
    }
}
