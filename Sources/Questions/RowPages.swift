import Enterprises
import Evidence
import Storage
import Values
import WebSupport

/// The rows behind a figure, a page at a time.
enum RowPages {
    private typealias Line = (id: Int64, values: [Value])

    static func sheet(_ view: QuestionView) -> WebSupport.Sheet {
        let columns = columns(view)
        let note = columns.count < view.rows.columns.count ? QuestionWords.filledColumns : nil
        return WebSupport.Sheet(QuestionWords.rows, note: note) { html in
            html.add(.div, .id("rows")) { html in
                html.add(
                    Table(
                        caption: QuestionWords.rows, rows: view.rows.rows, columns: columns, phone: .scrolled,
                        empty: EmptyState(
                            QuestionWords.nothing, nextStep: QuestionWords.loosen,
                            action: Link(QuestionWords.toImport, Address("imports", "new")))))
                let page = view.address(view.pinned)
                html.add(
                    Pagination(
                        page: view.isFirst ? page : page.with("after", "0"), shown: view.rows.rows.count,
                        after: view.rows.next.map { String($0) }))
            }
        }
    }

    /// A firm stands once, by its name: the column of names beside its number is left to the export, as is what no row fills.
    private static func columns(_ view: QuestionView) -> [WebSupport.Column<Line>] {
        let hasFirm = view.rows.columns.contains { $0.kind == .enterprise && $0.name == "enterprise" }
        return view.rows.columns.enumerated().filter { place, column in
            (!hasFirm || column.name != "name") && (view.rows.rows.isEmpty || view.rows.rows.contains { !isEmpty($0.values[place]) })
        }.map { column($0.element, at: $0.offset, view) }
    }

    private static func isEmpty(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .text(let text): text.isEmpty
        case .integer, .real, .blob: false
        }
    }

    private static func column(_ column: Fact.Column, at index: Int, _ view: QuestionView) -> WebSupport.Column<Line> {
        if column.name == "region" {
            return .text(column.label) { row in row.values[index].integer.flatMap { view.text.regions.name(of: $0) } }
        }
        if column.kind == .enterprise || RecordNames.address(column.name, 0) != nil {
            let kind = column.kind == .enterprise ? "enterprise" : column.name
            return Column(column.label, .wide) { html, row in
                guard let number = row.values[index].integer, let address = RecordNames.address(kind, number) else { return html.add("—") }
                html.add(Link(view.names.name(column.name, number) ?? "#\(number)", address))
            }
        }
        switch column.kind {
        case .whole: return .amount(column.label) { FigureText.cell(column, $0.values[index]) }
        case .money: return .amount(column.label.followed(by: "（万元）", " (10,000 yuan)")) { FigureText.cell(column, $0.values[index]) }
        case .enterprise, .text, .day:
            return Column(column.label, .text) { html, row in
                let text = row.values[index].text.flatMap { column.words[$0]?.text(html.language) }
                html.add(text ?? FigureText.cell(column, row.values[index]))
            }
        }
    }
}
