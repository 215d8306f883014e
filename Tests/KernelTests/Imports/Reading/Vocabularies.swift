import Foundation
import Imports
import Spreadsheets
import TestSupport
import Values

/// The project's own vocabulary, read once for all tests.
enum Vocabularies {
    static func shipped() throws -> HeadingVocabulary {
        try HeadingVocabulary.read(folder: ProjectFiles.url("regulations/headings"))
    }
}

/// Sheets written in a test as rows of texts.
enum Sheets {
    /// Rows of cells from row 1 on; empty texts are empty cells, texts like `#12` numbers.
    static func sheet(_ rows: [[String]], merged: [String] = [], visibility: SheetVisibility = .visible) -> Sheet {
        sheet("Sheet1", rows, merged: merged, visibility: visibility)
    }

    static func sheet(_ name: String, _ rows: [[String]], merged: [String] = [], visibility: SheetVisibility = .visible) -> Sheet {
        let cells = rows.enumerated().map { place, texts in
            SheetRow(number: place + 1, cells: texts.map(cell))
        }
        return Sheet(
            name: name, visibility: visibility, rows: cells.filter { !$0.cells.isEmpty }, mergedRanges: merged.compactMap { CellRange($0) })
    }

    static func workbook(_ sheets: Sheet...) -> Workbook { Workbook(format: .xls, sheets: sheets) }

    private static func cell(_ text: String) -> Cell {
        if text.hasPrefix("#"), let number = Double(text.dropFirst()) { return .number(number) }
        return text.isEmpty ? .empty : .text(text)
    }
}
