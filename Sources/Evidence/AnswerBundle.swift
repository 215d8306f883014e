import Foundation
import Synchronization
import Values

/// The answers of one walk, so that whoever asks the same at the same position, also in another process, need not walk again.
package struct AnswerBundle: Sendable {
    fileprivate struct Key: Hashable {
        /// With the position it was asked at.
        let question: Question
        let hasTotal: Bool
    }

    fileprivate var answers: [Key: Answer] = [:]

    package init() {}

    package var count: Int { answers.count }

    func find(_ question: Question, at position: Int64, _ hasTotal: Bool) -> Answer? {
        answers[Key(question: question.known(at: position), hasTotal: hasTotal)]?.at(position, for: question)
    }
}

/// Collects what is answered while a job reads a page.
package final class AnswerRecorder: Sendable {
    private let answers = Mutex(AnswerBundle())

    package init() {}

    package var bundle: AnswerBundle { answers.withLock { $0 } }

    func add(_ answer: Answer, to question: Question, at position: Int64, _ hasTotal: Bool) {
        answers.withLock { $0.answers[AnswerBundle.Key(question: question.known(at: position), hasTotal: hasTotal)] = answer }
    }
}

extension Asking {
    /// The same, with the answers of a walk that was made before.
    package func having(_ bundle: AnswerBundle) -> Asking {
        var copy = self
        copy.bundle = bundle
        return copy
    }

    /// Whether answers are noted as they are found: what is shown from elsewhere would not be.
    package var isRecording: Bool { recorder != nil }

    /// The same, noting what is answered.
    package func recording(_ recorder: AnswerRecorder) -> Asking {
        var copy = self
        copy.recorder = recorder
        return copy
    }
}

// MARK: As text

extension AnswerBundle {
    /// Longer than this it is not worth keeping for others: they walk again.
    private static let mostBytes = 4 << 20

    /// For the store; nil where it is too long.
    package var text: String? {
        let lines = answers.map { key, answer in Line(key, answer) }
        guard let data = try? JSONEncoder().encode(lines), data.count <= Self.mostBytes else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// From the store; nil where the text is of another shape than this program writes.
    package init?(text: String, catalogue: FactCatalogue) {
        guard let lines = try? JSONDecoder().decode([Line].self, from: Data(text.utf8)) else { return nil }
        for line in lines {
            guard let answer = line.answer(catalogue) else { return nil }
            answers[Key(question: answer.question, hasTotal: line.hasTotal)] = answer
        }
    }

    private struct Line: Codable {
        struct Filter: Codable {
            let dimension: String
            let values: [String]
        }
        struct Number: Codable {
            let value: Double?
            let n: Int64
            let hits: Int64?
            let interval: [Double]?
            let isSuppressed: Bool

            init(_ figure: Figure) {
                (value, n, hits, isSuppressed) = (figure.value, figure.n, figure.hits, figure.isSuppressed)
                interval = figure.interval.map { [$0.lowerBound, $0.upperBound] }
            }

            var figure: Figure {
                let ends = interval.flatMap { $0.count == 2 && $0[0] <= $0[1] ? $0[0]...$0[1] : nil }
                return Figure(value: value, n: n, hits: hits, interval: ends, isSuppressed: isSuppressed)
            }
        }
        struct Group: Codable {
            let keys: [String]
            let labels: [String]
            let number: Number
        }

        let fact: String
        let metric: String?
        let filters: [Filter]
        let by: [String]
        let on: Day?
        let known: Int64?
        let structure: String?
        let hasTotal: Bool
        let number: Number
        let groups: [Group]
        let notes: [String]
        let position: Int64
        let isCounted: Bool

        init(_ key: Key, _ answer: Answer) {
            let question = key.question
            (fact, metric, by, on, known) = (question.fact, question.metric, question.by, question.on, question.known)
            structure = question.structure.text
            filters = question.filters.map { Filter(dimension: $0.dimension, values: $0.values) }
            hasTotal = key.hasTotal
            number = Number(answer.figure)
            groups = answer.groups.map { Group(keys: $0.keys, labels: $0.labels, number: Number($0.figure)) }
            (notes, position, isCounted) = (answer.notes, answer.position, answer.isCounted)
        }

        func answer(_ catalogue: FactCatalogue) -> Answer? {
            guard let metric = try? catalogue.fact(fact).metric(metric), let structure = try? Structure(text: structure) else { return nil }
            let filters = filters.map { Question.Filter($0.dimension, $0.values) }
            let question = Question(fact, metric: self.metric, where: filters, by: by, on: on, known: known, structure: structure)
            let groups = groups.map { Answer.Group(keys: $0.keys, labels: $0.labels, figure: $0.number.figure) }
            return Answer(
                question: question, metric: metric, figure: number.figure, groups: groups, notes: notes, position: position,
                isCounted: isCounted)
        }
    }
}

extension Question {
    fileprivate func known(at position: Int64) -> Question {
        var copy = self
        copy.known = position
        return copy
    }
}
