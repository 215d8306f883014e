import Enterprises
import Evidence
import Foundation
import Values
import WebSupport

/// A send-out: who has returned, who is late, what is to be taken in; and what came of it.
enum SendOutPages {
    struct View: Sendable {
        let form: ReportForm
        let sendOut: SendOut
        let tasks: [TownTask]
        let regions: RegionDirectory
        let today: Day
        let outcomes: [TakeReturns.Outcome]
        let seal: FormSeal?
        /// For those who may return files; nil for the others.
        let returning: FormSeal?
        /// Whether the reader is one of the towns, who has nothing to do with the others' forms.
        let isTown: Bool

        func name(_ region: Int64) -> String { regions.name(of: region) ?? String(region) }
        var late: [TownTask] { tasks.filter { $0.isLate(sendOut, on: today) } }
    }

    private static func crumbs(_ form: ReportForm, _ period: ReportPeriod) -> [Link] {
        [
            Link(ReturnsWords.title, Address("returns")), Link(form.title, Address("returns", form.id)),
            Link(period.word, Address("returns", form.id, "periods", period.description)),
        ]
    }

    static func page(_ view: View) -> Page {
        let address = Address("returns", "send-outs", view.sendOut.id)
        let returned = view.tasks.count(where: \.isReturned)
        return Page(
            Word("\(view.form.title) · \(view.sendOut.period.word.chinese) 下发", "\(view.form.title) · \(view.sendOut.period) sent out"),
            lead: Word(
                "\(view.sendOut.sentDay) 下发 · 期限 \(view.sendOut.dueDay)", "sent out \(view.sendOut.sentDay) · due \(view.sendOut.dueDay)"),
            crumbs: view.isTown
                ? [Link(ReturnsWords.sentToTowns, Address("returns", "send-outs"))] : crumbs(view.form, view.sendOut.period),
            actions: view.isTown
                ? []
                : [
                    Link(ReturnsWords.toMerged, address.appending("merged"), look: .primary),
                    Link(ReturnsWords.bundle, address.appending("bundle"), look: .button),
                ]
        ) { html in
            html.add(
                FigureStrip([
                    WebSupport.Figure(ReturnsWords.towns, NumberText.grouped(view.tasks.count)),
                    WebSupport.Figure(ReturnsWords.returned, NumberText.grouped(returned)),
                    WebSupport.Figure(ReturnsWords.late, NumberText.grouped(view.late.count), needsPerson: !view.late.isEmpty),
                ]))
            if !view.outcomes.isEmpty { html.add(outcomes(view)) }
            if !view.late.isEmpty, !view.isTown { html.add(reminder(view, address)) }
            html.add(towns(view, address))
            if let seal = view.returning {
                html.add(
                    WebSupport.Sheet(ReturnsWords.takeReturns) { html in
                        html.add(
                            Form(
                                action: address.appending("files"), seal: seal,
                                fields: [
                                    FormField(
                                        "file", ReturnsWords.files, .file(accepts: ".xlsx", several: true), isRequired: true,
                                        hint: ReturnsWords.filesHint)
                                ], submit: ReturnsWords.takeReturns))
                    })
            }
        }
    }

    /// What was sent to towns, the latest first, as far as the reader's own towns go.
    static func list(_ views: [View]) -> Page {
        Page(ReturnsWords.sentToTowns) { html in
            html.add(
                WebSupport.Sheet(ReturnsWords.sentToTowns) { html in
                    html.add(
                        Table(
                            caption: ReturnsWords.sentToTowns, rows: views,
                            columns: [
                                .link(ReturnsWords.title) { Link($0.form.title, Address("returns", "send-outs", $0.sendOut.id)) },
                                .text(ReturnsWords.period) { $0.sendOut.period.word }, .day(ReturnsWords.due) { $0.sendOut.dueDay },
                                .amount(ReturnsWords.towns) { $0.tasks.count },
                                .amount(ReturnsWords.returned) { $0.tasks.count(where: \.isReturned) },
                            ], empty: EmptyState(ReturnsWords.nothingSent, nextStep: ReturnsWords.nothingSentNext)))
                })
        }
    }

    private static func reminder(_ view: View, _ address: Address) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.late, links: [Link(ReturnsWords.notice, address.appending("notice"))]) { html in
            html.add(
                Padded { html in
                    html.add(
                        .p,
                        text: Word(
                            "逾期未报：" + view.late.map { view.name($0.region) }.joined(separator: "、"),
                            "late: " + view.late.map { view.name($0.region) }.joined(separator: ", ")))
                    if let seal = view.seal { html.add(ActionButton(ReturnsWords.remind, action: address.appending("remind"), seal: seal)) }
                })
        }
    }

    private static func towns(_ view: View, _ address: Address) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.towns) { html in
            html.add(
                Table(
                    caption: ReturnsWords.towns, rows: view.tasks,
                    columns: [
                        .text(ReturnsWords.town) { view.name($0.region) }, .status(ReturnsWords.state) { badge($0, view) },
                        .day(ReturnsWords.returnedOn) { $0.returnedDay },
                        Column(ReturnsWords.returnedFile) { html, task in
                            guard let name = task.returnedName else { return html.add("—") }
                            html.add(Link(name, address.appending("towns").appending(task.region).appending("returned")))
                            if let sha = task.returned, !view.isTown {
                                html.add(.small) { html in html.add(Link(ReturnsWords.original, Address("originals", sha))) }
                            }
                            if task.returnedTimes > 1 {
                                html.add(.small, text: Word("第\(task.returnedTimes)次报回", "version \(task.returnedTimes)"))
                            }
                        },
                        .text(ReturnsWords.reminded) { task in
                            task.remindedDay.map { Word("\(task.reminded)次，最近 \($0)", "\(task.reminded), last \($0)") }
                        },
                        .link(ReturnsWords.file) { Link(ReturnsWords.download, address.appending("towns").appending($0.region)) },
                    ]))
        }
    }

    private static func badge(_ task: TownTask, _ view: View) -> Badge {
        if task.isReturned { return Badge(.good, ReturnsWords.returned) }
        guard task.isLate(view.sendOut, on: view.today) else { return Badge(.neutral, ReturnsWords.waiting) }
        let days = view.today.number - view.sendOut.dueDay.number
        return Badge(.bad, Word("逾期\(days)天", "\(days) days late"))
    }

    private static func outcomes(_ view: View) -> WebSupport.Sheet {
        WebSupport.Sheet(ReturnsWords.outcomes) { html in
            html.add(
                Table(
                    caption: ReturnsWords.outcomes, rows: view.outcomes,
                    columns: [
                        .text(ReturnsWords.returnedFile) { $0.file },
                        .text(ReturnsWords.town) { $0.region.map(view.name) },
                        .status(ReturnsWords.outcome) { Badge($0.kind == .refused ? .bad : .good, ReturnsWords.outcomeWord($0.kind)) },
                        Column(ReturnsWords.reason, .wide) { html, outcome in
                            for fault in outcome.faults {
                                html.add(.p) { html in
                                    if !fault.place.description.isEmpty { html.add(.strong, text: place(fault)) }
                                    html.add(fault.message)
                                    if let cure = fault.cure { html.add(.small, text: Word("处理办法：" + cure, "Cure: " + cure)) }
                                }
                            }
                            if !outcome.empty.isEmpty {
                                html.add(
                                    .small,
                                    text: Word(
                                        "\(outcome.empty.count)格没有填：" + outcome.empty.map { "\($0.place)" }.joined(separator: "、"),
                                        "\(outcome.empty.count) cells are empty: "
                                            + outcome.empty.map { "\($0.place)" }.joined(separator: ", ")))
                            }
                        },
                    ]))
        }
    }

    /// Without the file's name, which stands beside it.
    private static func place(_ failure: Failure) -> String {
        var place = failure.place
        place.file = nil
        let text = place.description
        return text.isEmpty ? "" : text + "："
    }

    static func notice(_ view: View, text: String) -> Page {
        Page(
            ReturnsWords.notice, lead: ReturnsWords.print,
            crumbs: crumbs(view.form, view.sendOut.period) + [Link(ReturnsWords.sendOut, Address("returns", "send-outs", view.sendOut.id))]
        ) {
            html in
            html.add(
                WebSupport.Sheet(nil) { html in
                    html.add(
                        Padded { html in
                            for line in text.split(separator: "\n") {
                                if line.hasPrefix("# ") {
                                    html.add(.h2, text: line.dropFirst(2))
                                } else {
                                    html.add(.p, text: line.hasPrefix("@ ") ? line.dropFirst(2) : line)
                                }
                            }
                        })
                })
        }
    }

    /// What the merged page shows.
    struct Merged: Sendable {
        let view: View
        let merged: MergedReturns
        let differences: [TownDifference]
    }

    static func merged(_ page: Merged) -> Page {
        let view = page.view
        let address = Address("returns", "send-outs", view.sendOut.id)
        let returned = page.merged.tasks.filter(\.isReturned)
        return Page(
            Word("\(view.form.title) · \(view.sendOut.period.word.chinese) 汇总", "\(view.form.title) · \(view.sendOut.period) merged"),
            lead: Word(
                "\(returned.count)/\(page.merged.tasks.count) 个镇街已报回", "\(returned.count) of \(page.merged.tasks.count) towns returned"),
            crumbs: crumbs(view.form, view.sendOut.period) + [Link(ReturnsWords.sendOut, address)],
            actions: [Link(ReturnsWords.mergedWorkbook, address.appending("merged").appending("workbook"), look: .button)]
        ) { html in
            if returned.isEmpty {
                html.add(
                    WebSupport.Sheet(nil) { html in
                        html.add(EmptyState(ReturnsWords.nothingReturned, nextStep: ReturnsWords.nothingReturnedNext))
                    })
            }
            html.add(table(page))
            html.add(differences(page, address))
        }
    }

    private static func table(_ page: Merged) -> WebSupport.Sheet {
        let merged = page.merged
        let columns = merged.tasks.map { task in
            Column<CellBinding>(Word(page.view.name(task.region)), .amount) { html, binding in
                let isAsked = merged.asked(binding).contains(task.region)
                guard let value = merged.value(binding, task.region) else { return html.add(isAsked ? "—" : "") }
                let file = Address("returns", "send-outs", merged.sendOut.id, "towns", task.region, "returned")
                html.add(.a, .class("opens"), .href(file), text: FilledCell.shown(value, decimals: binding.decimals))
            }
        }
        return WebSupport.Sheet(ReturnsWords.merged) { html in
            html.add(
                Table(
                    caption: ReturnsWords.merged, rows: merged.bindings,
                    columns: [
                        Column(ReturnsWords.label, .wide) { html, binding in
                            html.add(binding.anchor.description)
                            html.add(.small, text: "\(binding.place)" + (binding.unit.isEmpty ? "" : " · " + binding.unit))
                        },
                        Column(ReturnsWords.total, .amount) { html, binding in
                            guard let total = merged.total(binding) else { return html.add(.small, text: merged.whyNoTotal(binding)) }
                            html.add(.strong, text: FilledCell.shown(total, decimals: binding.decimals))
                        },
                    ] + columns, phone: .scrolled))
        }
    }

    private static func differences(_ page: Merged, _ address: Address) -> WebSupport.Sheet {
        let view = page.view
        return WebSupport.Sheet(
            ReturnsWords.differences,
            note: Word("变化超过 \(view.form.threshold)% 的；与登记数不等的", "changes beyond \(view.form.threshold)%; values unlike the registers'")
        ) { html in
            html.add(
                Table(
                    caption: ReturnsWords.differences, rows: page.differences,
                    columns: [
                        .text(ReturnsWords.town) { view.name($0.region) },
                        .text(ReturnsWords.label) { $0.binding.anchor.description },
                        .amount(ReturnsWords.value) { FilledCell.shown($0.value, decimals: $0.binding.decimals) },
                        .text(ReturnsWords.against) { $0.against.word },
                        Column(ReturnsWords.other, .amount) { html, difference in other(difference, view, into: &html) },
                        .amount(ReturnsWords.percent) { difference in difference.percent.map { FilledCell.shown($0, decimals: 1) + "%" } },
                        Column(ReturnsWords.reason, .wide) { html, difference in reason(difference, view, address, into: &html) },
                    ], empty: EmptyState(ReturnsWords.noDifferences, nextStep: ReturnsWords.noDifferencesNext)))
        }
    }

    private static func other(_ difference: TownDifference, _ view: View, into html: inout HTML) {
        let text = FilledCell.shown(difference.other, decimals: difference.binding.decimals)
        guard difference.against == .register, let question = difference.binding.question?.inRegion(difference.region) else {
            return html.add(text)
        }
        let period = view.sendOut.period
        var address = Address("questions", question.fact).with("metric", question.metric)
        for filter in question.filters { address = address.with("where", QuestionTemplate.resolved(filter, period)) }
        html.add(.a, .class("opens"), .href(address.with("on", question.on.map { QuestionTemplate.resolved($0, period) })), text: text)
    }

    private static func reason(_ difference: TownDifference, _ view: View, _ address: Address, into html: inout HTML) {
        guard let seal = view.seal else { return html.add(difference.reason ?? "—") }
        let id = "reason-\(difference.region)-\(difference.binding.id)-\(difference.against.rawValue)"
        html.add(.form, .class("one-line"), .other("method", "post"), .action(address.appending("reasons"))) { html in
            html.add(seal)
            for (name, value) in [
                ("region", String(difference.region)), ("binding", difference.binding.id.description),
                ("against", difference.against.rawValue),
            ] { html.add(.input, .type("hidden"), .name(name), .value(value)) }
            html.add(
                .input, .type("text"), .id(id), .name("reason"), .value(difference.reason ?? ""),
                .spoken(Word("\(view.name(difference.region)) 的原因", "reason of \(view.name(difference.region))")))
            html.add(.button, .class("button"), text: ReturnsWords.record)
        }
    }
}
