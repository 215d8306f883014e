import Enterprises
import Evidence
import Values
import WebSupport

/// Rows by columns.
enum CrossPages {
    static func table(_ cross: CrossAnswer, _ view: QuestionView, _ html: inout HTML) {
        let names = [cross.rowName, cross.columnName]
        let swapped = view.address(view.question.grouped(by: names.reversed()), form: .cross)
        AnswerPages.sheet(view, .cross, QuestionWords.form(.cross), links: [Link(QuestionWords.swap, swapped)], &html) { html in
            ConditionPages.groupings(view, .cross, by: names, &html)
            let classes = ShadeClasses(cross.cells.values.compactMap(\.value))
            let metric = view.metric
            html.add(Cells(cross: cross, view: view, classes: classes, language: html.language).table)
            html.add(.div, .class("footnote")) { html in
                html.add(ShadeLegend(classes) { FigureText.mark($0, metric) })
                html.add(.p, text: QuestionWords.cell)
                if FigureText.hasInterval(metric) { html.add(.p, text: QuestionWords.unranked) }
                if cross.cells.values.contains(where: \.isSuppressed) {
                    html.add(.p, text: QuestionWords.withheldTotals)
                } else if !cross.cells.isEmpty, cross.rowTotals.isEmpty || cross.columnTotals.isEmpty {
                    html.add(.p, text: QuestionWords.withoutTotal)
                }
                if cross.moreRows + cross.moreColumns > 0 { html.add(.p, text: QuestionWords.cut(cross.moreRows, cross.moreColumns)) }
            }
        }
    }

    /// The table's cells in the reader's order and language.
    private struct Cells {
        let cross: CrossAnswer
        let view: QuestionView
        let classes: ShadeClasses
        let language: Language

        var names: [String] { [cross.rowName, cross.columnName] }

        var table: CrossTable {
            let page = view.address(view.question.grouped(by: names), form: .cross)
            let sorts = ["label", "total"] + cross.columns.indices.map { "c\($0)" }
            let sorting = Sorting(query: view.query, page: page, allowed: sorts)
            let corner = Word(
                label(cross.rowName).chinese + " \\ " + label(cross.columnName).chinese,
                label(cross.rowName).said(.english) + " \\ " + label(cross.columnName).said(.english))
            return CrossTable(
                caption: FigureText.heading(view.metric), corner: .init(corner, sort: "label"),
                columns: cross.columns.enumerated().map { .init(word($0.element, cross.columnName), sort: "c\($0.offset)") },
                totalHeading: .init(QuestionWords.total, sort: "total"), lines: ordered(sorting).map(line), totals: totals, sort: sorting)
        }

        private func label(_ name: String) -> Word { (try? view.fact.dimension(name).label) ?? Word(name) }

        private func word(_ key: CrossAnswer.Key, _ name: String) -> Word { view.word(key.key, label: key.label, of: name) }

        private func ordered(_ sorting: Sorting) -> [CrossAnswer.Key] {
            guard let name = sorting.name else { return cross.rows }
            let sorted: [CrossAnswer.Key]
            if name == "label" {
                sorted = cross.rows.sorted { word($0, cross.rowName).text(language) < word($1, cross.rowName).text(language) }
            } else {
                let column = Int(name.dropFirst()).map { cross.columns[$0].key }
                func number(_ row: CrossAnswer.Key) -> Double {
                    (column.map { cross.cells[.init(row: row.key, column: $0)] } ?? cross.rowTotals[row.key])?.value ?? -.infinity
                }
                sorted = cross.rows.enumerated().sorted { (number($0.element), $0.offset) < (number($1.element), $1.offset) }.map(\.element)
            }
            return sorting.order == .ascending ? sorted : sorted.reversed()
        }

        private func line(_ row: CrossAnswer.Key) -> CrossTable.Line {
            CrossTable.Line(
                .init(word(row, cross.rowName), view.rowsAddress(by: [cross.rowName], keys: [row.key])),
                cells: cross.columns.map { column in
                    let figure = cross.cells[.init(row: row.key, column: column.key)]
                    return cell(figure, view.rowsAddress(by: names, keys: [row.key, column.key]), shade: classes.shade(figure?.value))
                }, total: cell(cross.rowTotals[row.key], view.rowsAddress(by: [cross.rowName], keys: [row.key])))
        }

        private var totals: CrossTable.Line {
            CrossTable.Line(
                .init(QuestionWords.total),
                cells: cross.columns.map { column in
                    cell(cross.columnTotals[column.key], view.rowsAddress(by: [cross.columnName], keys: [column.key]))
                }, total: cell(cross.whole, QuestionAddress.of(view.pinned.grouped(by: []))))
        }

        private func cell(_ figure: Evidence.Figure?, _ address: Address?, shade: Int? = nil) -> CrossTable.Cell {
            CrossTable.Cell(
                FigureText.said(figure, view.metric, language), detail: FigureText.detail(figure, view.metric),
                address: figure?.isSuppressed == true ? nil : address, shade: shade)
        }
    }
}
