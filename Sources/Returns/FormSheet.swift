package import Spreadsheets
import Values

/// One sheet of a form as it stands: what its cells say, what is merged, where formulas are.
package struct FormSheet: Sendable, Equatable {
    package let name: String
    package let isVisible: Bool
    package let cells: [CellPlace: Cell]
    package let formulas: [CellPlace: String]
    package let merges: [CellRange]
    package let widths: [Int: Double]
    package let percents: Set<CellPlace>
    package let lastRow: Int
    package let lastColumn: Int
    private let mergedInto: [CellPlace: CellRange]
    /// Cells that a form may have on one sheet; more is a list and no form.
    static let mostCells = 20_000

    package init(_ sheet: Sheet, facts: FormInspection.Facts?) {
        name = sheet.name
        isVisible = sheet.visibility == .visible || sheet.visibility == .unknown
        var cells: [CellPlace: Cell] = [:]
        for row in sheet.rows {
            for (index, cell) in row.cells.enumerated() where !cell.isEmpty { cells[CellPlace(row: row.number, column: index + 1)] = cell }
        }
        formulas = facts?.formulas ?? [:]
        merges = sheet.mergedRanges
        widths = facts?.widths ?? [:]
        percents = facts?.percents ?? []
        self.cells = cells
        let ends = sheet.mergedRanges.filter { cells[$0.first] != nil }
        let places = Array(cells.keys) + Array(formulas.keys) + ends.map { CellPlace(row: $0.lastRow, column: $0.lastColumn) }
        lastRow = places.map(\.row).max() ?? 0
        lastColumn = places.map(\.column).max() ?? 0
        var merged: [CellPlace: CellRange] = [:]
        for range in sheet.mergedRanges
        where (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1) <= Self.mostCells {
            for row in range.firstRow...range.lastRow {
                for column in range.firstColumn...range.lastColumn { merged[CellPlace(row: row, column: column)] = range }
            }
        }
        mergedInto = merged
    }

    /// The merged range that a cell lies in.
    package func range(of place: CellPlace) -> CellRange? { mergedInto[place] }

    /// The cell that holds the value shown at a place.
    package func master(of place: CellPlace) -> CellPlace { mergedInto[place]?.first ?? place }

    /// A label: a text that is no formula and no bare number or dash.
    package func label(_ place: CellPlace) -> String? {
        guard formulas[place] == nil, case .text(let text) = cells[place] ?? .empty, LabelText.isLabel(text) else { return nil }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Whether something may be put in a cell: it says nothing yet, or holds a number or a formula.
    package func isFillable(_ place: CellPlace) -> Bool { master(of: place) == place && label(place) == nil }

    private var width: Int { max(1, lastColumn) }

    /// A line across the sheet: a title or a section's heading.
    private func isAcross(_ place: CellPlace) -> Bool {
        guard let range = mergedInto[place], range.firstColumn <= 2 else { return false }
        let span = range.lastColumn - range.firstColumn + 1
        return span >= 2 && span * 5 >= width * 3
    }

    /// The labels that say what a cell is about.
    package func anchor(of place: CellPlace) -> CellAnchor {
        var rowPath: [String] = []
        var seen: Set<CellPlace> = []
        for column in stride(from: 1, to: place.column, by: 1) {
            let master = master(of: CellPlace(row: place.row, column: column))
            guard seen.insert(master).inserted, let label = label(master), !isAcross(master) else { continue }
            rowPath.append(label)
        }
        return CellAnchor(sheet: name, rowPath: rowPath, columnPath: headings(above: place), section: section(above: place))
    }

    /// The nearest run of labels above, upwards until a cell that is none.
    private func headings(above place: CellPlace) -> [String] {
        var path: [String] = []
        var seen: Set<CellPlace> = []
        for row in stride(from: place.row - 1, to: 0, by: -1) {
            let master = master(of: CellPlace(row: row, column: place.column))
            if isAcross(master) {
                if !path.isEmpty { break }
                continue
            }
            guard let label = label(master), !isRowLabel(master) else {
                if !path.isEmpty { break }
                continue
            }
            if seen.insert(master).inserted { path.append(label) }
        }
        return path.reversed()
    }

    /// A label with an empty cell at its right asks for what stands there (编制单位：____), and heads no column.
    private func isRowLabel(_ place: CellPlace) -> Bool {
        let next = CellPlace(row: place.row, column: (mergedInto[place]?.lastColumn ?? place.column) + 1)
        guard next.column <= lastColumn else { return false }
        let master = master(of: next)
        return cells[master] == nil && formulas[master] == nil
    }

    private func section(above place: CellPlace) -> String {
        for row in stride(from: place.row - 1, to: 0, by: -1) {
            let master = master(of: CellPlace(row: row, column: 1))
            if isAcross(master), let label = label(master) { return label }
        }
        return ""
    }

    /// Every place of the used part at which something may be put.
    package var fillable: [CellPlace] {
        guard lastRow * lastColumn <= Self.mostCells else { return [] }
        return (1...max(1, lastRow)).flatMap { row in (1...max(1, lastColumn)).map { CellPlace(row: row, column: $0) } }.filter(isFillable)
    }
}

/// A whole form: its sheets in order.
package struct FormGrid: Sendable, Equatable {
    package let sheets: [FormSheet]

    package init(_ sheets: [FormSheet]) { self.sheets = sheets }

    package func sheet(_ name: String) -> FormSheet? { sheets.first { $0.name == name } }

    /// Where a binding stands in this form.
    package enum Found: Sendable, Equatable {
        case at(CellPlaceOnSheet)
        /// Several cells carry the labels.
        case several([CellPlaceOnSheet])
        /// None does; those that resemble it.
        case none([CellPlaceOnSheet])
    }

    /// Looks for the cell with the labels of an anchor.
    package func find(_ anchor: CellAnchor) -> Found {
        let named = sheets.filter { LabelText.folded($0.name) == LabelText.folded(anchor.sheet) }
        let searched = named.isEmpty ? sheets.filter(\.isVisible) : named
        var same: [CellPlaceOnSheet] = []
        var near: [CellPlaceOnSheet] = []
        for sheet in searched {
            for place in sheet.fillable {
                let other = sheet.anchor(of: place)
                if anchor.matches(other) {
                    same.append(CellPlaceOnSheet(sheet: sheet.name, cell: place))
                } else if !other.isEmpty, anchor.resembles(other) {
                    near.append(CellPlaceOnSheet(sheet: sheet.name, cell: place))
                }
            }
        }
        // A sheet of another name may be another table, so a person is asked.
        if named.isEmpty { return .none(same + near) }
        switch same.count {
        case 1: return .at(same[0])
        case 0: return .none(near)
        default: return .several(same)
        }
    }
}
