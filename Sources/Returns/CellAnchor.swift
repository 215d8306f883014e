package import Spreadsheets
import Values

/// A cell of a sheet of the form.
package struct CellPlaceOnSheet: Sendable, Hashable, CustomStringConvertible {
    package let sheet: String
    package let cell: CellPlace

    package init(sheet: String, cell: CellPlace) {
        self.sheet = sheet
        self.cell = cell
    }

    /// `表1!C7`
    package var description: String { "\(sheet)!\(cell)" }
}

/// What a cell is about, told by the labels around it: it holds while rows and columns move.
package struct CellAnchor: Sendable, Hashable {
    package let sheet: String
    /// Labels in the row at the left of the cell, outermost first.
    package let rowPath: [String]
    /// Headings above the cell, outermost first.
    package let columnPath: [String]
    /// The line across the sheet above it: a section's heading or the title.
    package let section: String

    package init(sheet: String, rowPath: [String], columnPath: [String], section: String) {
        self.sheet = sheet
        self.rowPath = rowPath
        self.columnPath = columnPath
        self.section = section
    }

    /// `质量 › 批次合格率 / 本季`
    package var description: String {
        let parts = [rowPath.joined(separator: " › "), columnPath.joined(separator: " › ")].filter { !$0.isEmpty }
        return parts.isEmpty ? section : parts.joined(separator: " / ")
    }

    /// Whether any label holds it.
    package var isEmpty: Bool { rowPath.isEmpty && columnPath.isEmpty }

    private var foldedRow: [String] { rowPath.map(LabelText.folded) }
    private var foldedColumn: [String] { columnPath.map(LabelText.folded) }

    /// The same labels on all sides, apart from numbering, spaces and the period's own name.
    package func matches(_ other: CellAnchor) -> Bool {
        foldedRow == other.foldedRow && foldedColumn == other.foldedColumn && LabelText.folded(section) == LabelText.folded(other.section)
    }

    /// Near enough to be offered to a person: the row's own label and the nearest heading are the same.
    package func resembles(_ other: CellAnchor) -> Bool {
        let row = foldedRow.first { !LabelText.isUnit($0) } == other.foldedRow.first { !LabelText.isUnit($0) }
        let column = foldedColumn.last == other.foldedColumn.last
        return row && column || (row && foldedRow == other.foldedRow)
            || (column && foldedRow.last == other.foldedRow.last && !foldedRow.isEmpty)
    }
}

/// Labels as they are compared.
package enum LabelText {
    /// Without spaces, numbering at the front and full-width forms; the period's year, quarter and month become one sign each.
    package static func folded(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let value = scalar.value
            if (0xFF01...0xFF5E).contains(value), let half = Unicode.Scalar(value - 0xFEE0) {
                result.unicodeScalars.append(half)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return withoutPeriod(withoutNumbering(result.lowercased()))
    }

    /// A numbering such as `1.`, `（二）`, `三、` at the front says where a row stood, not what it is.
    private static func withoutNumbering(_ text: String) -> String {
        guard let match = text.prefixMatch(of: /(\([0-9一二三四五六七八九十]{1,3}\)[、.．]?|[0-9一二三四五六七八九十]{1,3}[、.．\)](?![0-9]))/),
            match.range.upperBound < text.endIndex
        else { return text }
        return String(text[match.range.upperBound...])
    }

    private static func withoutPeriod(_ text: String) -> String {
        text.replacing(/[12][0-9]{3}年?度?/, with: "年").replacing(/第?[1234一二三四]季度?/, with: "季").replacing(
            /[0-9]{1,2}([-—~至][0-9]{1,2})?月份?/, with: "月"
        )
        .replacing(/年+/, with: "年")
    }

    /// Whether a text can be a label at all: it has a letter and is no bare number.
    package static func isLabel(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic || $0 == "%" } }

    static func isUnit(_ folded: String) -> Bool {
        let bare = folded.filter { $0 != "(" && $0 != ")" }
        return ["%", "元", "万元", "亿元", "家", "个", "批", "批次", "件", "人", "项", "次", "户", "万美元", "家次", "吨"].contains(bare)
    }
}
