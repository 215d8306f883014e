import Enterprises
package import Evidence
package import Values

/// A question with the way it is shown, kept under a name (常用查询).
package struct SavedView: Sendable, Hashable {
    package let id: ID<SavedView>
    package let title: String
    package let owner: String
    package let question: Question
    package let form: QuestionForm
    /// Whether it stands on everybody's desk.
    package let isOnDesk: Bool

    /// Who may change or drop a view: its owner, and the programme office.
    package func may(_ actor: Actor) -> Bool { actor.name == owner || actor.role == .programmeOffice }

    /// The longest name, in characters.
    package static let longestTitle = 60
    /// No more views than these stand on the desk: it must be read at a glance and answered at once.
    package static let mostOnDesk = 6
}

/// How an answer is shown (图表形式).
package enum QuestionForm: String, Sendable, Hashable, CaseIterable {
    case bars = "bar"
    case table
    case cross
    case trend
    case map
}
