package import Values

/// One entry of the journal: who did what when and why, and the digest that its rows must still have.
package struct JournalEntry: Sendable, Hashable {
    package let position: Int64
    package let time: Moment
    package let actor: String
    package let role: String
    /// Dotted: `enterprises.import`.
    package let action: String
    /// What it was done to, for finding entries: `enterprise/12`, `programme/longwan-2006`; empty where there is no single one.
    package let subject: String
    package let reason: String
    /// Further facts as one line of JSON with sorted keys.
    package let detail: String
    package let opened: Int64
    package let closed: Int64
    package let digest: String
    /// The hash of the entry before; 64 zeros for the first.
    package let previous: String
    package let hash: String

    package static let origin = String(repeating: "0", count: 64)

    /// SHA-256 over the entry's fields, each as length and text, the previous hash first.
    static func hash(
        previous: String, position: Int64, time: Moment, actor: String, role: String, action: String, subject: String, reason: String,
        detail: String, opened: Int64, closed: Int64, digest: String
    ) -> String {
        var text = DigestText("entry", previous)
        for value in [Value.integer(position), .integer(time.milliseconds), .text(actor), .text(role), .text(action), .text(subject)] {
            text.add(value)
        }
        for value in [Value.text(reason), .text(detail), .integer(opened), .integer(closed), .text(digest)] { text.add(value) }
        return hexadecimal(text.finished())
    }

    /// The hash that the other fields demand.
    var expectedHash: String {
        Self.hash(
            previous: previous, position: position, time: time, actor: actor, role: role, action: action, subject: subject, reason: reason,
            detail: detail, opened: opened, closed: closed, digest: digest)
    }

    static let columns: SQL = "position, time, actor, role, action, subject, reason, detail, opened, closed, digest, previous, hash"

    init(_ row: Row) {
        position = row.integer(0)
        time = Moment(milliseconds: row.integer(1))
        actor = row.text(2)
        role = row.text(3)
        action = row.text(4)
        subject = row.text(5)
        reason = row.text(6)
        detail = row.text(7)
        opened = row.integer(8)
        closed = row.integer(9)
        digest = row.text(10)
        previous = row.text(11)
        hash = row.text(12)
    }
}

/// The last entry's position and hash, as kept elsewhere by a second party.
package struct JournalHead: Sendable, Hashable {
    package let position: Int64
    package let hash: String

    package init(position: Int64, hash: String) {
        self.position = position
        self.hash = hash
    }

    /// `12 3f…`: one line of text; what follows the two is not looked at.
    package init(text: String, file: String? = nil, line: Int? = nil) throws {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count >= 2, let position = Int64(parts[0]), RowDigest(text: String(parts[1])) != nil else {
            throw Failure(
                .invalid, "journal.head-form", "日志头文件每行应是：位置、空格、64位哈希", at: FilePlace(file: file, line: line),
                cure: "重新用 hallmark verify --save-head 或 hallmark journal head 导出")
        }
        self.init(position: position, hash: String(parts[1]))
    }

    package var text: String { "\(position) \(hash)\n" }
}

/// Reading the journal.
package enum JournalQuery {
    package static func head(_ session: any Session) throws -> JournalHead {
        guard let row = try session.row("select position, hash from journal order by position desc limit 1") else {
            return JournalHead(position: 0, hash: JournalEntry.origin)
        }
        return JournalHead(position: row.integer(0), hash: row.text(1))
    }

    /// The newest entries before a position, newest first.
    package static func page(_ session: any Session, before: Int64 = .max, subject: String? = nil, limit: Int = 50) throws -> [JournalEntry]
    {
        var sql: SQL = "select \(JournalEntry.columns) from journal where position < \(before)"
        if let subject { sql += " and subject = \(subject)" }
        return try session.rows(sql + " order by position desc limit \(limit)").map(JournalEntry.init)
    }

    package static func entry(_ session: any Session, at position: Int64) throws -> JournalEntry? {
        try session.row("select \(JournalEntry.columns) from journal where position = \(position)").map(JournalEntry.init)
    }

    /// The last position at the end of a day (Asia/Shanghai): what the store knew that evening. 0 before the first entry.
    package static func position(_ session: any Session, endOf day: Day) throws -> Int64 {
        try session.integer("select position from journal where day <= \(day) order by day desc, position desc limit 1")
    }
}
