package import Storage
import Values

extension SpotCheckStore {
    /// The published lists that came from a file.
    package static let uses: OriginalUse.Finder = { sha, session in
        try session.rows(
            "select p.id, p.title from publication as p where p.original = \(sha) and \(RecordTable.current("p")) order by p.id"
        ).map { row in
            OriginalUse(Word("公布的名单", "Published list"), title: row.text(1), path: ["publications", String(row.integer(0))])
        }
    }

    /// The titles of publications as known at a position, by number.
    package static func titles(of ids: Set<Int64>, at position: Int64?, _ session: any Session) throws -> [Int64: String] {
        guard !ids.isEmpty else { return [:] }
        let list = SQL.list(ids.sorted().map(Value.integer))
        let rows = try session.rows(
            "select p.id, p.title from publication as p where p.id in \(list) and \(RecordTable.known("p", at: position))")
        return Dictionary(rows.map { ($0.integer(0), $0.text(1)) }) { first, _ in first }
    }
}
