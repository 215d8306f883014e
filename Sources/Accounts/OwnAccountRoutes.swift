import Hummingbird
import Storage
import Values
package import WebSupport

/// Addresses of one's own account: `/account`, its password, second factor and sessions.
package enum OwnAccountRoutes {
    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/account", may: .ownAccount) { context in
            let (id, own) = (try person(context), try self.own(office, context))
            let factor = try await own.factor()
            let (places, now, rules, today) = (office.places, office.now, office.rules, office.store.clock.today)
            let shown = try await office.store.read { session in
                let (person, tree) = (try PersonStore.person(id, session), try OrganisationStore.tree(session))
                return OwnAccountPages.Shown(
                    person: person,
                    organisation: person.organisation.flatMap { tree.organisation(tree.standing(for: $0, on: today))?.name },
                    town: try places(session).name(of: person.region),
                    sessions: try WebSessionStore.all(of: id, session).filter { !$0.isOver(at: now, rules) },
                    records: try SignInStore.records(of: id, limit: 20, session), factor: factor)
            }
            return .page(OwnAccountPages.page(shown, own: AccountOffice.digest(context.session.id), seal: context.formSeal()))
        }
        table.post("/account/sessions", may: .ownAccount) { context, form in
            let handle = form.text("session")
            try await SignOut(office).end(handle.isEmpty ? nil : handle, of: try person(context), keeping: context.session.id)
            return .seeOther(Address("account"))
        }
        table.get("/account/password", may: .ownAccount) { context in
            .page(
                OwnAccountPages.password(
                    context.formSeal(), fields: OwnAccountPages.passwordFields(office.rules), isDue: !context.isAdmitted))
        }
        table.post("/account/password", may: .ownAccount) { context, form in try await changePassword(office, context, form) }
        add(factor: office, to: &table)
        return table
    }

    private static func add(factor office: AccountOffice, to table: inout RouteTable) {
        table.get("/account/second-factor", may: .ownAccount) { context in .page(try await factorPage(office, context)) }
        table.post("/account/second-factor", may: .ownAccount) { context, form in
            do {
                try await own(office, context).beginFactor(password: FormReading(form).password("password"))
                return .seeOther(Address("account", "second-factor"))
            } catch let failure as Failure where isShown(failure) {
                return .formAgain(try await factorPage(office, context, notices: [SignInPages.notice(failure)]))
            }
        }
        table.post("/account/second-factor/confirm", may: .ownAccount) { context, form in
            do {
                let (codes, token) = try await own(office, context).confirmFactor(code: form.text("code"))
                return Reply.page(OwnAccountPages.recovery(codes)).startingSession(token)
            } catch let failure as Failure where isShown(failure) {
                return .formAgain(try await factorPage(office, context, notices: [SignInPages.notice(failure)]))
            }
        }
        table.post("/account/second-factor/drop", may: .ownAccount) { context, form in
            do {
                let token = try await own(office, context).dropFactor(password: FormReading(form).password("password"))
                return Reply.seeOther(Address("account", "second-factor")).startingSession(token)
            } catch let failure as Failure where isShown(failure) {
                return .formAgain(try await factorPage(office, context, notices: [SignInPages.notice(failure)]))
            }
        }
    }

    private static func changePassword(_ office: AccountOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let old = reading.password("old")
        if old.isEmpty { reading.refuse("old", Word("请填写此项", "Please fill this in")) }
        let new = reading.newPassword()
        let isDue = !context.isAdmitted
        func again(_ notices: [Notice]) -> Reply {
            let fields = reading.marked(OwnAccountPages.passwordFields(office.rules))
            return .formAgain(OwnAccountPages.password(context.formSeal(), fields: fields, isDue: isDue, notices: notices))
        }
        guard reading.isGood else { return again([]) }
        do {
            let token = try await own(office, context).changePassword(from: old, to: new)
            return Reply.seeOther(Address("account")).startingSession(token)
        } catch let failure as Failure where isShown(failure) {
            return again([SignInPages.notice(failure)])
        }
    }

    /// What is said in the form again.
    private static func isShown(_ failure: Failure) -> Bool {
        failure.kind == .invalid || failure.code == "sign-in.locked" || failure.code.hasPrefix("factor.")
    }

    private static func factorPage(_ office: AccountOffice, _ context: WebContext, notices: [Notice] = []) async throws -> Page {
        let id = try person(context)
        let person = try await office.store.read { try PersonStore.person(id, $0) }
        let factor = try await own(office, context).factor()
        return OwnAccountPages.factor(
            factor, account: person.account, isDue: !context.isAdmitted, mayDrop: !office.rules.secondFactor.contains(person.role),
            seal: context.formSeal(), notices: notices)
    }

    private static func person(_ context: WebContext) throws -> ID<Person> {
        guard let number = context.account else { throw SignIn.over }
        return ID(number)
    }

    private static func own(_ office: AccountOffice, _ context: WebContext) throws -> OwnAccount {
        OwnAccount(office, try person(context), token: context.session.id, browser: context.browser)
    }
}
