/// A table whose rows the journal vouches for.
///
/// *Versioned*: `(id, known_from, known_to, …)`, both bounds journal positions, the current version's `known_to` the greatest
/// value. *Appended*: rows with a key and `known_from` that are never changed.
package struct RecordTable: Sendable {
    /// Current versions carry this in `known_to`.
    package static let open: Int64 = .max

    package let name: Identifier
    /// The columns besides the bounds, in the order in which they are digested and given.
    package let columns: [Identifier]
    /// The same as a select list.
    let columnList: SQL
    /// The key column: `id`, or the text key of an appended table.
    package let key: Identifier
    package let isVersioned: Bool
    /// How its rows are counted; nil where they are not.
    let reader: TallyReader?

    /// A versioned table.
    package init(
        _ name: Identifier, columns: [Identifier], counted: Tally? = nil
    ) {
        self.name = name
        self.columns = columns
        columnList = columns.map(\.sql).joined(", ")
        key = "id"
        isVersioned = true
        reader = counted.map { TallyReader($0, columns: columns) }
    }

    /// An appended table.
    package init(
        appending name: Identifier, key: Identifier = "id", columns: [Identifier],
        counted: Tally? = nil
    ) {
        self.name = name
        self.columns = columns
        columnList = columns.map(\.sql).joined(", ")
        self.key = key
        isVersioned = false
        reader = counted.map { TallyReader($0, columns: columns) }
    }

    /// The rows that are current now; to be used with the table's name or alias: `current("e")`.
    package static func current(_ alias: Identifier) -> SQL { "\(alias).known_to = 9223372036854775807" }

    /// The rows that were current at a position; nil means now.
    package static func known(_ alias: Identifier, at position: Int64?) -> SQL {
        guard let position else { return current(alias) }
        return "\(alias).known_from <= \(position) and \(alias).known_to > \(position)"
    }

    /// The rows that were current at the position that a question asks about; `SQL.asked(at:)` says which it is.
    ///
    /// Facts say this of every table they join, so that names and products are those known then.
    package static func asked(_ alias: Identifier) -> SQL { "{asked \(alias)}" }

    /// The digest of one opened row: SHA-256 over a self-delimiting text that any language can rebuild.
    ///
    /// `open`, the table, the key and the columns, each on its line as `n`, `i<number>`, `r<number>`, `t<bytes>:<text>` or
    /// `b<hexadecimal>`.
    func digest(key: Value, row: some Sequence<Value>) -> RowDigest {
        var writer = DigestText("open", name.name)
        return digest(key: key, row: row, with: &writer)
    }

    /// The same with a writer whose room is used again.
    func digest(key: Value, row: some Sequence<Value>, with writer: inout DigestText) -> RowDigest {
        writer.begin("open", name.name)
        writer.add(key)
        for value in row { writer.add(value) }
        return writer.digest()
    }

    /// The digest of one closing: `close`, the table, the key and the position from which the row had been known.
    func digest(closing key: Value, knownFrom: Int64) -> RowDigest {
        var writer = DigestText("close", name.name)
        writer.add(key)
        writer.add(.integer(knownFrom))
        return writer.digest()
    }
}
