import Values
import WebSupport

/// One's own account: where one is signed in, password, second factor.
enum OwnAccountPages {
    struct Shown: Sendable {
        let person: Person
        let organisation: String?
        let town: String?
        let sessions: [WebSession]
        let records: [SignInRecord]
        let factor: OwnAccount.Factor
    }

    static func page(_ shown: Shown, own digest: String, seal: FormSeal) -> Page {
        let account = Address("account")
        return Page(
            AccountWords.myAccount, lead: Word(name: shown.person.account),
            actions: [
                Link(AccountWords.changePassword, account.appending("password"), look: .button),
                Link(AccountWords.tokens, account.appending("tokens"), look: .button),
            ]
        ) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(
                        Padded { html in
                            var list = DefinitionList()
                            list.add(AccountWords.personName, shown.person.name)
                            list.add(AccountWords.role, shown.person.role.title)
                            list.add(AccountWords.organisation, shown.organisation)
                            if let town = shown.town { list.add(AccountWords.town, town) }
                            list.add(AccountWords.factor) { html in
                                html.add(
                                    Link(
                                        shown.factor.isOn ? AccountWords.factorOn : AccountWords.factorOff,
                                        account.appending("second-factor")))
                            }
                            html.add(list)
                        })
                })
            html.add(
                WebSupport.Sheet(AccountWords.whereSignedIn) { html in
                    html.add(sessions(shown.sessions, own: digest, seal: seal))
                    if shown.sessions.count > 1 {
                        html.add(
                            Padded { html in
                                html.add(ActionButton(AccountWords.endOthers, action: account.appending("sessions"), seal: seal))
                            })
                    }
                })
            html.add(WebSupport.Sheet(AccountWords.records) { html in html.add(records(shown.records)) })
        }
    }

    /// Without a seal only to be read.
    static func sessions(_ sessions: [WebSession], own digest: String?, seal: FormSeal?) -> Table<WebSession> {
        Table(
            caption: AccountWords.whereSignedIn, rows: sessions,
            columns: [
                .text(AccountWords.browser) { Word(name: BrowserName.short($0.browser)) },
                .text(AccountWords.since) { time($0.createdAt) }, .text(AccountWords.lastSeen) { time($0.seenAt) },
            ]
                + (seal == nil
                    ? []
                    : [
                        Column(AccountWords.end, .status) { html, one in
                            if one.digest == digest {
                                html.add(Badge(.info, AccountWords.thisOne))
                            } else if let seal {
                                html.add(
                                    ActionButton(
                                        AccountWords.end, action: Address("account", "sessions"), seal: seal,
                                        fields: [("session", one.handle)]))
                            }
                        }
                    ]),
            empty: EmptyState(AccountWords.noSession, nextStep: AccountWords.noSessionNext))
    }

    static func records(_ records: [SignInRecord]) -> Table<SignInRecord> {
        Table(
            caption: AccountWords.records, rows: records,
            columns: [
                .text(AccountWords.when) { time($0.time) }, .status(AccountWords.outcome) { AccountWords.outcome($0.outcome) },
                .text(AccountWords.browser) { Word(name: BrowserName.short($0.browser)) },
            ], empty: EmptyState(AccountWords.noRecord, nextStep: AccountWords.noRecordNext))
    }

    static func password(_ seal: FormSeal, fields: [FormField], isDue: Bool, notices: [Notice] = []) -> Page {
        SignInPages.page(
            AccountWords.changePassword, notices + (isDue ? [Notice(.caution, AccountWords.mustChange)] : []),
            Address("account", "password"),
            seal, fields, AccountWords.save)
    }

    static func passwordFields(_ rules: SignInRules) -> [FormField] {
        [FormField("old", AccountWords.oldPassword, .password(isNew: false), isRequired: true)] + SignInPages.passwords(rules)
    }

    static func factor(
        _ factor: OwnAccount.Factor, account: String, isDue: Bool, mayDrop: Bool, seal: FormSeal, notices: [Notice] = []
    ) -> Page {
        let here = Address("account", "second-factor")
        let password = FormField("password", AccountWords.oldPassword, .password(isNew: false), isRequired: true)
        let due = isDue ? [Notice(.caution, AccountWords.mustEnrol)] : []
        return Page(
            AccountWords.factor, badge: factor.isOn ? Badge(.good, AccountWords.factorOn) : Badge(.neutral, AccountWords.factorOff),
            notices: notices + due
        ) { html in
            html.add(
                WebSupport.Sheet { html in
                    if factor.isOn {
                        html.add(Padded { html in html.add(.p, text: AccountWords.recoveryLeft(factor.recoveryLeft)) })
                        guard mayDrop else { return }
                        html.add(
                            Form(
                                action: here.appending("drop"), seal: seal, fields: [password], submit: AccountWords.dropFactor,
                                isGrave: true))
                    } else if let secret = factor.pending {
                        html.add(Padded { html in pending(secret, account, &html) })
                        let field = FormField("code", AccountWords.code, .onceCode, isRequired: true)
                        html.add(Form(action: here.appending("confirm"), seal: seal, fields: [field], submit: AccountWords.confirm))
                    } else {
                        html.add(Form(action: here, seal: seal, fields: [password], submit: AccountWords.beginFactor))
                    }
                })
        }
    }

    private static func pending(_ secret: String, _ account: String, _ html: inout HTML) {
        html.add(.p, text: AccountWords.factorLead)
        var list = DefinitionList()
        list.add(AccountWords.secret) { html in html.add(.code, text: grouped(secret)) }
        list.add(AccountWords.factorAddress) { html in html.add(.code, text: TimedCode.address(secret: secret, account: account)) }
        html.add(list)
    }

    static func recovery(_ codes: [String]) -> Page {
        Page(AccountWords.recovery, lead: AccountWords.recoveryLead) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(
                        Padded { html in
                            html.add(.ul) { html in
                                for code in codes { html.add(.li) { html in html.add(.code, text: grouped(code)) } }
                            }
                            html.add(.p) { html in html.add(Link(AccountWords.toDesk, Address(), look: .primary)) }
                        })
                })
        }
    }

    /// In groups of four, as it is read out and typed.
    private static func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }

    /// Day and minute.
    static func time(_ moment: Moment) -> String { String(moment.description.prefix(16)).replacing("T", with: " ") }
}
