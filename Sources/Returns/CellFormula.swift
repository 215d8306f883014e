package import Foundation
package import Spreadsheets

/// Computes the formulas that forms have: sums, means, rounding, the four operations, over cells of the same sheet.
///
/// What it does not know stays without a result and is computed when the file is opened.
package struct CellFormula {
    /// What a cell holds for a formula.
    package enum Operand: Equatable {
        case number(Decimal)
        /// Empty or a text: nothing in a sum, nought in a product.
        case blank
        /// It should hold a number and has none.
        case unknown
    }

    private var text: [Character]
    private var index = 0
    private let operand: (CellPlace) -> Operand

    /// The result of a formula without its equals sign; nil where it cannot be told.
    package static func result(_ formula: String, operand: @escaping (CellPlace) -> Operand) -> Decimal? {
        guard !formula.isEmpty else { return nil }
        var reading = CellFormula(text: formula.filter { !$0.isWhitespace && $0 != "$" }.uppercased().map(\.self), operand: operand)
        guard let value = reading.sum(), reading.index == reading.text.count else { return nil }
        return value
    }

    private init(text: [Character], operand: @escaping (CellPlace) -> Operand) {
        self.text = text
        self.operand = operand
    }

    private var next: Character? { text.indices.contains(index) ? text[index] : nil }

    private mutating func takes(_ character: Character) -> Bool {
        guard next == character else { return false }
        index += 1
        return true
    }

    private mutating func sum() -> Decimal? {
        guard var value = product() else { return nil }
        while true {
            if takes("+") {
                guard let more = product() else { return nil }
                value += more
            } else if takes("-") {
                guard let less = product() else { return nil }
                value -= less
            } else {
                return value
            }
        }
    }

    private mutating func product() -> Decimal? {
        guard var value = factor() else { return nil }
        while true {
            if takes("*") {
                guard let more = factor() else { return nil }
                value *= more
            } else if takes("/") {
                guard let divisor = factor(), divisor != 0 else { return nil }
                value /= divisor
            } else {
                return value
            }
        }
    }

    private mutating func factor() -> Decimal? {
        var value: Decimal?
        if takes("-") { return factor().map { -$0 } }
        if takes("+") { return factor() }
        if takes("(") {
            value = sum()
            guard takes(")") else { return nil }
        } else if let character = next, character.isNumber || character == "." {
            value = number()
        } else {
            value = named()
        }
        if takes("%") { value = value.map { $0 / 100 } }
        return value
    }

    private mutating func number() -> Decimal? {
        let start = index
        while let character = next, character.isNumber || character == "." { index += 1 }
        return Decimal(string: String(text[start..<index]))
    }

    private mutating func word() -> String {
        let start = index
        while let character = next, character.isLetter || character.isNumber { index += 1 }
        return String(text[start..<index])
    }

    private mutating func named() -> Decimal? {
        let name = word()
        if next == "(" { return function(name) }
        guard let place = CellPlace(name) else { return nil }
        switch operand(place) {
        case .number(let value): return value
        case .blank: return 0
        case .unknown: return nil
        }
    }

    private mutating func function(_ name: String) -> Decimal? {
        guard takes("(") else { return nil }
        if name == "ROUND" {
            guard let value = sum(), takes(","), let places = sum(), takes(")") else { return nil }
            return BoundValue.rounded(value, Int("\(places)") ?? 0)
        }
        guard let values = list() else { return nil }
        switch name {
        case "SUM": return values.reduce(0, +)
        case "AVERAGE": return values.isEmpty ? nil : values.reduce(0, +) / Decimal(values.count)
        case "MAX": return values.max() ?? 0
        case "MIN": return values.min() ?? 0
        case "COUNT": return Decimal(values.count)
        default: return nil
        }
    }

    /// The numbers of a function's arguments; nil where one of them is unknown.
    private mutating func list() -> [Decimal]? {
        var values: [Decimal] = []
        repeat {
            let start = index
            let name = word()
            if let first = CellPlace(name), takes(":") {
                guard let last = CellPlace(word()), first.row <= last.row, first.column <= last.column,
                    (last.row - first.row + 1) * (last.column - first.column + 1) <= FormSheet.mostCells
                else { return nil }
                for row in first.row...last.row {
                    for column in first.column...last.column {
                        switch operand(CellPlace(row: row, column: column)) {
                        case .number(let value): values.append(value)
                        case .blank: break
                        case .unknown: return nil
                        }
                    }
                }
            } else {
                index = start
                guard let value = sum() else { return nil }
                values.append(value)
            }
        } while takes(",")
        return takes(")") ? values : nil
    }
}
