import Storage

/// Reads the journal forwards.
enum ChangeStore {
    /// The entries after a position, the earliest first.
    static func entries(after position: Int64, limit: Int, _ session: any Session) throws -> [JournalEntry] {
        let last = position > .max - Int64(limit) ? Int64.max : position + Int64(limit)
        return try JournalQuery.page(session, before: last == .max ? .max : last + 1, limit: limit).filter { $0.position > position }
            .reversed()
    }
}
