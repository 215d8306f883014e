package import Values

/// A statement that can only be made from text written in the program, other statements, and bound values.
///
/// A Swift string cannot become part of it: what stands between `\(` and `)` is bound, never pasted, so that no input
/// reaches the engine as SQL. Names come from `Identifier`, which is made from literals alone.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The text with `?` for every bound value.
    package private(set) var text: String
    package private(set) var values: [Value]
    /// Whether the engine's way to the rows depends on what is bound; see `plannedAnew`.
    private(set) var isPlannedAnew = false

    package init(stringLiteral value: StaticString) {
        text = value.description
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
        isPlannedAnew = stringInterpolation.isPlannedAnew
    }

    package typealias StringInterpolation = Interpolation

    /// Collects the literal pieces and the bound values.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [Value] = []
        fileprivate var isPlannedAnew = false

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        package mutating func appendInterpolation(_ sql: SQL) {
            text += sql.text
            values += sql.values
            isPlannedAnew = isPlannedAnew || sql.isPlannedAnew
        }
        package mutating func appendInterpolation(_ identifier: Identifier) { text += identifier.name }
        package mutating func appendInterpolation(_ value: Value) { bind(value) }
        package mutating func appendInterpolation(_ value: Int64?) { bind(Value(value)) }
        package mutating func appendInterpolation(_ value: Int?) { bind(Value(value)) }
        package mutating func appendInterpolation(_ value: String?) { bind(Value(value)) }
        package mutating func appendInterpolation(_ value: Day?) { bind(Value(value)) }
        package mutating func appendInterpolation<Noun>(_ value: ID<Noun>?) { bind(Value(value)) }

        private mutating func bind(_ value: Value) {
            text += "?"
            values.append(value)
        }
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    package static func += (left: inout SQL, right: SQL) {
        left.text += right.text
        left.values += right.values
        left.isPlannedAnew = left.isPlannedAnew || right.isPlannedAnew
    }

    /// The same statement, for which PostgreSQL makes a plan each time by what is bound.
    ///
    /// It keeps one plan for a statement that is asked again and again. Where common values want another way than rare ones (a pair of characters
    /// that stands in most names), the kept plan took eighty times as long; making one costs a millisecond. SQLite has no such choice.
    package func plannedAnew() -> SQL {
        var same = self
        same.isPlannedAnew = true
        return same
    }

    /// The statement with `RecordTable.asked` spelled out for a position; nil means now.
    package func asked(at position: Int64?) -> SQL {
        // Told by bytes, because every statement of a question is looked through.
        let bytes = text.utf8
        var result: SQL = ""
        var bound = values[...]
        var start = bytes.startIndex
        var next = bytes.firstIndex(of: UInt8(ascii: "{"))
        while let open = next {
            guard bytes[open...].starts(with: SQL.asking), let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")) else {
                next = bytes[bytes.index(after: open)...].firstIndex(of: UInt8(ascii: "{"))
                continue
            }
            let piece = text[start..<open]
            let count = SQL.marks(piece)
            let alias = text[bytes.index(open, offsetBy: SQL.asking.count)..<close]
            result.text += piece
            result.values += bound.prefix(count)
            bound = bound.dropFirst(count)
            if let position {
                result.text += "\(alias).known_from <= ? and \(alias).known_to > ?"
                result.values += [.integer(position), .integer(position)]
            } else {
                result.text += "\(alias).known_to = 9223372036854775807"
            }
            start = bytes.index(after: close)
            next = bytes[start...].firstIndex(of: UInt8(ascii: "{"))
        }
        guard start > bytes.startIndex else { return self }
        result.text += text[start...]
        result.values += bound
        result.isPlannedAnew = isPlannedAnew
        return result
    }

    private static let asking = Array("{asked ".utf8)

    /// How many bound values a piece of text stands for.
    private static func marks(_ piece: Substring) -> Int {
        var quoted = false
        var count = 0
        for byte in piece.utf8 {
            if byte == UInt8(ascii: "'") { quoted.toggle() }
            if byte == UInt8(ascii: "?"), !quoted { count += 1 }
        }
        return count
    }

    /// `(?, ?, ?)`: the values of an `in`; an empty list matches nothing.
    package static func list(_ values: [Value]) -> SQL {
        guard !values.isEmpty else { return "(null)" }
        var list: SQL = "("
        list.text += String(repeating: "?, ", count: values.count - 1) + "?)"
        list.values = values
        return list
    }

    /// Whether a text holds a piece, begins with it or ends in it. The piece is taken as it stands: what `like` means by `%` and `_` has no meaning in it.
    package static func holds(_ text: SQL, _ piece: String) -> SQL { "\(text) like \("%" + literal(piece) + "%") escape '!'" }
    package static func begins(_ text: SQL, with piece: String) -> SQL { "\(text) like \(literal(piece) + "%") escape '!'" }
    package static func ends(_ text: SQL, in piece: String) -> SQL { "\(text) like \("%" + literal(piece)) escape '!'" }

    private static func literal(_ piece: String) -> String {
        piece.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    }
}

extension [SQL] {
    /// The pieces with a literal between them: `conditions.joined(" and ")`.
    package func joined(_ separator: SQL) -> SQL {
        guard var result = first else { return "" }
        for piece in dropFirst() { result += separator + piece }
        return result
    }
}

/// The name of a table or column, written in the program.
package struct Identifier: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String

    package init(stringLiteral value: StaticString) { name = value.description }

    package var description: String { name }
    package var sql: SQL { "\(self)" }
}
