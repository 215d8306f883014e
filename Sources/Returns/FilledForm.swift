package import Evidence
package import Foundation
package import Values

/// One cell of a filled form with its trace.
package struct FilledCell: Sendable {
    /// What came into the cell.
    package enum Content: Sendable, Equatable {
        case number(Decimal)
        case text(String)
        /// A formula of the form, with its result where it can be told here.
        case formula(Decimal?)
        /// Nothing, and why.
        case missing(Word)
    }

    package let binding: CellBinding
    package let content: Content
    /// The question that the number answers; without `known`.
    package let question: Question?
    /// The question in words, or where else the value is from.
    package let source: Word
    /// How many rows the number rests on.
    package let n: Int64?
    package let unit: String
    /// Where more is told than the question says: the page of a send-out.
    package let sendOut: ID<SendOut>?

    package var number: Decimal? {
        switch content {
        case .number(let value): value
        case .formula(let value): value
        case .text, .missing: nil
        }
    }

    /// The value as it is kept and compared: digits or the text; empty where there is none.
    package var plain: String {
        switch content {
        case .number(let value): "\(value)"
        case .formula(let value): value.map { "\($0)" } ?? ""
        case .text(let text): text
        case .missing: ""
        }
    }

    /// The value as pages show it.
    package var shown: String {
        switch content {
        case .text(let text): text
        case .missing: "—"
        case .number(let value), .formula(.some(let value)):
            FilledCell.shown(value, decimals: binding.kind == .formula ? nil : binding.decimals)
        case .formula(.none): "打开时计算"
        }
    }

    /// With thousands separators, and so many decimals where they are fixed.
    package static func shown(_ value: Decimal, decimals: Int?) -> String {
        let text = "\(value)"
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var whole = ""
        for (offset, digit) in parts[0].filter({ $0 != "-" }).reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        var tail = parts.count > 1 ? String(parts[1].prefix(6)) : ""
        if let decimals { while tail.count < decimals { tail.append("0") } }
        return (text.hasPrefix("-") ? "-" : "") + String(whole.reversed()) + (tail.isEmpty ? "" : "." + tail)
    }
}

/// A form filled for a period, as the store knew it at a position.
package struct FilledForm: Sendable {
    package let form: ReportForm
    package let period: ReportPeriod
    /// The journal position at which all questions were asked.
    package let position: Int64
    package let cells: [FilledCell]
    /// Bindings that do not know their cell in this form: nothing is filled for them.
    package let waiting: [CellBinding]

    package func cell(_ place: CellPlaceOnSheet) -> FilledCell? { cells.first { $0.binding.place == place } }

    /// Cells that stay empty, with their reasons.
    package var missing: [FilledCell] {
        cells.filter { cell in
            if case .missing = cell.content { true } else { false }
        }
    }

    /// `2026年第三季度-质量强区季报.xlsx`
    package var fileName: String { "\(period.word.chinese)-\(form.title).xlsx" }
}
