import Storage
import Values

/// The select list of a metric: n, hits and value, and the conditions on the rows it may use.
struct MetricSelection {
    /// For shares over groups of rows: what makes a group, and whether a row meets the condition.
    struct PerGroup {
        let group: SQL
        let hit: SQL
    }

    private(set) var n: SQL = "count(*)"
    private(set) var hits: SQL = "null"
    private(set) var value: SQL = "count(*)"
    private(set) var conditions: [SQL] = []
    private(set) var dimensions: [Dimension] = []
    private(set) var perGroup: PerGroup?

    init(fact: Fact, metric: Metric) throws {
        switch metric.kind {
        case .count: break
        case .sum(let expression):
            n = "count(\(expression))"
            value = "sum(\(expression))"
        case .distinct(let expression):
            n = "count(distinct \(expression))"
            value = n
        case .ratio(let part, let whole):
            conditions = ["(\(part)) is not null", "(\(whole)) is not null"]
            value = "cast(sum(\(part)) as double precision) / nullif(cast(sum(\(whole)) as double precision), 0)"
        case .share(let of, let among, let name):
            let dimension = try fact.dimension(name)
            dimensions = [dimension]
            conditions = ["\(dimension.expression) in \(SQL.list(among.map(Value.text)))"]
            hits = "sum(case when \(dimension.expression) in \(SQL.list(of.map(Value.text))) then 1 else 0 end)"
            value = "null"
        case .shareOfGroups(let of, let among, let name, let group):
            let dimension = try fact.dimension(name)
            dimensions = [dimension]
            conditions = ["\(dimension.expression) in \(SQL.list(among.map(Value.text)))"]
            perGroup = PerGroup(group: group, hit: "case when \(dimension.expression) in \(SQL.list(of.map(Value.text))) then 1 else 0 end")
        }
        if let name = metric.needsOne, !metric.leavesOut.isEmpty {
            let dimension = try fact.dimension(name)
            dimensions.append(dimension)
            let left = SQL.list(metric.leavesOut.map(Value.text))
            conditions.append("(\(dimension.expression) is null or \(dimension.expression) not in \(left))")
        }
    }
}
