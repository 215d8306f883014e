package import Values

/// A question to the evidence (统计查询): every number on every page is the answer to one.
package struct Question: Sendable, Hashable {
    /// One filter: any of the values.
    package struct Filter: Sendable, Hashable {
        package let dimension: String
        package let values: [String]

        package init(_ dimension: String, _ values: [String]) {
            self.dimension = dimension
            self.values = values
        }
    }

    package var fact: String
    package var metric: String?
    package var filters: [Filter]
    /// Up to two dimensions to break down by.
    package var by: [String]
    /// What was true that day; nil leaves the rows' own dates alone.
    package var on: Day?
    /// What the store knew at that position; nil is the latest.
    package var known: Int64?
    /// Under which divisions rows are counted, where regions are asked by or filtered.
    package var structure: Structure

    package init(
        _ fact: String, metric: String? = nil, where filters: [Filter] = [], by: [String] = [], on: Day? = nil, known: Int64? = nil,
        structure: Structure = .then
    ) {
        self.fact = fact
        self.metric = metric
        self.filters = filters
        self.by = by
        self.on = on
        self.known = known
        self.structure = structure
    }

    /// The same question for the rows of one group only.
    package func narrowed(_ keys: [String]) -> Question {
        var narrow = self
        narrow.filters += zip(by, keys).map { Filter($0, [$1]) }
        narrow.by = []
        return narrow
    }

    /// The query items of its address: `by=`, `where=dim:value`, `metric=`, `on=`, `structure=`, `known=`.
    package var items: [(name: String, value: String)] {
        var items: [(String, String)] = []
        if let metric { items.append(("metric", metric)) }
        items += filters.map { ("where", $0.dimension + "=" + $0.values.joined(separator: "|")) }
        items += by.map { ("by", $0) }
        if let on { items.append(("on", on.description)) }
        if let structure = structure.text { items.append(("structure", structure)) }
        if let known { items.append(("known", String(known))) }
        return items
    }
}

/// What a question answers.
package struct Answer: Sendable {
    /// One cell of a breakdown.
    package struct Group: Sendable {
        /// The values of the dimensions asked by.
        package let keys: [String]
        /// Their texts.
        package let labels: [String]
        package let figure: Figure
    }

    package let question: Question
    package let metric: Metric
    /// The number itself; nil value where there is none to give (`note` says why).
    package let figure: Figure
    package let groups: [Group]
    /// What a reader must know: 缺数据, 抽样方式混合, 样本量不足, 已隐去.
    package let notes: [String]
    /// The journal position the answer was taken at.
    package let position: Int64
    /// Answered by the kept counters, not by counting rows.
    package let isCounted: Bool

    /// The same answer at another position, between which nothing it is made from changed.
    func at(_ position: Int64, for question: Question) -> Answer {
        Answer(
            question: question, metric: metric, figure: figure, groups: groups, notes: notes, position: position, isCounted: isCounted)
    }
}

/// One number with what makes it honest.
package struct Figure: Sendable, Hashable {
    /// nil: unknown, suppressed or meaningless.
    package let value: Double?
    /// How many rows (or groups of rows) it rests on.
    package let n: Int64
    /// For a share: how many of the n.
    package let hits: Int64?
    /// 95 % (Wilson) for shares.
    package let interval: ClosedRange<Double>?
    package let isSuppressed: Bool

    package init(value: Double?, n: Int64, hits: Int64? = nil, interval: ClosedRange<Double>? = nil, isSuppressed: Bool = false) {
        self.value = value
        self.n = n
        self.hits = hits
        self.interval = interval
        self.isSuppressed = isSuppressed
    }
}
