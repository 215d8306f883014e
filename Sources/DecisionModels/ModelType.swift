import DecisionTables
import Values

/// The type of an input or a decision.
indirect enum ModelType: Sendable, Hashable {
    case any, number, text, boolean, day, time, moment, months, seconds
    case list(ModelType)
    case context([Component])
    /// Only values that satisfy these tests; `written` as in the model.
    case allowed(ModelType, UnaryTests, written: String)

    struct Component: Sendable, Hashable {
        let name: String
        let type: ModelType
    }

    /// The types of FEEL itself, in the spellings of DMN 1.1 to 1.5.
    static func named(_ name: String) -> ModelType? {
        switch name {
        case "Any", "context", "list", "undefined", "": .any
        case "number", "decimal", "integer": .number
        case "string": .text
        case "boolean": .boolean
        case "date": .day
        case "time": .time
        case "dateTime", "date and time": .moment
        case "yearMonthDuration", "years and months duration": .months
        case "dayTimeDuration", "days and time duration": .seconds
        default: nil
        }
    }

    /// The kind in words, for error sentences.
    var chinese: String {
        switch self {
        case .any: "任意值"
        case .number: "数值"
        case .text: "文字"
        case .boolean: "真假值"
        case .day: "日期"
        case .time: "时刻"
        case .moment: "日期时刻"
        case .months: "年月时长"
        case .seconds: "日时时长"
        case .list(let item): "列表（\(item.chinese)）"
        case .context(let components): "结构（\(components.map(\.name).joined(separator: "、"))）"
        case .allowed(let type, _, let written): "\(type.chinese)（\(written)）"
        }
    }

    /// The type below limits and lists.
    var bare: ModelType {
        switch self {
        case .allowed(let type, _, _): type.bare
        default: self
        }
    }

    /// The value as this type has it: a list of one is its item, an item is a list of one (DMN 1.5, 10.3.2.9.4). Nil where it does not fit.
    func fit(_ value: FeelValue) -> FeelValue? {
        if value == .null { return .null }
        switch (self, value) {
        case (.any, _), (.number, .number), (.text, .text), (.boolean, .boolean), (.day, .day), (.time, .time), (.moment, .moment),
            (.months, .months), (.seconds, .seconds):
            return value
        case (.list(let item), .list(let values)):
            let fitted = values.compactMap { item.fit($0) }
            return fitted.count == values.count ? .list(fitted) : nil
        case (.list(let item), _): return item.fit(value).map { .list([$0]) }
        case (.context(let components), .context(let context)):
            var result = context
            for component in components {
                guard let fitted = component.type.fit(context[component.name] ?? .null) else { return nil }
                result[component.name] = fitted
            }
            return .context(result)
        case (.allowed(let type, let tests, _), _):
            guard let fitted = type.fit(value) else { return nil }
            return tests.admits(fitted) ? fitted : nil
        case (_, .list(let values)) where values.count == 1: return fit(values[0])
        default: return nil
        }
    }
}

extension UnaryTests {
    /// Whether a value of a limited type is one of those allowed; of a list, whether every item is.
    func admits(_ value: FeelValue) -> Bool {
        if case .list(let items) = value { return items.allSatisfy(admits) }
        var evaluation = Evaluation(functions: [:], file: nil)
        do throws(Failure) { return try evaluation.match(self, value, [:]) != .no } catch { return false }
    }
}
