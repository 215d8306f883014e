import Enterprises
import Questions
import Storage
import Values
import WebSupport

/// The journal, and what changed since a position.
enum JournalOperations {
    static let all = [journal, changes]

    private static let change: [Shape.Member] = [
        .init("position", .position, Word("日志位置", "The journal position")), .init("time", .words, Word("时间", "When")),
        .init("action", .words, Word("操作", "What was done")),
        .init("subject", .words, Word("对象，如 enterprise/12", "What it was done to, such as enterprise/12")),
        .init("opened", .count, Word("新写的版本", "Versions opened")), .init("closed", .count, Word("结束的版本", "Versions closed")),
    ]

    private static let journal = Operation(
        "listJournal", "/journal", Word("日志", "The journal"),
        about: Word("最近的在前，带操作人、理由和哈希", "The newest first, with actor, reason and hash"),
        may: QuestionRights.readJournal,
        [.init("subject", .text(longest: 200), Word("只看这个对象", "Of this subject alone"))] + AskedOperation.pages,
        answers: .json(
            .object([
                .init(
                    "entries",
                    .list(
                        .object(
                            change + [
                                .init("actor", .words, Word("操作人", "Who")), .init("role", .words, Word("岗位", "Role")),
                                .init("reason", .words, Word("理由", "Why")), .init("detail", .words, Word("细节，JSON", "Details as JSON")),
                                .init("hash", .words, Word("哈希", "Hash")),
                            ])), Word("日志", "Entries")),
                .init("next", .optional(.words), Word("下一页的游标", "The cursor of the next page")),
            ]))
    ) { asked in
        let limit = asked.limit
        return try await asked.desk.office.store.read { session in
            let place = try asked.place(session)
            let found = try JournalQuery.page(
                session, before: place.after ?? (place.position + 1), subject: asked.text("subject"), limit: limit + 1)
            let shown = found.prefix(limit)
            let entries = shown.map { entry in
                JSONValue.object(
                    json(entry) + [
                        ("actor", .text(entry.actor)), ("role", .text(entry.role)), ("reason", .text(entry.reason)),
                        ("detail", .text(entry.detail)), ("hash", .text(entry.hash)),
                    ])
            }
            let next = asked.next(place, after: found.count > limit ? shown.last?.position : nil)
            return .json(.object([("entries", .list(entries)), ("next", JSONValue(next))]))
        }
    }

    private static let changes = Operation(
        "listChanges", "/changes", Word("变动", "The change feed"),
        about: Word(
            "某个日志位置以后的各次写入，最早的在前；把最后一条的位置作为下次的 after",
            "Every act after a journal position, the earliest first; send the last position as the next `after`"),
        may: InterfaceRights.readChanges,
        [
            .init("after", .position, Word("已知的最后位置，缺省 0", "The last position known, 0 by default")), AskedOperation.limit,
        ],
        answers: .json(
            .object([
                .init("head", .position, Word("现在的日志位置", "The latest position")),
                .init("changes", .list(.object(change)), Word("变动", "Changes")),
                .init("after", .position, Word("下次从这里接着问", "Where to go on")),
            ]))
    ) { asked in
        let (after, limit) = (asked.number("after") ?? 0, asked.limit)
        return try await asked.desk.office.store.read { session in
            let entries = try ChangeStore.entries(after: after, limit: limit, session)
            return .json(
                .object([
                    ("head", .integer(try JournalQuery.head(session).position)), ("changes", .list(entries.map { .object(json($0)) })),
                    ("after", .integer(entries.last?.position ?? after)),
                ]))
        }
    }

    private static func json(_ entry: JournalEntry) -> [(String, JSONValue)] {
        [
            ("position", .integer(entry.position)), ("time", .text(entry.time.description)), ("action", .text(entry.action)),
            ("subject", .text(entry.subject)), ("opened", .integer(entry.opened)), ("closed", .integer(entry.closed)),
        ]
    }
}
