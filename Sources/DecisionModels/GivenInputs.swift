import DecisionTables
package import Values

extension PreparedDecision {
    /// The inputs of a JSON object, each as its type has it: dates and durations are texts, numbers keep every digit.
    ///
    /// - Throws: `dmn.input-unknown` for a name that the decision does not take, `dmn.input-kind` for a value of another kind.
    package func inputs(_ json: WrittenJSON, file: String?) throws(Failure) -> [String: FeelValue] {
        guard case .object(let members) = json else {
            throw ModelFault.make("input-not-object", "输入应为一个 JSON 对象。", cure: "写成 {\"名称\": 值, …}。", at: FilePlace(file: file, line: 1))
        }
        var result: [String: FeelValue] = [:]
        for member in members {
            guard let input = inputs.first(where: { $0.name == member.name.normalized }) else {
                throw ModelFault.make(
                    "input-unknown", "决策「\(name)」没有输入「\(member.name)」。", cure: "它要的输入：\(inputs.map(\.name).joined(separator: "、"))。",
                    at: FilePlace(file: file, line: member.line))
            }
            let place = FilePlace(file: file, column: input.name, line: member.line)
            result[input.name] = try GivenValue(place: place, name: input.name).value(member.value, input.type)
        }
        return result
    }
}

/// Turns a JSON value into one of a type.
private struct GivenValue {
    let place: FilePlace
    let name: String

    func value(_ json: WrittenJSON, _ type: ModelType) throws(Failure) -> FeelValue {
        switch (json, type) {
        case (.null, _): return .null
        case (_, .allowed(let inner, _, _)):
            let found = try value(json, inner)
            if type.fit(found) == nil { throw wrong(json, type) }
            return found
        case (.boolean(let flag), .any), (.boolean(let flag), .boolean): return .boolean(flag)
        case (.number(let digits), .any), (.number(let digits), .number):
            guard let number = Decimal34(digits) else { throw wrong(json, type) }
            return .number(number)
        case (.text(let text), _) where type != .boolean: return try self.value(text: text, type)
        case (.list(let items), .list(let item)): return try list(items, item)
        case (.list(let items), .any): return try list(items, .any)
        case (_, .list(let item)): return .list([try value(json, item)])
        case (.object(let members), .context(let components)): return try context(members, components)
        case (.object(let members), .any): return try context(members, [])
        default: throw wrong(json, type)
        }
    }

    private func value(text: String, _ type: ModelType) throws(Failure) -> FeelValue {
        if type == .any || type == .text { return .text(text) }
        if case .list(let item) = type { return .list([try value(.text(text), item)]) }
        let found = FeelTemporal.value(text)
        // A day may stand for the moment at which it begins.
        if type == .moment, case .day(let day) = found { return .moment(FeelMoment(day: day, time: FeelTime(seconds: .zero, offset: nil))) }
        guard found != .null, let fitted = type.fit(found) else { throw wrong(.text(text), type) }
        return fitted
    }

    private func list(_ items: [WrittenJSON], _ type: ModelType) throws(Failure) -> FeelValue {
        var result: [FeelValue] = []
        for item in items { result.append(try value(item, type)) }
        return .list(result)
    }

    /// Components that are not given are unknown; others than those of the type are slips.
    private func context(_ members: [WrittenJSON.Member], _ components: [ModelType.Component]) throws(Failure) -> FeelValue {
        var result = FeelContext(components.map { ($0.name, .null) })
        for member in members {
            let component = components.first { $0.name == member.name.normalized }
            if component == nil, !components.isEmpty {
                throw ModelFault.make(
                    "input-unknown", "输入「\(name)」没有「\(member.name)」一项。", cure: "它的各项：\(components.map(\.name).joined(separator: "、"))。",
                    at: FilePlace(file: place.file, column: name, line: member.line))
            }
            result[component?.name ?? member.name] = try value(member.value, component?.type ?? .any)
        }
        return .context(result)
    }

    private func wrong(_ json: WrittenJSON, _ type: ModelType) -> Failure {
        let written =
            switch json {
            case .null: "null"
            case .boolean(let flag): "真假值「\(flag)」"
            case .number(let digits): "数值「\(digits.prefix(60))」"
            case .text(let text): "文字「\(text.prefix(60))」"
            case .list: "列表"
            case .object: "结构"
            }
        return ModelFault.make(
            "input-kind", "输入「\(name)」应为\(type.chinese)，给的是\(written)。", cure: "改成\(type.chinese)；不知道的写 null。", at: place)
    }
}
