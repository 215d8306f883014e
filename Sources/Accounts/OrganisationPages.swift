import Values
import WebSupport

/// The tree of organisations as of a day, one of them, founding and merging.
enum OrganisationPages {
    static func list(_ names: ManageAccountPages.Names, people: [Person], on day: Day, seal: FormSeal?) -> Page {
        let (tree, places) = (names.tree, names.places)
        let counts = Dictionary(grouping: people.compactMap(\.organisation)) { tree.standing(for: $0, on: day) }.mapValues(\.count)
        return Page(
            AccountWords.organisations, crumbs: [Link(AccountWords.accounts, Address("accounts"))],
            actions: seal == nil ? [] : [Link(AccountWords.newOrganisation, Address("organisations", "new"), look: .primary)]
        ) { html in
            html.add(
                WebSupport.Sheet(AccountWords.organisations, note: Word(name: day.description)) { html in
                    html.add(
                        Table(
                            caption: AccountWords.organisations, rows: tree.listed(on: day),
                            columns: [
                                .link(AccountWords.name) {
                                    Link(
                                        String(repeating: "　", count: $0.depth) + $0.organisation.name,
                                        Address("organisations", $0.organisation.id))
                                },
                                .text(AccountWords.kind) { AccountWords.kind($0.organisation.kind) },
                                .text(AccountWords.region) { places.name(of: $0.organisation.region) },
                                .text(AccountWords.duty) { one in
                                    names.bindings[one.organisation.id].map { Word(name: names.duties.names([$0])) }
                                },
                                .day(AccountWords.from) { $0.organisation.from }, .day(AccountWords.to) { $0.organisation.to },
                                .amount(AccountWords.people) { counts[$0.organisation.id] ?? 0 },
                            ], empty: EmptyState(AccountWords.noOrganisation, nextStep: AccountWords.noOrganisationNext)))
                })
            let others = tree.all.filter { !$0.exists(on: day) }
            let (upcoming, former) = (others.filter { $0.from > day }, others.filter { $0.from <= day })
            if !upcoming.isEmpty { html.add(self.others(AccountWords.upcoming, upcoming, tree, on: day)) }
            if !former.isEmpty { html.add(self.others(AccountWords.former, former, tree, on: day)) }
            if seal != nil, tree.listed(on: day).count > 1 {
                html.add(
                    WebSupport.Sheet(MergerWords.title, note: MergerWords.lookNote) { html in
                        html.add(Padded { html in html.add(MergerPages.choosing(tree, on: day)) })
                    })
            }
        }
    }

    /// Those that were before the day, or will be after it.
    private static func others(_ title: Word, _ others: [Organisation], _ tree: OrganisationTree, on day: Day) -> WebSupport.Sheet {
        WebSupport.Sheet(title) { html in
            html.add(
                Table(
                    caption: title, rows: others,
                    columns: [
                        .link(AccountWords.name) { Link($0.name, Address("organisations", $0.id)) },
                        .day(AccountWords.from) { $0.from }, .day(AccountWords.to) { $0.to },
                        .text(AccountWords.became) { one in
                            tree.successors(of: one.id, on: day).filter { $0.id != one.id }.map(\.name).joined(separator: "、")
                        },
                    ]))
        }
    }

    static func choices(_ tree: OrganisationTree, on day: Day) -> [FormField.Choice] {
        tree.listed(on: day).map { FormField.Choice(String($0.organisation.id.number), Word(name: $0.organisation.name)) }
    }

    static func facts(_ one: Organisation, _ names: ManageAccountPages.Names) -> DefinitionList {
        var list = DefinitionList()
        list.add(AccountWords.kind, AccountWords.kind(one.kind))
        list.add(AccountWords.parent, names.organisation(one.parent))
        list.add(AccountWords.region, names.places.name(of: one.region))
        list.add(AccountWords.duty, names.bindings[one.id].map { names.duties.names([$0]) })
        list.add(AccountWords.from, one.from.description)
        list.add(AccountWords.to, one.to?.description)
        return list
    }

    static func fields(_ names: ManageAccountPages.Names, of one: Organisation? = nil) -> [FormField] {
        func values(_ text: String?) -> [String] { text.map { [$0] } ?? [] }
        let kinds = OrganisationKind.allCases.map { FormField.Choice($0.rawValue, AccountWords.kind($0)) }
        let towns = names.places.towns.map { FormField.Choice(String($0.id), Word(name: $0.name)) }
        return [
            FormField("kind", AccountWords.kind, .select(kinds), values: values(one?.kind.rawValue), isRequired: true),
            FormField("name", AccountWords.name, values: values(one?.name), isRequired: true),
            FormField(
                "parent", AccountWords.parent, .select(choices(names.tree, on: names.day)),
                values: values(one?.parent.map { String($0.number) })),
            FormField(
                "town", AccountWords.region, .select(towns), values: values(one?.region.map { String($0) }),
                hint: towns.isEmpty ? AccountWords.noTownYet : nil),
            FormField(
                "duty", AccountWords.duty, .select(names.duties.departments.map { .init($0.code, Word(name: $0.name)) }),
                values: values(one.flatMap { names.bindings[$0.id] }), hint: AccountWords.dutyHint),
            FormField("from", AccountWords.from, .day, values: values((one?.from ?? names.day).description), isRequired: true),
            FormField("to", AccountWords.to, .day, values: values(one?.to?.description), hint: AccountWords.toHint),
        ]
    }

    /// - Parameters:
    ///   - facts: what stands there for those who read and do not manage.
    ///   - mergers: what it took the place of and was merged into.
    static func page(
        _ title: Word, action: Address, seal: FormSeal?, fields: [FormField], notices: [Notice] = [],
        facts: (@Sendable () -> DefinitionList)? = nil, mergers: (@Sendable () -> [WebSupport.Sheet])? = nil
    ) -> Page {
        Page(title, crumbs: [Link(AccountWords.organisations, Address("organisations"))], notices: notices) { html in
            html.add(
                WebSupport.Sheet { html in
                    if let seal {
                        html.add(Form(action: action, seal: seal, fields: fields, submit: AccountWords.save))
                    } else if let facts {
                        html.add(facts())
                    }
                })
            for sheet in mergers?() ?? [] { html.add(sheet) }
        }
    }
}
