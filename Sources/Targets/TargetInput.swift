package import Evidence
package import Foundation
package import Policy
package import Values

/// The value of a target's metric in one period, with what it rests on.
package struct PeriodValue: Sendable, Hashable {
    /// `2013年`
    package let period: FigurePeriod
    /// How its samples were chosen, where values of several ways stand side by side.
    package let group: String?
    /// In the target's unit; nil where it is unknown.
    package let value: Decimal?
    /// For shares: how many of `n`.
    package let hits: Int64?
    /// How many rows it rests on; 0 for stated figures.
    package let n: Int64
    package let unit: String?
    /// The question whose answer it is.
    package let question: Question?
    /// The stated figure it is taken from.
    package let figure: TargetFigure?

    package init(
        _ period: FigurePeriod, group: String? = nil, value: Decimal?, hits: Int64? = nil, n: Int64 = 0, unit: String? = nil,
        question: Question? = nil, figure: TargetFigure? = nil
    ) {
        self.period = period
        self.group = group
        self.value = value
        self.hits = hits
        self.n = n
        self.unit = unit
        self.question = question
        self.figure = figure
    }

    /// A stated figure as a value.
    package init(_ figure: TargetFigure) {
        self.init(figure.period, value: figure.value.decimal, unit: figure.unit, figure: figure)
    }
}

/// What a target is judged from.
package struct TargetInput: Sendable {
    package let target: Target
    /// Our own values, oldest first; those without a period are left out.
    package let periods: [PeriodValue]
    /// The bodies compared with, and among whom it ranks; their latest figures.
    package let others: [(name: String, value: PeriodValue)]
    /// The day the judgement is about.
    package let day: Day

    package init(_ target: Target, periods: [PeriodValue], others: [(name: String, value: PeriodValue)] = [], day: Day) {
        self.target = target
        self.periods = periods
        self.others = others
        self.day = day
    }
}

/// How a value stands to its goal (判断).
package enum Verdict: String, Sendable, CaseIterable {
    /// Reached; for shares the lower end of the exact interval reaches the goal.
    case met
    case metNotSignificant = "met-not-significant"
    case missedNotSignificant = "missed-not-significant"
    case missed
    /// The way of sampling is mixed: groups and no total.
    case mixed
    /// Nothing to judge from.
    case unknown
    /// The text gives no measure.
    case unmeasurable

    package var word: Word {
        switch self {
        case .met: Word("达标", "met")
        case .metNotSignificant: Word("达标（统计上不显著）", "met, not significant")
        case .missedNotSignificant: Word("未达标（不显著）", "missed, not significant")
        case .missed: Word("未达标", "missed")
        case .mixed: Word("抽样方式混合，分组看", "mixed sampling, see groups")
        case .unknown: Word("缺数据", "no data")
        case .unmeasurable: Word("无可计量口径", "no measure")
        }
    }

    /// The worse a verdict, the greater; verdicts without a value do not take part.
    var severity: Int? {
        switch self {
        case .met: 0
        case .metNotSignificant: 1
        case .missedNotSignificant: 2
        case .missed: 3
        case .mixed, .unknown, .unmeasurable: nil
        }
    }
}

/// A period's value with its verdict; `derived` where the value judged was computed from two periods (growth).
package struct JudgedPeriod: Sendable, Hashable {
    package let value: PeriodValue
    package let verdict: Verdict
    /// The 95 % interval of Clopper and Pearson in per cent, for shares.
    package let interval: ClosedRange<Double>?
}

/// A body that the value is compared with.
package struct JudgedOther: Sendable, Hashable {
    package let name: String
    /// nil: its figure is missing.
    package let value: PeriodValue?
    package let verdict: Verdict
}

/// What became of judging a target.
package struct Judgement: Sendable {
    package var verdict: Verdict
    /// The value that is judged now.
    package var now: PeriodValue?
    /// Of shares, in per cent (Clopper–Pearson, 95 %).
    package var interval: ClosedRange<Double>?
    /// Where a sum over periods, a growth rate or a rank stands for the value.
    package var total: Decimal?
    package var periods: [JudgedPeriod] = []
    package var others: [JudgedOther] = []
    /// How much a year is needed to arrive in time.
    package var neededPerYear: Decimal?
    /// What the text's own steps, or the straight line from its baseline, ask for by now.
    package var expected: Decimal?
    package var overdueDays: Int?
    package var rank: Int?
    package var notes: [String] = []

    init(_ verdict: Verdict) { self.verdict = verdict }

    /// The number shown as 现值.
    package var shownValue: Decimal? { total ?? now?.value }
}
