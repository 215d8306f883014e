package import Storage
import Values

/// How far a long question has come; throwing from it stops the question.
package typealias QuestionProgress = @Sendable (_ done: Int64, _ total: Int64) throws -> Void

/// A question whose rows a page would have to wait for.
package struct LongQuestion: Error {
    /// With its position.
    package let question: Question
}

/// Where answers are kept, by question with its position and whether the answer has its total.
package struct AnswerShelf: Sendable {
    let find: @Sendable (Question, Bool) -> Answer?
    let keep: @Sendable (Answer, Question, Bool) -> Void

    package init(
        find: @escaping @Sendable (Question, Bool) -> Answer?, keep: @escaping @Sendable (Answer, Question, Bool) -> Void = { _, _, _ in }
    ) {
        self.find = find
        self.keep = keep
    }
}

extension Asking {
    /// Whether a question has to walk many rows: no counter has it, and no filter finds its rows by an index.
    package func isLong(_ question: Question, _ session: any Session, wantsTotal: Bool = true) throws -> Bool {
        let fact = try catalogue.fact(question.fact)
        guard try !isCounted(whole: question, fact, wantsTotal: wantsTotal),
            !question.filters.contains(where: { fact.found.contains($0.dimension) })
        else { return false }
        guard let count = fact.countMetric else { return false }
        let whole = Question(question.fact, metric: count.name, known: question.known)
        guard isCounted(whole), try ask(whole, session).figure.n > rowsAtOnce else { return false }
        // What an index narrows to few rows is walked at once.
        var narrowed = whole
        narrowed.structure = question.structure
        narrowed.filters = question.filters.filter { fact.indexed.contains($0.dimension) }
        guard !narrowed.filters.isEmpty, isCounted(narrowed) else { return true }
        return try ask(narrowed, session).figure.n > rowsAtOnce / 4
    }

    /// Whether counters have the groups and, where one is given, the total beside them.
    private func isCounted(whole question: Question, _ fact: Fact, wantsTotal: Bool) throws -> Bool {
        guard isCounted(question) else { return false }
        let one = try fact.metric(question.metric).needsOne
        guard wantsTotal, !question.by.isEmpty, one.map(question.by.contains) ?? true else { return true }
        var total = question
        total.by = []
        return isCounted(total)
    }

    /// The same, answering what is not counted in stretches of records, with its progress told between them.
    package func walking(_ progress: @escaping QuestionProgress) -> Asking {
        var copy = self
        copy.progress = progress
        return copy
    }

    /// The same, with a shelf of answers that were found before.
    package func keeping(_ shelf: AnswerShelf) -> Asking {
        var copy = self
        copy.kept = shelf
        return copy
    }

    /// The same, throwing `LongQuestion` where rows would have to be walked.
    package var refusing: Asking {
        var copy = self
        copy.refusesLong = true
        return copy
    }
}

/// Counts rows stretch by stretch of their numbers, and adds up what can be added; things counted once are held until the end.
struct FigureWalk {
    let asking: Asking
    let fact: Fact
    let metric: Metric
    let question: Question
    /// Told between stretches; nil walks all rows at once.
    let progress: QuestionProgress?

    private struct Sums {
        var n: Int64 = 0
        var hits: Int64 = 0
        var value: Int64 = 0
        var whole: Int64 = 0
        var things: [ThingMark: Bool] = [:]
    }

    /// The groups met so far, each with its sums at its place.
    private struct Groups {
        var places: [[String]: Int] = [:]
        var sums: [Sums] = []

        mutating func place(_ keys: [String]) -> Int {
            if let place = places[keys] { return place }
            places[keys] = sums.count
            sums.append(Sums())
            return sums.count - 1
        }
    }

    func figures(_ session: any Session) throws -> [Answer.Group] {
        let dimensions = try question.by.map(fact.dimension)
        let folding = GroupFolding(question, dimensions, asking.regions)
        var found = Groups()
        if dimensions.isEmpty { _ = found.place([]) }
        try forEachStatement(dimensions, session) { statement in
            try session.forEach(statement) { row in
                let keys = (0..<dimensions.count).map { row.value($0).shownText }
                let place = found.place(folding?.keys(keys) ?? keys)
                add(row, width: dimensions.count, to: &found.sums[place])
            }
        }
        let groups = found.places.map { keys, place in Answer.Group(keys: keys, labels: [], figure: figure(found.sums[place])) }
        let reader = CounterReader(fact: fact, metric: metric, question: question, regions: asking.regions, viewer: asking.viewer)
        return try reader.named(CounterReader.ordered(groups), dimensions, session)
    }

    private func forEachStatement(_ dimensions: [Dimension], _ session: any Session, _ body: (SQL) throws -> Void) throws {
        guard let progress else { return try body(statement(dimensions, [])) }
        let last = try session.integer("select coalesce(max(id), 0) from \(fact.table.name)")
        for start in stride(from: Int64(0), to: last, by: Int(asking.stretch)) {
            try progress(start, last)
            try body(statement(dimensions, ["f.id > \(start)", "f.id <= \(start + asking.stretch)"]))
        }
        try progress(last, last)
    }

    private func statement(_ dimensions: [Dimension], _ bounds: [SQL]) throws -> SQL {
        let composer = QuestionComposer(fact: fact, question: question, viewer: asking.viewer, regions: asking.regions)
        let selection = try MetricSelection(fact: fact, metric: metric)
        let source = try composer.source(extra: selection.dimensions, conditions: selection.conditions + bounds)
        let keys = dimensions.map(\.expression)
        let numbers: [SQL]
        switch metric.kind {
        case .count: numbers = ["count(*)"]
        case .sum(let expression): numbers = ["count(\(expression))", "sum(\(expression))"]
        case .ratio(let part, let whole): numbers = ["count(*)", "sum(\(part))", "sum(\(whole))"]
        case .share: numbers = ["count(*)", selection.hits]
        // Within a stretch a thing has few rows: finding it among those met costs less than having the engine group them.
        case .distinct(let expression): numbers = [expression]
        case .shareOfGroups(_, _, _, let group): numbers = [group, selection.perGroup?.hit ?? "null"]
        }
        let grouping: SQL = keys.isEmpty || countsThings ? "" : " group by " + keys.joined(", ")
        let list = keys + numbers
        return ("select " + list.joined(", ") + source + grouping).asked(at: question.known)
    }

    private var countsThings: Bool {
        switch metric.kind {
        case .distinct, .shareOfGroups: true
        case .count, .sum, .ratio, .share: false
        }
    }

    private func add(_ row: Row, width: Int, to sum: inout Sums) {
        switch metric.kind {
        case .count: sum.n += row.integer(width)
        case .sum:
            sum.n += row.integer(width)
            sum.value += row.integer(width + 1)
        case .ratio:
            sum.n += row.integer(width)
            sum.value += row.integer(width + 1)
            sum.whole += row.integer(width + 2)
        case .share:
            sum.n += row.integer(width)
            sum.hits += row.integer(width + 1)
        case .distinct:
            if !row.value(width).isNull { sum.things[ThingMark(row.value(width).shownText)] = true }
        case .shareOfGroups:
            let thing = ThingMark(row.value(width).shownText)
            // A thing meets the condition while all its rows do.
            if row.integer(width + 1) != 1 { sum.things[thing] = false } else if sum.things[thing] == nil { sum.things[thing] = true }
        }
    }

    private func figure(_ sums: Sums) -> Figure {
        switch metric.kind {
        case .count: Figure.make(metric, n: sums.n, hits: nil, value: Double(sums.n))
        case .sum: Figure.make(metric, n: sums.n, hits: nil, value: sums.n == 0 ? nil : Double(sums.value))
        case .ratio: Figure.make(metric, n: sums.n, hits: nil, value: sums.whole == 0 ? nil : Double(sums.value) / Double(sums.whole))
        case .share: Figure.make(metric, n: sums.n, hits: sums.hits, value: nil)
        case .distinct: Figure.make(metric, n: Int64(sums.things.count), hits: nil, value: Double(sums.things.count))
        case .shareOfGroups:
            Figure.make(metric, n: Int64(sums.things.count), hits: Int64(sums.things.values.count { $0 }), value: nil)
        }
    }
}
