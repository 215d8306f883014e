import Places
import Values
import WebSupport

/// Pages of the requests to fill in.
enum FillInPages {
    static func fields(region: String?, year: Int) -> [FormField] {
        [
            FormField("title", EnterpriseWords.fillInTitle, values: ["\(year)年企业数据补报"], isRequired: true),
            FormField("year", EnterpriseWords.year, .number, values: [String(year)], isRequired: true),
            FormField(
                "region", EnterpriseWords.region, values: [region ?? ""], hint: EnterpriseWords.regionHint),
            FormField(
                "fields", EnterpriseWords.fillInFields,
                .checkboxes(FillInField.allCases.map { .init($0.rawValue, EnterpriseWords.fillInFieldNames[$0] ?? Word($0.rawValue)) }),
                values: ["sales"]),
        ]
    }

    static func list(_ all: [FillIn], fields: [FormField], _ regions: RegionDirectory, seal: FormSeal?, isWhole: Bool = true) -> Page {
        Page(EnterpriseWords.fillIns, lead: EnterpriseWords.fillInLead, crumbs: [Link(EnterpriseWords.title, Address("enterprises"))]) {
            html in
            html.add(
                Sheet(EnterpriseWords.fillIns) { html in
                    html.add(
                        Table(
                            caption: EnterpriseWords.fillIns, rows: all,
                            columns: [
                                .link(EnterpriseWords.fillInTitle) { Link($0.title, Address("fill-ins", $0.id)) },
                                .text(EnterpriseWords.region) { $0.region.flatMap(regions.name) },
                                .text(EnterpriseWords.year) { String($0.year) },
                                .text(EnterpriseWords.fillInFields) { names($0) }, .day(EnterpriseWords.issuedDay) { $0.issuedDay },
                                .amount(EnterpriseWords.askedFirms) { isWhole ? $0.expected : nil },
                            ],
                            empty: EmptyState(
                                EnterpriseWords.noFillIns,
                                nextStep: seal == nil ? EnterpriseWords.noFillInsYet : EnterpriseWords.noFillInsNext)))
                })
            guard let seal else { return }
            html.add(
                Sheet(EnterpriseWords.issue) { html in
                    html.add(Form(action: Address("fill-ins"), seal: seal, fields: fields, submit: EnterpriseWords.issue))
                })
        }
    }

    private static func names(_ fillIn: FillIn) -> String {
        fillIn.fields.map { EnterpriseWords.fillInFieldNames[$0]?.chinese ?? $0.rawValue }.joined(separator: "、")
    }

    /// - Parameter waiting: what firms filled in themselves and the reader may decide about.
    static func one(
        _ fillIn: FillIn, _ towns: [FillInTown], _ regions: RegionDirectory, waiting answers: Int = 0, mayImport: Bool = true
    ) -> Page {
        let decide = Link(OwnEnterpriseWords.requests, Address("correction-requests"))
        let asked = towns.reduce(0) { $0 + $1.expected }
        let answered = towns.reduce(0) { $0 + $1.answered }
        let waiting = towns.filter(\.isUnanswered).count
        return Page(
            Word(name: fillIn.title), lead: Word("\(fillIn.year) 年 · \(names(fillIn)) · \(fillIn.issuedDay) 下发"),
            crumbs: [Link(EnterpriseWords.title, Address("enterprises")), Link(EnterpriseWords.fillIns, Address("fill-ins"))],
            actions: mayImport ? [Link(EnterpriseWords.importReturned, Address("imports", "new"), look: .primary)] : [],
            notices: answers > 0 ? [Notice(.info, OwnFillInWords.toDecide(answers), link: decide)] : []
        ) { html in
            html.add(
                FigureStrip([
                    WebSupport.Figure(EnterpriseWords.askedFirms, NumberText.grouped(asked), unit: EnterpriseWords.firms),
                    WebSupport.Figure(EnterpriseWords.answeredFirms, NumberText.grouped(answered), unit: EnterpriseWords.firms),
                    WebSupport.Figure(EnterpriseWords.waitingTowns, NumberText.grouped(waiting), needsPerson: waiting > 0),
                ]))
            html.add(
                Sheet(EnterpriseWords.byTown, note: EnterpriseWords.byTownNote) { html in
                    html.add(
                        Table(
                            caption: EnterpriseWords.byTown, rows: towns,
                            columns: [
                                .text(EnterpriseWords.region) { town in
                                    town.region.flatMap(regions.name).map { $0 } ?? EnterpriseWords.noRegion.chinese
                                },
                                .amount(EnterpriseWords.askedFirms) { $0.expected }, .amount(EnterpriseWords.answeredFirms) { $0.answered },
                                .status(EnterpriseWords.status) { badge($0) },
                                .link(EnterpriseWords.template) {
                                    Link(
                                        EnterpriseWords.download,
                                        Address("fill-ins", fillIn.id, "towns", $0.region.map(String.init) ?? "none"))
                                },
                            ]))
                })
        }
    }

    private static func badge(_ town: FillInTown) -> Badge {
        if town.isComplete { return Badge(.good, EnterpriseWords.returned) }
        return town.isUnanswered ? Badge(.bad, EnterpriseWords.notReturned) : Badge(.caution, EnterpriseWords.partlyReturned)
    }
}
