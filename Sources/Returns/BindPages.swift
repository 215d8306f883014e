import Questions
import Spreadsheets
import Values
import WebSupport

/// The page on which one cell is bound.
enum BindPages {
    static func address(_ form: ID<ReportForm>, _ place: CellPlaceOnSheet) -> Address {
        Address("returns", form, "cells").with("sheet", place.sheet).with("cell", place.cell.description)
    }

    struct View: Sendable {
        let form: ReportForm
        let place: CellPlaceOnSheet
        let anchor: CellAnchor
        let formula: String?
        let binding: CellBinding?
        let offered: [OfferedQuestion]
        let text: QuestionText
        /// Rows of this column that name a town.
        let townRows: Int
        let seal: FormSeal
        let errors: [FormField]?
    }

    static func page(_ view: View) -> Page {
        Page(
            Word("\(view.place) \(view.anchor.description)"), lead: Word(view.anchor.section),
            crumbs: [
                Link(ReturnsWords.title, Address("returns")),
                Link(view.form.title, Address("returns", view.form.id).at("cell-\(view.place.cell)")),
            ]
        ) { html in
            if let binding = view.binding { html.add(now(view, binding)) }
            if let formula = view.formula { html.add(keep(view, formula)) }
            section(ReturnsWords.toFigure, "figure", figureFields(view), ReturnsWords.bind, view, into: &html)
            section(ReturnsWords.toTown, "town", townFields(view), ReturnsWords.mark, view, into: &html)
            section(ReturnsWords.toText, "text", textFields(view), ReturnsWords.bind, view, into: &html)
        }
    }

    private static func now(_ view: View, _ binding: CellBinding) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.isBoundNow) { html in
            var list = DefinitionList()
            list.add(ReturnsWords.kind, binding.kind.word)
            list.add(ReturnsWords.source, BindingText.long(binding, view.text))
            list.add(ReturnsWords.unit, binding.unit.isEmpty ? nil : binding.unit)
            list.add(ReturnsWords.decimals, binding.decimals)
            html.add(list)
            html.add(
                Padded { html in
                    html.add(ActionButton(ReturnsWords.unbind, action: Address("bindings", binding.id, "unbind"), seal: view.seal))
                })
        }
    }

    private static func keep(_ view: View, _ formula: String) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.toFormula, note: Word("=" + formula)) { html in
            html.add(
                Form(
                    action: Address("returns", view.form.id, "formula"), seal: view.seal, fields: hidden(view),
                    submit: ReturnsWords.keepFormula))
        }
    }

    private static func section(
        _ title: Word, _ step: String, _ fields: [FormField], _ submit: Word, _ view: View, into html: inout HTML
    ) {
        let marked = view.errors.flatMap { errors in errors.contains { field in fields.contains { $0.name == field.name } } ? errors : nil }
        html.add(
            WebSupport.Sheet(title) { html in
                html.add(
                    Form(
                        action: Address("returns", view.form.id, step), seal: view.seal, fields: hidden(view) + (marked ?? fields),
                        submit: submit))
            })
    }

    private static func hidden(_ view: View) -> [FormField] {
        [.hidden("sheet", view.place.sheet), .hidden("cell", view.place.cell.description)]
    }

    static func choices(_ offered: [OfferedQuestion]) -> [FormField.Choice] { offered.map { FormField.Choice($0.id, $0.label) } }

    static func figureFields(_ view: View) -> [FormField] {
        let binding = view.binding?.kind == .figure ? view.binding : nil
        var fields = [
            FormField("offered", ReturnsWords.offered, .select(choices(view.offered)), hint: ReturnsWords.offeredHint),
            FormField("pasted", ReturnsWords.pasted, values: pasted(binding), hint: ReturnsWords.pastedHint),
            FormField("conditions", ReturnsWords.conditions, .textarea(rows: 2), hint: ReturnsWords.conditionsHint),
            FormField("unit", ReturnsWords.unit, values: binding.map { [$0.unit] } ?? [], hint: ReturnsWords.unitHint),
            FormField("decimals", ReturnsWords.decimals, .number, values: [String(binding?.decimals ?? 0)]),
        ]
        if view.townRows > 1 {
            fields.append(
                FormField(
                    "block",
                    Word(
                        "\(ReturnsWords.byTownRows.chinese)（\(view.townRows)行）",
                        "\(ReturnsWords.byTownRows.text(.english)) (\(view.townRows))"), .checkbox))
        }
        return fields
    }

    /// The bound question as an address, so that it can be changed where it stands.
    private static func pasted(_ binding: CellBinding?) -> [String] {
        guard let question = binding?.question else { return [] }
        let items =
            (question.metric.map { ["metric=" + $0] } ?? []) + question.filters.map { "where=" + $0 }
            + (question.on.map { ["on=" + $0] } ?? [])
        return ["/questions/\(question.fact)?" + items.joined(separator: "&")]
    }

    static func townFields(_ view: View) -> [FormField] {
        let binding = view.binding?.kind == .town ? view.binding : nil
        var fields = [
            FormField("town-unit", ReturnsWords.unit, values: binding.map { [$0.unit] } ?? []),
            FormField("town-decimals", ReturnsWords.decimals, .number, values: [String(binding?.decimals ?? 0)]),
            FormField("town-offered", ReturnsWords.townCheck, .select(choices(view.offered)), hint: ReturnsWords.townCheckHint),
        ]
        if view.townRows > 1 {
            fields.append(
                FormField(
                    "town-block",
                    Word(
                        "\(ReturnsWords.townRows.chinese)（\(view.townRows)行）", "\(ReturnsWords.townRows.text(.english)) (\(view.townRows))"),
                    .checkbox))
        }
        return fields
    }

    static func textFields(_ view: View) -> [FormField] {
        let text = view.binding?.kind == .text ? view.binding?.text : nil
        return [FormField("text", ReturnsWords.text, values: text.map { [$0] } ?? [], isRequired: true, hint: ReturnsWords.textHint)]
    }
}
