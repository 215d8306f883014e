import Foundation
import Policy
import QualityStatistics
import Values

/// Judges a target by its kind: the same input always gives the same verdict; nothing is read or asked here.
package enum JudgeTarget {
    package static func judge(_ input: TargetInput) -> Judgement {
        switch input.target.kind {
        case .qualitative: Judgement(.unmeasurable)
        case .reach: reach(input)
        case .stock: reach(input)
        case .hold: hold(input)
        case .additions: additions(input)
        case .growth: growth(input)
        case .compare: compare(input)
        }
    }

    // MARK: One value

    /// The verdict on one value; a share is also asked what its sample can prove.
    static func verdict(_ value: PeriodValue, _ target: Target) -> (Verdict, ClosedRange<Double>?) {
        guard let number = value.value, let comparison = target.comparison, let goal = target.goal else { return (.unknown, nil) }
        guard let hits = value.hits, let sample = Proportion(Int(hits), of: Int(value.n)) else {
            return (comparison.holds(number, goal) ? .met : .missed, nil)
        }
        return share(sample, comparison, goal)
    }

    /// Compared exactly at the point, and by the exact interval at its ends.
    static func share(_ sample: Proportion, _ comparison: Comparison, _ goal: Decimal) -> (Verdict, ClosedRange<Double>) {
        let passes = comparison.holds(Decimal(sample.count) * 100, goal * Decimal(sample.total))
        let interval = sample.interval(.clopperPearson)
        let edge = NSDecimalNumber(decimal: goal).doubleValue / 100
        let isCertain =
            switch comparison {
            case .atLeast: passes ? interval.low >= edge : interval.high < edge
            case .above: passes ? interval.low > edge : interval.high <= edge
            case .atMost: passes ? interval.high <= edge : interval.low > edge
            case .below: passes ? interval.high < edge : interval.low >= edge
            case .equal: !passes && (interval.high < edge || interval.low > edge)
            }
        let verdict: Verdict = passes ? (isCertain ? .met : .metNotSignificant) : (isCertain ? .missed : .missedNotSignificant)
        return (verdict, (interval.low * 100)...(interval.high * 100))
    }

    static func judged(_ value: PeriodValue, _ target: Target) -> JudgedPeriod {
        let (verdict, interval) = verdict(value, target)
        return JudgedPeriod(value: value, verdict: verdict, interval: interval)
    }

    // MARK: 到期达到、存量

    /// The last period's value against the goal, and what is needed a year to arrive.
    private static func reach(_ input: TargetInput) -> Judgement {
        var result = Judgement(.unknown)
        result.periods = input.periods.map { judged($0, input.target) }
        guard let last = result.periods.last else { return late(result, input) }
        let present = result.periods.filter { $0.value.period == last.value.period }
        guard present.count == 1 else {
            result.verdict = .mixed
            return late(result, input)
        }
        result.verdict = last.verdict
        result.now = last.value
        result.interval = last.interval
        steps(&result, input)
        return late(result, input)
    }

    /// Needed a year and the path: only towards a goal that has not been reached, upwards or downwards.
    private static func steps(_ result: inout Judgement, _ input: TargetInput) {
        let target = input.target
        guard let value = result.now?.value, let goal = target.goal, let comparison = target.comparison else { return }
        result.expected = expected(target, on: input.day)
        guard !comparison.holds(value, goal), let due = target.due?.value, due > input.day else { return }
        result.neededPerYear = (goal - value) / (Decimal(due.number - input.day.number) / Decimal(string: "365.25", locale: nil).orOne)
    }

    /// The text's last step so far; without steps the straight line from its baseline to the due date.
    private static func expected(_ target: Target, on day: Day) -> Decimal? {
        if let step = target.path.filter({ $0.on <= day }).max(by: { $0.on < $1.on }) { return step.value }
        guard case .said(let value, let date, _) = target.baseline, let from = date.value, let due = target.due?.value,
            let goal = target.goal,
            from < due, day > from
        else { return nil }
        let share = Decimal(min(day, due).number - from.number) / Decimal(due.number - from.number)
        return value + (goal - value) * share
    }

    /// Days since the due date of what has not been reached.
    private static func late(_ result: Judgement, _ input: TargetInput) -> Judgement {
        var result = result
        let isOpen = (result.verdict.severity ?? 3) >= 2
        if let due = input.target.due?.value, due < input.day, isOpen { result.overdueDays = input.day.number - due.number }
        return result
    }

    // MARK: 每期保持

    /// One bad period fails, however good the others are.
    private static func hold(_ input: TargetInput) -> Judgement {
        var result = Judgement(.unknown)
        result.periods = input.periods.map { judged($0, input.target) }
        if let worst = result.periods.compactMap(\.verdict.severity).max() {
            result.verdict = result.periods.first { $0.verdict.severity == worst }?.verdict ?? .unknown
        }
        if let last = result.periods.last, result.periods.filter({ $0.value.period == last.value.period }).count == 1 {
            result.now = last.value
            result.interval = last.interval
        }
        let bad = result.periods.filter { ($0.verdict.severity ?? 0) >= 2 }
        if !bad.isEmpty {
            let names = bad.map { $0.value.period.text + ($0.value.group.map { "（\($0)）" } ?? "") }
            result.notes.append("\(result.periods.count)期中有\(bad.count)期未达到：" + names.joined(separator: "、"))
        }
        if input.target.period?.isOpen ?? true { result.notes.append("原文没有写按年、按季还是按月，这里按数据的期间看") }
        return result
    }

    // MARK: 新增

    /// The sum over all periods since the beginning; what expired is not taken off.
    private static func additions(_ input: TargetInput) -> Judgement {
        var result = Judgement(.unknown)
        let from = input.target.from?.value
        let counted = input.periods.filter { value in from.map { start in value.period.from.map { $0 >= start } ?? false } ?? true }
        result.periods = counted.map { JudgedPeriod(value: $0, verdict: .unknown, interval: nil) }
        let left = input.periods.count - counted.count
        if left > 0 { result.notes.append("\(left)个数在起算日之前或没有写起日，不计入") }
        if from == nil { result.notes.append("原文没有写从哪一天起算，已录入的各期都计入") }
        guard !counted.isEmpty, let goal = input.target.goal, let comparison = input.target.comparison else { return late(result, input) }
        guard !overlap(counted) else {
            result.notes.append("各期的起止日期互相重叠，不能相加")
            return late(result, input)
        }
        let known = counted.compactMap(\.value)
        guard known.count == counted.count else { return late(result, input) }
        let total = known.reduce(0, +)
        result.total = total
        result.now = counted.last
        result.verdict = comparison.holds(total, goal) ? .met : .missed
        if result.verdict == .missed, let due = input.target.due?.value, due > input.day {
            result.neededPerYear = (goal - total) / (Decimal(due.number - input.day.number) / Decimal(string: "365.25", locale: nil).orOne)
        }
        return late(result, input)
    }

    private static func overlap(_ values: [PeriodValue]) -> Bool {
        let spans = values.compactMap { value in value.period.from.flatMap { from in value.period.to.map { (from, $0) } } }
        let sorted = spans.sorted { $0.0 < $1.0 }
        return zip(sorted, sorted.dropFirst()).contains { $0.1 >= $1.0 }
    }
}

extension Decimal? {
    /// The number, or one; for divisors written in the program.
    var orOne: Decimal { self ?? 1 }
}
