package import Enterprises
package import Evidence
package import Policy
import Targets
package import Values

/// A question that can be chosen for a cell from a list.
package struct OfferedQuestion: Sendable, Hashable {
    package let id: String
    package let label: Word
    package let template: QuestionTemplate
}

/// What can be chosen: the metrics of the targets in force, then every metric of every fact.
package struct OfferedQuestions: Sendable {
    package let all: [OfferedQuestion]

    package init(catalogue: FactCatalogue, programmes: [ProgrammeFolder], regions: RegionDirectory) {
        let reading = MetricQuestions(catalogue: catalogue, regions: regions)
        let targets = programmes.flatMap { folder in
            folder.programme.targets.compactMap { target in Self.target(target, folder.programme, reading) }
        }
        let metrics = catalogue.facts.flatMap { fact in fact.metrics.map { Self.metric($0, fact) } }
        all = targets + metrics
    }

    package func find(_ id: String) -> OfferedQuestion? { all.first { $0.id == id } }

    private static func target(_ target: Target, _ programme: Programme, _ reading: MetricQuestions) -> OfferedQuestion? {
        guard case .question(let found) = reading.outcome(target, of: programme) else { return nil }
        var filters = found.question.filters.map { filter in
            filter.dimension == "region" ? "region={region}" : filter.dimension + "=" + filter.values.joined(separator: "|")
        }
        if found.period == "year" { filters.append("year={year}") }
        return OfferedQuestion(
            id: "target:\(programme.id)/\(target.id)",
            label: Word("目标：\(target.title)", "Target: \(target.title)"),
            template: QuestionTemplate(found.fact.name, metric: found.metric.name, filters: filters, on: Self.on(found.fact)))
    }

    private static func metric(_ metric: Metric, _ fact: Fact) -> OfferedQuestion {
        let names = Set(fact.dimensions.map(\.name))
        let filters = (names.contains("region") ? ["region={region}"] : []) + (names.contains("year") ? ["year={year}"] : [])
        let label = Word(
            "\(fact.label.chinese)：\(metric.label.chinese)",
            "\(fact.label.english ?? fact.label.chinese): \(metric.label.english ?? metric.label.chinese)")
        return OfferedQuestion(
            id: "\(fact.name).\(metric.name)", label: label,
            template: QuestionTemplate(fact.name, metric: metric.name, filters: filters, on: on(fact)))
    }

    /// Rows that have a day count up to the period's end.
    private static func on(_ fact: Fact) -> String? {
        switch fact.time {
        case .timeless: nil
        case .event, .validity: "{to}"
        }
    }
}
