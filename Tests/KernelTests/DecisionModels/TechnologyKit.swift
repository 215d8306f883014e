import DecisionTables
import Foundation
import TestSupport
import Values
import XMLReading

@testable import DecisionModels

/// The test cases of the DMN Technology Compatibility Kit, as its files give them.
struct TechnologyKit {
    static let folder = SharedData.url("data/dmn-tck/TestCases/compliance-level-2")

    struct Case: Sendable {
        let model: String
        let id: String
        let inputs: [String: FeelValue]
        let results: [(decision: String, expected: FeelValue)]
    }

    /// The folders of the kit, each with a model and its cases.
    static var folders: [URL] {
        guard let folder else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map(folder.appendingPathComponent).filter(\.hasDirectoryPath)
    }

    static func model(in folder: URL) throws -> DecisionModel {
        let file = folder.appendingPathComponent(folder.lastPathComponent + ".dmn")
        return try DecisionModel.read([UInt8](try Data(contentsOf: file)), file: file.lastPathComponent)
    }

    static func cases(in folder: URL) throws -> [Case] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }.sorted()
        return try files.flatMap { file in
            let root = try ReadXMLTree.root([UInt8](try Data(contentsOf: folder.appendingPathComponent(file))), file: file)
            return root.all("testCase").map { node in
                Case(
                    model: root.first("modelName")?.words ?? "", id: node.attributes["id"] ?? "",
                    inputs: Dictionary(
                        node.all("inputNode").map { ($0.attributes["name"] ?? "", value($0)) }, uniquingKeysWith: { first, _ in first }),
                    results: node.all("resultNode").map { result in
                        (result.attributes["name"] ?? "", result.first("expected").map(value) ?? .null)
                    })
            }
        }
    }

    private static func value(_ node: XMLNode) -> FeelValue {
        if let list = node.first("list") { return .list(list.all("item").map(value)) }
        let components = node.all("component")
        if !components.isEmpty { return .context(FeelContext(components.map { ($0.attributes["name"] ?? "", value($0)) })) }
        guard let written = node.first("value"), written.attributes["nil"] != "true" else { return .null }
        switch written.attributes["type"]?.split(separator: ":").last {
        case "decimal", "double", "integer": return Decimal34(written.words ?? "").map { .number($0) } ?? .null
        case "boolean": return .boolean(written.words == "true")
        case "date": return Day(written.words ?? "").map { .day($0) } ?? .null
        default: return .text(written.text)
        }
    }

    /// Equal values; numbers to the digits that the kit writes, as its own runners compare them.
    static func agrees(_ value: FeelValue, _ expected: FeelValue) -> Bool {
        switch (value, expected) {
        case (.number(let value), .number(let expected)):
            guard let difference = value.subtracting(expected), let limit = Decimal34("1e-8") else { return false }
            return value == expected || (difference.isNegative ? -difference : difference) < limit
        case (.list(let values), .list(let items)): return values.count == items.count && zip(values, items).allSatisfy(agrees)
        case (.context(let value), .context(let expected)):
            return value.names.sorted() == expected.names.sorted()
                && expected.entries.allSatisfy { agrees(value[$0.0] ?? .null, $0.1) }
        default: return value == expected
        }
    }
}
