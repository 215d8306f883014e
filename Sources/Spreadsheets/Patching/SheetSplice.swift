import Foundation
import Values

/// One worksheet whose cells are exchanged in place: formats, widths, merges, rules and everything else keep their bytes.
struct SheetSplice {
    fileprivate struct Row {
        let number: Int
        let element: XMLTree.Element
        let cells: [(column: Int, element: XMLTree.Element)]
    }

    private let tree: XMLTree
    private let data: XMLTree.Element
    fileprivate let rows: [Row]
    private var columnStyles: [(range: ClosedRange<Int>, style: Int)] = []

    /// nil for a part without cells (a chart sheet).
    init?(_ tree: XMLTree) {
        guard let data = tree.first("sheetData") else { return nil }
        self.tree = tree
        self.data = data
        var rows: [Row] = []
        var number = 0
        for row in tree.children(of: data) where row.name == "row" {
            number = row["r"].flatMap { Int($0) } ?? number + 1
            var column = 0
            let cells = tree.children(of: row).filter { $0.name == "c" }.map { cell in
                column = cell["r"].flatMap { CellPlace($0)?.column } ?? column + 1
                return (column, cell)
            }
            rows.append(Row(number: number, element: row, cells: cells))
        }
        self.rows = rows
        for column in tree.elements where column.name == "col" {
            guard let low = column["min"].flatMap({ Int($0) }), let high = column["max"].flatMap({ Int($0) }), low <= high else { continue }
            columnStyles.append((low...high, column["style"].flatMap { Int($0) } ?? 0))
        }
    }

    private func cell(_ place: CellPlace) -> XMLTree.Element? {
        rows.first { $0.number == place.row }?.cells.first { $0.column == place.column }?.element
    }

    /// The format of a cell, or the one that a cell written there would have.
    func style(_ place: CellPlace) -> Int {
        if let cell = cell(place) { return cell["s"].flatMap { Int($0) } ?? 0 }
        if let row = rows.first(where: { $0.number == place.row })?.element, row["customFormat"] == "1" || row["customFormat"] == "true" {
            return row["s"].flatMap { Int($0) } ?? 0
        }
        return columnStyles.first { $0.range.contains(place.column) }?.style ?? 0
    }

    /// The formulas as they are written, without the equals sign; of a shared one only the first cell has the text.
    var formulas: [CellPlace: (text: String, isSharedBeginning: Bool)] {
        var found: [CellPlace: (String, Bool)] = [:]
        for row in rows {
            for (column, cell) in row.cells {
                guard let formula = tree.child("f", of: cell) else { continue }
                let text = String(decoding: formula.text, as: UTF8.self)
                found[CellPlace(row: row.number, column: column)] = (text, formula["t"] == "shared" && !text.isEmpty)
            }
        }
        return found
    }

    /// The widths of columns in characters, where the sheet gives them.
    var widths: [Int: Double] {
        var widths: [Int: Double] = [:]
        for column in tree.elements where column.name == "col" {
            guard let low = column["min"].flatMap({ Int($0) }), let high = column["max"].flatMap({ Int($0) }), low <= high else { continue }
            for number in low...min(high, low + 255) { widths[number] = column["width"].flatMap { Double($0) } }
        }
        return widths
    }

    /// What is to stand in the cells: a content, a format, or both.
    struct Change {
        var content: WorkbookPatch.Content?
        var style: Int?
    }

    /// The part with the changes. Results that formulas kept from the last saving are taken out, since they may no longer hold.
    func bytes(_ changes: [CellPlace: Change], results: [CellPlace: Decimal], isProtected: Bool) -> [UInt8] {
        var splices = ByteSplices()
        for (number, places) in Dictionary(grouping: changes.keys.sorted(), by: \.row).sorted(by: { $0.key < $1.key }) {
            if let row = rows.first(where: { $0.number == number }) {
                change(row, places, changes, &splices)
            } else {
                add(number, places, changes, &splices)
            }
        }
        closeEmptyData(changes, &splices)
        renew(changes, results, &splices)
        if isProtected, tree.first("sheetProtection") == nil {
            let after = tree.first("sheetCalcPr") ?? data
            splices.insert(
                "<\(data.prefix)sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>",
                at: after.end)
        }
        return splices.applied(to: tree.bytes)
    }

    private func change(_ row: Row, _ places: [CellPlace], _ changes: [CellPlace: Change], _ splices: inout ByteSplices) {
        var added = ""
        for place in places {
            guard let change = changes[place] else { continue }
            if let cell = row.cells.first(where: { $0.column == place.column })?.element {
                replace(cell, place, change, &splices)
            } else if let next = row.cells.first(where: { $0.column > place.column })?.element {
                splices.insert(written(place, change, style: style(place)), at: next.start)
            } else {
                added += written(place, change, style: style(place))
            }
        }
        guard !added.isEmpty else { return }
        if row.element.isEmptyTag {
            let start = XMLTree.startTag(row.element, setting: [("spans", nil)], closed: false)
            splices.replace(row.element.start..<row.element.end, with: start + added + "</\(row.element.tag)>")
        } else {
            splices.insert(added, at: row.element.endTagStart)
        }
    }

    private func replace(_ cell: XMLTree.Element, _ place: CellPlace, _ change: Change, _ splices: inout ByteSplices) {
        let style = change.style ?? cell["s"].flatMap { Int($0) } ?? 0
        if change.content != nil {
            splices.replace(cell.start..<cell.end, with: written(place, change, style: style))
        } else {
            let tag = XMLTree.startTag(cell, setting: [("s", String(style))], closed: cell.isEmptyTag)
            splices.replace(cell.start..<cell.startTagEnd, with: tag)
        }
    }

    private func add(_ number: Int, _ places: [CellPlace], _ changes: [CellPlace: Change], _ splices: inout ByteSplices) {
        guard !data.isEmptyTag else { return }
        let at = rows.first { $0.number > number }?.element.start ?? data.endTagStart
        splices.insert(row(number, places, changes), at: at)
    }

    private func row(_ number: Int, _ places: [CellPlace], _ changes: [CellPlace: Change]) -> String {
        let cells = places.map { place in written(place, changes[place] ?? Change(), style: style(place)) }.joined()
        return "<\(data.prefix)row r=\"\(number)\">\(cells)</\(data.prefix)row>"
    }

    /// `<sheetData/>` opens for the rows that come into it.
    private func closeEmptyData(_ changes: [CellPlace: Change], _ splices: inout ByteSplices) {
        guard data.isEmptyTag, !changes.isEmpty else { return }
        let rows = Dictionary(grouping: changes.keys.sorted(), by: \.row).sorted { $0.key < $1.key }.map { row($0.key, $0.value, changes) }
        splices.replace(data.start..<data.end, with: "<\(data.tag)>" + rows.joined() + "</\(data.tag)>")
    }

    private func written(_ place: CellPlace, _ change: Change, style: Int) -> String {
        let p = data.prefix
        let style = change.style ?? style
        let start = "<\(p)c r=\"\(place)\"" + (style == 0 ? "" : " s=\"\(style)\"")
        switch change.content {
        case nil, .clear: return start + "/>"
        case .number(let number): return start + "><\(p)v>\(number)</\(p)v></\(p)c>"
        case .text(let text):
            let escaped = PartText.escaped(XlsxText.escaped(text))
            return start + " t=\"inlineStr\"><\(p)is><\(p)t xml:space=\"preserve\">\(escaped)</\(p)t></\(p)is></\(p)c>"
        }
    }

    /// The formulas that stay get the result that was computed, or none.
    private func renew(_ changes: [CellPlace: Change], _ results: [CellPlace: Decimal], _ splices: inout ByteSplices) {
        for row in rows {
            for (column, cell) in row.cells {
                let place = CellPlace(row: row.number, column: column)
                guard let formula = tree.child("f", of: cell), changes[place]?.content == nil else { continue }
                let result = results[place].map { "<\(cell.prefix)v>\($0)</\(cell.prefix)v>" } ?? ""
                if let value = tree.child("v", of: cell) {
                    splices.replace(value.start..<value.end, with: result)
                } else if !result.isEmpty {
                    splices.insert(result, at: formula.end)
                }
                // What was a text or an error becomes a number.
                if let type = cell["t"], type != "n", changes[place] == nil {
                    splices.replace(cell.start..<cell.startTagEnd, with: XMLTree.startTag(cell, setting: [("t", nil)], closed: false))
                }
            }
        }
    }
}

extension SheetSplice {
    /// Every cell that the sheet writes, empty ones included.
    var places: [CellPlace] { rows.flatMap { row in row.cells.map { CellPlace(row: row.number, column: $0.column) } } }
}
