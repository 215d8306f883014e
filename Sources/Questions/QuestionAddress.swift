import Enterprises
import Evidence
import WebSupport

extension QuestionAddress {
    /// The rows as a file.
    static func export(_ question: Question, _ format: QuestionExport.Format) -> Address {
        let start = Address("questions", question.fact, "export").with("format", format.rawValue)
        return question.items.reduce(start) { $0.with($1.name, $1.value) }
    }
}
