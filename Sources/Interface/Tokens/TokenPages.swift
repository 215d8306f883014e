import Accounts
import Storage
import Values
import WebSupport

/// The lists of tokens, the one page that shows a token, and the record of outside queries.
enum TokenPages {
    static func list(
        _ tokens: [ListedToken], at address: Address, today: Day, seal: FormSeal?, fields: [FormField], notices: [Notice]
    ) -> Page {
        let isOffice = address == Address("tokens")
        let links =
            (isOffice ? [Link(TokenWords.queries, Address("tokens", "queries"), look: .button)] : [])
            + [Link(TokenWords.document, Address("api"), look: .button)]
        return Page(TokenWords.tokens, lead: TokenWords.lead, actions: links, notices: notices) { html in
            html.add(
                WebSupport.Sheet { html in html.add(table(tokens, at: address, today: today, seal: seal)) })
            guard let seal else { return }
            html.add(
                WebSupport.Sheet(TokenWords.new) { html in
                    html.add(Form(action: address, seal: seal, fields: fields, submit: TokenWords.issue))
                })
        }
    }

    private static func table(_ tokens: [ListedToken], at address: Address, today: Day, seal: FormSeal?) -> Table<ListedToken> {
        Table(
            caption: TokenWords.tokens, rows: tokens,
            columns: [
                .text(TokenWords.title) { Word(name: $0.token.title) }, .text(TokenWords.kind) { TokenWords.kind($0.token.kind) },
                .text(TokenWords.purpose) { Word(name: $0.token.purpose) }, .text(TokenWords.rights) { rights($0.token) },
                .text(TokenWords.holder) { Word(name: $0.holder) }, .day(TokenWords.lastDay) { $0.token.lastDay },
                .text(TokenWords.lastUse) { $0.usedAt.map { Word(name: time($0)) } ?? TokenWords.never },
                .status(TokenWords.state) { state($0.token, today) },
                Column(TokenWords.revoke, .status) { html, listed in
                    guard let seal, listed.token.isGood(on: today) else { return html.add(TokenWords.dash) }
                    html.add(ActionButton(TokenWords.revoke, action: address.appending(listed.token.id).appending("revoke"), seal: seal))
                },
            ], empty: EmptyState(TokenWords.empty, nextStep: seal == nil ? TokenWords.emptyRead : TokenWords.emptyNext))
    }

    private static func rights(_ token: AccessToken) -> Word {
        let titles = AccessToken.grantable.filter { token.rights.contains($0.name) }.map(\.title)
        return Word(titles.map(\.chinese).joined(separator: "、"), titles.map { $0.text(.english) }.joined(separator: ", "))
    }

    private static func state(_ token: AccessToken, _ today: Day) -> Badge {
        if token.isRevoked { return Badge(.neutral, TokenWords.revoked) }
        return token.isGood(on: today) ? Badge(.good, TokenWords.good) : Badge(.caution, TokenWords.over)
    }

    static func fields(_ rights: [Right], towns: [AccountPlaces.Town]) -> [FormField] {
        let choices = rights.map { FormField.Choice($0.name, $0.title) }
        let town = FormField("region", TokenWords.region, .select(towns.map { FormField.Choice(String($0.id), Word(name: $0.name)) }))
        return [
            FormField("title", TokenWords.title, isRequired: true, hint: TokenWords.titleHint),
            FormField("purpose", TokenWords.purpose, isRequired: true, hint: TokenWords.purposeHint),
            FormField("right", TokenWords.rights, .checkboxes(choices), isRequired: true),
        ] + (towns.isEmpty ? [] : [town]) + [
            FormField("days", TokenWords.days, .number, values: ["90"], isRequired: true, unit: TokenWords.daysUnit)
        ]
    }

    static func token(_ token: String, _ list: Address) -> Page {
        Page(TokenWords.shownOnce, lead: TokenWords.shownLead) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(
                        Padded { html in
                            html.add(.p) { html in html.add(.code, text: token) }
                            html.add(.p) { html in html.add(Link(TokenWords.back, list, look: .primary)) }
                        })
                })
        }
    }

    static func queries(_ found: [(query: OutsideQuery, title: String)], shown count: Int, address: Address) -> Page {
        let shown = Array(found.prefix(count))
        return Page(TokenWords.queries, lead: TokenWords.queriesLead, crumbs: [Link(TokenWords.tokens, Address("tokens"))]) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(
                        Table(
                            caption: TokenWords.queries, rows: shown,
                            columns: [
                                .text(TokenWords.when) { Word(name: time($0.query.time)) },
                                .link(TokenWords.token) {
                                    Link(
                                        $0.title.isEmpty ? String($0.query.token) : $0.title,
                                        address.replacing("token", $0.query.token).removing("after"))
                                },
                                .text(TokenWords.purpose) { Word(name: $0.query.purpose) },
                                .text(TokenWords.asked) { Word(name: $0.query.address) },
                                .amount(TokenWords.status) { Word(name: String($0.query.status)) },
                            ], empty: EmptyState(TokenWords.noQuery, nextStep: TokenWords.noQueryNext)))
                    let next = found.count > count ? shown.last.map { QueryPlace($0.query).text } : nil
                    html.add(Pagination(page: address, shown: shown.count, after: next))
                })
        }
    }

    static func notice(_ failure: Failure) -> Notice { Notice(.bad, Word(failure.message), detail: failure.cure) }

    /// Day and minute.
    private static func time(_ moment: Moment) -> String { String(moment.description.prefix(16)).replacing("T", with: " ") }
}
