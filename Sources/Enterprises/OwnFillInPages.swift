import Values
import WebSupport

/// What a firm is asked to fill in, field by field.
enum OwnFillInPages {
    private static let crumbs = [Link(OwnEnterpriseWords.mine, Address("my-enterprise"))]

    static func list(_ all: [OwnFillIn]) -> Page {
        Page(EnterpriseWords.fillIns, lead: OwnFillInWords.lead, crumbs: crumbs) { html in
            html.add(
                Sheet { html in
                    html.add(
                        Table(
                            caption: EnterpriseWords.fillIns, rows: all,
                            columns: [
                                .link(EnterpriseWords.fillInTitle) {
                                    Link($0.fillIn.title, Address("my-enterprise", "fill-ins", $0.fillIn.id))
                                },
                                .text(EnterpriseWords.year) { String($0.fillIn.year) },
                                .day(EnterpriseWords.issuedDay) { $0.fillIn.issuedDay },
                                .text(EnterpriseWords.fillInFields) { names($0.fillIn.fields) },
                                .status(EnterpriseWords.status) { badge($0) },
                            ], empty: EmptyState(OwnFillInWords.none, nextStep: OwnFillInWords.noneNext)))
                })
        }
    }

    private static func names(_ fields: [FillInField]) -> Word {
        Word(fields.map(\.label.chinese).joined(separator: "、"), fields.map { $0.label.text(.english) }.joined(separator: ", "))
    }

    private static func badge(_ own: OwnFillIn) -> Badge {
        if !own.owed.isEmpty { return Badge(.caution, OwnFillInWords.owed(own.owed.count)) }
        return own.unknown.isEmpty ? Badge(.good, OwnFillInWords.known) : Badge(.info, OwnFillInWords.waiting)
    }

    static func fields(_ own: OwnFillIn) -> [FormField] {
        own.unknown.map { field in
            let isMoney = field.figure != nil
            let value = own.waiting(field).map { answer in
                isMoney ? Int64(answer.value).map { Fen($0).tenThousandYuan } ?? "" : answer.value
            }
            return FormField(
                field.rawValue, field.label, values: [value ?? ""], hint: own.waiting(field) == nil ? nil : OwnFillInWords.changeHint,
                unit: isMoney ? EnterpriseWords.tenThousand : nil)
        }
    }

    static func form(_ own: OwnFillIn, fields: [FormField], seal: FormSeal) -> Page {
        let fillIn = own.fillIn
        return Page(
            Word(name: fillIn.title), lead: OwnFillInWords.of(fillIn.year, own.dossier.firm.name),
            crumbs: crumbs + [Link(EnterpriseWords.fillIns, Address("my-enterprise", "fill-ins"))]
        ) { html in
            if !fields.isEmpty {
                html.add(
                    Sheet(OwnFillInWords.fill, note: OwnFillInWords.fillNote) { html in
                        html.add(
                            Form(
                                action: Address("my-enterprise", "fill-ins", fillIn.id), seal: seal, fields: fields,
                                submit: OwnFillInWords.send,
                                cancel: Link(EnterpriseWords.cancel, Address("my-enterprise", "fill-ins"))))
                    })
            }
            html.add(Sheet(OwnFillInWords.state) { html in html.add(table(own)) })
        }
    }

    /// Each field: what the dossier says, what the firm answered, what became of it.
    private static func table(_ own: OwnFillIn) -> Table<FillInField> {
        Table(
            caption: OwnFillInWords.state, rows: own.fillIn.fields,
            columns: [
                .text(OwnEnterpriseWords.field) { $0.label },
                .text(OwnEnterpriseWords.onFile) { field in
                    field.known(own.dossier, year: own.fillIn.year).map { field.shown($0) }
                },
                .text(OwnFillInWords.answered) { field in own.latest(field).map { field.shown($0.value) } },
                .status(EnterpriseWords.status) { field in
                    own.latest(field).map { OwnEnterprisePages.badge($0.state) }
                        ?? (own.unknown.contains(field) ? Badge(.caution, OwnFillInWords.toFill) : Badge(.good, OwnFillInWords.known))
                },
                .text(OwnEnterpriseWords.answer) { field in own.latest(field)?.remark.map { Word(name: $0) } },
            ])
    }
}

/// What firms have filled in, for those who decide about it.
enum FillInAnswerPages {
    static func write(_ waiting: [FillInAnswerStore.Waiting], _ regions: RegionDirectory, _ seal: FormSeal, _ html: inout HTML) {
        for one in waiting { write(one, regions, seal, &html) }
    }

    private static func write(
        _ waiting: FillInAnswerStore.Waiting, _ regions: RegionDirectory, _ seal: FormSeal, _ html: inout HTML
    ) {
        let (answer, firm) = (waiting.answer, waiting.dossier.firm)
        let seal = seal.reading(version: answer.version)
        var facts = DefinitionList()
        facts.add(EnterpriseWords.name) { html in html.add(Link(firm.name, Address("enterprises", firm.id))) }
        facts.add(EnterpriseWords.region, firm.region.flatMap(regions.name))
        facts.add(EnterpriseWords.fillIns) { html in html.add(Link(waiting.fillIn.title, Address("fill-ins", waiting.fillIn.id))) }
        if answer.field.figure != nil { facts.add(EnterpriseWords.year, String(waiting.fillIn.year)) }
        let known = answer.field.known(waiting.dossier, year: waiting.fillIn.year)
        facts.add(OwnEnterpriseWords.onFile, known.map { answer.field.shown($0) } ?? Word("—"))
        facts.add(OwnFillInWords.answered, answer.field.shown(answer.value))
        facts.add(OwnFillInWords.account, answer.account)
        facts.add(OwnFillInWords.answeredOn, answer.changed)
        let list = facts
        let here = Address("fill-in-answers", answer.id)
        html.add(
            Sheet(OwnFillInWords.filled(answer.field.label), note: Word("补报第 \(answer.id) 号", "Fill-in no. \(answer.id)")) { html in
                html.add(list)
                if known == nil { html.add(Form(action: here.appending("accept"), seal: seal, fields: [], submit: OwnFillInWords.accept)) }
                html.add(
                    Form(
                        action: here.appending("decline"), seal: seal,
                        fields: [FormField("answer", OwnEnterpriseWords.declineReason, isRequired: true)],
                        submit: OwnEnterpriseWords.decline,
                        isGrave: true))
            })
    }
}

/// Texts of what firms fill in themselves.
enum OwnFillInWords {
    static let lead = Word(
        "请贵企业补充的数据。提交后由镇街、负责的部门或质强办采纳，采纳了才写进档案。",
        "What your firm is asked to fill in. The town, the department or the programme office accepts it; only then does the dossier say it."
    )
    static let none = Word("没有要补报的", "Nothing is asked of you")
    static let noneNext = Word("有补报下发时会列在这里。", "Requests are listed here when they are issued.")
    static let known = Word("档案已有", "on file")
    static let waiting = Word("等待采纳", "waiting for acceptance")
    static let toFill = Word("待填写", "to fill in")
    static let fill = Word("填写", "Fill in")
    static let fillNote = Word("可以先填一部分；等待采纳的可以改。", "A part at a time will do; what waits can be changed.")
    static let send = Word("提交", "Send")
    static let state = Word("各栏情况", "Field by field")
    static let answered = Word("企业填报", "Filled in")
    static let answeredOn = Word("填报日期", "Filled in on")
    static let account = Word("填报账号", "Filled in by")
    static let changeHint = Word("等待采纳，可以改", "Waits for acceptance; can be changed")
    static let nothing = Word("至少填写一栏", "Fill in one field at least")
    static let accept = Word("采纳并写入档案", "Accept and enter")
    static func owed(_ count: Int) -> Word { Word("\(count) 栏待填写", "\(count) to fill in") }
    static func of(_ year: Int, _ firm: String) -> Word { Word("\(firm) · \(year) 年", "\(firm) · \(year)") }
    static func filled(_ field: Word) -> Word { Word("企业补报：\(field.chinese)", "Filled in by the firm: \(field.text(.english))") }
    static func notice(_ count: Int) -> Word { Word("有 \(count) 份补报待填写", "\(count) request(s) to fill in") }
    static func toDecide(_ count: Int) -> Word { Word("有 \(count) 栏企业补报等待采纳", "\(count) field(s) filled in by firms wait for acceptance") }
}
