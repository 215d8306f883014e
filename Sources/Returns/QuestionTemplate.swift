package import Questions
import Values

/// A question whose period and region are left open: `{year}`, `{quarter}`, `{month}`, `{from}`, `{to}`, `{last-year}`, `{region}`.
package struct QuestionTemplate: Sendable, Hashable {
    package var fact: String
    package var metric: String?
    /// Each `dimension=value`.
    package var filters: [String]
    /// A day or `{to}`; nil leaves the rows' own dates alone.
    package var on: String?
    /// `now` for the divisions of today; nil for the rows' own.
    package var structure: String?

    package init(_ fact: String, metric: String? = nil, filters: [String] = [], on: String? = nil, structure: String? = nil) {
        self.fact = fact
        self.metric = metric
        self.filters = filters
        self.on = on
        self.structure = structure
    }

    /// As it is kept: the fact, then one `name=value` a line.
    package var text: String {
        ([fact] + (metric.map { ["metric=" + $0] } ?? []) + filters.map { "where=" + $0 } + (on.map { ["on=" + $0] } ?? [])
            + (structure.map { ["structure=" + $0] } ?? []))
            .joined(separator: "\n")
    }

    /// The kept text again; nil for a text of another shape.
    package init?(text: String) {
        let lines = text.split(separator: "\n").map(String.init)
        guard let fact = lines.first, !fact.isEmpty, !fact.contains("=") else { return nil }
        self.init(fact)
        for line in lines.dropFirst() {
            guard let sign = line.firstIndex(of: "=") else { return nil }
            let value = String(line[line.index(after: sign)...])
            switch line[..<sign] {
            case "metric": metric = value
            case "where": filters.append(value)
            case "on": on = value
            case "structure": structure = value
            default: return nil
            }
        }
    }

    /// The signs that a period and a region put values for.
    package static func tokens(_ period: ReportPeriod, region: Int64?) -> [(sign: String, value: String)] {
        let quarter = (period.to.month - 1) / 3 + 1
        return [
            ("{year}", String(period.year)), ("{last-year}", String(period.year - 1)), ("{quarter}", String(quarter)),
            ("{month}", String(period.to.month)), ("{from}", period.from.description), ("{to}", period.to.description),
            ("{period}", period.word.chinese),
        ] + (region.map { [("{region}", String($0))] } ?? [])
    }

    /// A text with the values of a period in it.
    package static func resolved(_ text: String, _ period: ReportPeriod, region: Int64? = nil) -> String {
        tokens(period, region: region).reduce(text) { $0.replacing($1.sign, with: $1.value) }
    }

    /// The question's texts for a period and a region.
    ///
    /// - Throws: `returns.token` where a sign is left over.
    package func parts(_ period: ReportPeriod, region: Int64?) throws -> QuestionText.Parts {
        let filters = filters.map { Self.resolved($0, period, region: region) }
        let on = on.map { Self.resolved($0, period, region: region) }
        for text in filters + [on].compactMap({ $0 }) {
            guard let left = text.firstMatch(of: /\{[^}]*\}/) else { continue }
            throw Failure(
                .invalid, "returns.token", "条件“\(text)”里的 \(left.output) 没有可代入的值",
                cure: "可用 {year} {last-year} {quarter} {month} {from} {to} {region}；{region} 要先在设置里定本级地区")
        }
        return QuestionText.Parts(fact: fact, metric: metric, filters: filters, by: [], on: on, known: nil, structure: structure)
    }

    /// The region filter names a given town instead of the form's own region.
    package func inRegion(_ number: Int64) -> QuestionTemplate {
        var copy = self
        copy.filters = filters.filter { !$0.hasPrefix("region=") } + ["region=\(number)"]
        return copy
    }

    package var asksByRegion: Bool { filters.contains { $0.hasPrefix("region=") } }
}
