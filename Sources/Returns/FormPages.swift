import Evidence
import Questions
import Spreadsheets
import Values
import WebSupport

/// The list of forms, and a form with its bindings.
enum FormPages {
    static func formFields(_ form: ReportForm?) -> [FormField] {
        let cadences = Cadence.allCases.map { FormField.Choice($0.rawValue, $0.word) }
        return [
            FormField("title", ReturnsWords.formTitle, values: form.map { [$0.title] } ?? [], isRequired: true),
            FormField(
                "superior", ReturnsWords.superior, values: form.map { [$0.superior] } ?? [], isRequired: true,
                hint: ReturnsWords.superiorHint),
            FormField(
                "cadence", ReturnsWords.cadence, .select(cadences), values: [form?.cadence.rawValue ?? Cadence.quarter.rawValue],
                isRequired: true),
            FormField(
                "threshold", ReturnsWords.threshold, .number, values: form.map { [String($0.threshold)] } ?? [], isRequired: true,
                hint: ReturnsWords.thresholdHint, unit: "%"),
        ]
    }

    static var blankField: FormField {
        FormField("file", ReturnsWords.blank, .file(accepts: ".xlsx", several: false), isRequired: true, hint: ReturnsWords.blankHint)
    }

    /// A form in the list.
    struct Line: Sendable {
        let form: ReportForm
        let bound: Int
        let unplaced: Int
        let sendOut: SendOut?
        let submission: Submission?
    }

    static func list(_ lines: [Line], seal: FormSeal?, fields: [FormField]) -> Page {
        Page(ReturnsWords.title, lead: ReturnsWords.lead) { html in
            html.add(
                WebSupport.Sheet(ReturnsWords.title) { html in
                    html.add(
                        Table(
                            caption: ReturnsWords.title, rows: lines,
                            columns: [
                                .link(ReturnsWords.formTitle) { Link($0.form.title, Address("returns", $0.form.id)) },
                                .text(ReturnsWords.superior) { $0.form.superior }, .text(ReturnsWords.cadence) { $0.form.cadence.word },
                                .amount(ReturnsWords.bound) { $0.bound },
                                .status(ReturnsWords.state) {
                                    $0.unplaced > 0
                                        ? Badge(.bad, ReturnsWords.count($0.unplaced, "条绑定待确认", "bindings to confirm"))
                                        : Badge(.good, ReturnsWords.bound)
                                },
                                Column(ReturnsWords.periods) { html, line in
                                    if let sent = line.submission {
                                        html.add(
                                            Link(
                                                Word("\(sent.period.word.chinese) 已上报", "\(sent.period) sent up"),
                                                Address("returns", line.form.id, "periods", sent.period.description)))
                                    } else {
                                        html.add(ReturnsWords.notSentUp)
                                    }
                                    if let out = line.sendOut {
                                        html.add(.small) { html in
                                            html.add(
                                                Link(
                                                    Word("\(out.period.word.chinese) 下发", "\(out.period) sent out"),
                                                    Address("returns", "send-outs", out.id)))
                                        }
                                    }
                                },
                            ], empty: EmptyState(ReturnsWords.noForms, nextStep: ReturnsWords.noFormsNext)))
                })
            if let seal {
                html.add(
                    WebSupport.Sheet(ReturnsWords.takeForm) { html in
                        html.add(Form(action: Address("returns"), seal: seal, fields: fields, submit: ReturnsWords.takeForm))
                    })
            }
        }
    }

    /// A form with what its pages need.
    struct View: Sendable {
        let form: ReportForm
        let grid: FormGrid
        let bindings: [CellBinding]
        let text: QuestionText
        let sheet: FormSheet?
        let periods: [PeriodLine]
        let seal: FormSeal?
    }

    /// How far one period has come.
    struct PeriodLine: Sendable {
        let period: ReportPeriod
        let sendOut: SendOut?
        let returned: Int
        let asked: Int
        let submission: Submission?
    }

    static func form(_ view: View) -> Page {
        let waiting = view.bindings.filter { $0.placement != .placed }
        let address = Address("returns", view.form.id)
        return Page(
            Word(name: view.form.title),
            lead: Word(
                "\(view.form.superior) · \(view.form.cadence.word.chinese) · \(view.form.fileName)",
                "\(view.form.superior) · \(view.form.cadence.word.text(.english)) · \(view.form.fileName)"),
            crumbs: [Link(ReturnsWords.title, Address("returns"))],
            actions: view.periods.first.map {
                [
                    Link(
                        Word("填 \($0.period.word.chinese)", "Fill \($0.period)"),
                        address.appending("periods").appending($0.period.description), look: .primary)
                ]
            } ?? []
        ) { html in
            if !waiting.isEmpty { html.add(WaitingBindings(view: view, waiting: waiting)) }
            if let sheet = view.sheet { html.add(grid(view, sheet)) }
            html.add(periods(view))
            html.add(bindings(view))
            if let seal = view.seal { settings(view, seal, into: &html) }
        }
    }

    private static func grid(_ view: View, _ sheet: FormSheet) -> WebSupport.Sheet {
        let placed = Dictionary(view.bindings.filter { $0.placement == .placed }.map { ($0.place, $0) }) { first, _ in first }
        let others = view.grid.sheets.filter { $0.isVisible && $0.name != sheet.name }.map {
            Link($0.name, Address("returns", view.form.id).with("sheet", $0.name))
        }
        return WebSupport.Sheet(Word(name: sheet.name), note: ReturnsWords.fillable, links: others) { html in
            html.add(
                FormGridTable(sheet: sheet, caption: Word(name: sheet.name)) { place in
                    var cell = sheet.own(place)
                    guard sheet.isFillable(place) else { return cell }
                    let on = CellPlaceOnSheet(sheet: sheet.name, cell: place)
                    let address = BindPages.address(view.form.id, on)
                    if let binding = placed[on] {
                        cell.look = binding.kind.rawValue
                        cell.note = binding.kind.word
                        cell.text = BindingText.short(binding, view.text.catalogue, formula: sheet.formulas[place])
                        cell.address = address
                    } else if !sheet.anchor(of: place).isEmpty {
                        if cell.look == "blank" {
                            cell.look = "open"
                            cell.text = "＋"
                        }
                        cell.address = view.seal == nil ? nil : address
                    }
                    return cell
                })
        }
    }

    private static func periods(_ view: View) -> WebSupport.Sheet {
        let address = Address("returns", view.form.id)
        return WebSupport.Sheet(ReturnsWords.periods, links: [Link(ReturnsWords.history, address.appending("history"))]) { html in
            html.add(
                Table(
                    caption: ReturnsWords.periods, rows: view.periods,
                    columns: [
                        .link(ReturnsWords.period) { Link($0.period.word, address.appending("periods").appending($0.period.description)) },
                        Column(ReturnsWords.sendOut) { html, line in
                            guard let out = line.sendOut else { return html.add("—") }
                            html.add(
                                Link(
                                    Word("\(line.returned)/\(line.asked) 已报回", "\(line.returned) of \(line.asked) returned"),
                                    Address("returns", "send-outs", out.id)))
                            html.add(.small, text: Word("期限 \(out.dueDay)", "due \(out.dueDay)"))
                        },
                        .status(ReturnsWords.sendUp) { line in
                            line.submission.map { Badge(.good, Word("已上报 \($0.sentDay)", "sent up \($0.sentDay)")) }
                                ?? Badge(.neutral, ReturnsWords.notSentUp)
                        },
                    ]))
            html.add(.form, .class("filter"), .other("method", "get"), .action(address.appending("open"))) { html in
                html.add(.div, .class("field")) { html in
                    html.add(.label, .label(for: "field-period"), text: ReturnsWords.otherPeriod)
                    html.add(.p, .class("hint"), .id("field-period-hint"), text: "2026Q3 · 2026-09 · 2026")
                    html.add(.div, .class("control")) { html in
                        html.add(.input, .type("text"), .id("field-period"), .name("period"), .describedBy("field-period-hint"))
                    }
                }
                html.add(.p, .class("buttons")) { html in html.add(.button, .class("button"), text: ReturnsWords.openPeriod) }
            }
        }
    }

    private static func bindings(_ view: View) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.allBindings, note: ReturnsWords.count(view.bindings.count, "条", "")) { html in
            html.add(
                Table(
                    caption: ReturnsWords.allBindings, rows: view.bindings.filter { $0.placement == .placed },
                    columns: [
                        .link(ReturnsWords.cell) { Link($0.place.description, BindPages.address(view.form.id, $0.place)) },
                        .text(ReturnsWords.label) { $0.anchor.description }, .text(ReturnsWords.kind) { $0.kind.word },
                        .text(ReturnsWords.source) { BindingText.long($0, view.text) },
                        .text(ReturnsWords.unit) { $0.unit.isEmpty ? nil : $0.unit },
                    ], empty: EmptyState(ReturnsWords.noBindings, nextStep: ReturnsWords.noBindingsNext)))
        }
    }

    private static func settings(_ view: View, _ seal: FormSeal, into html: inout HTML) {
        let address = Address("returns", view.form.id)
        html.add(
            WebSupport.Sheet(ReturnsWords.nextBlank, links: [Link(ReturnsWords.blank, address.appending("blank"))]) { html in
                var field = blankField
                field.hint = ReturnsWords.nextBlankHint
                html.add(Form(action: address.appending("blank"), seal: seal, fields: [field], submit: ReturnsWords.nextBlank))
            })
        html.add(
            WebSupport.Sheet(ReturnsWords.settings) { html in
                html.add(Form(action: address.appending("settings"), seal: seal, fields: formFields(view.form), submit: ReturnsWords.save))
            })
    }
}
