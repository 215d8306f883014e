import Spreadsheets

/// Sheets that hold more than one block of the same table.
enum HeadingBlocks {
    /// The halves of a heading that stands twice side by side (序号 企业 … | 序号 企业 …); one layout where it does not.
    static func sideBySide(_ layout: TableLayout) -> [TableLayout] {
        let filled = layout.columns.filter { !$0.heading.isEmpty }
        let size = filled.count / 2
        guard size >= 3, filled.count.isMultiple(of: 2) else { return [layout] }
        let left = filled.prefix(size)
        let right = filled.suffix(size)
        guard zip(left, right).allSatisfy({ $0.heading == $1.heading }) else { return [layout] }
        return [left, right].map { half in
            let columns = zip(left, half).map { first, column in
                TableColumn(
                    number: column.number, heading: column.heading, field: first.field, score: first.score, unit: first.unit,
                    isByHand: first.isByHand, isRemembered: first.isRemembered)
            }
            return TableLayout(kind: layout.kind, headingRows: layout.headingRows, columns: columns, scores: layout.scores)
        }
    }

    static func range(_ layout: TableLayout) -> ClosedRange<Int> {
        let first = layout.columns.first?.number ?? 1
        return first...max(first, layout.columns.last?.number ?? first)
    }

    /// The row with only the cells of one half.
    static func cut(_ row: SheetRow, to range: ClosedRange<Int>) -> SheetRow {
        SheetRow(number: row.number, cells: row.cells.enumerated().map { range.contains($0 + 1) ? $1 : .empty })
    }

    /// Adds the items of a following row to the batch above it.
    static func join(_ row: DataRow, onto rows: inout [DataRow], _ layout: TableLayout) {
        guard var last = rows.popLast() else { return }
        for column in layout.columns where column.field != "sequence" && column.field != "verdict" && column.field != "laboratory" {
            let text = row[column.number].text.trimmedText
            let before = last[column.number].text.trimmedText
            guard !text.isEmpty, text != before else { continue }
            while last.cells.count < column.number { last.cells.append(.empty) }
            last.cells[column.number - 1] = .text(before.isEmpty ? text : before + "；" + text)
        }
        last.joinedRows.append(row.number)
        rows.append(last)
    }
}
