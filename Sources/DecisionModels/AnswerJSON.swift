import DecisionTables

extension FeelValue {
    /// As JSON, numbers with every digit; dates, times and durations as texts.
    package var json: String {
        switch self {
        case .null: "null"
        case .number(let number): number.description
        case .boolean(let flag): flag ? "true" : "false"
        case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
        case .context(let context): "{" + context.entries.map { "\(FeelValue.quoted($0)):\($1.json)" }.joined(separator: ",") + "}"
        default: FeelValue.quoted(description)
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case _ where scalar.value < 32: result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension DecisionAnswer {
    /// The whole answer as one JSON object.
    package func json(decision: String) -> String {
        func list(_ items: [String]) -> String { "[" + items.map(FeelValue.quoted).joined(separator: ",") + "]" }
        let said = tables.map { table in
            "{\"decision\":\(FeelValue.quoted(table.decision)),\"standing\":\"\(table.standing.rawValue)\",\"matching\":\(list(table.matching)),"
                + "\"missing\":\(list(table.missing))}"
        }
        return "{\"decision\":\(FeelValue.quoted(decision)),\"value\":\(value.json),\"tables\":[\(said.joined(separator: ","))],"
            + "\"remarks\":\(list(remarks))}"
    }
}
