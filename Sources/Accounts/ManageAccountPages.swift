import Values
import WebSupport

/// Administration of accounts: the list with the rules, one account, a link to hand over.
enum ManageAccountPages {
    /// Names of organisations and towns by their numbers, and what can be chosen.
    struct Names: Sendable {
        let tree: OrganisationTree
        let places: AccountPlaces
        let day: Day
        var duties = DutyTable.none
        /// The department that an organisation is bound to.
        var bindings: [ID<Organisation>: String] = [:]
        /// Accounts that are locked by failures, until when.
        var locks: [String: Moment] = [:]

        /// Whether the account lets its person in.
        func state(_ person: Person) -> Badge {
            guard person.isEnabled else { return Badge(.neutral, AccountWords.disabled) }
            return locks[person.account].map { Badge(.caution, AccountWords.lockedUntil(OwnAccountPages.time($0))) }
                ?? Badge(.good, AccountWords.enabled)
        }

        /// As structured today: a former organisation is shown by what took its place.
        func organisation(_ id: ID<Organisation>?) -> String? {
            guard let id, let named = tree.organisation(id) else { return nil }
            guard !named.exists(on: day) else { return named.name }
            return named.name + "（" + tree.successors(of: id, on: day).map(\.name).joined(separator: "、") + "）"
        }
    }

    static func list(_ people: [Person], _ names: Names, rules: SignInRules, mayManage: Bool) -> Page {
        Page(
            AccountWords.accounts,
            actions: (mayManage ? [Link(AccountWords.newAccount, Address("accounts", "new"), look: .primary)] : [])
                + [Link(AccountWords.organisations, Address("organisations"), look: .button)]
        ) { html in
            html.add(
                WebSupport.Sheet(AccountWords.accounts) { html in
                    html.add(
                        Table(
                            caption: AccountWords.accounts, rows: people,
                            columns: [
                                .link(AccountWords.account) { Link($0.account, Address("accounts", $0.id)) },
                                .text(AccountWords.personName) { $0.name }, .text(AccountWords.role) { $0.role.title },
                                .text(AccountWords.organisation) { names.organisation($0.organisation) },
                                .text(AccountWords.town) { names.places.name(of: $0.region) },
                                .status(AccountWords.state) { names.state($0) },
                            ], empty: EmptyState(AccountWords.noAccount, nextStep: AccountWords.noAccountNext)))
                })
            html.add(WebSupport.Sheet(AccountWords.rules, note: AccountWords.rulesNote) { html in html.add(table(rules)) })
        }
    }

    private static func table(_ rules: SignInRules) -> Table<SignInRules.Setting> {
        Table(
            caption: AccountWords.rules, rows: rules.settings,
            columns: [
                .text(AccountWords.rule) { Word($0.label, $0.name) }, .text(AccountWords.ruleValue) { value($0) },
                .text(AccountWords.ruleBasis) { $0.isFromClause ? AccountWords.fromClause : AccountWords.chosen },
                .text(AccountWords.ruleClause) { Word(name: $0.clause) }, .text(AccountWords.ruleSays) { Word(name: $0.says) },
            ])
    }

    /// A number with its unit, or the names of roles.
    private static func value(_ setting: SignInRules.Setting) -> Word {
        let roles = setting.value.split(separator: " ").compactMap { Role(rawValue: String($0))?.title }
        guard roles.isEmpty else {
            return Word(roles.map(\.chinese).joined(separator: "、"), roles.map { $0.text(.english) }.joined(separator: ", "))
        }
        return Word(name: "\(setting.value) \(setting.unit)")
    }

    static func fields(_ names: Names, of person: Person? = nil) -> [FormField] {
        let roles = Role.allCases.filter { $0 != .visitor && $0 != .outsideSystem }.map { FormField.Choice($0.rawValue, $0.title) }
        let organisations = names.tree.listed(on: names.day).map { one in
            FormField.Choice(
                String(one.organisation.id.number), Word(name: String(repeating: "　", count: one.depth) + one.organisation.name))
        }
        let towns = names.places.towns.map { FormField.Choice(String($0.id), Word(name: $0.name)) }
        let townHint = towns.isEmpty ? AccountWords.noTownYet : AccountWords.townHint
        let account = FormField("account", AccountWords.account, isRequired: true)
        return (person == nil ? [account] : []) + [
            FormField("name", AccountWords.personName, values: values(person?.name), isRequired: true),
            FormField("role", AccountWords.role, .select(roles), values: values(person?.role.rawValue), isRequired: true),
            FormField(
                "organisation", AccountWords.organisation, .select(organisations),
                values: values(person?.organisation.map { String(names.tree.standing(for: $0, on: names.day).number) })),
            FormField(
                "town", AccountWords.town, .select(towns), values: values(person?.region.map { String($0) }), hint: townHint),
        ]
    }

    private static func values(_ text: String?) -> [String] { text.map { [$0] } ?? [] }

    static func new(_ seal: FormSeal, fields: [FormField], notices: [Notice] = []) -> Page {
        Page(
            AccountWords.newAccount, lead: AccountWords.resetNote, crumbs: [Link(AccountWords.accounts, Address("accounts"))],
            notices: notices
        ) {
            html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(Form(action: Address("accounts"), seal: seal, fields: fields, submit: AccountWords.create))
                })
        }
    }

    /// One account; without a seal only to be read.
    static func person(
        _ person: Person, _ names: Names, sessions: [WebSession], records: [SignInRecord], seal: FormSeal?, fields: [FormField],
        notices: [Notice] = []
    ) -> Page {
        let here = Address("accounts", person.id)
        return Page(
            Word(name: person.name), lead: Word(name: person.account), badge: names.state(person),
            crumbs: [Link(AccountWords.accounts, Address("accounts"))], notices: notices
        ) { html in
            if let seal {
                html.add(
                    WebSupport.Sheet { html in html.add(Form(action: here, seal: seal, fields: fields, submit: AccountWords.save)) })
                html.add(
                    WebSupport.Sheet(AccountWords.manage, note: AccountWords.resetNote) { html in
                        html.add(Padded { html in buttons(person, here, seal, isLocked: names.locks[person.account] != nil, &html) })
                    })
            } else {
                html.add(WebSupport.Sheet { html in html.add(facts(person, names)) })
            }
            html.add(
                WebSupport.Sheet(AccountWords.signedIn) { html in
                    html.add(OwnAccountPages.sessions(sessions, own: nil, seal: nil))
                })
            html.add(WebSupport.Sheet(AccountWords.records) { html in html.add(OwnAccountPages.records(records)) })
        }
    }

    /// For those who read and do not manage.
    private static func facts(_ person: Person, _ names: Names) -> DefinitionList {
        var list = DefinitionList()
        list.add(AccountWords.role, person.role.title)
        list.add(AccountWords.organisation, names.organisation(person.organisation))
        list.add(AccountWords.town, names.places.name(of: person.region))
        return list
    }

    private static func buttons(_ person: Person, _ here: Address, _ seal: FormSeal, isLocked: Bool, _ html: inout HTML) {
        if isLocked {
            html.add(ActionButton(AccountWords.unlock, action: here.appending("unlock"), seal: seal, isPrimary: true))
            html.add(" ")
        }
        if person.isEnabled {
            html.add(ActionButton(AccountWords.resetLink, action: here.appending("link"), seal: seal, isPrimary: true))
            html.add(" ")
            html.add(ActionButton(AccountWords.endSessions, action: here.appending("end-sessions"), seal: seal))
            html.add(" ")
            html.add(ActionButton(AccountWords.dropFactor, action: here.appending("drop-factor"), seal: seal))
        }
        html.add(" ")
        html.add(
            ActionButton(
                person.isEnabled ? AccountWords.disable : AccountWords.enable, action: here.appending("state"), seal: seal,
                fields: [("enabled", person.isEnabled ? "no" : "yes")]))
    }

    /// The link, once.
    static func link(_ person: ID<Person>, _ address: String, hours: Int) -> Page {
        Page(AccountWords.link, lead: AccountWords.linkLead(hours), crumbs: [Link(AccountWords.accounts, Address("accounts"))]) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(
                        Padded { html in
                            html.add(.p) { html in html.add(.code, text: address) }
                            html.add(.p) { html in html.add(Link(AccountWords.toDesk, Address("accounts", person), look: .primary)) }
                        })
                })
        }
    }
}
