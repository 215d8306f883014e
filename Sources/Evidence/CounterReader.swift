import Storage
import Values

/// Answers a question from the counters kept with every write, where its dimensions are all counted.
///
/// Current totals answer the latest position; signed changes per day answer the end of an earlier day. Any other position is
/// counted from rows.
struct CounterReader {
    let fact: Fact
    let metric: Metric
    let question: Question
    let regions: any RegionScope
    let viewer: Viewer

    private static let keys: [Identifier] = ["k1", "k2", "k3", "k4"]

    /// The rows of the counters that an answer may use.
    private enum Source {
        case totals
        case changes(until: Day)
    }

    func applies(_ session: any Session) throws -> Bool { try source(session) != nil }

    private func source(_ session: any Session) throws -> Source? {
        guard !fact.counted.isEmpty, question.on == nil, usable, names.allSatisfy(fact.counted.contains) else { return nil }
        guard let known = question.known else { return .totals }
        guard let entry = try JournalQuery.entry(session, at: known) else { return known == 0 ? nil : .totals }
        return try JournalQuery.position(session, endOf: entry.time.day) == known ? .changes(until: entry.time.day) : nil
    }

    private var usable: Bool {
        switch metric.kind {
        case .count, .share: true
        case .sum, .distinct, .shareOfGroups, .ratio: false
        }
    }

    private var names: [String] {
        var names = question.by + question.filters.map(\.dimension)
        if case .share(_, _, let dimension) = metric.kind { names.append(dimension) }
        if let one = metric.needsOne { names.append(one) }
        if viewer.region != nil { names.append(fact.scope ?? "") }
        return names
    }

    func figures(_ session: any Session) throws -> [Answer.Group] {
        guard let source = try source(session) else { return [] }
        let dimensions = try question.by.map(fact.dimension)
        let grouping = try question.by.map { try key($0).sql }
        var list = grouping
        switch metric.kind {
        case .share(let of, _, let name):
            list += ["sum(value)", "sum(case when \(try key(name)) in \(texts(of)) then value else 0 end)", "null"]
        case .count, .sum, .distinct, .shareOfGroups, .ratio:
            list += ["sum(value)", "null", "sum(value)"]
        }
        var sql: SQL = "select " + list.joined(", ") + table(source) + " and " + (try conditions()).joined(" and ")
        if !grouping.isEmpty { sql += " group by " + grouping.joined(", ") + " having sum(value) <> 0 order by " + grouping.joined(", ") }
        let asking = Asking(catalogue: FactCatalogue([fact]), viewer: viewer, regions: regions)
        return try session.rows(sql).map { row in
            let keys = dimensions.indices.map { row.text($0) }
            let figure = Figure.make(
                metric, n: row.integer(dimensions.count), hits: row.optionalInteger(dimensions.count + 1), value: row.real(dimensions.count + 2) ?? 0)
            return Answer.Group(keys: keys, labels: zip(keys, dimensions).map { asking.label($0, $1) }, figure: figure)
        }
    }

    private func table(_ source: Source) -> SQL {
        switch source {
        case .totals: " from counter where fact = \(fact.name)"
        case .changes(let day): " from counter_change where fact = \(fact.name) and day <= \(day)"
        }
    }

    private func conditions() throws -> [SQL] {
        var conditions: [SQL] = ["metric = 'count'"]
        for filter in question.filters { conditions.append(try "\(key(filter.dimension)) in \(texts(try expanded(filter)))") }
        if case .share(_, let among, let name) = metric.kind { conditions.append(try "\(key(name)) in \(texts(among))") }
        if let one = metric.needsOne, !metric.leavesOut.isEmpty { conditions.append(try "\(key(one)) not in \(texts(metric.leavesOut))") }
        if let region = viewer.region, let scope = fact.scope {
            conditions.append(try "\(key(scope)) in \(texts(regions.within(String(region)).map(String.init)))")
        }
        return conditions
    }

    private func expanded(_ filter: Question.Filter) throws -> [String] {
        if case .region = try fact.dimension(filter.dimension).kind { return try filter.values.flatMap { try regions.within($0) }.map(String.init) }
        return filter.values
    }

    private func key(_ name: String) throws -> Identifier {
        guard let index = fact.counted.firstIndex(of: name), index < Self.keys.count else {
            throw Failure(.internal, "question.not-counted", "维度 \(name) 没有计数")
        }
        return Self.keys[index]
    }

    private func texts(_ values: [String]) -> SQL { SQL.list(values.map(Value.text)) }
}
