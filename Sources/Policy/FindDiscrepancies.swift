import Foundation
import Values

/// Compares what a text says with what it says elsewhere. Every comparer is general; no document is known here.
package struct FindDiscrepancies {
    private let figures: [ReportedFigure]
    private let lists: [NameList]
    private let durations: [StatedDuration]
    private let file: String

    /// The programme and every file of reported figures.
    package init(_ programme: Programme, reported: [ReportedFile]) {
        figures = reported.flatMap(\.figures)
        lists = reported.flatMap(\.lists)
        durations = programme.durations
        file = "programme.yaml"
    }

    /// Everything that does not agree, comparer by comparer, in the order of the files.
    package func run() -> [Discrepancy] {
        sameMeasure() + countedDifferently() + sumsOfParts() + countsOfNames() + twoLists() + durationsAgainstDates()
    }

    // MARK: Figures

    /// Two figures of one measure with different values; a later state of a figure is no contradiction.
    private func sameMeasure() -> [Discrepancy] {
        pairs { left, right in
            guard left.measure == right.measure, left.counted == right.counted, left.unit == right.unit, left.region == right.region else {
                return nil
            }
            guard left.value != right.value, mayBeSameTime(left, right), !isLater(left, right), !isPart(left, right) else { return nil }
            return Discrepancy(
                kind: .sameMeasure, message: "同一口径的两个数：「\(left.measure)」按\(left.counted)数，一处是\(words(left))，另一处是\(words(right))。",
                sides: [side(left), side(right)],
                settle: "请\(left.label)的填报单位写明两个数各自的日期、级别和范围，附文件。")
        }
    }

    /// One measure counted in different things (firms beside products): shown side by side, since they cannot be equated.
    private func countedDifferently() -> [Discrepancy] {
        pairs { left, right in
            guard left.measure == right.measure, left.counted != right.counted, left.region == right.region else { return nil }
            guard mayBeSameTime(left, right), left.unit != "%", right.unit != "%", left.value > 0, right.value > 0 else { return nil }
            let (less, more) = left.value <= right.value ? (left, right) : (right, left)
            let ratio = rounded(more.value / less.value)
            return Discrepancy(
                kind: .countedDifferently,
                message:
                    "「\(left.measure)」一处数\(left.counted)（\(words(left))），一处数\(right.counted)（\(words(right))），计数对象不同，不能直接比；平均每\(less.unit)\(less.counted)\(ratio)\(more.unit)\(more.counted)。",
                sides: [side(left), side(right)], settle: "列出每\(less.unit)\(less.counted)名下的\(more.counted)，两个数才能对上。")
        }
    }

    private func sumsOfParts() -> [Discrepancy] {
        figures.compactMap { total in
            let parts = figures.filter { $0.partOf == total.id && $0.unit == total.unit }
            guard !parts.isEmpty else { return nil }
            let sum = parts.map(\.value).reduce(0, +)
            guard sum != total.value else { return nil }
            let written = parts.map { "\($0.value)" }.joined(separator: "+")
            return Discrepancy(
                kind: .sumOfParts, message: "总数与各部分之和不等：\(total.label)\(words(total))，而各部分\(written)=\(sum)\(total.unit)。",
                sides: [side(total)] + parts.map(side), settle: sum > total.value ? "各部分是否有重复计算，或总数是另一个日期的，请填报单位说明。" : "是否还有没列出的部分，请填报单位说明。"
            )
        }
    }

    // MARK: Names

    private func countsOfNames() -> [Discrepancy] {
        figures.compactMap { figure in
            guard let list = lists.first(where: { $0.id == figure.countsList }) else { return nil }
            let distinct = Set(list.names)
            guard Decimal(distinct.count) != figure.value else { return nil }
            let doubles = distinct.filter { name in list.names.filter { $0 == name }.count > 1 }.sorted()
            let repeated = doubles.isEmpty ? "" : "，其中\(doubles.map { "「\($0)」" }.joined())写了不止一次"
            return Discrepancy(
                kind: .countOfNames, message: "个数与名单不符：说是\(words(figure))，列出的名字不重复的有\(distinct.count)\(figure.unit)\(repeated)。",
                sides: [
                    side(figure),
                    Discrepancy.Side(clause: list.clause, quote: list.names.joined(separator: "、"), file: list.file, line: list.line),
                ],
                settle: doubles.isEmpty ? "请填报单位补齐名单或更正个数。" : "请填报单位说明写重的一处原来应是哪一个。")
        }
    }

    private func twoLists() -> [Discrepancy] {
        lists.flatMap { list in
            list.excludes.compactMap { id in lists.first { $0.id == id } }.flatMap { other in
                Set(list.names).intersection(other.names).sorted().map { name in
                    Discrepancy(
                        kind: .twoLists, message: "「\(name)」既在「\(list.label)」里，又在「\(other.label)」里，两者不能同时成立。",
                        sides: [side(list, name), side(other, name)], settle: "查「\(name)」的获奖公布文件，以文件为准。")
                }
            }
        }
    }

    // MARK: Time

    private func durationsAgainstDates() -> [Discrepancy] {
        durations.compactMap { duration in
            guard let dates = duration.dates else { return nil }
            let span = length(dates, duration.unit)
            guard span != duration.stated else { return nil }
            let stated = "\(duration.stated)\(duration.unit.rawValue)"
            let months = rounded(length(dates, .month))
            return Discrepancy(
                kind: .duration,
                message: "时长与起止日期不符：\(duration.label)说是\(stated)，而从\(dates.from)到\(dates.to)是\(months)个月。",
                sides: [
                    Discrepancy.Side(clause: duration.clause, quote: duration.says.first?.text ?? stated, file: file, line: duration.line),
                    Discrepancy.Side(
                        clause: dates.clause, quote: dates.says.map(\.text).joined(separator: "—"), file: file, line: duration.line),
                ], settle: "由牵头单位明确目标的期限按哪一个算。")
        }
    }

    /// The length from the first to the last day, both included; whole months count as such.
    private func length(_ dates: StatedDuration.Dates, _ unit: StatedDuration.Unit) -> Decimal {
        let end = dates.to.adding(days: 1)
        if unit == .day { return Decimal(end.number - dates.from.number) }
        var months = 0
        while dates.from.adding(months: months + 1) <= end { months += 1 }
        let rest = end.number - dates.from.adding(months: months).number
        let exact = Decimal(months) + Decimal(rest) / 31
        return unit == .month ? exact : exact / 12
    }

    // MARK: Words

    private func pairs(_ compare: (ReportedFigure, ReportedFigure) -> Discrepancy?) -> [Discrepancy] {
        figures.indices.flatMap { left in figures.indices.dropFirst(left + 1).compactMap { compare(figures[left], figures[$0]) } }
    }

    private func mayBeSameTime(_ left: ReportedFigure, _ right: ReportedFigure) -> Bool {
        left.time == .open || right.time == .open || left.time == right.time
    }

    private func isLater(_ left: ReportedFigure, _ right: ReportedFigure) -> Bool {
        left.laterThan == right.id || right.laterThan == left.id
    }

    private func isPart(_ left: ReportedFigure, _ right: ReportedFigure) -> Bool {
        left.partOf == right.id || right.partOf == left.id || (left.partOf != nil && left.partOf == right.partOf)
    }

    private func words(_ figure: ReportedFigure) -> String { "\(figure.value)\(figure.unit)（\(figure.clause)）" }

    private func side(_ figure: ReportedFigure) -> Discrepancy.Side {
        Discrepancy.Side(
            clause: figure.clause, quote: "\(figure.label) " + (figure.says.first?.text ?? "\(figure.value)\(figure.unit)"),
            file: figure.file,
            line: figure.line)
    }

    private func side(_ list: NameList, _ name: String) -> Discrepancy.Side {
        Discrepancy.Side(clause: list.clause, quote: "\(list.label)：\(name)", file: list.file, line: list.line)
    }

    /// Half up, at most two decimals.
    private func rounded(_ value: Decimal) -> Decimal {
        var source = value
        var result = Decimal()
        NSDecimalRound(&result, &source, 2, .plain)
        return result
    }
}
