package import Storage
import Values

/// The rows a figure opens into, page by page in the order of their numbers.
package struct RowPage: Sendable {
    package let columns: [Fact.Column]
    /// The number of each row's record, then its values in the order of the columns.
    package let rows: [(id: Int64, values: [Value])]
    /// Where the next page begins; nil after the last.
    package let next: Int64?
}

extension Asking {
    /// One page of rows after a record's number. The rows are exactly those the figure counts.
    package func rows(_ question: Question, _ session: any Session, after: Int64 = 0, limit: Int = 100) throws -> RowPage {
        let question = try current(settled(question, session), session)
        let (columns, sql) = try rowStatement(question)
        guard try !isEmpty(question, session) else { return RowPage(columns: columns, rows: [], next: nil) }
        let rows = try session.rows(sql + " and f.id > \(after) order by f.id limit \(limit + 1)").map(Self.record)
        return RowPage(columns: columns, rows: Array(rows.prefix(limit)), next: rows.count > limit ? rows[limit - 1].id : nil)
    }

    /// Every row, one by one in constant memory, for exports.
    package func forEachRow(
        _ question: Question, _ session: any Session, columns: ([Fact.Column]) throws -> Void, _ body: ([Value]) throws -> Void
    ) throws {
        let (list, sql) = try rowStatement(try current(settled(question, session), session), numbered: false)
        try columns(list)
        try session.forEach(sql + " order by f.id") { try body($0.values) }
    }

    /// Whether the counters know that there is no row, which else takes a walk past all others to find out.
    private func isEmpty(_ question: Question, _ session: any Session) throws -> Bool {
        let fact = try catalogue.fact(question.fact)
        guard let count = fact.countMetric else { return false }
        var counted = question
        (counted.metric, counted.by) = (count.name, [])
        return try isCounted(counted) && ask(counted, session).figure.n == 0
    }

    private static func record(_ row: Row) -> (id: Int64, values: [Value]) { (row.integer(0), Array(row.values.dropFirst())) }

    /// - Parameter numbered: whether the number of each row's record stands first.
    private func rowStatement(_ question: Question, numbered: Bool = true) throws -> ([Fact.Column], SQL) {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        guard !fact.isConfidential || viewer.sees([fact.name]) else {
            throw Failure(.refused, "question.confidential", "「\(fact.label.chinese)」只供主管部门查询", cure: "请质强办查询")
        }
        var plain = question
        plain.by = []
        let composer = QuestionComposer(fact: fact, question: plain, viewer: viewer, regions: regions)
        let selection = try MetricSelection(fact: fact, metric: metric)
        let columns = fact.columns.filter { $0.seenBy.map(viewer.actor.sees) ?? true }
        let list = ((numbered ? ["f.id"] : []) + columns.map(\.expression)).joined(", ")
        let sql: SQL = "select " + list + (try composer.source(extra: selection.dimensions, conditions: selection.conditions))
        return (columns, sql.asked(at: question.known))
    }
}
