package import Evidence
package import Storage
import Values

/// An answer in the shape that scripts rely on: value, n, interval, groups, rows.
package enum AnswerJSON {
    /// `rows` is null where they were not asked for.
    package static func of(_ answer: Answer, rows: JSONValue? = nil) -> JSONValue {
        var members: [(String, JSONValue)] = figure(answer.figure)
        members.append(
            (
                "groups",
                .list(
                    answer.groups.map { group in
                        .object(
                            [("key", .list(group.keys.map(JSONValue.text))), ("label", .list(group.labels.map(JSONValue.text)))]
                                + figure(group.figure))
                    })
            ))
        if let structure = answer.question.structure.text { members.append(("structure", .text(structure))) }
        members.append(("rows", rows ?? .null))
        return .object(members)
    }

    private static func figure(_ figure: Figure) -> [(String, JSONValue)] {
        let interval = figure.interval.map { JSONValue.list([JSONValue($0.lowerBound), JSONValue($0.upperBound)]) } ?? .null
        return [("value", JSONValue(figure.value)), ("n", .integer(figure.n)), ("interval", interval)]
    }

    /// One row as an object by column name.
    package static func row(_ columns: [Fact.Column], _ values: [Value]) -> JSONValue {
        .object(zip(columns, values).map { ($0.name, cell($1)) })
    }

    private static func cell(_ value: Value) -> JSONValue {
        switch value {
        case .null, .blob: .null
        case .integer(let number): .integer(number)
        case .real(let number): JSONValue(number)
        case .text(let text): .text(text)
        }
    }

    /// All facts with their dimensions and metrics: what can be asked.
    package static func list(_ catalogue: FactCatalogue) -> JSONValue {
        .object([("facts", .list(catalogue.facts.map(fact)))])
    }

    private static func fact(_ fact: Fact) -> JSONValue {
        .object([
            ("name", .text(fact.name)), ("label", .text(fact.label.chinese)), ("confidential", .boolean(fact.isConfidential)),
            (
                "metrics",
                .list(
                    fact.metrics.map {
                        .object([("name", .text($0.name)), ("label", .text($0.label.chinese)), ("unit", .text($0.unit.chinese))])
                    })
            ),
            ("dimensions", .list(fact.dimensions.map(dimension))),
        ])
    }

    private static func dimension(_ dimension: Dimension) -> JSONValue {
        let values = dimension.words.keys.sorted().map { code in
            JSONValue.object([("code", .text(code)), ("label", .text(dimension.words[code]?.chinese ?? code))])
        }
        return .object([("name", .text(dimension.name)), ("label", .text(dimension.label.chinese)), ("values", .list(values))])
    }
}
