import Storage
import Values

extension Asking {
    /// Whether a metric's single values are not for the viewer.
    func isGuarded(_ metric: Metric) -> Bool {
        metric.isConfidential && !viewer.sees(metric.columns.isEmpty ? [metric.name] : metric.columns)
    }

    /// The same answer with what would tell a single firm's figure hidden: only sums of cells of a fixed tree are shown, by the latest position,
    /// so that neither filters nor earlier answers can be set against each other.
    func guarded(_ answer: Answer, _ fact: Fact, _ session: any Session) throws -> Answer {
        guard !answer.metric.isRatio, let dimensions = fact.guarded,
            let asked = try GuardedQuestion(answer.question, fact, dimensions, viewer: viewer, regions: regions),
            try LastChange.position(of: fact.tables(Question(fact.name)), session) <= answer.position
        else {
            return answer.hidden(noting: ["「\(answer.metric.label.chinese)」" + GuardedAnswerWords.onlyTotals]) { _ in
                false
            } whole: {
                false
            }
        }
        let cells = try cells(fact, answer.metric, dimensions, asked, session)
        let (period, place) = (answer.question.by.firstIndex(of: dimensions.period), answer.question.by.firstIndex(of: dimensions.place))
        func found(_ key: String?) -> GuardedCells? { key.flatMap { cells[$0] } }
        return answer.hidden(noting: [GuardedAnswerWords.fewHidden]) { group in
            guard let key = period.map({ group.keys[$0] }) ?? asked.period else { return false }
            guard let own = found(key) else { return true }
            return own.covers { asked.takes($0, in: place.map { group.keys[$0] }) }
        } whole: {
            guard let period = asked.period else { return false }
            return found(period)?.covers { asked.takes($0, in: nil) } ?? true
        }
    }

    /// The cells of each period that is asked about, over the whole store whoever asks.
    private func cells(
        _ fact: Fact, _ metric: Metric, _ dimensions: GuardedDimensions, _ asked: GuardedQuestion, _ session: any Session
    ) throws -> [String: GuardedCells] {
        let filters = asked.period.map { [Question.Filter(dimensions.period, [$0])] } ?? []
        let counting = Question(fact.name, metric: metric.name, where: filters, by: [dimensions.place, dimensions.period])
        var counts: [String: [(String, Int64)]] = [:]
        for group in try unrestricted.figures(fact, metric, counting, session) {
            counts[group.keys[1], default: []].append((group.keys[0], group.figure.n))
        }
        return counts.mapValues { GuardedCells($0, path: regions.path) }
    }

}

/// What stands beside an answer of which something is hidden.
package enum GuardedAnswerWords {
    package static let fewHidden = "不足3家、或相减就能得出单户的数已隐去"
    package static let onlyTotals = "的单户数不对您开放：只给最新的、一个年度一个地区的合计，只按年度或地区分组"
}

/// A question for a confidential sum as far as it keeps to the fixed cells.
private struct GuardedQuestion {
    /// nil where periods are asked by.
    private(set) var period: String?
    /// The places whose rows are asked about; nil for all, also those without a place.
    private var places: Set<Int64>?
    private let structure: (any DivisionStructure)?

    init?(_ question: Question, _ fact: Fact, _ dimensions: GuardedDimensions, viewer: Viewer, regions: any RegionScope) throws {
        structure = regions.structure(question.structure)
        if question.on != nil { guard case .timeless = fact.time else { return nil } }
        guard question.by.allSatisfy({ [dimensions.period, dimensions.place].contains($0) }) else { return nil }
        for filter in question.filters {
            guard filter.values.count == 1, let value = filter.values.first, !value.isEmpty else { return nil }
            if filter.dimension == dimensions.period, period == nil {
                period = value
            } else if filter.dimension == dimensions.place, places == nil, let within = try? regions.within(value, question) {
                places = Set(within)
            } else {
                return nil
            }
        }
        guard let own = try regions.entrusted(to: viewer.actor) else { return }
        let seen = places?.intersection(own) ?? Set(own)
        guard !seen.isEmpty else { return nil }
        places = seen
    }

    /// Whether the rows that name a place and no finer one are counted, in the group of a key where there is one.
    func takes(_ place: Int64?, in group: String?) -> Bool {
        if let group {
            let key = place.map { String(structure?.group(of: $0) ?? $0) } ?? ""
            guard key == group else { return false }
        }
        guard let places else { return true }
        return place.map(places.contains) ?? false
    }
}

extension Answer {
    /// The same with some of its figures hidden.
    fileprivate func hidden(noting words: [String], _ shows: (Group) -> Bool, whole: () -> Bool) -> Answer {
        let nothing = Figure(value: nil, n: 0, isSuppressed: true)
        var isHidden = false
        let groups = groups.map { group in
            if shows(group) { return group }
            isHidden = true
            return Group(keys: group.keys, labels: group.labels, figure: nothing)
        }
        let isWhole = whole()
        let told = isHidden || !isWhole ? notes.filter { !$0.hasPrefix("缺数据") } + words : notes
        return Answer(
            question: question, metric: metric, figure: isWhole ? figure : nothing, groups: groups, notes: told, position: position,
            isCounted: isCounted)
    }
}
