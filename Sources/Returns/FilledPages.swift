import Enterprises
import Evidence
import Foundation
import Places
import Spreadsheets
import Values
import WebSupport

/// A form filled for a period.
enum FilledPages {
    struct View: Sendable {
        let filled: FilledForm
        let grid: FormGrid
        let catalogue: FactCatalogue
        let sendOut: SendOut?
        let submission: Submission?
        let changed: [ChangedSince]
        let towns: [Region]
        let today: Day
        let seal: FormSeal?
        let fields: [FormField]?
        /// Whether nothing has come back yet, so that the form may be sent anew.
        let maySendAgain: Bool
    }

    static func sendUpFields(_ filled: FilledForm) -> [FormField] {
        [
            .hidden("known", String(filled.position)), FormField("approver", ReturnsWords.approver, isRequired: true),
            FormField("document", ReturnsWords.document),
        ] + (filled.missing.isEmpty && filled.waiting.isEmpty ? [] : [FormField("gaps", ReturnsWords.acceptsGaps, .checkbox)])
    }

    static func sendOutFields(_ towns: [Region]) -> [FormField] {
        [
            FormField("due", ReturnsWords.due, .day, isRequired: true),
            FormField(
                "towns", ReturnsWords.towns, .checkboxes(towns.map { .init(String($0.id.number), Word($0.name)) }),
                values: towns.map { String($0.id.number) }),
            FormField("note", ReturnsWords.note),
        ]
    }

    static func page(_ view: View) -> Page {
        let filled = view.filled
        let address = Address("returns", filled.form.id, "periods", filled.period.description)
        let good = filled.cells.count - filled.missing.count
        return Page(
            Word("\(filled.form.title) · \(filled.period.word.chinese)", "\(filled.form.title) · \(filled.period)"),
            lead: Word("\(ReturnsWords.pinned.chinese) \(filled.position)", "\(ReturnsWords.pinned.text(.english)) \(filled.position)"),
            crumbs: [Link(ReturnsWords.title, Address("returns")), Link(filled.form.title, Address("returns", filled.form.id))],
            actions: [
                Link(ReturnsWords.workbook, address.appending("workbook"), look: .primary),
                Link(ReturnsWords.trace, address.appending("trace"), look: .button),
            ], notices: notices(view)
        ) { html in
            html.add(
                FigureStrip([
                    WebSupport.Figure(ReturnsWords.filled, NumberText.grouped(good), unit: ReturnsWords.cells),
                    WebSupport.Figure(
                        ReturnsWords.gaps, NumberText.grouped(filled.missing.count + filled.waiting.count), unit: ReturnsWords.cells,
                        needsPerson: filled.missing.count + filled.waiting.count > 0),
                ]))
            if !view.changed.isEmpty { html.add(changes(view)) }
            for sheet in view.grid.sheets where sheet.isVisible && !sheet.cells.isEmpty { html.add(grid(view, sheet)) }
            if !filled.missing.isEmpty || !filled.waiting.isEmpty { html.add(gaps(view)) }
            html.add(trace(view))
            sendOut(view, address, into: &html)
            sendUp(view, address, into: &html)
        }
    }

    private static func notices(_ view: View) -> [Notice] {
        var notices: [Notice] = []
        if let sent = view.submission {
            notices.append(
                Notice(
                    .good, Word("已于 \(sent.sentDay) 上报，\(sent.approver) 审签", "sent up on \(sent.sentDay), approved by \(sent.approver)"),
                    detail: sent.document.isEmpty ? nil : sent.document,
                    link: Link(ReturnsWords.sentWorkbook, Address("submissions", sent.id, "workbook").with("at", sent.sentAt))))
        }
        if view.filled.period.to >= view.today { notices.append(Notice(.caution, ReturnsWords.notToday)) }
        return notices
    }

    private static func grid(_ view: View, _ sheet: FormSheet) -> WebSupport.Sheet {
        let cells = Dictionary(
            view.filled.cells.filter { $0.binding.place.sheet == sheet.name }.map { ($0.binding.place.cell, $0) }
        ) { first, _ in first }
        let results = FormulaResults(sheet: sheet, cells: view.filled.cells)
        return WebSupport.Sheet(Word(name: sheet.name), note: Word("点数看明细", "each number opens its rows")) { html in
            html.add(
                FormGridTable(sheet: sheet, caption: Word(name: sheet.name)) { place in
                    guard let cell = cells[place] else {
                        var own = sheet.own(place)
                        if own.look == "formula" {
                            own.text = results.result(place).map { Word(shown($0, sheet, place)) } ?? ReturnsWords.formulaShown
                            own.isNumber = true
                        }
                        return own
                    }
                    return shown(cell, view, sheet, place)
                })
        }
    }

    private static func shown(_ cell: FilledCell, _ view: View, _ sheet: FormSheet, _ place: CellPlace) -> GridCell {
        var grid = GridCell(look: cell.binding.kind.rawValue, text: Word(cell.shown), isNumber: cell.number != nil)
        switch cell.content {
        case .missing:
            grid.look = "missing"
            grid.note = ReturnsWords.gaps
            grid.address = BindPages.address(view.filled.form.id, cell.binding.place)
        case .formula(let result): grid.text = result.map { Word(shown($0, sheet, place)) } ?? ReturnsWords.formulaShown
        case .number, .text: grid.address = address(cell, view.filled.position)
        }
        return grid
    }

    private static func shown(_ value: Decimal, _ sheet: FormSheet, _ place: CellPlace) -> String {
        sheet.percents.contains(place)
            ? FilledCell.shown(BoundValue.rounded(value * 100, 2), decimals: nil) + "%" : FilledCell.shown(value, decimals: nil)
    }

    /// Where a number opens: its question as it was known, or the towns' values.
    static func address(_ cell: FilledCell, _ position: Int64) -> Address? {
        if let question = cell.question { return QuestionAddress.of(question, known: position) }
        return cell.sendOut.map { Address("returns", "send-outs", $0, "merged") }
    }

    private static func gaps(_ view: View) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.gapsTitle) { html in
            let missing = view.filled.missing.map { cell -> (CellBinding, Word) in
                if case .missing(let why) = cell.content { return (cell.binding, why) }
                return (cell.binding, "")
            }
            html.add(
                Table(
                    caption: ReturnsWords.gapsTitle, rows: missing + view.filled.waiting.map { ($0, $0.placement.word) },
                    columns: [
                        .link(ReturnsWords.cell) { row in
                            row.0.placement == .placed
                                ? Link(row.0.place.description, BindPages.address(view.filled.form.id, row.0.place))
                                : Link(row.0.place.description, Address("returns", view.filled.form.id))
                        },
                        .text(ReturnsWords.label) { $0.0.anchor.description }, .text(ReturnsWords.why) { $0.1 },
                    ]))
        }
    }

    private static func trace(_ view: View) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.traceTitle) { html in
            html.add(
                Table(
                    caption: ReturnsWords.traceTitle, rows: view.filled.cells,
                    columns: [
                        .text(ReturnsWords.cell) { $0.binding.place.description },
                        .text(ReturnsWords.label) { $0.binding.anchor.description },
                        Column(ReturnsWords.value, .amount) { html, cell in
                            if let address = address(cell, view.filled.position), cell.number != nil {
                                html.add(.a, .class("opens"), .href(address), text: cell.shown)
                            } else {
                                html.add(cell.shown)
                            }
                        },
                        .text(ReturnsWords.unit) { $0.unit.isEmpty ? nil : $0.unit }, .text(ReturnsWords.source) { $0.source },
                        .amount(ReturnsWords.rows) { $0.n.map { Int($0) } },
                    ], empty: EmptyState(ReturnsWords.noBindings, nextStep: ReturnsWords.noBindingsNext)))
        }
    }

    private static func changes(_ view: View) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.changedSince, note: ReturnsWords.count(view.changed.count, "格", "cells")) { html in
            html.add(
                Table(
                    caption: ReturnsWords.changedSince, rows: view.changed,
                    columns: [
                        .text(ReturnsWords.cell) { $0.cell.place.description }, .text(ReturnsWords.label) { $0.cell.label },
                        .status(ReturnsWords.change) { Badge(.caution, $0.sentence) },
                    ]))
        }
    }

    private static func sendOut(_ view: View, _ address: Address, into html: inout HTML) {
        if let out = view.sendOut {
            html.add(
                WebSupport.Sheet(
                    ReturnsWords.sendOut,
                    links: [
                        Link(ReturnsWords.toSendOut, Address("returns", "send-outs", out.id)),
                        Link(ReturnsWords.toMerged, Address("returns", "send-outs", out.id, "merged")),
                    ]
                ) { html in
                    html.add(
                        Padded { html in
                            html.add(.p, text: Word("\(out.sentDay) 下发，期限 \(out.dueDay)", "sent out \(out.sentDay), due \(out.dueDay)"))
                        })
                })
        }
        if let seal = view.seal, view.sendOut == nil || view.maySendAgain {
            let title = view.sendOut == nil ? ReturnsWords.sendOut : ReturnsWords.sendAgain
            html.add(
                WebSupport.Sheet(title) { html in
                    if view.filled.cells.contains(where: { $0.binding.kind == .town }) {
                        html.add(
                            Form(
                                action: address.appending("send-out"), seal: seal, fields: view.fields ?? sendOutFields(view.towns),
                                submit: title))
                    } else {
                        html.add(Padded { html in html.add(.p, text: ReturnsWords.noTownCells) })
                    }
                })
        }
    }

    private static func sendUp(_ view: View, _ address: Address, into html: inout HTML) {
        guard let seal = view.seal, !view.filled.cells.isEmpty else { return }
        let title = view.submission == nil ? ReturnsWords.sendUp : ReturnsWords.sendUpAgain
        html.add(
            WebSupport.Sheet(title) { html in
                html.add(Form(action: address.appending("send-up"), seal: seal, fields: sendUpFields(view.filled), submit: title))
            })
    }

    /// Every sending of a form.
    static func history(_ form: ReportForm, _ all: [Submission]) -> Page {
        Page(
            ReturnsWords.history, lead: Word(name: form.title),
            crumbs: [Link(ReturnsWords.title, Address("returns")), Link(form.title, Address("returns", form.id))]
        ) { html in
            html.add(
                WebSupport.Sheet(ReturnsWords.history) { html in
                    html.add(
                        Table(
                            caption: ReturnsWords.history, rows: all,
                            columns: [
                                .link(ReturnsWords.period) {
                                    Link($0.period.word, Address("returns", form.id, "periods", $0.period.description))
                                },
                                .day(ReturnsWords.sentOn) { $0.sentDay }, .text(ReturnsWords.approver) { $0.approver },
                                .text(ReturnsWords.document) { $0.document.isEmpty ? nil : $0.document },
                                Column(ReturnsWords.pinned) { html, sent in
                                    html.add(Link(String(sent.pinnedPosition), Address("journal", sent.pinnedPosition)))
                                },
                                .link(ReturnsWords.sentWorkbook) {
                                    Link(ReturnsWords.download, Address("submissions", $0.id, "workbook").with("at", $0.sentAt))
                                },
                                .link(ReturnsWords.original) { Link(ReturnsWords.original, Address("originals", $0.workbook)) },
                            ], empty: EmptyState(ReturnsWords.noHistory, nextStep: ReturnsWords.noHistoryNext)))
                })
        }
    }
}
