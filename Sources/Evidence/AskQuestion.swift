import QualityStatistics
package import Storage
import Values

/// Answers questions: from the counters where they suffice, else from the rows.
package struct Asking: Sendable {
    package let catalogue: FactCatalogue
    package private(set) var viewer: Viewer
    package let regions: any RegionScope
    /// Rows that are counted while a page waits.
    package var rowsAtOnce: Int64 = 200_000
    /// Record numbers that a long question walks between two words about its progress.
    package var stretch: Int64 = 50_000
    /// Set where what is not counted is walked in stretches.
    var progress: QuestionProgress?
    /// Set where a long question is refused, so that a page can wait for a job.
    var refusesLong = false
    /// Answers that were found before, by question with its position and whether it has its total.
    var kept: AnswerShelf?
    /// Answers of a walk that was made for this page before, and where those of this one are noted.
    var bundle: AnswerBundle?
    var recorder: AnswerRecorder?

    package init(catalogue: FactCatalogue, viewer: Viewer, regions: any RegionScope) {
        self.catalogue = catalogue
        self.viewer = viewer
        self.regions = regions
    }

    /// The same with the eyes of the office, to find which cells may be shown to others.
    var unrestricted: Asking {
        var copy = self
        copy.viewer = Viewer(.local)
        copy.progress = nil
        return copy
    }

    /// - Parameter wantsTotal: false where the groups alone are read; a total of things counted once may have to be counted from rows.
    package func ask(_ question: Question, _ session: any Session, wantsTotal: Bool = true) throws -> Answer {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        try admit(fact, question)
        let position = try question.known ?? JournalQuery.head(session).position
        let asked = question
        let settled = try settled(question, session)
        if let answer = bundle?.find(settled, at: position, wantsTotal) { return answer.at(position, for: asked) }
        var pinned = settled
        pinned.known = position
        var kept = kept
        if kept != nil {
            // An answer stays the same until one of its tables changes.
            let changed = try LastChange.position(of: fact.tables(settled), session)
            if changed < position { pinned.known = changed }
            // What was shown while it was the latest is not shown beside what came after it.
            if changed > position, isGuarded(metric) { kept = nil }
        }
        if let kept {
            if let answer = kept.find(pinned, wantsTotal) {
                recorder?.add(answer, to: settled, at: position, wantsTotal)
                return answer.at(position, for: asked)
            }
        }
        let question = try current(settled, session)
        if refusesLong, try isLong(question, session, wantsTotal: wantsTotal) { throw LongQuestion(question: pinned) }
        var answer = try answer(fact, metric, question, at: position, session, wantsTotal: wantsTotal)
        if isGuarded(metric) { answer = try guarded(answer, fact, session) }
        kept?.keep(answer, pinned, wantsTotal)
        recorder?.add(answer, to: settled, at: position, wantsTotal)
        return answer.at(position, for: asked)
    }

    /// The same question without its position where nothing that could answer it has changed since: the links of a page that is a minute old
    /// name a position, and what is current is found by shorter ways than what was once.
    func current(_ question: Question, _ session: any Session) throws -> Question {
        guard let known = question.known else { return question }
        let fact = try catalogue.fact(question.fact)
        guard try LastChange.position(of: fact.allTables, session) <= known else { return question }
        var current = question
        current.known = nil
        return current
    }

    private func answer(
        _ fact: Fact, _ metric: Metric, _ question: Question, at position: Int64, _ session: any Session, wantsTotal: Bool
    ) throws -> Answer {
        let split = try methodGroups(fact, metric, question, session)
        if let split, split.count > 1 {
            return Answer(
                question: question, metric: metric, figure: Figure(value: nil, n: split.reduce(0) { $0 + $1.figure.n }), groups: split,
                notes: ["抽样方式混合，只分组给出，不给合计"] + (try apartNotes(fact, question, session)), position: position,
                isCounted: isCounted(question))
        }
        let groups = question.by.isEmpty ? [] : try figures(fact, metric, question, session)
        var total = question
        total.by = []
        // Where all rows were sampled in one way, that group is the whole.
        var whole = split?.first
        if whole == nil, split == nil, wantsTotal || question.by.isEmpty { whole = try figures(fact, metric, total, session).first }
        let figure = whole?.figure ?? Figure.make(metric, n: 0, hits: 0, value: metric.ofNothing)
        let notes = try notes(metric, figure, groups) + apartNotes(fact, question, session)
        return Answer(
            question: question, metric: metric, figure: figure, groups: groups, notes: notes, position: position,
            isCounted: isCounted(question))
    }

    /// How many rows the values of the one dimension asked by have, without texts, where the counters tell that at once; for choices of which only
    /// the most frequent are shown.
    package func counts(_ question: Question, _ session: any Session) throws -> ValueCounts? {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        try admit(fact, question)
        guard !metric.isConfidential else { return nil }
        let question = try current(settled(question, session), session)
        return try CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer).counts(session)
    }

    /// The texts of some values of a dimension.
    package func labels(_ keys: [String], of name: String, _ question: Question, _ session: any Session) throws -> [String] {
        let fact = try catalogue.fact(question.fact)
        let dimension = try fact.dimension(name)
        let numbers = Set(keys.compactMap { Int64($0) })
        let texts = try dimension.names?.names(numbers, known: question.known, session) ?? [:]
        return keys.map { texts[$0] ?? label($0, dimension) }
    }

    /// Whether the counters alone answer a question: it costs as much as there are cells, however many rows there are.
    package func isCounted(_ question: Question) -> Bool {
        guard let fact = try? catalogue.fact(question.fact), let metric = try? fact.metric(question.metric) else { return false }
        var asked = question
        if let one = metric.needsOne, question.by.isEmpty { asked.by = [one] }
        return CounterReader(fact: fact, metric: metric, question: asked, regions: regions, viewer: viewer).applies
    }

    /// Whether the counters answer at once; a cube of hundreds of thousands of cells does so only where its first key is restricted.
    package func isQuick(_ question: Question, _ session: any Session) throws -> Bool {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        return try CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer).isQuick(session)
    }

    private func admit(_ fact: Fact, _ question: Question) throws {
        guard !fact.isConfidential || viewer.sees([fact.name]) else {
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
    func figures(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group] {
        let counters = CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer)
        if counters.applies { return try counters.figures(session) }
        if try progress != nil || GroupFolding(question, question.by.map(fact.dimension), regions) != nil {
            let walk = FigureWalk(asking: self, fact: fact, metric: metric, question: question, progress: progress)
            return try walk.figures(session)
        }
        return try rowFigures(fact, metric, question, session)
    }

    private func rowFigures(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group] {
        let composer = QuestionComposer(fact: fact, question: question, viewer: viewer, regions: regions)
        let selection = try MetricSelection(fact: fact, metric: metric)
        let dimensions = try question.by.map(fact.dimension)
        let keys = dimensions.map(\.expression)
        let source = try composer.source(extra: selection.dimensions, conditions: selection.conditions)
        let select: SQL
        if let inner = selection.perGroup {
            let names = keys.isEmpty ? "" : keys.joined(", ") + ", "
            let aliased = keys.enumerated().map { "\($0.element) as \(Self.aliases[$0.offset])" as SQL }
            let outer = keys.indices.map { Self.aliases[$0].sql }
            let innerList = (aliased + [inner.group + " as grp", "min(\(inner.hit)) as hit"]).joined(", ")
            select =
                "select " + (outer + ["count(*)", "sum(hit)", "null"]).joined(", ")
                + " from (select " + innerList + source + " group by " + names + inner.group + ") as g"
                + (outer.isEmpty ? "" : " group by " + outer.joined(", ") + " order by " + outer.joined(", "))
        } else {
            select =
                "select " + (keys + [selection.n, selection.hits, selection.value]).joined(", ") + source
                + (keys.isEmpty ? "" : " group by " + keys.joined(", ") + " order by " + keys.joined(", "))
        }
        let groups = try session.rows(select.asked(at: question.known)).map { row in
            let width = dimensions.count
            let figure = Figure.make(metric, n: row.integer(width), hits: row.optionalInteger(width + 1), value: row.real(width + 2))
            return Answer.Group(keys: dimensions.indices.map { row.value($0).shownText }, labels: [], figure: figure)
        }
        let counters = CounterReader(fact: fact, metric: metric, question: question, regions: regions, viewer: viewer)
        return try counters.named(groups, dimensions, session)
    }

    private static let aliases: [Identifier] = ["a1", "a2"]

    func label(_ key: String, _ dimension: Dimension) -> String {
        if key.isEmpty { return "未注明" }
        if let word = dimension.words[key] { return word.chinese }
        if case .region = dimension.kind, let number = Int64(key), let name = regions.name(of: number) { return name }
        return key
    }

    /// The groups by the way of sampling, where one way is needed and nobody asked by it; several stand instead of a total.
    private func methodGroups(_ fact: Fact, _ metric: Metric, _ question: Question, _ session: any Session) throws -> [Answer.Group]? {
        guard let name = metric.needsOne, !question.by.contains(name) else { return nil }
        var split = question
        split.by = [name]
        let groups = try figures(fact, metric, split, session)
        return groups
    }

    private func notes(_ metric: Metric, _ figure: Figure, _ groups: [Answer.Group]) -> [String] {
        var notes: [String] = []
        if case .sum = metric.kind, figure.n == 0 { notes.append("缺数据：没有一行填报") }
        if case .ratio = metric.kind, !figure.isSuppressed, figure.value == nil { notes.append("缺数据：没有一行两个数都填报") }
        if metric.isShare, figure.n == 0 { notes.append("没有可计算的样本") }
        if let interval = figure.interval, interval.upperBound - interval.lowerBound > 0.2 { notes.append("样本量不足") }
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
