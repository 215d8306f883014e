import Values

/// Where a cell stands in its sheet, both 1-based; written as spreadsheets write it: `C7`.
package struct CellPlace: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let row: Int
    package let column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// The place of a reference such as `C7`; nil for anything else.
    package init?(_ reference: String) {
        guard let place = ColumnLetters.cell(reference.utf8) else { return nil }
        self.init(row: place.row, column: place.column)
    }

    package var description: String { ColumnLetters.of(column) + String(row) }

    package static func < (left: CellPlace, right: CellPlace) -> Bool { (left.row, left.column) < (right.row, right.column) }
}

extension CellRange {
    package func contains(_ place: CellPlace) -> Bool {
        (firstRow...lastRow).contains(place.row) && (firstColumn...lastColumn).contains(place.column)
    }

    /// The cell that holds the value of a merged range.
    package var first: CellPlace { CellPlace(row: firstRow, column: firstColumn) }
}
