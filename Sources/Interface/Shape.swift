import Foundation
package import Questions
package import Values

/// What a value of the interface looks like: written into the document as JSON Schema 2020-12, and held against parameters as they come.
package indirect enum Shape: Sendable {
    case text(longest: Int)
    case day
    case integer(ClosedRange<Int64>)
    case number
    case boolean
    case choice([String])
    case list(Shape)
    case object([Member])
    /// Any object; its members depend on the fact that was asked.
    case open(Shape)
    /// One cell of a row.
    case cell
    case optional(Shape)
    /// Anything at all.
    case any

    /// One member of an object; every member is always there, and null where there is no value.
    package struct Member: Sendable {
        package let name: String
        package let shape: Shape
        package let about: Word

        package init(_ name: String, _ shape: Shape, _ about: Word) {
            self.name = name
            self.shape = shape
            self.about = about
        }
    }

    package static let count = Shape.integer(0...Int64.max)
    package static let id = Shape.integer(1...Int64.max)
    package static let position = Shape.integer(0...Int64.max)
    /// A text of an answer, of whatever length.
    package static let words = Shape.text(longest: .max)

    package var schema: JSONValue { .object(Self.members(self)) }

    private static func members(_ shape: Shape) -> [(String, JSONValue)] {
        switch shape {
        case .text(let longest):
            [("type", .text("string"))] + (longest == .max ? [] : [("minLength", .integer(1)), ("maxLength", JSONValue(longest))])
        case .day: [("type", .text("string")), ("format", .text("date")), ("examples", .list([.text("2007-03-31")]))]
        case .integer(let range):
            [("type", .text("integer")), ("format", .text("int64")), ("minimum", .integer(range.lowerBound))]
                + (range.upperBound == .max ? [] : [("maximum", .integer(range.upperBound))])
        case .number: [("type", .text("number"))]
        case .boolean: [("type", .text("boolean"))]
        case .choice(let values): [("type", .text("string")), ("enum", .list(values.map(JSONValue.text)))]
        case .list(let element): [("type", .text("array")), ("items", element.schema)]
        case .object(let list): object(list)
        case .open(let value): [("type", .text("object")), ("additionalProperties", value.schema)]
        case .cell: [("type", .list(["string", "integer", "number", "null"].map(JSONValue.text)))]
        case .optional(let value): [("anyOf", .list([value.schema, .object([("type", .text("null"))])]))]
        case .any: []
        }
    }

    private static func object(_ list: [Member]) -> [(String, JSONValue)] {
        let properties = list.map { member in
            (member.name, JSONValue.object([("description", .text(member.about.both))] + members(member.shape)))
        }
        return [
            ("type", .text("object")), ("properties", .object(properties)), ("required", .list(list.map { .text($0.name) })),
            ("additionalProperties", .boolean(false)),
        ]
    }

    /// Whether a text of an address is a value of this shape.
    func admits(_ text: String) -> Bool {
        switch self {
        case .text(let longest): !text.isEmpty && text.unicodeScalars.count <= longest
        case .day: Day(text) != nil
        case .integer(let range): Int64(text).map { range.contains($0) && text.first != "+" } ?? false
        case .number: Double(text) != nil
        case .boolean: text == "true" || text == "false"
        case .choice(let values): values.contains(text)
        case .optional(let shape): shape.admits(text)
        case .list, .object, .open, .cell, .any: false
        }
    }
}

extension Word {
    /// Both languages in one line, for a document that is read by people of either.
    var both: String { english.map { $0 == chinese ? chinese : chinese + " · " + $0 } ?? chinese }
}
