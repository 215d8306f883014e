package import Values

/// A value that is bound into a statement or read from a row; the two engines share these five kinds.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case real(Double)
    case blob([UInt8])

    package init(_ value: Int64?) { self = value.map(Value.integer) ?? .null }
    package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    package init(_ value: String?) { self = value.map(Value.text) ?? .null }
    package init(_ value: Day?) { self = value.map { .text($0.description) } ?? .null }
    package init(_ value: Fen?) { self = value.map { .integer($0.number) } ?? .null }
    package init(_ value: Bool) { self = .integer(value ? 1 : 0) }
    package init<Noun>(_ value: ID<Noun>?) { self = value.map { .integer($0.number) } ?? .null }

    /// The whole number, or nil for a null and for any other kind.
    package var integer: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    /// The text, or nil for a null and for any other kind.
    package var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    package var isNull: Bool { self == .null }
}

/// One row of an answer, read by position in the select list.
package struct Row: Sendable {
    package let values: [Value]

    package init(_ values: [Value]) { self.values = values }

    package func value(_ index: Int) -> Value { values.indices.contains(index) ? values[index] : .null }
    package func integer(_ index: Int) -> Int64 { value(index).integer ?? 0 }
    package func optionalInteger(_ index: Int) -> Int64? { value(index).integer }
    package func text(_ index: Int) -> String { value(index).text ?? "" }
    package func optionalText(_ index: Int) -> String? { value(index).text }
    package func day(_ index: Int) -> Day? { value(index).text.flatMap { Day($0) } }
    package func id<Noun>(_ index: Int) -> ID<Noun> { ID(integer(index)) }
    package func optionalID<Noun>(_ index: Int) -> ID<Noun>? { value(index).integer.map { ID($0) } }
    package func fen(_ index: Int) -> Fen? { value(index).integer.map { Fen($0) } }

    /// A number of any kind as a floating-point number; nil for a null.
    package func real(_ index: Int) -> Double? {
        switch value(index) {
        case .integer(let number): Double(number)
        case .real(let number): number
        case .null, .text, .blob: nil
        }
    }
}
