import Values

/// The bar above every page: programme, date of the data, search, language, who is at work.
struct TopBar: Component {
    let frame: Frame
    let context: WebContext

    func write(into html: inout HTML) {
        html.add(.section, .class("top"), .spoken(WebWords.overview)) { html in
            if !frame.isBare {
                programme(&html)
                date(&html)
            }
            search(&html)
            language(&html)
            actor(&html)
            if let demonstration = frame.demonstration { choose(demonstration, &html) }
            if frame.known != nil || context.query["on"] != nil { pinned(&html) }
        }
    }

    /// Who is at work; with an account a link to one's own page, and the way out.
    private func actor(_ html: inout HTML) {
        if let account = frame.account {
            html.add(Link(frame.actor, account))
            html.add(ActionButton(WebWords.signOut, action: Address("sign-out"), seal: context.formSeal()))
        } else {
            html.add(.span, .class("actor"), text: frame.actor)
            if let open = frame.open { html.add(Link(WebWords.openPages, open)) }
            if let entrance = frame.entrance, context.address.pathText != entrance.pathText { html.add(Link(WebWords.signIn, entrance)) }
        }
    }

    private func choose(_ demonstration: Demonstration, _ html: inout HTML) {
        html.add(.form, .class("pinned"), .other("method", "post"), .action(demonstration.action)) { html in
            html.add(context.formSeal())
            html.add(.input, .type("hidden"), .name("back"), .value(context.address.description))
            html.add(.label) { html in
                html.add(WebWords.demonstration)
                html.add(" ")
                html.add(.select, .name("person")) { html in
                    for choice in demonstration.choices {
                        html.add(
                            .option, .value(choice.value), .flag("selected", choice.value == demonstration.current), text: choice.label)
                    }
                }
            }
            html.add(" ")
            html.add(.button, .class("button"), text: WebWords.takeDemonstration)
        }
    }

    private func programme(_ html: inout HTML) {
        let current = frame.programmes.first(where: \.isCurrent)
        html.add(.details, .class("choice")) { html in
            html.add(.summary, .hint(WebWords.programme)) { html in
                html.add(.strong, text: current?.title ?? WebWords.allProgrammes.text(context.language))
            }
            html.add(.ul) { html in
                for programme in frame.programmes {
                    html.add(.li) { html in
                        let link = programme.elsewhere.map { Attribute.href($0) } ?? .href(programme.address)
                        html.add(.a, link, .current(programme.isCurrent), text: programme.title)
                    }
                }
            }
        }
    }

    /// Two dates: what was true that day, and what the store knew then.
    private func date(_ html: inout HTML) {
        html.add(.details, .class("choice date")) { html in
            html.add(.summary) { html in
                html.add(WebWords.asOf)
                html.add(" ")
                html.add(.time, text: frame.on)
            }
            html.add(.form, .other("method", "get"), .action(context.address.removingQuery())) { html in
                for item in context.query.items where !["on", "known", "after"].contains(item.name) {
                    html.add(.input, .type("hidden"), .name(item.name), .value(item.value))
                }
                html.add(.label) { html in
                    html.add(WebWords.onDay)
                    html.add(.input, .type("date"), .name("on"), .value(frame.on.description))
                }
                html.add(.label) { html in
                    html.add(WebWords.knownAt)
                    html.add(.input, .type("text"), .name("known"), .value(frame.known ?? ""), .other("size", "12"))
                    html.add(.small, text: WebWords.knownHint)
                }
                html.add(.button, .class("button"), text: WebWords.apply)
            }
        }
    }

    private func search(_ html: inout HTML) {
        guard let address = frame.search else { return }
        html.add(.form, .class("search"), .role("search"), .other("method", "get"), .action(address)) { html in
            html.add(
                .input, .type("search"), .name("q"), .value(context.query["q"] ?? ""), .spoken(WebWords.searchHint),
                .placeholder(WebWords.searchHint))
            html.add(.button, .class("button"), text: WebWords.search)
        }
    }

    private func language(_ html: inout HTML) {
        let other: Language = context.language == .chinese ? .english : .chinese
        html.add(.form, .class("language"), .other("method", "post"), .action(Address("language"))) { html in
            html.add(context.formSeal())
            html.add(.input, .type("hidden"), .name("back"), .value(context.address.description))
            html.add(
                .button, .name("language"), .value(other.rawValue), .hint(WebWords.language),
                .other("lang", other == .chinese ? "zh-CN" : "en"), text: WebWords.otherLanguage)
        }
    }

    private func pinned(_ html: inout HTML) {
        html.add(.p, .class("pinned"), .role("status")) { html in
            html.add(WebWords.pinned(frame.on, known: frame.known))
            html.add(" ")
            html.add(Link(WebWords.backToToday, context.address.removing("on", "known", "after")))
        }
    }
}

extension Address {
    /// The address without its query, for forms that send their own.
    package func removingQuery() -> Address {
        items.reduce(self) { $0.removing($1.name) }
    }
}

extension FormSeal: Component {
    package func write(into html: inout HTML) {
        html.add(.input, .type("hidden"), .name(FormSeal.tokenName), .value(token))
        html.add(.input, .type("hidden"), .name(FormSeal.requestName), .value(requestID))
        if let readVersion { html.add(.input, .type("hidden"), .name(FormSeal.versionName), .value(String(readVersion))) }
    }
}
