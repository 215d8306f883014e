import Storage
package import Values

/// Turns a question into SQL, adding the viewer's scope, so that value, rows, breakdowns and exports cannot differ.
struct QuestionComposer {
    let fact: Fact
    let question: Question
    let viewer: Viewer
    let regions: any RegionScope

    /// `from … where …` with every condition of the question.
    func source(extra dimensions: [Dimension] = [], conditions: [SQL] = []) throws -> SQL {
        let filtered = try question.filters.map { try fact.dimension($0.dimension) }
        let grouped = try question.by.map(fact.dimension)
        let scoped = try viewer.region == nil ? [] : fact.scope.map { [try fact.dimension($0)] } ?? []
        var joins: [SQL] = [fact.joins]
        for join in (filtered + grouped + scoped + dimensions).compactMap(\.join) where !joins.contains(join) { joins.append(join) }
        var wheres = [RecordTable.known("f", at: question.known)] + conditions
        if let condition = fact.condition { wheres.append(condition) }
        wheres += try question.filters.map(condition)
        wheres += try scope()
        wheres += time
        let source: SQL = " from \(fact.table.name) as f " + joins.joined(" ") + " where " + wheres.joined(" and ")
        return source.asked(at: question.known)
    }

    func condition(_ filter: Question.Filter) throws -> SQL {
        let dimension = try fact.dimension(filter.dimension)
        let leads = isLeading(filter.dimension)
        switch dimension.kind {
        case .text:
            if let column = dimension.number, let numbers = Self.numbers(filter.values) {
                return "\(leads ? column : Self.besideIndex(number: column)) in \(SQL.list(numbers))"
            }
            let values = filter.values.filter { !$0.isEmpty }
            let some: SQL =
                "\(leads ? dimension.expression : Self.besideIndex(text: dimension.expression)) in \(SQL.list(values.map(Value.text)))"
            return values.count == filter.values.count
                ? some : "(\(some) or \(dimension.expression) is null or \(dimension.expression) = '')"
        case .several:
            return filter.values.isEmpty ? "1 = 0" : "(" + filter.values.map { several(dimension, $0) }.joined(" or ") + ")"
        case .record:
            let column = leads ? dimension.expression : Self.besideIndex(number: dimension.expression)
            return try "\(column) in \(SQL.list(filter.values.map { .integer(try number($0, filter)) }))"
        case .region:
            let column = leads ? dimension.expression : Self.besideIndex(number: dimension.expression)
            return try "\(column) in \(SQL.list(filter.values.flatMap { try regions.within($0, question) }.map { .integer($0) }))"
        }
    }

    /// Whether an index may be used for a condition. Engines misjudge which of several finds the fewest rows: the verdict that a tenth of all
    /// rows have looks to them like the three lists that were named. So where one condition is known to find few rows, it alone may lead.
    private func isLeading(_ name: String) -> Bool {
        let names = question.filters.map(\.dimension)
        if names.contains(where: fact.found.contains) { return fact.found.contains(name) }
        let few = question.filters.filter { fact.indexed.contains($0.dimension) && $0.values.count <= Self.fewValues }
        return few.isEmpty || few.contains { $0.dimension == name }
    }

    /// So many values of an indexed dimension still find few rows.
    private static let fewValues = 8

    /// The same value, written so that no index knows it.
    private static func besideIndex(text expression: SQL) -> SQL { "(\(expression) || '')" }
    private static func besideIndex(number expression: SQL) -> SQL { "(\(expression) + 0)" }

    /// The values as numbers, where each is one written plainly.
    private static func numbers(_ values: [String]) -> [Value]? {
        let numbers = values.compactMap { text in Int64(text).flatMap { String($0) == text ? Value.integer($0) : nil } }
        return numbers.count == values.count ? numbers : nil
    }

    /// A row has the value, or one that ends in it; the empty value is met by rows that have none.
    private func several(_ dimension: Dimension, _ value: String) -> SQL {
        guard !value.isEmpty else { return "not exists (select 1 from (\(dimension.expression)) as own)" }
        let ending = SQL.ends("own.word", in: value)
        let isFew = question.filters.contains { fact.found.contains($0.dimension) }
        if let owned = dimension.owned, !isFew {
            return "\(owned.record) in (select own.owner from (\(owned.values)) as own where \(ending))"
        }
        return "exists (select 1 from (\(dimension.expression)) as own where \(ending))"
    }

    private func number(_ text: String, _ filter: Question.Filter) throws -> Int64 {
        guard let number = Int64(text) else {
            throw Failure(.invalid, "question.value", "维度“\(filter.dimension)”要编号，不能是“\(text)”", cure: "用页面上的编号")
        }
        return number
    }

    private func scope() throws -> [SQL] {
        guard let own = try regions.entrusted(to: viewer.actor) else { return [] }
        guard let name = fact.scope else {
            throw Failure(.refused, "question.not-yours", "您的权限看不到「\(fact.label.chinese)」", cure: "请质强办查询")
        }
        return [try "\(fact.dimension(name).expression) in \(SQL.list(own.map { .integer($0) }))"]
    }

    private var time: [SQL] {
        guard let on = question.on else { return [] }
        switch fact.time {
        case .timeless: return []
        case .event(let day): return ["\(day) <= \(on)"]
        case .validity(let from, let to): return ["(\(from) is null or \(from) <= \(on))", "(\(to) is null or \(to) >= \(on))"]
        }
    }
}

/// Who asks, and how far the answer may go.
package struct Viewer: Sendable {
    package let actor: Actor

    package init(_ actor: Actor) { self.actor = actor }

    /// The region whose rows the viewer may see; nil for all.
    var region: Int64? { actor.region }

    /// Whether single firms' figures of some columns may be shown.
    package func sees(_ columns: [String]) -> Bool { columns.allSatisfy(actor.sees) }
}

/// Which regions lie within which: supplied by the slice that keeps the region tree.
package protocol RegionScope: Sendable {
    /// The numbers of a region and all below it, given its number or code.
    func within(_ region: String) throws -> [Int64]
    /// The region's name, for labels.
    func name(of number: Int64) -> String?
    /// The number of a region written as number or code.
    func number(of region: String) throws -> Int64
    /// The regions that a region lies in, from the outermost to itself.
    func path(of number: Int64) -> [Int64]
    /// The regions whose rows are entrusted today to who answers for a region: its own and those whose place it took; none of a former one.
    func entrusted(to region: Int64) throws -> [Int64]
    var today: Day { get }
    /// The divisions as they stood on a day; nil where divisions have no days.
    func structure(on day: Day) -> (any DivisionStructure)?
    /// The last day up to a given one on which divisions took others' places.
    func lastChange(until day: Day) -> Day?
}
