import DecisionTables
import Values

/// Dates, times and durations: their literals, functions, parts and reckoning.
enum FeelTemporal {
    /// Any of the four literals; null for any other text.
    static func value(_ text: String) -> FeelValue {
        if let day = Day(text) { return .day(day) }
        if text.contains("T"), !text.contains("P"), let moment = FeelMoment(text) { return .moment(moment) }
        if let time = FeelTime(text) { return .time(time) }
        return FeelDuration.value(text) ?? .null
    }

    /// A built-in function; null where its arguments say nothing that exists.
    static func call(_ function: FeelFunction, _ arguments: [FeelValue]) -> FeelValue {
        switch (function, arguments.first ?? .null) {
        case (.date, .text(let text)): Day(text).map { .day($0) } ?? .null
        case (.date, .day(let day)): .day(day)
        case (.date, .moment(let moment)): .day(moment.day)
        case (.date, .number): date(arguments)
        case (.time, .text(let text)): FeelTime(text).map { .time($0) } ?? .null
        case (.time, .moment(let moment)): .time(moment.time)
        case (.time, .number): time(arguments)
        case (.moment, .text(let text)): FeelMoment(text).map { .moment($0) } ?? .null
        case (.moment, .day(let day)): moment(day, arguments)
        case (.duration, .text(let text)): FeelDuration.value(text) ?? .null
        default: .null
        }
    }

    private static func whole(_ value: FeelValue) -> Int? {
        if case .number(let number) = value { return number.whole }
        return nil
    }

    private static func date(_ arguments: [FeelValue]) -> FeelValue {
        let parts = arguments.compactMap(whole)
        guard parts.count == 3, let day = Day(year: parts[0], month: parts[1], day: parts[2]) else { return .null }
        return .day(day)
    }

    private static func time(_ arguments: [FeelValue]) -> FeelValue {
        guard arguments.count >= 3, let hour = whole(arguments[0]), let minute = whole(arguments[1]),
            case .number(let second) = arguments[2]
        else { return .null }
        var offset: Int?
        if arguments.count > 3, case .seconds(let seconds) = arguments[3] { offset = seconds.whole }
        return FeelTime(hour: hour, minute: minute, second: second, offset: offset).map { .time($0) } ?? .null
    }

    private static func moment(_ day: Day, _ arguments: [FeelValue]) -> FeelValue {
        guard arguments.count == 2, case .time(let time) = arguments[1] else { return .null }
        return .moment(FeelMoment(day: day, time: time))
    }

    // MARK: parts

    /// `.year` and the like; nil where the value has no such part.
    static func part(_ name: String, of value: FeelValue) -> FeelValue? {
        switch value {
        case .day(let day): part(name, of: day)
        case .time(let time): part(name, of: time)
        case .moment(let moment): part(name, of: moment.day) ?? part(name, of: moment.time)
        case .months(let months): name == "years" ? number(months / 12) : name == "months" ? number(months % 12) : nil
        case .seconds(let seconds): part(name, of: seconds)
        default: nil
        }
    }

    private static func number(_ whole: Int) -> FeelValue { .number(Decimal34(whole)) }

    private static func part(_ name: String, of day: Day) -> FeelValue? {
        switch name {
        case "year": number(day.parts.year)
        case "month": number(day.parts.month)
        case "day": number(day.parts.day)
        case "weekday": number((day.number % 7 + 10) % 7 + 1)
        default: nil
        }
    }

    private static func part(_ name: String, of time: FeelTime) -> FeelValue? {
        switch name {
        case "hour": number(time.whole / 3600)
        case "minute": number(time.whole / 60 % 60)
        case "second": .number(time.second)
        case "time offset": time.offset.map { .seconds(Decimal34($0)) } ?? .null
        default: nil
        }
    }

    private static func part(_ name: String, of seconds: Decimal34) -> FeelValue? {
        let size = seconds.isNegative ? -seconds : seconds
        guard let whole = size.floored(by: Decimal34(1)) else { return nil }
        let sign = seconds.isNegative ? -1 : 1
        switch name {
        case "days": return number(sign * (whole / 86_400))
        case "hours": return number(sign * (whole / 3600 % 24))
        case "minutes": return number(sign * (whole / 60 % 60))
        case "seconds": return number(sign * (whole % 60))
        default: return nil
        }
    }
}
