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
    /// The counter cells a row adds to, or none.
    package let counted: (@Sendable (_ id: Int64, _ row: [Value]) -> [CounterCell])?

    /// A versioned table.
    package init(
        _ name: Identifier, columns: [Identifier], counted: (@Sendable (_ id: Int64, _ row: [Value]) -> [CounterCell])? = nil
    ) {
        self.name = name
        self.columns = columns
        columnList = columns.map(\.sql).joined(", ")
        key = "id"
        isVersioned = true
        self.counted = counted
    }

    /// An appended table.
    package init(
        appending name: Identifier, key: Identifier = "id", columns: [Identifier],
        counted: (@Sendable (_ id: Int64, _ row: [Value]) -> [CounterCell])? = nil
    ) {
        self.name = name
        self.columns = columns
        columnList = columns.map(\.sql).joined(", ")
        self.key = key
        isVersioned = false
        self.counted = counted
    }

    /// The rows that are current now; to be used with the table's name or alias: `current("e")`.
    package static func current(_ alias: Identifier) -> SQL { "\(alias).known_to = 9223372036854775807" }

    /// The rows that were current at a position; nil means now.
    package static func known(_ alias: Identifier, at position: Int64?) -> SQL {
        guard let position else { return current(alias) }
        return "\(alias).known_from <= \(position) and \(alias).known_to > \(position)"
    }

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

/// One cell of a fact's counters: up to four keys, a metric and how much the row adds to it.
package struct CounterCell: Sendable, Hashable {
    package let fact: String
    package let keys: [String]
    package let metric: String
    package let value: Int64

    package init(fact: String, keys: [String], metric: String, value: Int64) {
        self.fact = fact
        self.keys = keys
        self.metric = metric
        self.value = value
    }
}
