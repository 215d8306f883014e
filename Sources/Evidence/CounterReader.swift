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
        if let groups = try heldFigures(cube, tally, session) { return groups }
        let dimensions = try question.by.map(fact.dimension)
        let grouping = try question.by.map { try key($0, in: cube.keys).sql }
        let parts = parts
        let names = parts.all
        let list = grouping + names.map { "sum(case when metric = \($0) then value else 0 end)" as SQL }
        var conditions: [SQL] = ["c.fact = \(tally.name(cube))", "c.metric in \(texts(names))"]
        conditions += try self.conditions { "c.\(try key($0, in: cube.keys))" }
        var sql: SQL = "select " + list.joined(", ") + (try source(conditions, session))
        if !grouping.isEmpty { sql += " group by " + grouping.joined(", ") }
        let width = dimensions.count
        let found = try session.rows(sql).map { row in
            (dimensions.indices.map { row.text($0) }, names.indices.map { row.integer(width + $0) })
        }
        return try named(groups(Dictionary(found, uniquingKeysWith: { first, _ in first }), dimensions), dimensions, session)
    }

    /// The same from held cells; nil where the cube has too many.
    private func heldFigures(_ cube: Tally.Cube, _ tally: Tally, _ session: any Session) throws -> [Answer.Group]? {
        guard let cells = try session.cells(of: tally.name(cube), known: question.known) else { return nil }
        var sums = CellSums(cells)
        for condition in try wanted { sums.narrow(try place(condition.name, in: cube.keys), to: condition.values) }
        let parts = parts
        let found = sums.sums(of: parts.all, by: try question.by.map { try place($0, in: cube.keys) })
        let dimensions = try question.by.map(fact.dimension)
        return try named(groups(found, dimensions), dimensions, session)
    }

    /// Groups from their sums, those of former divisions with what took their place.
    private func groups(_ found: [[String]: [Int64]], _ dimensions: [Dimension]) -> [Answer.Group] {
        let (parts, sums) = (parts, GroupFolding(question, dimensions, regions)?.sums(found) ?? found)
        return Self.ordered(sums.compactMap { group($0.key, parts, $0.value) })
    }

    /// Whether the counters answer within a page's time: their cells are held, or the first key finds few of them.
    func isQuick(_ session: any Session) throws -> Bool {
        guard let tally = fact.counted else { return false }
        if groups != nil { return true }
        guard let cube else { return false }
        if let first = cube.keys.first, try wanted.contains(where: { $0.name == first }) { return true }
        return try session.cells(of: tally.name(cube), known: question.known) != nil
    }

    /// How many rows the values of the one dimension asked by have; nil where no held cells tell.
    func counts(_ session: any Session) throws -> ValueCounts? {
        guard isCount, question.by.count == 1, groups == nil, let cube, let tally = fact.counted else { return nil }
        guard let cells = try session.cells(of: tally.name(cube), known: question.known) else { return nil }
        var sums = CellSums(cells)
        for condition in try wanted { sums.narrow(try place(condition.name, in: cube.keys), to: condition.values) }
        let found = sums.sums(of: "count", by: try place(question.by[0], in: cube.keys))
        return ValueCounts(words: found.words, counts: found.sums)
    }

    /// What a group of cells came to; nil where it has no row.
    private func group(_ keys: [String], _ parts: Parts, _ sums: [Int64]) -> Answer.Group? {
        func sum(_ part: String?) -> Int64? { part.flatMap(parts.all.firstIndex).map { sums[$0] } }
        if !keys.isEmpty, sum(parts.presence) == 0 { return nil }
        let n = sum(parts.n) ?? 0
        var value = sum(parts.value).map(Double.init)
        switch metric.kind {
        case .count, .share, .shareOfGroups, .distinct: break
        case .sum: if n == 0 { value = nil }
        case .ratio:
            let whole = sum(parts.whole).map(Double.init) ?? 0
            value = n == 0 || whole == 0 ? nil : value.map { $0 / whole }
        }
        return Answer.Group(keys: keys, labels: [], figure: Figure.make(metric, n: n, hits: sum(parts.hits), value: value))
    }

    /// Which numbers of a cell make the figure; `presence` tells that there is a row at all.
    private struct Parts {
        let n: String
        let hits: String?
        let value: String?
        let whole: String?
        let presence: String

        /// Each once.
        let all: [String]

        init(n: String, hits: String? = nil, value: String? = nil, whole: String? = nil, presence: String) {
            (self.n, self.hits, self.value, self.whole, self.presence) = (n, hits, value, whole, presence)
            all = Set([n, hits, value, whole, presence].compactMap { $0 }).sorted()
        }
    }

    private var parts: Parts {
        let name = metric.name
        return switch metric.kind {
        case .count: Parts(n: "count", value: "count", presence: "count")
        case .sum: Parts(n: name + "#", value: name, presence: "count")
        case .ratio: Parts(n: name + "#", value: name, whole: name + "/", presence: name + "#")
        case .share: Parts(n: name + "#", hits: name + "+", presence: name + "#")
        case .distinct, .shareOfGroups: Parts(n: "count", presence: "count")
        }
    }

    /// Groups by their keys: numbers by their size, texts by their letters, what has none first.
    static func ordered(_ groups: [Answer.Group]) -> [Answer.Group] {
        let numbers = groups.map { $0.keys.map { Int64($0) } }
        let order = groups.indices.sorted { left, right in
            for (place, (first, second)) in zip(groups[left].keys, groups[right].keys).enumerated() {
                if let one = numbers[left][place], let other = numbers[right][place] {
                    if one != other { return one < other }
                } else if first != second {
                    return first < second
                }
            }
            return false
        }
        return order.map { groups[$0] }
    }

    /// Groups with their texts.
    func named(_ groups: [Answer.Group], _ dimensions: [Dimension], _ session: any Session) throws -> [Answer.Group] {
        let naming = try GroupNames(dimensions: dimensions, groups: groups, known: question.known, session)
        let asking = Asking(catalogue: FactCatalogue([fact]), viewer: viewer, regions: regions)
        let structure = regions.structure(question.structure)
        return groups.map { group in
            let labels = zip(group.keys, dimensions).enumerated().map { place, pair in
                let label = naming.name(pair.0, at: place) ?? asking.label(pair.0, pair.1)
                guard let structure, case .region = pair.1.kind, let number = Int64(pair.0), structure.isDivided(number) else {
                    return label
                }
                return label + "（\(StructureWords.divided.chinese)）"
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
        try wanted.map { "\(try key($0.name)) in \(texts($0.values))" }
    }

    /// The filters and the viewer's scope: the values that a dimension may have.
    private var wanted: [(name: String, values: [String])] {
        get throws {
            var wanted = try question.filters.map { (name: $0.dimension, values: try expanded($0)) }
            if let own = try regions.entrusted(to: viewer.actor), let scope = fact.scope {
                wanted.append((scope, own.map(String.init)))
            }
            return wanted
        }
    }

    func expanded(_ filter: Question.Filter) throws -> [String] {
        guard case .region = try fact.dimension(filter.dimension).kind else { return filter.values }
        return try filter.values.flatMap { try regions.within($0, question) }.map(String.init)
    }

    private func key(_ name: String, in keys: [String]) throws -> Identifier { Self.columns[try place(name, in: keys)] }

    private func place(_ name: String, in keys: [String]) throws -> Int {
        guard let index = keys.firstIndex(of: name), index < Self.columns.count else {
            throw Failure(.internal, "question.not-counted", "维度 \(name) 没有计数")
        }
        return index
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
        var found: [[String]: (n: Int64, hits: Int64)] = [:]
        for several in [false, true] {
            if let cells = try held(several, session) {
                try add(cells, wanted, to: &found)
                continue
            }
            let keys = try reader.question.by.map { try key($0).sql }
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

    private func held(_ several: Bool, _ session: any Session) throws -> CounterCells? {
        try session.cells(of: several ? tally.severalName(groups) : tally.name(groups), known: reader.question.known)
    }

    /// The same from held cells: those that meet the condition, then those that do not.
    private func add(_ cells: CounterCells, _ wanted: Set<String>?, to found: inout [[String]: (n: Int64, hits: Int64)]) throws {
        let places = try reader.question.by.map { try place($0) + 1 }
        for isHit in [true, false] {
            var sums = CellSums(cells)
            sums.narrow(0) { hit($0, wanted) == isHit }
            for filter in reader.question.filters where filter.dimension != groups.leaf {
                sums.narrow(try place(filter.dimension) + 1, to: filter.values)
            }
            for (group, sum) in sums.sums(of: ["groups"], by: places) where sum[0] != 0 {
                let before = found[group] ?? (0, 0)
                found[group] = (before.n + sum[0], before.hits + (isHit ? sum[0] : 0))
            }
        }
    }

    /// The leaf values that filters and scope leave; nil for all.
    private var wantedLeaves: Set<String>? {
        get throws {
            var wanted: Set<String>?
            func narrow(_ values: [String]) { wanted = wanted.map { $0.intersection(values) } ?? Set(values) }
            for filter in reader.question.filters where filter.dimension == groups.leaf { narrow(try reader.expanded(filter)) }
            if reader.fact.scope == groups.leaf, let own = try reader.regions.entrusted(to: reader.viewer.actor) {
                narrow(own.map(String.init))
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

    private func key(_ name: String) throws -> Identifier { Self.columns[try place(name)] }

    private func place(_ name: String) throws -> Int {
        guard let index = groups.pinned.firstIndex(of: name), index < Self.columns.count else {
            throw Failure(.internal, "question.not-counted", "维度 \(name) 没有计数")
        }
        return index
    }
}
