package import Storage
package import Values

/// A property by which evidence rows can be filtered and broken down: verdict, town, year.
///
/// A dimension belongs to an entity (enterprise, region, product) so that 镇街 exists once, wherever it is used.
package struct Dimension: Sendable {
    /// How its values are matched by a filter.
    package enum Kind: Sendable {
        /// The value itself, as text.
        case text
        /// The number of a record; labels come from `label`.
        case record
        /// The number of a region; a filter by a region takes in everything below it.
        case region
        /// A row has several values, which the expression selects as `word` (the products of a firm); a value is met by itself and by what
        /// ends in it, as 女皮鞋 is 皮鞋. Such a dimension filters and never breaks down.
        case several
    }

    package let name: String
    package let label: Word
    package let kind: Kind
    /// The column or expression over the fact's alias `f` or the joins.
    package let expression: SQL
    /// A further table this dimension needs: `left join … on …`, its rows by `RecordTable.asked`, so that they are those known at the
    /// position asked about.
    package let join: SQL?
    /// Where the text shown for a record stands; nil shows the value.
    package let names: RecordTitles?
    /// Texts for codes: `fail` → 不合格.
    package let words: [String: Word]
    /// The whole-number column that the expression writes as text: filters by numbers name it, since indexes know it and not its text.
    let number: SQL?
    /// Where a row's several values are those of a record: the number of that record in the row, and all records with their values as `owner`
    /// and `word`. A question about many rows looks up the records once, instead of the values of each row.
    let owned: (record: SQL, values: SQL)?

    package init(
        _ name: String, _ label: Word, kind: Kind = .text, _ expression: SQL, number: SQL? = nil, owned: (record: SQL, values: SQL)? = nil,
        join: SQL? = nil, names: RecordTitles? = nil, words: [String: Word] = [:]
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.expression = expression
        self.number = number
        self.owned = owned
        self.join = join
        self.names = names
        self.words = words
    }
}

/// A number over a fact's rows (指标算法).
package struct Metric: Sendable {
    /// What the number is.
    package enum Kind: Sendable {
        /// How many rows.
        case count
        /// The sum of a whole-number expression; rows without it do not count, no row at all is unknown.
        case sum(SQL)
        /// How many different values of an expression.
        case distinct(SQL)
        /// The share of the rows that meet one condition among those that meet another, both given as values of one dimension.
        case share(of: [String], among: [String], dimension: String)
        /// The same over groups of rows (企业合格率): a group meets the condition when all its rows do.
        case shareOfGroups(of: [String], among: [String], dimension: String, group: SQL)
        /// One sum as a part of another, over the rows where both are known (占比); no such row, or nothing to be a part of, is unknown.
        ///
        /// It has no interval: the rows are no sample.
        case ratio(of: SQL, to: SQL)
    }

    package let name: String
    package let label: Word
    package let unit: Word
    package let kind: Kind
    /// A dimension that must have one value for the number to mean anything; else groups are given and no total.
    package let needsOne: String?
    /// Values of that dimension whose rows never enter the number (风险监测).
    package let leavesOut: [String]
    /// Single firms' values are confidential: who does not see the columns is answered guarded cells only.
    package let isConfidential: Bool
    /// The columns of the registers that a confidential number is made of: `account.tax`.
    package let columns: [String]

    package init(
        _ name: String, _ label: Word, unit: Word, _ kind: Kind, needsOne: String? = nil, leavesOut: [String] = [],
        isConfidential: Bool = false, columns: [String] = []
    ) {
        self.name = name
        self.label = label
        self.unit = unit
        self.kind = kind
        self.needsOne = needsOne
        self.leavesOut = leavesOut
        self.isConfidential = isConfidential
        self.columns = columns
    }

    /// A number of hits among n, with an interval.
    var isShare: Bool {
        switch kind {
        case .share, .shareOfGroups: true
        case .count, .sum, .distinct, .ratio: false
        }
    }

    /// A number that is neither added up nor compared without telling more than itself.
    var isRatio: Bool { if case .ratio = kind { true } else { false } }

    /// What no row at all means: unknown, or none.
    var ofNothing: Double? {
        switch kind {
        case .share, .shareOfGroups, .ratio: nil
        case .count, .sum, .distinct: 0
        }
    }
}
