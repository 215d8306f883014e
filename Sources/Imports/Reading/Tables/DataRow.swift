package import Spreadsheets

/// A row of data with what was carried into it from the rows above.
package struct DataRow: Sendable, Equatable {
    /// As spreadsheets show it.
    package let number: Int
    /// Dense from column A; carried values are filled in.
    package var cells: [Cell]
    /// 1-based columns whose value stands in a row above (merged cells, continuation rows).
    package var carriedColumns: [Int]
    /// Numbers of following rows that held only more failing items of the same batch and were joined into this row.
    package var joinedRows: [Int]
    /// The last line above the row that heads a section: `二、不合格产品`.
    package var section: String?
    /// Which layout of the table the row belongs to; 0 but for sheets with several blocks.
    package var block: Int

    package init(
        number: Int, cells: [Cell], carriedColumns: [Int] = [], joinedRows: [Int] = [], section: String? = nil, block: Int = 0
    ) {
        self.number = number
        self.cells = cells
        self.carriedColumns = carriedColumns
        self.joinedRows = joinedRows
        self.section = section
        self.block = block
    }

    /// The cell of a 1-based column.
    package subscript(column: Int) -> Cell { cells.indices.contains(column - 1) ? cells[column - 1] : .empty }
}

/// What a row below the heading is.
package enum SortedRow: Sendable, Equatable {
    case data(DataRow)
    /// More failing items of the row before.
    case moreItems(DataRow)
    case blank
    /// A note, a footer or a section's title.
    case note(String)
    case total
    /// The heading again, on the next printed page.
    case repeatedHeading
}
