import Storage
import Values

/// Answers a question from the counters kept with every write, where one of its cubes has all that the question names.
///
/// Totals answer the latest position; any earlier one is answered by what each cell came to with the last act before it. Both cost as
/// much as there are cells, however many rows or acts there have been.
struct CounterReader {
    let fact: Fact
    let metric: Metric
    let question: Question
    let regions: any RegionScope
    let viewer: Viewer

    private static let columns: [Identifier] = ["k1", "k2", "k3", "k4", "k5", "k6"]

    var applies: Bool { cube != nil || groups != nil }

    /// The first cube that has the metric and every dimension; cubes stand with the smallest first.
    private var cube: Tally.Cube? {
        guard let tally = fact.counted, isOfAnyDay else { return nil }
        let names = names
        return tally.cubes.first { cube in names.allSatisfy(cube.keys.contains) && (isCount || cube.metrics.contains(metric.name)) }
    }

    /// Whether the day asked about changes nothing: none is, or the rows carry their own periods.
    var isOfAnyDay: Bool {
        if case .timeless = fact.time { return true }
        return question.on == nil
    }

    private var isCount: Bool {
        if case .count = metric.kind { return metric.needsOne == nil }
        return false
    }

    private var names: [String] {
        question.by + question.filters.map(\.dimension) + (viewer.region == nil ? [] : [fact.scope ?? ""])
    }

    func figures(_ session: any Session) throws -> [Answer.Group] {
        if let groups, let tally = fact.counted {
            return try GroupReader(reader: self, tally: tally, groups: groups, names: names).figures(session)
        }
        guard let cube, let tally = fact.counted else { return [] }
        let dimensions = try question.by.map(fact.dimension)
        let grouping = try question.by.map { try key($0, in: cube.keys).sql }
        let parts = parts
        func sum(_ part: String?) -> SQL { part.map { "sum(case when metric = \($0) then value else 0 end)" } ?? "null" }
        let list = grouping + [sum(parts.n), sum(parts.hits), sum(parts.value), sum(parts.whole), sum(parts.presence)]
        let wanted = Set([parts.n, parts.hits, parts.value, parts.whole, parts.presence].compactMap { $0 }).sorted()
        var conditions: [SQL] = ["c.fact = \(tally.name(cube))", "c.metric in \(texts(wanted))"]
        conditions += try self.conditions { "c.\(try key($0, in: cube.keys))" }
        var sql: SQL = "select " + list.joined(", ") + (try source(conditions, session))
        if !grouping.isEmpty { sql += " group by " + grouping.joined(", ") }
        let groups: [Answer.Group] = try session.rows(sql).compactMap { row in
            let width = dimensions.count
            if width > 0, row.integer(width + 4) == 0 { return nil }
            return Answer.Group(keys: dimensions.indices.map { row.text($0) }, labels: [], figure: figure(row, from: width))
        }
        return try named(Self.ordered(groups), dimensions, session)
    }

    /// Which numbers of a cell make the figure; `presence` tells that there is a row at all.
    private var parts: (n: String, hits: String?, value: String?, whole: String?, presence: String) {
        let name = metric.name
        return switch metric.kind {
        case .count: ("count", nil, "count", nil, "count")
        case .sum: (name + "#", nil, name, nil, "count")
        case .ratio: (name + "#", nil, name, name + "/", name + "#")
        case .share: (name + "#", name + "+", nil, nil, name + "#")
        case .distinct, .shareOfGroups: ("count", nil, nil, nil, "count")
        }
    }

    private func figure(_ row: Row, from width: Int) -> Figure {
        let n = row.integer(width)
        var value = row.real(width + 2)
        switch metric.kind {
        case .count: value = value ?? 0
        case .sum: if n == 0 { value = nil }
        case .ratio:
            let whole = row.real(width + 3) ?? 0
            value = n == 0 || whole == 0 ? nil : value.map { $0 / whole }
        case .share, .shareOfGroups, .distinct: break
        }
        return Figure.make(metric, n: n, hits: row.optionalInteger(width + 1), value: value)
    }

    /// Groups by their keys: numbers by their size, texts by their letters, what has none first.
    static func ordered(_ groups: [Answer.Group]) -> [Answer.Group] {
        groups.sorted { left, right in
            for (first, second) in zip(left.keys, right.keys) where first != second {
                if let one = Int64(first), let other = Int64(second) { return one < other }
                return first < second
            }
            return false
        }
    }

    /// Groups with their texts.
    func named(_ groups: [Answer.Group], _ dimensions: [Dimension], _ session: any Session) throws -> [Answer.Group] {
        let naming = try GroupNames(dimensions: dimensions, groups: groups, known: question.known, session)
        let asking = Asking(catalogue: FactCatalogue([fact]), viewer: viewer, regions: regions)
        return groups.map { group in
            let labels = zip(group.keys, dimensions).enumerated().map { place, pair in
                naming.name(pair.0, at: place) ?? asking.label(pair.0, pair.1)
            }
            return Answer.Group(keys: group.keys, labels: labels, figure: group.figure)
        }
    }

    /// The cells as they are now, or as they were at the position asked.
    func source(_ conditions: [SQL], _ session: any Session) throws -> SQL {
        let wheres = " where " + conditions.joined(" and ")
        guard let known = question.known, try known < JournalQuery.head(session).position else { return " from counter as c" + wheres }
        return """
             from (select c.k1, c.k2, c.k3, c.k4, c.k5, c.k6, c.metric, (
                select p.value from counter_past as p where p.fact = c.fact and p.k1 = c.k1 and p.k2 = c.k2 and p.k3 = c.k3 and p.k4 = c.k4
                    and p.k5 = c.k5 and p.k6 = c.k6 and p.metric = c.metric and p.position <= \(known)
                order by p.position desc limit 1) as value
             from counter as c\(wheres)) as cell
            """
    }

    /// The filters and the viewer's scope over the cells' keys.
    func conditions(_ key: (String) throws -> SQL) throws -> [SQL] {
        var conditions = try question.filters.map { "\(try key($0.dimension)) in \(texts(try expanded($0)))" as SQL }
        if let region = viewer.region, let scope = fact.scope {
            conditions.append("\(try key(scope)) in \(texts(try regions.within(String(region)).map(String.init)))")
        }
        return conditions
    }

    func expanded(_ filter: Question.Filter) throws -> [String] {
        if case .region = try fact.dimension(filter.dimension).kind { return try filter.values.flatMap { try regions.within($0) }.map(String.init) }
        return filter.values
    }

    private func key(_ name: String, in keys: [String]) throws -> Identifier {
        guard let index = keys.firstIndex(of: name), index < Self.columns.count else {
            throw Failure(.internal, "question.not-counted", "维度 \(name) 没有计数")
        }
        return Self.columns[index]
    }

    func texts(_ values: [String]) -> SQL { SQL.list(values.map(Value.text)) }
}

// MARK: Things counted once

extension CounterReader {
    /// The groups kept for the metric, where every pinned key has one value or is asked by, and nothing but the leaf is filtered else.
    var groups: Tally.Groups? {
        guard let tally = fact.counted, isOfAnyDay else { return nil }
        let named = Set(names)
        return tally.groups.first { groups in
            groups.metric == metric.name && !question.by.contains(groups.leaf) && named.isSubset(of: groups.pinned + [groups.leaf])
                && groups.pinned.allSatisfy { name in
                    question.by.contains(name) || question.filters.contains { $0.dimension == name && $0.values.count == 1 }
                }
        }
    }
}

/// Reads cells of things: each stands in the cell of all its leaf values together, so that cells of a region are those that meet it.
struct GroupReader {
    let reader: CounterReader
    let tally: Tally
    let groups: Tally.Groups
    let names: [String]

    private static let columns: [Identifier] = ["k2", "k3", "k4", "k5", "k6"]

    func figures(_ session: any Session) throws -> [Answer.Group] {
        let dimensions = try reader.question.by.map(reader.fact.dimension)
        let wanted = try wantedLeaves
        let keys = try reader.question.by.map { try key($0).sql }
        var found: [[String]: (n: Int64, hits: Int64)] = [:]
        for several in [false, true] {
            var conditions: [SQL] = ["c.fact = \(several ? tally.severalName(groups) : tally.name(groups))"]
            if let wanted, !several { conditions.append("c.k1 in \(reader.texts(wanted.sorted().flatMap { [$0 + ":+", $0 + ":-"] }))") }
            for filter in reader.question.filters where filter.dimension != groups.leaf {
                conditions.append("c.\(try key(filter.dimension)) in \(reader.texts(filter.values))")
            }
            let sql: SQL = "select " + (["k1", "value"] + keys).joined(", ") + (try reader.source(conditions, session))
            try session.forEach(sql) { row in
                guard row.integer(1) != 0, let hit = hit(row.text(0), wanted) else { return }
                let group = keys.indices.map { row.text($0 + 2) }
                let before = found[group] ?? (0, 0)
                found[group] = (before.n + row.integer(1), before.hits + (hit ? row.integer(1) : 0))
            }
        }
        if dimensions.isEmpty { found[[]] = found[[]] ?? (0, 0) }
        let groups = found.map { keys, count in
            let isDistinct = if case .distinct = reader.metric.kind { true } else { false }
            return Answer.Group(
                keys: keys, labels: [],
                figure: Figure.make(reader.metric, n: count.n, hits: count.hits, value: isDistinct ? Double(count.n) : nil))
        }
        return try reader.named(CounterReader.ordered(groups), dimensions, session)
    }

    /// The leaf values that filters and scope leave; nil for all.
    private var wantedLeaves: Set<String>? {
        get throws {
            var wanted: Set<String>?
            func narrow(_ values: [String]) { wanted = wanted.map { $0.intersection(values) } ?? Set(values) }
            for filter in reader.question.filters where filter.dimension == groups.leaf { narrow(try reader.expanded(filter)) }
            if let region = reader.viewer.region, reader.fact.scope == groups.leaf {
                narrow(try reader.regions.within(String(region)).map(String.init))
            }
            return wanted
        }
    }

    /// Whether the things of a cell meet the condition within the wanted leaves; nil where they have no row there.
    private func hit(_ cell: String, _ wanted: Set<String>?) -> Bool? {
        var result: Bool?
        for mark in cell.split(separator: ";") {
            let leaf = String(mark.dropLast(2))
            guard wanted?.contains(leaf) ?? true else { continue }
            result = (result ?? true) && mark.hasSuffix("+")
        }
        return result
    }

    private func key(_ name: String) throws -> Identifier {
        guard let index = groups.pinned.firstIndex(of: name), index < Self.columns.count else {
            throw Failure(.internal, "question.not-counted", "维度 \(name) 没有计数")
        }
        return Self.columns[index]
    }
}
