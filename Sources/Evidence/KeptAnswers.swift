import Foundation
package import Values

/// Answers that took rows to find, the oldest forgotten first. Each is bound to the position of the last change to what it is made from, so
/// that it cannot be stale.
package final class KeptAnswers: Sendable {
    private struct Key: Hashable {
        let question: Question
        let hasTotal: Bool
        let actor: Values.Actor
    }

    private static let most = 400
    private let lock = NSLock()
    // Only touched under the lock.
    nonisolated(unsafe) private var answers: [Key: Answer] = [:]
    nonisolated(unsafe) private var order: [Key] = []

    package init() {}

    /// What is kept for one person. Only answers that were not counted are worth keeping.
    package func shelf(of actor: Values.Actor) -> AnswerShelf {
        AnswerShelf { [self] question, hasTotal in
            lock.withLock { answers[Key(question: question, hasTotal: hasTotal, actor: actor)] }
        } keep: { [self] answer, question, hasTotal in
            if !answer.isCounted { keep(answer, Key(question: question, hasTotal: hasTotal, actor: actor)) }
        }
    }

    private func keep(_ answer: Answer, _ key: Key) {
        lock.withLock {
            if answers.updateValue(answer, forKey: key) == nil { order.append(key) }
            while order.count > Self.most { answers[order.removeFirst()] = nil }
        }
    }
}
