import Hummingbird
import Storage
import Values
package import WebSupport

/// Addresses of sign-in, sign-out and one-time links.
package enum SignInRoutes {
    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/sign-in", may: .anyone) { context in
            if context.isAdmitted { return .seeOther(Address()) }
            let notices =
                switch context.query["done"] {
                case "password": [Notice(.good, AccountWords.passwordIsSet)]
                case "out-soon": [Notice(.caution, AccountWords.endsSoon)]
                default: [Notice]()
                }
            return .page(
                SignInPages.signIn(
                    context.formSeal(), fields: SignInPages.fields(back: context.query["back"] ?? ""), notices: notices,
                    provider: provider(office, back: context.query["back"])))
        }
        table.post("/sign-in", may: .anyone) { context, form in try await enter(office, context, form) }
        table.get("/sign-in/code", may: .ownAccount) { context in
            if context.isAdmitted { return .seeOther(Address()) }
            return .page(SignInPages.code(context.formSeal(), back: context.query["back"] ?? ""))
        }
        table.post("/sign-in/code", may: .ownAccount) { context, form in
            do {
                let opened = try await SignIn(office, browser: context.browser).confirm(code: form.text("code"), token: context.session.id)
                return going(opened, form.text("back"))
            } catch let failure as Failure
                where failure.code.hasPrefix("sign-in.") && failure.kind == .refused || failure.code.hasPrefix("factor.")
            {
                return .formAgain(SignInPages.code(context.formSeal(), back: form.text("back"), notices: [SignInPages.notice(failure)]))
            }
        }
        table.post("/sign-out", may: .anyone) { context, _ in
            let ending = try await SignOut(office).leave(token: context.session.id)
            return Reply.seeOther(Address("sign-in").with("done", ending == .waits ? "out-soon" : nil)).startingSession(office.token())
        }
        table.get("/link/{token}", may: .anyone) { context in
            let (token, link) = try await link(office, context)
            return .page(SignInPages.link(token, link, seal: context.formSeal(), fields: SignInPages.linkFields(link, office.rules)))
        }
        table.post("/link/{token}", may: .anyone) { context, form in try await use(office, context, form) }
        return table
    }

    /// The way through the provider, beside the form.
    private static func provider(_ office: AccountOffice, back: String?) -> Link? {
        office.provider.map {
            Link(Word($0.settings.title), Address("sign-in", "provider").with("back", back?.isEmpty == true ? nil : back))
        }
    }

    private static func enter(_ office: AccountOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let fields = SignInPages.fields(back: form.text("back"))
        let name = reading.text("account", atMost: 200)
        let password = reading.password("password")
        if password.isEmpty { reading.refuse("password", Word("请填写此项", "Please fill this in")) }
        guard reading.isGood, password.utf8.count <= 512 else {
            return .formAgain(
                SignInPages.signIn(context.formSeal(), fields: reading.marked(fields), provider: provider(office, back: form.text("back"))))
        }
        do {
            let opened = try await SignIn(office, browser: context.browser).enter(name: name, password: password)
            return going(opened, form.text("back"))
        } catch let failure as Failure where failure.code.hasPrefix("sign-in.") && failure.kind == .refused {
            return .formAgain(
                SignInPages.signIn(
                    context.formSeal(), fields: reading.marked(fields), notices: [SignInPages.notice(failure)],
                    provider: provider(office, back: form.text("back"))))
        }
    }

    /// Where a sign-in leads; the page that was asked for first is kept over the code.
    static func going(_ opened: SignIn.Opened, _ back: String) -> Reply {
        let address: Address =
            switch opened.stage {
            case .full: Address(returnedBy: back) ?? Address()
            case .code: Address("sign-in", "code").with("back", back.isEmpty ? nil : back)
            case .password: Address("account", "password")
            case .enrol: Address("account", "second-factor")
            }
        return Reply.seeOther(address).startingSession(opened.token)
    }

    private static func link(_ office: AccountOffice, _ context: WebContext) async throws -> (String, AccountLink) {
        let token = try context.parameter("token")
        let now = office.now
        return (token, try await office.store.read { try AccountLink.find(token, at: now, $0) })
    }

    private static func use(_ office: AccountOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let (token, link) = try await link(office, context)
        var reading = FormReading(form)
        let password = reading.newPassword()
        let names = link.person == nil ? (reading.text("account", atMost: 40), reading.text("name", atMost: 40)) : nil
        func again(_ notices: [Notice]) -> Reply {
            .formAgain(
                SignInPages.link(
                    token, link, seal: context.formSeal(), fields: reading.marked(SignInPages.linkFields(link, office.rules)),
                    notices: notices))
        }
        guard reading.isGood else { return again([]) }
        do {
            let use = UseLink(office, token: token)
            if let names {
                try await use.found(account: names.0, name: names.1, password: password)
            } else {
                try await use.setPassword(password)
            }
        } catch let failure as Failure where failure.kind == .invalid {
            return again([SignInPages.notice(failure)])
        }
        return .seeOther(Address("sign-in").with("done", "password"))
    }
}
