package import Storage
import Values

extension Asking {
    /// One metric for every value of a record dimension, in ascending order of its number: how a rule's inputs are read.
    ///
    /// One question for all records, never one for each; a record without a row is absent: unknown.
    package func byRecord(_ question: Question, dimension name: String, _ session: any Session, _ body: (Int64, Figure) throws -> Void)
        throws
    {
        let fact = try catalogue.fact(question.fact)
        let metric = try fact.metric(question.metric)
        let dimension = try fact.dimension(name)
        var plain = try settled(question, session)
        plain.by = []
        let selection = try MetricSelection(fact: fact, metric: metric)
        let composer = QuestionComposer(fact: fact, question: plain, viewer: viewer, regions: regions)
        let source = try composer.source(extra: selection.dimensions + [dimension], conditions: selection.conditions)
        let list = [dimension.expression, selection.n, selection.hits, selection.value].joined(", ")
        let sql: SQL = "select " + list + source + " group by \(dimension.expression) order by \(dimension.expression)"
        try session.forEach(sql.asked(at: question.known)) { row in
            try body(row.integer(0), Figure.make(metric, n: row.integer(1), hits: row.optionalInteger(2), value: row.real(3)))
        }
    }
}
