package import Storage
package import Values

/// A table of evidence rows with its dimensions and metrics (明细): what every number opens into.
package struct Fact: Sendable {
    /// One column of the rows a figure opens into.
    package struct Column: Sendable {
        package enum Kind: Sendable { case text, whole, money, day, enterprise }

        package let name: String
        package let label: Word
        package let kind: Kind
        package let expression: SQL
        /// Shown only to who sees the register's column of that name; nil for everybody.
        package let seenBy: String?
        /// Texts for the codes it holds: `fail` → 不合格. Pages and files show them; scripts get the codes.
        package let words: [String: Word]
        package var isConfidential: Bool { seenBy != nil }

        package init(
            _ name: String, _ label: Word, _ kind: Kind = .text, _ expression: SQL, seenBy: String? = nil, words: [String: Word] = [:]
        ) {
            self.name = name
            self.label = label
            self.kind = kind
            self.expression = expression
            self.seenBy = seenBy
            self.words = words
        }
    }

    /// When a row counts on a given day (`--on`).
    package enum Time: Sendable {
        /// Always: the row carries its own period as a dimension.
        case timeless
        /// From the day of the event on.
        case event(SQL)
        /// While it is in force: from a day (or unknown) to a day (or open).
        case validity(from: SQL, to: SQL)
    }

    /// `spotcheck.result`
    package let name: String
    package let label: Word
    /// The versioned table; its alias in all expressions is `f`.
    package let table: RecordTable
    /// Joins that every question needs; see `Dimension.join`.
    package let joins: SQL
    /// A fixed condition on the rows.
    package let condition: SQL?
    package let time: Time
    package let dimensions: [Dimension]
    package let metrics: [Metric]
    package let columns: [Column]
    /// The dimension whose regions bound what a town officer sees.
    package let scope: String?
    /// The counters kept with every write; the same declaration as the table's.
    package let counted: Tally?
    package let isConfidential: Bool
    /// By which dimensions confidential sums are answered to who does not see single firms; nil answers them none.
    package let guarded: GuardedDimensions?
    /// Dimensions by whose values few rows are found by an index.
    package let found: Set<String>
    /// Dimensions whose values are found by an index, be they few or many.
    let indexed: Set<String>
    /// Further tables that joins and expressions read.
    let alsoReads: [RecordTable]

    package init(
        _ name: String, _ label: Word, table: RecordTable, joins: SQL = "", condition: SQL? = nil, time: Time = .timeless,
        dimensions: [Dimension],
        metrics: [Metric], columns: [Column], scope: String? = nil, counted: Tally? = nil, isConfidential: Bool = false,
        guarded: GuardedDimensions? = nil,
        found: Set<String> = [], indexed: Set<String> = [], alsoReads: [RecordTable] = []
    ) {
        self.name = name
        self.label = label
        self.table = table
        self.joins = joins
        self.condition = condition
        self.time = time
        self.dimensions = dimensions
        self.metrics = metrics
        self.columns = columns
        self.scope = scope
        self.counted = counted
        self.isConfidential = isConfidential
        self.guarded = guarded
        self.found = found
        self.indexed = indexed
        self.alsoReads = alsoReads
    }

    /// The tables that the answer to a question is made from: while none of them changes, it stays the same.
    func tables(_ question: Question) throws -> Set<Identifier> {
        let titles = try question.by.map(dimension).compactMap { $0.names?.table }
        return Set([table.name] + alsoReads.map(\.name) + titles)
    }

    /// Everything that any answer or row of this fact, and the names in it, could be made from.
    package var allTables: Set<Identifier> {
        Set([table.name] + alsoReads.map(\.name) + dimensions.compactMap { $0.names?.table })
    }

    /// The metric that counts the rows.
    package var countMetric: Metric? { metrics.first { if case .count = $0.kind { true } else { false } } }

    package func dimension(_ name: String) throws -> Dimension {
        guard let dimension = dimensions.first(where: { $0.name == name }) else {
            throw Failure(
                .invalid, "question.unknown-dimension", "「\(label.chinese)」没有维度“\(name)”",
                cure: "可用：" + dimensions.map(\.name).joined(separator: "、"))
        }
        return dimension
    }

    /// The named metric; the first one where no name is given.
    package func metric(_ name: String?) throws -> Metric {
        guard let metric = name.map({ name in metrics.first { $0.name == name } }) ?? metrics.first else {
            throw Failure(
                .invalid, "question.unknown-metric", "「\(label.chinese)」没有指标“\(name ?? "")”",
                cure: "可用：" + metrics.map(\.name).joined(separator: "、"))
        }
        return metric
    }
}

/// All facts of a store, by name.
package struct FactCatalogue: Sendable {
    package let facts: [Fact]

    package init(_ facts: [Fact]) { self.facts = facts }

    package func fact(_ name: String) throws -> Fact {
        guard let fact = facts.first(where: { $0.name == name }) else {
            throw Failure(.missing, "question.unknown-fact", "没有名为“\(name)”的明细", cure: "可用：" + facts.map(\.name).joined(separator: "、"))
        }
        return fact
    }

    /// Every `fact.metric` name, for checking the inputs of rule files.
    package var metricNames: Set<String> { Set(facts.flatMap { fact in fact.metrics.map { "\(fact.name).\($0.name)" } }) }
}
