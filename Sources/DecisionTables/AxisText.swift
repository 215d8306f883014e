import Foundation
import Values

/// Segments in words: a value to show as an example, and the region as a reader would write it.
extension Axis {
    /// A value that lies in the segment.
    func witness(_ segment: Int) -> FactValue {
        switch input.kind {
        case .open: return .unknown
        case .boolean: return points[segment]
        case .text: return segment < points.count ? points[segment] : .text(unusedText)
        case .number, .day:
            if segment % 2 == 1 { return points[segment / 2] }
            let left = segment > 0 ? points[segment / 2 - 1] : nil
            let right = segment / 2 < points.count ? points[segment / 2] : nil
            return input.kind == .day ? dayBetween(left, right) : numberBetween(left, right)
        }
    }

    /// A set of segments as text: `= 5000`, `>= 5000`, `[1000..5000)`, `= "A"`; several stretches joined by 或.
    func text(_ set: SegmentSet, unit: String = "") -> String {
        switch input.kind {
        case .open: return "任意"
        case .boolean: return "= " + set.segments.map { points[$0].description }.joined(separator: " 或 ")
        case .text: return "= " + set.segments.map { $0 < points.count ? points[$0].literal : "其他值" }.joined(separator: " 或 ")
        case .number, .day: return runs(set).map { text(from: $0.lowerBound, to: $0.upperBound, unit: unit) }.joined(separator: " 或 ")
        }
    }

    /// Stretches of segments that follow each other within the domain.
    private func runs(_ set: SegmentSet) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for segment in set.segments {
            if let last = result.last, ((last.upperBound + 1)..<segment).allSatisfy({ !domain.contains($0) }) {
                result[result.count - 1] = last.lowerBound...segment
            } else {
                result.append(segment...segment)
            }
        }
        return result
    }

    private func text(from start: Int, to end: Int, unit: String) -> String {
        if start == end, start % 2 == 1 { return "= \(names[start / 2])\(unit)" }
        let lower = start % 2 == 1 ? names[start / 2] : start > 0 ? names[start / 2 - 1] : nil
        let upper = end / 2 < names.count ? names[end / 2] : nil
        switch (lower, upper) {
        case (let lower?, let upper?): return (start % 2 == 1 ? "[" : "(") + "\(lower)..\(upper)" + (end % 2 == 1 ? "]" : ")") + unit
        case (let lower?, nil): return (start % 2 == 1 ? ">= " : "> ") + "\(lower)\(unit)"
        case (nil, let upper?): return (end % 2 == 1 ? "<= " : "< ") + "\(upper)\(unit)"
        case (nil, nil): return "任意"
        }
    }

    /// A text that no cell names.
    private var unusedText: String {
        var text = "其他"
        while points.contains(.text(text)) { text += "值" }
        return text
    }

    private func dayBetween(_ left: FactValue?, _ right: FactValue?) -> FactValue {
        switch (left, right) {
        case (.day(let left)?, .day(let right)?): .day(left.adding(days: (right.number - left.number) / 2))
        case (.day(let left)?, _): .day(left.adding(days: 1))
        case (_, .day(let right)?): .day(right.adding(days: -1))
        default: .day(Day(number: 0))
        }
    }

    /// A whole number where one lies between, else the middle.
    private func numberBetween(_ left: FactValue?, _ right: FactValue?) -> FactValue {
        switch (left, right) {
        case (.number(let left)?, .number(let right)?):
            let middle = (left + right) / 2
            var exact = middle
            var whole = Decimal()
            NSDecimalRound(&whole, &exact, 0, .down)
            return .number(whole > left && whole < right ? whole : middle)
        case (.number(let left)?, _): return .number(left + 1)
        case (_, .number(let right)?): return .number(right - 1)
        default: return .number(0)
        }
    }
}
