import Evidence
import Places
import Storage
import Values
import WebSupport

/// A dossier with its tabs.
struct DossierPage: Sendable {
    let dossier: Dossier
    let tab: DossierTab
    let day: Day
    let position: Int64
    let parts: [(DossierTab, DossierContribution)]
    let history: [HistoryEntry]
    let regions: RegionDirectory
    /// nil for those who may not merge.
    let seal: FormSeal?
    let mayCorrect: Bool
    let actor: Actor
    let address: Address
    /// The accounts of the firm, for those who may bind them.
    var users: [EnterpriseUser]?
    /// What the firm has asked for, where the firm itself reads.
    var own: [CorrectionRequest]?
    /// Requests to fill in that the firm itself has not answered.
    var owedFillIns = 0

    private var firm: Enterprise { dossier.firm }

    var page: Page {
        let badge = parts.lazy.compactMap(\.1.badge).first ?? (firm.status == .active ? nil : EnterpriseWords.badge(firm.status))
        return Page(
            Word(name: firm.name), lead: Word(lead), badge: badge, crumbs: crumbs, tabs: tabs,
            actions: actions,
            notices: notices
        ) { html in
            switch tab {
            case .overview: overview(&html)
            case .accounts:
                let hidden = AccountFigure.allCases.filter { !actor.sees($0) }
                let note = hidden.isEmpty ? nil : EnterpriseWords.closed(hidden, actor)
                html.add(Sheet(EnterpriseWords.tabs[.accounts], note: note) { $0.add(accounts) })
            case .products: html.add(Sheet(EnterpriseWords.tabs[.products]) { $0.add(products) })
            case .holdings: html.add(Sheet(EnterpriseWords.tabs[.holdings]) { $0.add(holdings) })
            case .history: html.add(Sheet(EnterpriseWords.tabs[.history], note: EnterpriseWords.historyNote) { $0.add(timeline) })
            }
            for (place, part) in parts where place == tab { part.write(&html) }
            if tab == .overview {
                if let own { html.add(Sheet(OwnEnterpriseWords.requests) { $0.add(OwnEnterprisePages.requests(own)) }) }
                if let seal, let users { userForms(users, seal, &html) }
                mergeForm(&html)
            }
        }
    }

    private var lead: String {
        let former = dossier.names.filter { $0.kind == .former }.map(\.name)
        let industry = [firm.industryCode, firm.industry].compactMap { $0 }.joined(separator: " ")
        let version = firm.industryVersion.map { "（\($0) 版）" } ?? ""
        return [
            firm.code ?? firm.registrationNumber ?? EnterpriseWords.noCode.chinese, firm.region.flatMap(regions.name),
            industry.isEmpty ? nil : industry + version, former.isEmpty ? nil : "曾用名 " + former.joined(separator: "、"),
        ].compactMap { $0 }.joined(separator: " · ")
    }

    private var actions: [Link] {
        if own != nil {
            return [
                Link(EnterpriseWords.fillIns, Address("my-enterprise", "fill-ins"), look: .button),
                Link(OwnEnterpriseWords.ask, Address("my-enterprise", "requests", "new"), look: .button),
            ]
        }
        return mayCorrect ? [Link(EnterpriseWords.correct, Address("enterprises", firm.id, "edit"), look: .button)] : []
    }

    private var crumbs: [Link] {
        if own != nil { return [] }
        let place = firm.region.flatMap { number in regions.name(of: number).map { Link($0, Address("enterprises").with("region", number)) }
        }
        return [Link(EnterpriseWords.title, Address("enterprises"))] + (place.map { [$0] } ?? [])
    }

    private var tabs: [Tab] {
        DossierTab.allCases.map { tab in
            let count: Int? =
                switch tab {
                case .overview, .history: nil
                case .accounts: dossier.accounts.count
                case .products: dossier.products.count
                case .holdings: dossier.holdings.count
                }
            let place = tab == .overview ? address.removing("tab") : address.replacing("tab", tab.rawValue)
            return Tab(EnterpriseWords.tabs[tab] ?? Word(tab.rawValue), place, count: count, isCurrent: tab == self.tab)
        }
    }

    private var notices: [Notice] {
        var notices: [Notice] = []
        if owedFillIns > 0 {
            notices.append(
                Notice(.caution, OwnFillInWords.notice(owedFillIns), link: Link(OwnFillInWords.fill, Address("my-enterprise", "fill-ins"))))
        }
        if let into = firm.mergedInto {
            notices.append(
                Notice(.caution, EnterpriseWords.mergedNotice, link: Link(EnterpriseWords.openKept, Address("enterprises", into))))
        }
        if firm.status == .candidate { notices.append(Notice(.info, EnterpriseWords.candidateNotice, detail: firm.note)) }
        if let code = firm.code {
            for warning in CreditCode(text: code).warnings { notices.append(Notice(.caution, Word(warning.message))) }
        }
        return notices
    }

    // MARK: Sheets

    private func overview(_ html: inout HTML) {
        html.add(FigureStrip(figures))
        html.add(Sheet(EnterpriseWords.registerData) { html in html.add(facts) })
    }

    private var figures: [WebSupport.Figure] {
        let year = dossier.accounts.first?.year ?? day.year - 1
        let account = dossier.accounts.first
        let seesSales = actor.sees(.sales)
        let of = [Question.Filter("enterprise", [firm.id.description]), Question.Filter("year", [String(year)])]
        let sales = WebSupport.Figure(
            Word("\(year) 年销售额", "Sales \(year)"), seesSales ? account?.figures[.sales]?.tenThousandYuan : nil,
            unit: EnterpriseWords.tenThousand,
            note: seesSales
                ? account?.figures[.sales] == nil ? EnterpriseWords.unknownSales : growth
                : EnterpriseWords.closed(.sales, actor),
            rows: rows(Question("account", metric: "sales", where: of, known: position)))
        let mine = [Question.Filter("enterprise", [firm.id.description])]
        return [
            sales,
            WebSupport.Figure(
                EnterpriseWords.productCount, String(dossier.products.count), unit: EnterpriseWords.items,
                rows: rows(Question("product", where: mine, known: position))),
            WebSupport.Figure(
                EnterpriseWords.holdingsInForce, String(dossier.holdings.filter { $0.isInForce(on: day) }.count),
                unit: EnterpriseWords.pieces,
                rows: rows(Question("holding", where: mine, on: day, known: position))),
        ] + parts.flatMap(\.1.figures)
    }

    /// Where a figure's rows open; the firm itself asks no questions.
    private func rows(_ question: Question) -> Address? { own == nil ? .question(question, known: position) : nil }

    /// The change of sales against the year before, where both are known.
    private var growth: Word? {
        guard let last = dossier.accounts.first, let now = last.figures[.sales],
            let before = dossier.accounts.first(where: { $0.year == last.year - 1 })?.figures[.sales], before.number > 0
        else { return nil }
        let change = Double(now.number - before.number) / Double(before.number)
        return Word("同比 \(change >= 0 ? "+" : "")\(NumberText.percent(change))", "year on year \(NumberText.percent(change))")
    }

    private var facts: DefinitionList {
        var list = DefinitionList()
        list.add(EnterpriseWords.code, firm.code)
        list.add(EnterpriseWords.registration, firm.registrationNumber)
        list.add(
            EnterpriseWords.region,
            firm.region.flatMap { regions.tree.region(ID($0)) }.map { regions.tree.chain($0).map(\.name).joined(separator: " ") })
        list.add(EnterpriseWords.address, firm.address)
        list.add(EnterpriseWords.kind, firm.kind)
        list.add(EnterpriseWords.registeredDay, firm.registeredDay)
        list.add(EnterpriseWords.capital, firm.capital.map { $0.tenThousandYuan + " 万元" } ?? firm.capitalText)
        list.add(EnterpriseWords.industryCode, [firm.industryCode, firm.industry].compactMap { $0 }.joined(separator: " "))
        list.add(EnterpriseWords.industryVersion, firm.industryVersion)
        list.add(EnterpriseWords.scope, firm.scope)
        list.add(EnterpriseWords.note, firm.note)
        if !dossier.absorbed.isEmpty {
            let absorbed = dossier.absorbed
            list.add(EnterpriseWords.absorbed) { html in
                for firm in absorbed {
                    if own == nil { html.add(Link(firm.name, Address("enterprises", firm.id))) } else { html.add(.span, text: firm.name) }
                }
            }
        }
        return list
    }

    private var accounts: Table<Account> {
        Table(
            caption: EnterpriseWords.accountsCaption, rows: dossier.accounts,
            columns: [.text(EnterpriseWords.year) { String($0.year) }]
                + AccountFigure.allCases.filter { actor.sees($0) }.map { figure in
                    .amount(EnterpriseWords.inTenThousand(figure)) { $0.figures[figure]?.tenThousandYuanInColumn }
                }
                + [.text(EnterpriseWords.regionThen) { [regions] in $0.region.flatMap(regions.name) }],
            empty: EmptyState(
                EnterpriseWords.noAccounts, nextStep: EnterpriseWords.noAccountsNext,
                action: own == nil ? Link(EnterpriseWords.fillIns, Address("fill-ins")) : nil))
    }

    private var products: Table<Product> {
        Table(
            caption: EnterpriseWords.tabs[.products] ?? "", rows: dossier.products,
            columns: [
                .text(EnterpriseWords.product) { $0.name.isEmpty ? nil : $0.name }, .text(EnterpriseWords.brand) { $0.brand },
                .text(EnterpriseWords.standard) { $0.standard }, .text(EnterpriseWords.adoptedStandard) { $0.adoptedStandard },
                .text(EnterpriseWords.licence) { $0.licence },
            ], empty: EmptyState(EnterpriseWords.noProducts, nextStep: EnterpriseWords.importNext))
    }

    private var holdings: Table<Holding> {
        let day = day
        return Table(
            caption: EnterpriseWords.tabs[.holdings] ?? "", rows: dossier.holdings,
            columns: [
                .text(EnterpriseWords.holdingKind) { $0.kind.isEmpty ? nil : $0.kind }, .text(EnterpriseWords.holdingNumber) { $0.number },
                .text(EnterpriseWords.issuer) { $0.issuer }, .day(EnterpriseWords.from) { $0.from }, .day(EnterpriseWords.to) { $0.to },
                .status(EnterpriseWords.status) {
                    $0.isInForce(on: day) ? Badge(.good, EnterpriseWords.inForce) : Badge(.neutral, EnterpriseWords.notInForce)
                },
            ], empty: EmptyState(EnterpriseWords.noHoldings, nextStep: EnterpriseWords.importNext))
    }

    private var timeline: Timeline {
        Timeline(
            history.map { item in
                own != nil
                    ? Timeline.Entry(item.entry.time.day, Word(item.changes.joined(separator: "；")))
                    : Timeline.Entry(
                        item.entry.time.day, Word(item.changes.joined(separator: "；")),
                        detail: item.entry.reason.isEmpty ? nil : item.entry.reason,
                        actor: item.entry.actor, address: Address("journal", item.entry.position))
            })
    }

    private func userForms(_ users: [EnterpriseUser], _ seal: FormSeal, _ html: inout HTML) {
        let here = Address("enterprises", firm.id, "users")
        html.add(
            Sheet(OwnEnterpriseWords.users, note: OwnEnterpriseWords.usersNote) { html in
                if !users.isEmpty {
                    html.add(
                        Table(
                            caption: OwnEnterpriseWords.users, rows: users,
                            columns: [
                                .text(OwnEnterpriseWords.userAccount) { Word(name: $0.account) },
                                .day(OwnEnterpriseWords.since) { $0.since },
                                Column(EnterpriseWords.status) { html, user in
                                    html.add(
                                        ActionButton(
                                            OwnEnterpriseWords.unbind, action: here.appending("remove"), seal: seal,
                                            fields: [("account", user.account)]))
                                },
                            ]))
                }
                html.add(
                    Form(
                        action: here, seal: seal, fields: [FormField("account", OwnEnterpriseWords.userAccount, isRequired: true)],
                        submit: OwnEnterpriseWords.bind))
            })
    }

    private func mergeForm(_ html: inout HTML) {
        guard let seal else { return }
        let isMerged = firm.status == .merged
        let reason = FormField("reason", EnterpriseWords.reason, isRequired: true)
        let into = FormField("into", EnterpriseWords.mergeInto, isRequired: true, hint: EnterpriseWords.mergeHint)
        html.add(
            Sheet(isMerged ? EnterpriseWords.unmerge : EnterpriseWords.merge) { html in
                html.add(
                    Form(
                        action: Address("enterprises", firm.id, isMerged ? "unmerge" : "merge"), seal: seal,
                        fields: isMerged ? [reason] : [into, reason],
                        submit: isMerged ? EnterpriseWords.unmerge : EnterpriseWords.merge))
            })
    }
}

extension Holding {
    /// In force on a day: begun or of unknown beginning, and not ended.
    func isInForce(on day: Day) -> Bool { (from.map { $0 <= day } ?? true) && (to.map { $0 >= day } ?? true) }
}
