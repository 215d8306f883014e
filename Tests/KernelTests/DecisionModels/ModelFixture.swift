import DecisionTables
import Values

@testable import DecisionModels

/// A small model as text, of which a test changes one thing.
enum ModelFixture {
    static let namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"

    static func text(_ inner: String, namespace: String = ModelFixture.namespace) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"\(namespace)\" name=\"演示\" namespace=\"urn:demo\" id=\"_m\">\n\(inner)\n</definitions>\n"
    }

    static func model(_ inner: String) throws -> DecisionModel { try DecisionModel.read(Array(text(inner).utf8), file: "演示.dmn") }

    static func input(_ name: String, _ type: String = "number") -> String {
        "<inputData id=\"i-\(name)\" name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"\(type)\"/></inputData>"
    }

    /// A decision that needs these inputs.
    static func decision(_ name: String = "D", needs inputs: [String] = [], type: String = "Any", _ logic: String) -> String {
        let needs = inputs.map { "<informationRequirement><requiredInput href=\"#i-\($0)\"/></informationRequirement>" }.joined()
        return "<decision id=\"d-\(name)\" name=\"\(name)\"><variable name=\"\(name)\" typeRef=\"\(type)\"/>\(needs)\(logic)</decision>"
    }

    static func literal(_ text: String) -> String {
        "<literalExpression><text>\(text.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</text></literalExpression>"
    }

    /// What an expression gives with these inputs in scope.
    static func value(_ text: String, _ given: [String: FeelValue] = [:]) throws -> FeelValue {
        let inputs = given.keys.sorted()
        let model = try model(inputs.map { input($0, "Any") }.joined() + decision(needs: inputs, literal(text)))
        return try model.prepare("D").evaluate(given).value
    }

    /// A table over one number `x`, written as rows of cell and output.
    static func table(_ hit: String, _ rows: [(String, String)], values: String = "", standard: String = "") -> String {
        let rules = rows.map { cell, output in
            "<rule><inputEntry><text>\(cell.replacing("<", with: "&lt;"))</text></inputEntry><outputEntry><text>\(output)</text></outputEntry></rule>"
        }.joined()
        let order = values.isEmpty ? "" : "<outputValues><text>\(values)</text></outputValues>"
        let other = standard.isEmpty ? "" : "<defaultOutputEntry><text>\(standard)</text></defaultOutputEntry>"
        return """
            <decisionTable \(hit)><input><inputExpression typeRef="number"><text>x</text></inputExpression></input>\
            <output>\(order)\(other)</output>\(rules)</decisionTable>
            """
    }

    static func answer(_ hit: String, _ rows: [(String, String)], values: String = "", standard: String = "", x: FeelValue) throws
        -> DecisionAnswer
    {
        let model = try model(input("x") + decision(needs: ["x"], table(hit, rows, values: values, standard: standard)))
        return try model.prepare("D").evaluate(["x": x])
    }

    static func number(_ text: String) -> FeelValue { Decimal34(text).map { .number($0) } ?? .null }
}

/// The failure that a piece of work ends in.
func failure(of work: () throws -> Void) -> Failure? {
    do {
        try work()
        return nil
    } catch { return error as? Failure }
}
