import QualityStatistics
package import Storage
package import Values

/// Answers questions: from the counters where they suffice, else from the rows.
package struct Asking: Sendable {
    package let catalogue: FactCatalogue
    package let viewer: Viewer
    package let regions: any RegionScope

    /// Cells on fewer firms or rows than this are suppressed for viewers outside the firm's own office.
    static let smallCell: Int64 = 3

    package init(catalogue: FactCatalogue, viewer: Viewer, regions: any RegionScope) {
        self.catalogue = catalogue
        self.viewer = viewer
        self.regions = regions
    }

    package func ask(_ question: Question, _ session: any Session) throws -> Answer {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        try admit(fact, question)
        let position = try question.known ?? JournalQuery.head(session).position
        if let mixed = try mixedGroups(fact, metric, question, session) {
            return Answer(
                question: question, metric: metric, figure: Figure(value: nil, n: mixed.reduce(0) { $0 + $1.figure.n }), groups: mixed,
                notes: ["抽样方式混合，只分组给出，不给合计"], position: position, isCounted: false)
        }
        let groups = question.by.isEmpty ? [] : hidingOneMore(try figures(fact, metric, question, session))
        var total = question
        total.by = []
        let whole = try figures(fact, metric, total, session).first
        let figure = whole?.figure ?? Figure(value: metric.ofNothing, n: 0)
        return Answer(
            question: question, metric: metric, figure: figure, groups: groups, notes: notes(metric, figure, groups), position: position,
            isCounted: try CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer).applies(session))
    }

    private func admit(_ fact: Fact, _ question: Question) throws {
        guard !fact.isConfidential || viewer.seesConfidential else {
            throw Failure(.refused, "question.confidential", "「\(fact.label.chinese)」只供主管部门查询", cure: "请质强办查询")
        }
        guard question.by.count <= 2 else {
            throw Failure(.invalid, "question.too-many-dimensions", "一次最多按两个维度分组", cure: "去掉多余的分组")
        }
        for name in question.by {
            let dimension = try fact.dimension(name)
            guard case .several = dimension.kind else { continue }
            throw Failure(
                .invalid, "question.not-by", "一行可以有几个“\(dimension.label.chinese)”，分组会重复计算", cure: "改用 where 只看其中一个")
        }
    }

    /// The figures of every group, or of the whole where nothing is asked by.
    private func figures(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group] {
        let counters = CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer)
        if try counters.applies(session) { return try counters.figures(session).map(suppressed(metric)) }
        return try rowFigures(fact, metric, question, session).map(suppressed(metric))
    }

    private func rowFigures(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group] {
        let composer = QuestionComposer(fact: fact, question: question, viewer: viewer, regions: regions)
        let selection = try MetricSelection(fact: fact, metric: metric)
        let dimensions = try question.by.map(fact.dimension)
        let keys = dimensions.map(\.expression)
        let shown = dimensions.map { $0.shown ?? $0.expression }
        let source = try composer.source(extra: selection.dimensions, conditions: selection.conditions)
        let grouping = keys + zip(keys, shown).filter { $0 != $1 }.map(\.1)
        let select: SQL
        if let inner = selection.perGroup {
            let names = grouping.isEmpty ? "" : grouping.joined(", ") + ", "
            let aliased = grouping.enumerated().map { "\($0.element) as \(Self.aliases[$0.offset])" as SQL }
            let outer = grouping.indices.map { Self.aliases[$0].sql }
            let innerList = (aliased + [inner.group + " as grp", "min(\(inner.hit)) as hit"]).joined(", ")
            select =
                "select " + ((outer.isEmpty ? [] : outer) + ["count(*)", "sum(hit)", "null"]).joined(", ")
                + " from (select " + innerList + source + " group by " + names + inner.group + ") as g"
                + (outer.isEmpty ? "" : " group by " + outer.joined(", ") + " order by " + outer.joined(", "))
        } else {
            select =
                "select " + (grouping + [selection.n, selection.hits, selection.value]).joined(", ") + source
                + (grouping.isEmpty ? "" : " group by " + grouping.joined(", ") + " order by " + grouping.joined(", "))
        }
        return try session.rows(select).map { row in
            group(row, dimensions: dimensions, width: grouping.count, differing: zip(keys, shown).map { $0 != $1 }, metric: metric)
        }
    }

    private static let aliases: [Identifier] = ["a1", "a2", "a3", "a4"]

    private func group(_ row: Row, dimensions: [Dimension], width: Int, differing: [Bool], metric: Metric) -> Answer.Group {
        var next = dimensions.count
        var keys: [String] = []
        var labels: [String] = []
        for (index, dimension) in dimensions.enumerated() {
            let key = row.value(index).shownText
            keys.append(key)
            if differing[index] {
                labels.append(row.optionalText(next) ?? key)
                next += 1
            } else {
                labels.append(label(key, dimension))
            }
        }
        let figure = Figure.make(metric, n: row.integer(width), hits: row.optionalInteger(width + 1), value: row.real(width + 2))
        return Answer.Group(keys: keys, labels: labels, figure: figure)
    }

    func label(_ key: String, _ dimension: Dimension) -> String {
        if key.isEmpty { return "未注明" }
        if let word = dimension.words[key] { return word.chinese }
        if case .region = dimension.kind, let number = Int64(key), let name = regions.name(of: number) { return name }
        return key
    }

    /// Groups instead of a total, where the rows were sampled in several ways.
    private func mixedGroups(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group]? {
        guard let name = metric.needsOne, !question.by.contains(name) else { return nil }
        var split = question
        split.by = [name]
        let groups = try figures(fact, metric, split, session)
        return groups.count > 1 ? groups : nil
    }

    private func suppressed(_ metric: Metric) -> (Answer.Group) -> Answer.Group {
        { group in
            guard metric.isConfidential, !viewer.seesConfidential, group.figure.n < Self.smallCell else { return group }
            return hidden(group)
        }
    }

    /// A single hidden cell could be had by subtracting the others from the total; so the next smallest is hidden with it.
    private func hidingOneMore(_ groups: [Answer.Group]) -> [Answer.Group] {
        guard groups.count(where: \.figure.isSuppressed) == 1 else { return groups }
        let shown = groups.indices.filter { !groups[$0].figure.isSuppressed }
        guard let smallest = shown.min(by: { groups[$0].figure.n < groups[$1].figure.n }) else { return groups }
        var result = groups
        result[smallest] = hidden(groups[smallest])
        return result
    }

    private func hidden(_ group: Answer.Group) -> Answer.Group {
        Answer.Group(keys: group.keys, labels: group.labels, figure: Figure(value: nil, n: 0, isSuppressed: true))
    }

    private func notes(_ metric: Metric, _ figure: Figure, _ groups: [Answer.Group]) -> [String] {
        var notes: [String] = []
        if case .sum = metric.kind, figure.n == 0 { notes.append("缺数据：没有一行填报") }
        if case .ratio = metric.kind, !figure.isSuppressed, figure.value == nil { notes.append("缺数据：没有一行两个数都填报") }
        if metric.isShare, figure.n == 0 { notes.append("没有可计算的样本") }
        if let interval = figure.interval, interval.upperBound - interval.lowerBound > 0.2 { notes.append("样本量不足") }
        if figure.isSuppressed || groups.contains(where: \.figure.isSuppressed) { notes.append("不足3家的数已隐去") }
        return notes
    }
}

extension Figure {
    /// A figure of a metric from what the engine counted.
    static func make(_ metric: Metric, n: Int64, hits: Int64?, value: Double?) -> Figure {
        guard metric.isShare else { return Figure(value: value, n: n) }
        let hits = hits ?? 0
        guard n > 0 else { return Figure(value: nil, n: 0, hits: 0) }
        let interval = Proportion(Int(hits), of: Int(n))?.interval()
        return Figure(value: Double(hits) / Double(n), n: n, hits: hits, interval: interval.map { $0.low...$0.high })
    }
}

extension Value {
    /// The value as a group's key: empty for a null.
    var shownText: String {
        switch self {
        case .null, .blob: ""
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        }
    }
}
