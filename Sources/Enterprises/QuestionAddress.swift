package import Evidence
package import WebSupport

/// The address of the page that shows a question with its rows and breakdowns.
package enum QuestionAddress {
    /// `known` pins the journal position where the question itself carries none.
    package static func of(_ question: Question, known: Int64? = nil) -> Address {
        var pinned = question
        pinned.known = question.known ?? known
        return pinned.items.reduce(Address("questions", question.fact)) { $0.with($1.name, $1.value) }
    }
}
