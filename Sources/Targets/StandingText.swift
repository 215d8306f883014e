import Enterprises
import Foundation
import Policy
import Values
import WebSupport

/// How a standing is shown: its value, goal, bar and badges. Every number leads to the question or the record behind it.
struct StandingText {
    let standing: Standing

    var target: Target { standing.target }
    /// The target's unit; a comparison of shares needs none in the text and is shown in per cent.
    var unit: String {
        if target.kind == .growth { return "%" }
        return target.unit ?? (standing.judgement.now?.hits == nil ? standing.judgement.now?.unit ?? "" : "%")
    }
    /// The unit of a difference.
    var points: Word { unit == "%" ? TargetWords.points : Word(unit) }
    var address: Address { Address("targets", standing.programme, target.id) }

    /// `≥ 85%`
    var goal: String {
        if let rank = target.rank { return (target.among ?? "") + "第\(rank)位" }
        if !target.against.isEmpty { return (target.comparison.map(Self.sign) ?? "") + " " + target.against.joined(separator: "、") }
        guard let goal = target.goal, let comparison = target.comparison else { return target.kind.word.chinese }
        return Self.sign(comparison) + " " + goal.shown(atMost: 6) + Self.attached(unit)
    }

    var due: Word { target.dueLabel.map { Word($0) } ?? target.due?.value.map { Word($0.description) } ?? TargetWords.dueOpen }

    static func sign(_ comparison: Comparison) -> String {
        switch comparison {
        case .atLeast: "≥"
        case .above: ">"
        case .equal: "="
        case .atMost: "≤"
        case .below: "<"
        }
    }

    /// A unit behind its number: `85%`, `60 个`.
    static func attached(_ unit: String) -> String { unit.isEmpty || unit == "%" ? unit : " " + unit }

    static func number(_ value: Decimal, _ unit: String) -> String { value.shown(atMost: unit == "%" ? 1 : 6) + attached(unit) }

    // MARK: 现值

    var now: Figure {
        let judgement = standing.judgement
        guard let value = judgement.shownValue else {
            return Figure(TargetWords.now, nil, note: judgement.verdict == .mixed ? Verdict.mixed.word : nil)
        }
        return figure(
            TargetWords.now, value, of: judgement.now, interval: judgement.interval, note: judgement.rank.map(TargetWords.rank))
    }

    /// A value with what it rests on, leading to its rows, or to the stated figure it was taken from.
    func figure(_ label: Word, _ value: Decimal, of period: PeriodValue?, interval: ClosedRange<Double>? = nil, note: Word? = nil) -> Figure
    {
        let rows =
            period?.question.map { QuestionAddress.of($0, known: standing.position) }
            ?? (period?.figure == nil ? nil : address.at("figures"))
        return Figure(
            label, Self.number(value, unit), count: period.flatMap { $0.n > 0 ? Int($0.n) : nil }, interval: interval.map(Self.interval),
            note: note ?? period.map { Word($0.period.text) }, rows: rows, state: period?.figure.map(Self.state))
    }

    /// The number alone, leading to its rows; for tables that show n and interval in columns of their own.
    func plain(_ value: Decimal, of period: PeriodValue) -> Figure {
        let whole = figure(TargetWords.value, value, of: period)
        return Figure(TargetWords.value, whole.value, rows: whole.rows, state: whole.state)
    }

    static func interval(_ interval: ClosedRange<Double>) -> (low: String, high: String) {
        (NumberText.decimal(interval.lowerBound, decimals: 1), NumberText.decimal(interval.upperBound, decimals: 1))
    }

    static func state(_ figure: TargetFigure) -> FigureState {
        switch figure.state {
        case .recorded: .unreviewed
        case .reviewed: .reviewed(by: figure.reviewedBy ?? "—")
        case .released: figure.releasedOn.map { .published(by: figure.releasedBy ?? "—", on: $0) } ?? .unreviewed
        }
    }

    // MARK: 进度

    var bar: TargetBar? {
        let judgement = standing.judgement
        guard let value = judgement.shownValue.map(Self.double), let goal = (target.goal ?? others).map(Self.double) else { return nil }
        let interval = judgement.interval.map { (low: $0.lowerBound, high: $0.upperBound) }
        return TargetBar(
            value: value, target: goal, interval: interval, range: range(value, goal, judgement.interval),
            tone: Self.tone(judgement.verdict),
            spoken: TargetWords.spoken(now: now.value ?? "—", goal: self.goal))
    }

    /// The highest of the figures compared with.
    private var others: Decimal? { standing.judgement.others.compactMap { $0.value?.value }.max() }

    private func range(_ value: Double, _ goal: Double, _ interval: ClosedRange<Double>?) -> ClosedRange<Double> {
        if unit == "%", goal >= 0, goal <= 100, value >= 0, value <= 100 {
            let least = min(value, goal, interval?.lowerBound ?? value)
            return (least >= 60 ? 50 : 0)...100
        }
        let high = max(value, goal, 0) * 1.1
        return min(0, value, goal)...(high > 0 ? high : 1)
    }

    static func double(_ value: Decimal) -> Double { NSDecimalNumber(decimal: value).doubleValue }

    // MARK: 判断

    var badge: Badge { Self.badge(standing.judgement.verdict) }

    static func badge(_ verdict: Verdict) -> Badge { Badge(tone(verdict), verdict.word) }

    static func tone(_ verdict: Verdict) -> Badge.Tone {
        switch verdict {
        case .met: .good
        case .metNotSignificant, .missedNotSignificant: .caution
        case .missed: .bad
        case .mixed: .info
        case .unknown, .unmeasurable: .neutral
        }
    }

    /// What follows under the badge: how far off, how much a year, how late, what is missing.
    var remarks: [Word] {
        let judgement = standing.judgement
        var remarks: [Word] = []
        if let days = judgement.overdueDays { remarks.append(TargetWords.overdue(days)) }
        if judgement.verdict == .missed || judgement.verdict == .missedNotSignificant, let value = judgement.shownValue,
            let goal = target.goal,
            value != goal
        {
            remarks.append(TargetWords.behind((goal - value).magnitude.shown(atMost: 2), points))
        }
        if let needed = judgement.neededPerYear {
            remarks.append(TargetWords.needed((needed > 0 ? "+" : "") + needed.shown(atMost: 2), points))
        }
        return remarks
    }

    /// Why there is no verdict, for a row: its clause and responsible organisation have their own places there.
    var gap: Word? { standing.missing.map { Word($0.what) } ?? noted }

    /// The same as a whole sentence: what is missing and who should report it.
    var gapSentence: Word? { standing.missing.map { Word($0.sentence) } ?? noted }

    private var noted: Word? { standing.judgement.verdict == .unknown ? standing.notes.first.map { Word($0) } : nil }

    var ownerWord: Word { standing.owner.map { Word($0) } ?? TargetWords.ownerOpen }
}
