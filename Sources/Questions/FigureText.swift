import Evidence
import Storage
import Values
import WebSupport

/// Figures as the question pages print them; sums of money are in fen and shown in 万元.
enum FigureText {
    /// The printed number; nil where there is none to give.
    static func value(_ figure: Evidence.Figure, _ metric: Metric) -> String? {
        guard let value = figure.value else { return nil }
        if isShare(metric) { return NumberText.percent(value) }
        if isMoney(metric) { return Fen(Int64(value)).tenThousandYuan }
        return value == value.rounded() ? NumberText.grouped(Int(value)) : NumberText.decimal(value, decimals: 2)
    }

    /// The number as a reader gets it: 已隐去 where it is withheld, nil where there is none.
    static func said(_ figure: Evidence.Figure?, _ metric: Metric, _ language: Language) -> String? {
        guard let figure else { return nil }
        return figure.isSuppressed ? QuestionWords.hidden.text(language) : value(figure, metric)
    }

    /// n and interval of a share, below its number.
    static func detail(_ figure: Evidence.Figure?, _ metric: Metric) -> String? {
        guard let figure, isShare(metric), !figure.isSuppressed, figure.n > 0 else { return nil }
        let between = interval(figure).map { " · \($0.low)–\($0.high)" } ?? ""
        return "n = \(NumberText.grouped(Int(figure.n)))" + between
    }

    /// A number of the metric by itself, as the marks of an axis need it.
    static func mark(_ number: Double, _ metric: Metric) -> String {
        value(Evidence.Figure(value: number, n: 0), metric) ?? ""
    }

    /// The metric with its unit: `批次合格率`, `销售额（万元）`.
    static func heading(_ metric: Metric) -> Word {
        guard let unit = unit(metric), !metric.label.chinese.hasSuffix(unit.chinese) else { return metric.label }
        return metric.label.followed(by: "（\(unit.chinese)）", " (\(unit.said(.english)))")
    }

    static func unit(_ metric: Metric) -> Word? {
        if isShare(metric) { return nil }
        return isMoney(metric) ? Word("万元", "10,000 yuan") : metric.unit
    }

    static func interval(_ figure: Evidence.Figure) -> (low: String, high: String)? {
        figure.interval.map { (NumberText.percent($0.lowerBound), NumberText.percent($0.upperBound)) }
    }

    /// A share of rows or groups of rows, which has an interval; a ratio of sums has none.
    static func hasInterval(_ metric: Metric) -> Bool {
        switch metric.kind {
        case .share, .shareOfGroups: true
        case .count, .sum, .distinct, .ratio: false
        }
    }

    static func isShare(_ metric: Metric) -> Bool {
        switch metric.kind {
        case .share, .shareOfGroups, .ratio: true
        case .count, .sum, .distinct: false
        }
    }

    /// A sum whose unit is one of money is kept in fen.
    static func isMoney(_ metric: Metric) -> Bool {
        guard case .sum = metric.kind else { return false }
        return metric.unit.chinese.hasSuffix("元") || metric.unit.chinese == "分"
    }

    /// A cell of the rows.
    static func cell(_ column: Fact.Column, _ value: Value) -> String {
        switch value {
        case .null, .blob: return "—"
        case .integer(let number): return column.kind == .money ? Fen(number).tenThousandYuan : String(number)
        case .real(let number): return NumberText.decimal(number, decimals: 2)
        case .text(let text): return text.isEmpty ? "—" : column.words[text]?.chinese ?? text
        }
    }
}
