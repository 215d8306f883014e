package import Evidence
import Foundation
package import Policy
import Storage
import Values

/// What a target cannot be computed from yet, and who should supply it.
package struct MissingInput: Sendable, Hashable {
    /// What is missing, in a sentence.
    package let what: String
    /// The responsible organisation's name; nil where the text names nobody.
    package let owner: String?
    package let clause: String

    package init(what: String, owner: String?, clause: String) {
        self.what = what
        self.owner = owner
        self.clause = clause
    }

    /// The sentence with who should do it: `还没有填报。应由区质监分局填报（条款二）`.
    package var sentence: String { what + "。" + (owner.map { "应由\($0)填报" } ?? "原文没有写责任单位，先由质强办认定") + "（条款\(clause)）" }
}

/// How a target's number is asked.
package struct MetricReading: Sendable {
    package let fact: Fact
    package let metric: Metric
    /// Without breakdown.
    package let question: Question
    /// The dimension that tells the periods apart; nil where the fact has none.
    package let period: String?
    /// The dimension that must not be mixed (抽样方式).
    package let apart: String?
    /// The target's unit.
    package let unit: String?
}

/// Turns a target's metric name and limits into a question of the evidence, or says what is missing.
package struct MetricQuestions: Sendable {
    let catalogue: FactCatalogue
    let regions: any RegionScope

    package init(catalogue: FactCatalogue, regions: any RegionScope) {
        self.catalogue = catalogue
        self.regions = regions
    }

    /// Every name that a programme file may write for a target's metric: `fact.metric`, and the short `spotcheck.batch-pass-rate`.
    package static func names(in catalogue: FactCatalogue) -> Set<String> {
        let short = catalogue.facts.flatMap { fact in
            fact.name.split(separator: ".").first.map { first in fact.metrics.map { "\(first).\($0.name)" } } ?? []
        }
        return catalogue.metricNames.union(short)
    }

    /// What came of looking for a target's question.
    package enum Outcome: Sendable {
        case question(MetricReading)
        /// Stated figures answer it; the text beside says whose.
        case reported(MissingInput)
        case missing(MissingInput)
    }

    /// The question of a target, or of another reading of its metric.
    package func outcome(_ target: Target, of programme: Programme, reading name: String? = nil) -> Outcome {
        func missing(_ what: String) -> MissingInput {
            MissingInput(what: what, owner: target.owner.value.flatMap { programme.organisation($0)?.name }, clause: target.clause)
        }
        switch target.metric {
        case .none: return .missing(missing("原文没有可计量的口径"))
        case .open: return .reported(missing("原文没有写怎么计算，也还没有填报"))
        case .reported: return .reported(missing("还没有登记可供计算，也还没有填报"))
        case .named(let written):
            do { return .question(try reading(name ?? written, target, programme)) } catch {
                return .missing(missing(error.what))
            }
        }
    }

    private struct Gap: Error { let what: String }

    private func reading(_ name: String, _ target: Target, _ programme: Programme) throws(Gap) -> MetricReading {
        guard let (fact, metric) = find(name) else { throw Gap(what: "系统里还没有指标“\(name)”") }
        var filters: [Question.Filter] = []
        if fact.dimensions.contains(where: { $0.name == "region" }) {
            guard let within = try? regions.within(programme.region.code), !within.isEmpty else {
                throw Gap(what: "地区目录里找不到 \(programme.region.name)（\(programme.region.code)）")
            }
            filters.append(Question.Filter("region", [programme.region.code]))
        }
        for (dimension, value) in target.filters.sorted(by: { $0.key < $1.key }) {
            guard let found = fact.dimensions.first(where: { $0.name == dimension }) else {
                throw Gap(what: "「\(fact.label.chinese)」没有按“\(dimension)”登记，不能只算“\(value)”")
            }
            filters.append(Question.Filter(dimension, [Self.code(value, found)]))
        }
        let question = Question(fact.name, metric: metric.name, where: filters)
        let names = Set(fact.dimensions.map(\.name))
        return MetricReading(
            fact: fact, metric: metric, question: question, period: Self.period(target, names),
            apart: metric.needsOne, unit: target.unit)
    }

    /// A stock is asked on a day, everything else by periods; where the text leaves the period open, by year.
    private static func period(_ target: Target, _ names: Set<String>) -> String? {
        if target.kind == .stock { return nil }
        let wanted =
            switch target.period?.value {
            case .quarter: "quarter"
            case .month: "month"
            case .year, nil: "year"
            }
        return names.contains(wanted) ? wanted : nil
    }

    /// `spotcheck.batch-pass-rate` is the metric `batch-pass-rate` of `spotcheck.result`; other names are `fact.metric`.
    private func find(_ name: String) -> (Fact, Metric)? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let metric = String(name[name.index(after: dot)...])
        let prefix = String(name[..<dot])
        for candidate in catalogue.facts where candidate.name == prefix || candidate.name.hasPrefix(prefix + ".") {
            if let found = candidate.metrics.first(where: { $0.name == metric }) { return (candidate, found) }
        }
        return nil
    }

    /// The code that a dimension uses for a word of the text: 国家 → `national`; the word itself where it has no codes.
    private static func code(_ text: String, _ dimension: Evidence.Dimension) -> String {
        if dimension.words[text] != nil { return text }
        if let exact = dimension.words.first(where: { $0.value.chinese == text }) { return exact.key }
        let beginning = dimension.words.filter { $0.value.chinese.hasPrefix(text) }
        return beginning.count == 1 ? beginning.first?.key ?? text : text
    }
}

extension MetricReading {
    /// The engine's number in the target's unit: shares in per cent, fen in 元, 万元 or 亿元.
    func value(_ figure: Figure) -> Decimal? {
        guard let value = figure.value, !figure.isSuppressed else { return nil }
        switch metric.kind {
        case .share, .shareOfGroups:
            guard let hits = figure.hits, figure.n > 0 else { return nil }
            return Decimal(hits) * 100 / Decimal(figure.n)
        case .ratio:
            return Decimal((value * 1_000_000_000).rounded()) / 10_000_000
        case .sum:
            guard let fen = Int64(exactly: value.rounded()) else { return nil }
            return Decimal(fen) / (Self.fen[unit ?? ""] ?? 1)
        case .count, .distinct:
            return Int64(exactly: value.rounded()).map { Decimal($0) }
        }
    }

    private static let fen: [String: Decimal] = ["元": 100, "万元": 1_000_000, "亿元": 10_000_000_000]
}
