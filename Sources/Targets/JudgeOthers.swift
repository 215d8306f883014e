import Foundation
import Policy
import QualityStatistics
import Values

/// Growth a year, and comparison with others.
extension JudgeTarget {
    // MARK: 年增长

    /// Every year against the year before; figures in per cent are growth rates already.
    static func growth(_ input: TargetInput) -> Judgement {
        var result = Judgement(.unknown)
        result.periods = rates(input).map { judged($0, input.target) }
        if let worst = result.periods.compactMap(\.verdict.severity).max() {
            result.verdict = result.periods.first { $0.verdict.severity == worst }?.verdict ?? .unknown
        }
        result.now = result.periods.last?.value
        if result.periods.isEmpty, !input.periods.isEmpty { result.notes.append("只有一年的数，算不出增长率") }
        if !result.periods.isEmpty { result.notes.append("逐年计算；原文没有写按几年平均的，以每一年都达到为准") }
        return result
    }

    private static func rates(_ input: TargetInput) -> [PeriodValue] {
        if input.periods.allSatisfy({ ($0.figure?.unit ?? $0.unit) == "%" }) { return input.periods }
        return zip(input.periods, input.periods.dropFirst()).compactMap { before, after in
            guard let base = before.value, let value = after.value, base > 0, isNextYear(before, after) else { return nil }
            return PeriodValue(
                after.period, value: (value / base - 1) * 100, unit: "%", question: after.question, figure: after.figure)
        }
    }

    private static func isNextYear(_ before: PeriodValue, _ after: PeriodValue) -> Bool {
        guard let first = before.period.to?.year, let second = after.period.to?.year else { return false }
        return second == first + 1
    }

    // MARK: 比较位次

    static func compare(_ input: TargetInput) -> Judgement {
        var result = Judgement(.unknown)
        let last = input.periods.last
        let present = input.periods.filter { $0.period == last?.period }
        result.now = present.count == 1 ? last : nil
        if let now = result.now, let hits = now.hits, let sample = Proportion(Int(hits), of: Int(now.n)) {
            let interval = sample.interval(.clopperPearson)
            result.interval = (interval.low * 100)...(interval.high * 100)
        }
        if present.count > 1 {
            result.verdict = .mixed
            result.periods = present.map { JudgedPeriod(value: $0, verdict: .unknown, interval: nil) }
        }
        return input.target.rank == nil ? against(result, input) : ranked(result, input)
    }

    /// Every named body has to be surpassed; one missing figure leaves it open.
    private static func against(_ given: Judgement, _ input: TargetInput) -> Judgement {
        var result = given
        result.others = input.target.against.map { name in
            let other = input.others.first { $0.name == name }?.value
            return JudgedOther(name: name, value: other, verdict: against(other, result, input.target))
        }
        let missing = result.others.filter { $0.value == nil }.map(\.name)
        if !missing.isEmpty { result.notes.append("缺\(missing.joined(separator: "、"))的数，请录入上级通报数") }
        notePeriods(&result)
        guard result.verdict != .mixed, result.others.allSatisfy({ $0.verdict.severity != nil }) else { return result }
        if let worst = result.others.max(by: { ($0.verdict.severity ?? 0) < ($1.verdict.severity ?? 0) }) { result.verdict = worst.verdict }
        return result
    }

    private static func against(_ other: PeriodValue?, _ result: Judgement, _ target: Target) -> Verdict {
        guard let value = result.now?.value, let bar = other?.value, let comparison = target.comparison else { return .unknown }
        if let now = result.now, let hits = now.hits, let sample = Proportion(Int(hits), of: Int(now.n)) {
            return share(sample, comparison, bar).0
        }
        return comparison.holds(value, bar) ? .met : .missed
    }

    private static func ranked(_ given: Judgement, _ input: TargetInput) -> Judgement {
        var result = given
        let others = input.others.filter { $0.value.value != nil }
        result.others = others.map { JudgedOther(name: $0.name, value: $0.value, verdict: .unknown) }
        let among = input.target.among ?? "同级地区"
        guard let value = result.now?.value, let asked = input.target.rank else { return result }
        guard !others.isEmpty else {
            result.notes.append("缺\(among)的数，不能排位次；请录入上级通报数")
            return result
        }
        let rank = 1 + others.filter { ($0.value.value ?? 0) > value }.count
        let equals = others.filter { $0.value.value == value }.count
        result.rank = rank
        result.verdict = rank <= asked ? .met : .missed
        result.notes.append("与已录入的\(others.count)个单位相比，居第\(rank)位；\(among)是否都已录入，要人核对")
        if equals > 0, rank <= asked { result.notes.append("有\(equals)个单位并列，原文没有写并列算不算") }
        notePeriods(&result)
        return result
    }

    private static func notePeriods(_ result: inout Judgement) {
        guard let now = result.now else { return }
        let different = result.others.filter { other in other.value.map { $0.period.text != now.period.text } ?? false }.map(\.name)
        if !different.isEmpty { result.notes.append("\(different.joined(separator: "、"))的数与本级数（\(now.period.text)）不是同一期") }
    }
}
