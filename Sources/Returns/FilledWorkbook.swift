import Evidence
import Foundation
package import Spreadsheets
import Values

/// Writes a filled form into the superior's own workbook, with a sheet that says where every value is from (取数说明).
package struct FilledWorkbook: Sendable {
    package let filled: FilledForm
    package let grid: FormGrid

    package init(_ filled: FilledForm, grid: FormGrid) {
        self.filled = filled
        self.grid = grid
    }

    package static let traceSheet = "取数说明"
    private static let headings = ["单元格", "项目", "值", "单位", "来源", "行数", "说明"]

    /// - Throws: `patch.…`, `export.cannot-write`.
    package func write(_ blank: [UInt8], to path: String) throws {
        var patch = WorkbookPatch(blank, name: filled.form.fileName)
        for cell in filled.cells {
            let place = cell.binding.place
            switch cell.content {
            case .number(let value): patch.set(.number(value), sheet: place.sheet, place.cell)
            case .text(let text): patch.set(.text(text), sheet: place.sheet, place.cell)
            case .formula, .missing: break
            }
        }
        for sheet in grid.sheets {
            for (place, result) in FormulaResults(sheet: sheet, cells: filled.cells).all {
                patch.setResult(result, sheet: sheet.name, place)
            }
        }
        patch.add(WorkbookPatch.AddedSheet(Self.traceSheet, widths: [14, 44, 16, 8, 70, 8, 40], rows: trace))
        try patch.write(to: path)
    }

    /// The lines of the trace: what it is, then one line a cell.
    package var trace: [[Cell]] {
        let position = "数据截至第\(filled.position)条日志"
        let lines = filled.cells.map { cell -> [Cell] in
            [
                .text(cell.binding.place.description), .text(cell.binding.anchor.description), value(cell), Cell(text: cell.unit),
                Cell(text: cell.question.map { address($0) } ?? cell.source.chinese), cell.n.map { .number(Double($0)) } ?? .empty,
                note(cell),
            ]
        }
        let waiting = filled.waiting.map { binding -> [Cell] in
            [
                .text(binding.place.description), .text(binding.anchor.description), .empty, .empty, .empty, .empty,
                .text("没有填：" + binding.placement.word.chinese),
            ]
        }
        return [[.text("\(filled.form.title) · \(filled.period.word.chinese) · \(position)")], Self.headings.map { .text($0) }] + lines
            + waiting
    }

    /// The address of the question, pinned to the position.
    private func address(_ question: Evidence.Question) -> String {
        var pinned = question
        pinned.known = filled.position
        return "/questions/\(pinned.fact)?" + pinned.items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private func value(_ cell: FilledCell) -> Cell {
        switch cell.content {
        case .number(let value), .formula(.some(let value)): .number(NSDecimalNumber(decimal: value).doubleValue)
        case .text(let text): Cell(text: text)
        case .formula(.none), .missing: .empty
        }
    }

    private func note(_ cell: FilledCell) -> Cell {
        switch cell.content {
        case .missing(let why): .text("没有填：" + why.chinese)
        case .formula(.none): .text("打开时计算")
        case .number, .text, .formula: cell.question == nil ? .empty : Cell(text: cell.source.chinese)
        }
    }
}
