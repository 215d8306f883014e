package import DecisionTables
import Foundation
package import Values

/// A value of a decision model (FEEL): what an input holds, what an expression gives.
package enum FeelValue: Hashable, Sendable {
    /// Nobody knows, or it does not exist.
    case null
    case number(Decimal34)
    case text(String)
    case boolean(Bool)
    case day(Day)
    case time(FeelTime)
    case moment(FeelMoment)
    /// A years-and-months duration, in months.
    case months(Int)
    /// A days-and-time duration, in seconds.
    case seconds(Decimal34)
    case list([FeelValue])
    case context(FeelContext)

    /// The kind, as error sentences name it.
    package var chinese: String {
        switch self {
        case .null: "未知（null）"
        case .number: "数值"
        case .text: "文字"
        case .boolean: "真假值"
        case .day: "日期"
        case .time: "时刻"
        case .moment: "日期时刻"
        case .months: "年月时长"
        case .seconds: "日时时长"
        case .list: "列表"
        case .context: "结构"
        }
    }

    /// As a cell of a table sees it: values of one scale can be compared; nil for lists, structures and numbers beyond all measure.
    var onScale: (scale: FeelScale, fact: FactValue)? {
        switch self {
        case .null, .list, .context: nil
        case .number(let number): number.decimal.map { (.number, .number($0)) }
        case .text(let text): (.text, .text(text))
        case .boolean(let flag): (.boolean, .boolean(flag))
        case .day(let day): (.day, .day(day))
        case .time(let time): time.position.decimal.map { (time.offset == nil ? .time : .zonedTime, .number($0)) }
        case .moment(let moment): moment.position.decimal.map { (moment.time.offset == nil ? .moment : .zonedMoment, .number($0)) }
        case .months(let months): (.months, .number(.init(months)))
        case .seconds(let seconds): seconds.decimal.map { (.seconds, .number($0)) }
        }
    }

    /// Equality of FEEL: null equals null only; values of different kinds cannot be compared, which is null.
    func equals(_ other: FeelValue) -> Bool? {
        if self == .null || other == .null { return self == other }
        switch (self, other) {
        case (.list, .list), (.context, .context), (.number, .number): return self == other
        default:
            guard let left = onScale, let right = other.onScale, left.scale == right.scale else { return nil }
            return left.fact == right.fact
        }
    }

    /// Whether this value stands before the other; nil where they cannot be compared.
    func isBefore(_ other: FeelValue) -> Bool? {
        if case .number(let left) = self, case .number(let right) = other { return left < right }
        guard let left = onScale, let right = other.onScale, left.scale == right.scale, left.scale != .boolean else { return nil }
        // Where the left one is excluded as an upper end at the right one, it stands before it.
        return ValueInterval(lower: nil, upper: Bound(right.fact, isIncluded: false)).contains(left.fact)
    }
}

/// Scales on which values can be compared.
enum FeelScale: Hashable, Sendable {
    case number, text, boolean, day, time, zonedTime, moment, zonedMoment, months, seconds
}

/// Named values in their order; two are equal where they name the same values, whatever the order.
package struct FeelContext: Hashable, Sendable {
    package private(set) var names: [String] = []
    private var values: [String: FeelValue] = [:]

    package init(_ entries: [(String, FeelValue)] = []) {
        for (name, value) in entries { self[name] = value }
    }

    package subscript(_ name: String) -> FeelValue? {
        get { values[name] }
        set {
            if values[name] == nil { names.append(name) }
            if newValue == nil { names.removeAll { $0 == name } }
            values[name] = newValue
        }
    }

    /// In the order written.
    package var entries: [(String, FeelValue)] { names.compactMap { name in values[name].map { (name, $0) } } }

    package static func == (left: FeelContext, right: FeelContext) -> Bool { left.values == right.values }

    package func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
