import Values
import WebSupport

/// What an enterprise user sees besides the dossier: the form to ask for a correction, and that nobody bound the account yet.
enum OwnEnterprisePages {
    static var unbound: Page {
        Page(OwnEnterpriseWords.mine, notices: [Notice(.info, OwnEnterpriseWords.unbound, detail: OwnEnterpriseWords.unboundNext.chinese)])
        { _ in }
    }

    static func fields() -> [FormField] {
        [
            FormField(
                "field", OwnEnterpriseWords.field, .select(RequestField.allCases.map { .init($0.rawValue, $0.label) }), isRequired: true),
            FormField("value", OwnEnterpriseWords.value, .textarea(rows: 2), isRequired: true, hint: OwnEnterpriseWords.valueHint),
            FormField("reason", EnterpriseWords.reason, .textarea(rows: 2), isRequired: true, hint: OwnEnterpriseWords.reasonHint),
        ]
    }

    static func form(_ dossier: Dossier, fields: [FormField], seal: FormSeal) -> Page {
        Page(
            OwnEnterpriseWords.ask, lead: Word(name: dossier.firm.name), crumbs: [Link(OwnEnterpriseWords.mine, Address("my-enterprise"))]
        ) { html in
            html.add(
                Sheet(OwnEnterpriseWords.ask) { html in
                    html.add(
                        Form(
                            action: Address("my-enterprise", "requests"), seal: seal, fields: fields, submit: OwnEnterpriseWords.send,
                            cancel: Link(EnterpriseWords.cancel, Address("my-enterprise"))))
                })
            html.add(
                Sheet(OwnEnterpriseWords.onFile) { html in
                    var list = DefinitionList()
                    for field in RequestField.allCases { list.add(field.label, field.value(of: dossier.firm) ?? "—") }
                    html.add(list)
                })
        }
    }

    /// What the firm asked for and what was answered.
    static func requests(_ requests: [CorrectionRequest]) -> Table<CorrectionRequest> {
        Table(
            caption: OwnEnterpriseWords.requests, rows: requests,
            columns: [
                .day(OwnEnterpriseWords.asked) { $0.asked }, .text(OwnEnterpriseWords.field) { $0.field.label },
                .text(OwnEnterpriseWords.value) { Word(name: $0.value) }, .text(EnterpriseWords.reason) { Word(name: $0.reason) },
                .status(EnterpriseWords.status) { badge($0.state) },
                .text(OwnEnterpriseWords.answer) { one in
                    one.state == .open ? nil : Word(name: [one.changed.description, one.answer].compactMap { $0 }.joined(separator: " "))
                },
            ], empty: EmptyState(OwnEnterpriseWords.noRequest, nextStep: OwnEnterpriseWords.noRequestNext))
    }

    static func badge(_ state: CorrectionRequest.State) -> Badge {
        switch state {
        case .open: Badge(.caution, OwnEnterpriseWords.isOpen)
        case .accepted: Badge(.good, OwnEnterpriseWords.isAccepted)
        case .declined: Badge(.neutral, OwnEnterpriseWords.isDeclined)
        }
    }
}

/// The list of what firms ask for.
enum CorrectionRequestPages {
    static func list(
        _ open: [(request: CorrectionRequest, firm: Enterprise)], _ answers: [FillInAnswerStore.Waiting], regions: RegionDirectory,
        seal: FormSeal
    ) -> Page {
        Page(
            OwnEnterpriseWords.requests, lead: OwnEnterpriseWords.listLead, crumbs: [Link(EnterpriseWords.title, Address("enterprises"))]
        ) { html in
            if open.isEmpty, answers.isEmpty {
                html.add(Sheet { html in html.add(EmptyState(OwnEnterpriseWords.noneOpen, nextStep: OwnEnterpriseWords.noneOpenNext)) })
            }
            for (request, firm) in open { one(request, firm, regions, seal, &html) }
            FillInAnswerPages.write(answers, regions, seal, &html)
        }
    }

    private static func one(
        _ request: CorrectionRequest, _ firm: Enterprise, _ regions: RegionDirectory, _ seal: FormSeal, _ html: inout HTML
    ) {
        var facts = DefinitionList()
        facts.add(EnterpriseWords.name) { html in html.add(Link(firm.name, Address("enterprises", firm.id))) }
        facts.add(EnterpriseWords.region, firm.region.flatMap(regions.name))
        facts.add(OwnEnterpriseWords.onFile, request.field.value(of: firm) ?? "—")
        facts.add(OwnEnterpriseWords.value, request.value)
        facts.add(EnterpriseWords.reason, request.reason)
        facts.add(OwnEnterpriseWords.account, request.account)
        facts.add(OwnEnterpriseWords.asked, request.asked)
        let list = facts
        let here = Address("correction-requests", request.id)
        html.add(
            Sheet(request.field.label, note: Word("第 \(request.id) 号", "No. \(request.id)")) { html in
                html.add(list)
                html.add(
                    Form(
                        action: here.appending("accept"), seal: seal, fields: [.hidden("answer", "")], submit: OwnEnterpriseWords.accept))
                html.add(
                    Form(
                        action: here.appending("decline"), seal: seal,
                        fields: [FormField("answer", OwnEnterpriseWords.declineReason, isRequired: true)],
                        submit: OwnEnterpriseWords.decline,
                        isGrave: true))
            })
    }
}

/// Texts of what firms themselves see and ask for.
enum OwnEnterpriseWords {
    static let mine = Word("我的企业", "My enterprise")
    static let unbound = Word("您的账号还没有关联企业档案", "Your account is not bound to a dossier yet")
    static let unboundNext = Word("请质强办在贵企业的档案里关联这个账号。", "The programme office binds it on your firm’s dossier.")
    static let ask = Word("申请更正", "Ask for a correction")
    static let field = Word("栏目", "Field")
    static let value = Word("应改为", "Should be")
    static let valueHint = Word("日期写成 2006-09-05；代码照营业执照填写", "Dates as 2006-09-05; codes as on the licence")
    static let reasonHint = Word("写明依据，如变更登记的日期和文号", "What it rests on: day and number of the registration")
    static let send = Word("提交申请", "Send")
    static let onFile = Word("档案现在是", "On file")
    static let requests = Word("更正申请", "Requests for correction")
    static let asked = Word("申请日期", "Asked on")
    static let answer = Word("答复", "Answer")
    static let isOpen = Word("待答复", "waiting")
    static let isAccepted = Word("已采纳", "accepted")
    static let isDeclined = Word("未采纳", "declined")
    static let noRequest = Word("还没有申请过更正", "Nothing was asked for yet")
    static let noRequestNext = Word("发现档案有误时，点上面的“申请更正”。", "Where the dossier is wrong, ask for a correction above.")
    static let listLead = Word(
        "企业认为档案有误的，和企业自己补报的。采纳即写进档案并记入日志；不采纳要写理由，企业看得到。",
        "Where firms find their dossier wrong, and what they fill in. Accepting writes it and enters the journal; declining needs a reason, which the firm reads."
    )
    static let noneOpen = Word("没有待答复的申请", "Nothing waits for an answer")
    static let noneOpenNext = Word("企业提出申请、填写补报后会列在这里。", "What firms ask for and fill in is listed here.")
    static let account = Word("申请账号", "Asked by")
    static let accept = Word("采纳并更正", "Accept and correct")
    static let decline = Word("不采纳", "Decline")
    static let declineReason = Word("不采纳的理由", "Why it is declined")
    static let users = Word("企业用户账号", "Accounts of the firm")
    static let usersNote = Word("关联后，这个账号看得到本企业的全部档案，看不到别的企业", "Bound to it, an account sees this whole dossier and no other")
    static let userAccount = Word("账号名", "Account")
    static let since = Word("关联日期", "Since")
    static let bind = Word("关联账号", "Bind")
    static let unbind = Word("解除关联", "Unbind")
}
