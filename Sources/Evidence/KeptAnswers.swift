import Foundation
package import Values

/// Answers that were given before, the oldest forgotten first. Each is bound to the position of the last change to what it is made from, so
/// that it cannot be stale.
package final class KeptAnswers: Sendable {
    private struct Key: Hashable {
        let question: Question
        let hasTotal: Bool
        let sight: Sight
    }

    private static let most = 2000
    /// An answer of more groups is asked anew: held cells have it in a millisecond.
    package static let mostGroups = 200
    private let lock = NSLock()
    // Only touched under the lock.
    nonisolated(unsafe) private var answers: [Key: Answer] = [:]
    nonisolated(unsafe) private var order: [Key] = []

    package init() {}

    /// What is kept for all who see the same, whoever asks, while divisions stay as they are since a day: what is entrusted to whom changes with them.
    package func shelf(of actor: Values.Actor, divisions: Day? = nil) -> AnswerShelf {
        // A thousand people with one role in one town are given one answer.
        let sight = Sight(of: actor, divisions: divisions)
        @Sendable func key(_ question: Question, _ hasTotal: Bool) -> Key {
            Key(question: question, hasTotal: hasTotal, sight: sight)
        }
        return AnswerShelf { [self] question, hasTotal in
            lock.withLock { answers[key(question, hasTotal)] }
        } keep: { [self] answer, question, hasTotal in
            if answer.groups.count <= Self.mostGroups { keep(answer, key(question, hasTotal)) }
        }
    }

    private func keep(_ answer: Answer, _ key: Key) {
        lock.withLock {
            if answers.updateValue(answer, forKey: key) == nil { order.append(key) }
            while order.count > Self.most { answers[order.removeFirst()] = nil }
        }
    }
}
