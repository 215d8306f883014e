import Spreadsheets
import Values
import WebSupport

/// What stands in one cell of a form on a page.
struct GridCell {
    /// `label`, `open`, `figure`, `town`, `formula`, `text`, `missing`
    var look = "label"
    var text: Word = ""
    /// A second line.
    var note: Word?
    var address: Address?
    var isNumber = false
}

/// A sheet of a form drawn as it is laid out: merged cells, row numbers, column letters.
struct FormGridTable: Component {
    let sheet: FormSheet
    let caption: Word
    let cell: (CellPlace) -> GridCell
    /// How much of a sheet a page shows.
    private static let mostRows = 150
    private static let mostColumns = 40

    private var lastRow: Int { min(sheet.lastRow, Self.mostRows) }
    private var lastColumn: Int { min(sheet.lastColumn, Self.mostColumns) }
    private var isCut: Bool { sheet.lastRow > lastRow || sheet.lastColumn > lastColumn }

    func write(into html: inout HTML) {
        if isCut { html.add(Padded { html in html.add(.p, text: ReturnsWords.tooLarge) }) }
        html.add(.div, .class("table scrolled form-grid"), .role("region"), .spoken(caption), .other("tabindex", "0")) { html in
            html.add(.table) { html in
                html.add(.caption, text: caption)
                html.add(.thead) { html in
                    html.add(.tr) { html in
                        html.add(.td, .class("corner")) { _ in }
                        for column in 1...max(1, lastColumn) { html.add(.th, .scope("col"), text: ColumnLetters.of(column)) }
                    }
                }
                html.add(.tbody) { html in for row in 1...max(1, lastRow) { write(row, into: &html) } }
            }
        }
    }

    private func write(_ row: Int, into html: inout HTML) {
        html.add(.tr) { html in
            html.add(.th, .scope("row"), text: String(row))
            for column in 1...max(1, lastColumn) {
                let place = CellPlace(row: row, column: column)
                guard sheet.master(of: place) == place else { continue }
                let range = sheet.range(of: place)
                let wide = range.map { min($0.lastColumn, lastColumn) - column + 1 } ?? 1
                let high = range.map { min($0.lastRow, lastRow) - row + 1 } ?? 1
                write(cell(place), place, wide: wide, high: high, into: &html)
            }
        }
    }

    private func write(_ cell: GridCell, _ place: CellPlace, wide: Int, high: Int, into html: inout HTML) {
        html.add(
            .td, .classes(cell.look, cell.isNumber ? "amount" : "", wide > 2 ? "across" : ""), .id("cell-\(place)"),
            wide > 1 ? .other("colspan", String(wide)) : nil, high > 1 ? .other("rowspan", String(high)) : nil
        ) { html in
            if let address = cell.address {
                html.add(.a, .href(address), cell.look == "open" ? .spoken(Word("绑定 \(place)", "bind \(place)")) : nil, text: cell.text)
            } else {
                html.add(cell.text)
            }
            if let note = cell.note { html.add(.small, text: note) }
        }
    }
}

extension FormSheet {
    /// What the superior's own sheet says in a cell.
    func own(_ place: CellPlace) -> GridCell {
        if let formula = formulas[place] {
            return GridCell(look: "formula", text: Word(formula.isEmpty ? "=…" : "=" + formula))
        }
        let value = cells[place] ?? .empty
        if case .number = value { return GridCell(look: "number", text: Word(name: value.text), isNumber: true) }
        return GridCell(look: value.isEmpty ? "blank" : "label", text: Word(name: value.text))
    }
}
