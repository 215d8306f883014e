package import Evidence
package import WebSupport

/// Where a figure opens into its evidence: `/questions/{fact}?by=&where=&on=&known=`.
package enum QuestionAddress {
    package static func of(_ question: Question, known: Int64? = nil) -> Address {
        var asked = question
        asked.known = question.known ?? known
        return asked.items.reduce(Address("questions", question.fact)) { $0.with($1.name, $1.value) }
    }

    /// The rows as a file.
    static func export(_ question: Question, _ format: QuestionExport.Format) -> Address {
        let start = Address("questions", question.fact, "export").with("format", format.rawValue)
        return question.items.reduce(start) { $0.with($1.name, $1.value) }
    }
}
