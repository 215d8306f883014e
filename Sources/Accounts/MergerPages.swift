import Values
import WebSupport

/// Merging: choosing, seeing what follows, confirming; and taking it back.
enum MergerPages {
    /// The fields that choose a merger; they lead to what follows from it.
    static func choosing(_ tree: OrganisationTree, on day: Day, query: Query? = nil) -> QueryForm {
        let choices = OrganisationPages.choices(tree, on: day)
        let fields = [
            FormField("from", MergerWords.predecessors, .checkboxes(choices), isRequired: true),
            FormField("into", MergerWords.successor, .select(choices), isRequired: true),
            FormField("day", MergerWords.day, .day, values: [day.description], isRequired: true),
        ]
        return QueryForm(
            page: Address("organisations", "merging"), fields: query.map { query in fields.map { $0.filled(from: query) } } ?? fields,
            submit: MergerWords.look)
    }

    /// What was chosen cannot be merged, or nothing was chosen yet.
    static func again(_ names: ManageAccountPages.Names, query: Query, notices: [Notice]) -> Page {
        page(notices) { html in
            html.add(
                WebSupport.Sheet(MergerWords.title, note: MergerWords.lookNote) { html in
                    html.add(Padded { html in html.add(choosing(names.tree, on: names.day, query: query)) })
                })
        }
    }

    /// What follows from a merger that can be entered, and the form that enters it.
    static func effect(
        _ merger: Merger, _ ending: [Organisation], _ heir: Organisation, _ names: ManageAccountPages.Names, people: [Person],
        seal: FormSeal, fields: [FormField], notices: [Notice] = []
    ) -> Page {
        let tree = names.tree
        let when = Notice(.info, merger.day > names.day ? MergerWords.ahead : MergerWords.past)
        let eve = merger.day.adding(days: -1)
        return page(notices + [when]) { html in
            html.add(
                WebSupport.Sheet(MergerWords.effect, note: MergerWords.effectNote) { html in
                    html.add(
                        Table(
                            caption: MergerWords.effect, rows: ending,
                            columns: [
                                .link(AccountWords.name) { Link($0.name, Address("organisations", $0.id)) },
                                .text(AccountWords.kind) { AccountWords.kind($0.kind) },
                                .text(AccountWords.region) { names.places.name(of: $0.region) },
                                .amount(AccountWords.people) { one in
                                    people.count { $0.organisation.map { tree.standing(for: $0, on: eve) } == one.id }
                                },
                                .text(MergerWords.below) { one in
                                    let below = tree.children(of: one.id, on: eve)
                                    return below.isEmpty ? nil : Word(name: below.map(\.name).joined(separator: "、"))
                                },
                                .text(MergerWords.becomes) { _ in Word(name: heir.name) }, .day(MergerWords.day) { _ in merger.day },
                            ]))
                })
            html.add(
                WebSupport.Sheet(MergerWords.confirm) { html in
                    html.add(
                        Form(
                            action: Address("organisations", "merge"), seal: seal, fields: fields, submit: MergerWords.confirm,
                            cancel: Link(MergerWords.leave, Address("organisations"), look: .button)))
                })
        }
    }

    /// The chosen merger as hidden fields, and the document that it rests on.
    static func confirming(_ merger: Merger) -> [FormField] {
        let chosen = merger.predecessors.sorted().map { String($0.number) }
        return [
            FormField("from", "", .hidden, values: chosen), .hidden("into", String(merger.successor.number)),
            .hidden("day", merger.day.description), FormField("reason", MergerWords.reason, isRequired: true),
        ]
    }

    /// What an organisation took the place of and was merged into; and, for who may, the form that takes its own end back.
    static func history(_ one: Organisation, _ names: ManageAccountPages.Names, seal: FormSeal?, fields: [FormField]) -> [WebSupport.Sheet]
    {
        let rows = names.tree.successions.filter { $0.predecessor == one.id || $0.successor == one.id }
        guard !rows.isEmpty else { return [] }
        func link(_ id: ID<Organisation>) -> Link { Link(names.tree.organisation(id)?.name ?? "", Address("organisations", id)) }
        let table = WebSupport.Sheet(MergerWords.mergers) { html in
            html.add(
                Table(
                    caption: MergerWords.mergers, rows: rows,
                    columns: [
                        .day(MergerWords.merged) { $0.day }, .link(MergerWords.predecessors) { link($0.predecessor) },
                        .link(MergerWords.successor) { link($0.successor) },
                    ]))
        }
        guard let seal, rows.contains(where: { $0.predecessor == one.id }) else { return [table] }
        let takeBack = WebSupport.Sheet(MergerWords.takeBack, note: MergerWords.takeBackNote) { html in
            html.add(
                Form(
                    action: Address("organisations", one.id, "take-back-merger"), seal: seal, fields: fields,
                    submit: MergerWords.takeBack, isGrave: true))
        }
        return [table, takeBack]
    }

    static let takingBack = [FormField("why", MergerWords.takeBackReason, isRequired: true)]

    private static func page(_ notices: [Notice], _ body: @escaping @Sendable (inout HTML) -> Void) -> Page {
        Page(MergerWords.title, crumbs: [Link(AccountWords.organisations, Address("organisations"))], notices: notices, content: body)
    }
}
