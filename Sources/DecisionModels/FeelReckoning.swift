import DecisionTables
import Values

/// `+ - * / **` on values; null where an operand is unknown, of a wrong kind, or the result does not exist.
enum FeelReckoning {
    static func reckon(_ left: FeelValue, _ operation: FeelExpression.Operation, _ right: FeelValue) -> FeelValue {
        switch operation {
        case .plus: plus(left, right)
        case .minus: minus(left, right)
        case .times: times(left, right)
        case .over: over(left, right)
        case .power:
            if case .number(let base) = left, case .number(let power) = right { number(base.raised(to: power)) } else { .null }
        }
    }

    static func negated(_ value: FeelValue) -> FeelValue {
        switch value {
        case .number(let number): .number(-number)
        case .months(let months): .months(-months)
        case .seconds(let seconds): .seconds(-seconds)
        default: .null
        }
    }

    private static func number(_ result: Decimal34?) -> FeelValue { result.map { .number($0) } ?? .null }

    private static func seconds(_ result: Decimal34?) -> FeelValue { result.map { .seconds($0) } ?? .null }

    private static func months(_ result: Decimal34?) -> FeelValue {
        guard let whole = result?.floored(by: Decimal34(1)), whole.magnitude < 1_000_000_000 else { return .null }
        return .months(whole)
    }

    private static func plus(_ left: FeelValue, _ right: FeelValue) -> FeelValue {
        switch (left, right) {
        case (.number(let left), .number(let right)): number(left.adding(right))
        case (.text(let left), .text(let right)): .text(left + right)
        case (.months(let left), .months(let right)): .months(left + right)
        case (.seconds(let left), .seconds(let right)): seconds(left.adding(right))
        case (.months, .day), (.months, .moment), (.seconds, .day), (.seconds, .moment), (.seconds, .time): later(right, by: left)
        default: later(left, by: right)
        }
    }

    private static func minus(_ left: FeelValue, _ right: FeelValue) -> FeelValue {
        switch (left, right) {
        case (.number(let left), .number(let right)): number(left.subtracting(right))
        case (.months(let left), .months(let right)): .months(left - right)
        case (.seconds(let left), .seconds(let right)): seconds(left.subtracting(right))
        case (.day(let left), .day(let right)): .seconds(Decimal34((left.number - right.number) * 86_400))
        case (.moment(let left), .moment(let right)):
            (left.time.offset == nil) == (right.time.offset == nil) ? seconds(left.position.subtracting(right.position)) : .null
        case (.time(let left), .time(let right)):
            (left.offset == nil) == (right.offset == nil) ? seconds(left.position.subtracting(right.position)) : .null
        default: later(left, by: negated(right))
        }
    }

    /// A date, moment or time after a duration; a time goes round the clock.
    private static func later(_ value: FeelValue, by duration: FeelValue) -> FeelValue {
        switch (value, duration) {
        case (.day(let day), .months(let months)): moved(day, months).map { .day($0) } ?? .null
        case (.day(let day), .seconds(let seconds)):
            FeelMoment(day: day, time: FeelTime(seconds: .zero, offset: nil)).adding(seconds).map { .day($0.day) } ?? .null
        case (.moment(let moment), .months(let months)):
            moved(moment.day, months).map { .moment(FeelMoment(day: $0, time: moment.time)) } ?? .null
        case (.moment(let moment), .seconds(let seconds)): moment.adding(seconds).map { .moment($0) } ?? .null
        case (.time(let time), .seconds(let seconds)):
            FeelMoment(day: Day(number: 0), time: time).adding(seconds).map { .time($0.time) } ?? .null
        default: .null
        }
    }

    private static func moved(_ day: Day, _ months: Int) -> Day? {
        let year = (day.year * 12 + day.month - 1 + months) / 12
        return (1...9999).contains(year) ? day.adding(months: months) : nil
    }

    private static func times(_ left: FeelValue, _ right: FeelValue) -> FeelValue {
        switch (left, right) {
        case (.number(let left), .number(let right)): number(left.multiplied(by: right))
        case (.months(let size), .number(let factor)), (.number(let factor), .months(let size)):
            months(Decimal34(size).multiplied(by: factor))
        case (.seconds(let size), .number(let factor)), (.number(let factor), .seconds(let size)): seconds(size.multiplied(by: factor))
        default: .null
        }
    }

    private static func over(_ left: FeelValue, _ right: FeelValue) -> FeelValue {
        switch (left, right) {
        case (.number(let left), .number(let right)): number(left.divided(by: right))
        case (.months(let size), .number(let divisor)): months(Decimal34(size).divided(by: divisor))
        case (.seconds(let size), .number(let divisor)): seconds(size.divided(by: divisor))
        case (.months(let left), .months(let right)): number(Decimal34(left).divided(by: Decimal34(right)))
        case (.seconds(let left), .seconds(let right)): number(left.divided(by: right))
        default: .null
        }
    }
}
