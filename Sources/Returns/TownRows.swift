package import Places
package import Spreadsheets
import Values

/// The rows of a column that name towns, so that they can be bound together.
package enum TownRows {
    /// The places in the column of a cell whose row names a town, with the town.
    package static func find(in sheet: FormSheet, column: Int, towns: [Region]) -> [(place: CellPlace, town: Region)] {
        var found: [(CellPlace, Region)] = []
        for row in stride(from: 1, through: sheet.lastRow, by: 1) {
            let place = CellPlace(row: row, column: column)
            guard sheet.isFillable(place) else { continue }
            let labels = sheet.anchor(of: place).rowPath.map { $0.filter { !$0.isWhitespace } }
            let named = towns.filter { town in labels.contains { $0 == town.name || $0 == town.short } }
            if named.count == 1 { found.append((place, named[0])) }
        }
        return found
    }
}
