import Hummingbird
import Storage
import Values
package import WebSupport

/// Addresses of the administration of accounts: `/accounts`, `/accounts/{person}` and its acts.
package enum ManageAccountRoutes {
    /// - Parameter base: how browsers reach this server, for links that are handed over: `https://name`.
    package static func table(_ office: AccountOffice, base: String) -> RouteTable {
        var table = RouteTable()
        table.get("/accounts", may: AccountRights.read) { context in
            var names = try await names(office)
            let now = office.now
            let (people, locks) = try await office.store.read { session in
                let people = try PersonStore.all(session)
                return (people, try SignInStore.locks(people.map(\.account), at: now, session))
            }
            names.locks = locks
            return .page(
                ManageAccountPages.list(people, names, rules: office.rules, mayManage: AccountRights.manage.isHeld(by: context.actor)))
        }
        table.get("/accounts/new", may: AccountRights.manage) { context in
            .page(ManageAccountPages.new(context.formSeal(), fields: ManageAccountPages.fields(try await names(office))))
        }
        table.post("/accounts", may: AccountRights.manage) { context, form in try await create(office, base, context, form) }
        table.get("/accounts/{person}", may: AccountRights.read) { context in
            let notices = context.query["done"] == "soon" ? [Notice(.caution, AccountWords.disabledSoon)] : []
            return .page(try await page(office, context, notices: notices))
        }
        table.post("/accounts/{person}", may: AccountRights.manage) { context, form in try await change(office, context, form) }
        table.post("/accounts/{person}/link", may: AccountRights.manage) { context, _ in
            let id: ID<Person> = try context.id("person")
            let token = try await ManageAccounts(office, by: context.actor).issueLink(id)
            return .page(ManageAccountPages.link(id, "\(base)/link/\(token)", hours: office.rules.linkHours))
        }
        table.post("/accounts/{person}/state", may: AccountRights.manage) { context, form in
            let ending = try await ManageAccounts(office, by: context.actor).setEnabled(
                form.text("enabled") == "yes", context.id("person"), request: FormReading(form).requestID())
            return .seeOther(try here(context, ending))
        }
        table.post("/accounts/{person}/end-sessions", may: AccountRights.manage) { context, form in
            let ending = try await SignOut(office).endAll(
                of: context.id("person"), by: context.actor, request: FormReading(form).requestID())
            return .seeOther(try here(context, ending))
        }
        table.post("/accounts/{person}/unlock", may: AccountRights.manage) { context, form in
            try await ManageAccounts(office, by: context.actor).unlock(context.id("person"), request: FormReading(form).requestID())
            return .seeOther(try here(context))
        }
        table.post("/accounts/{person}/drop-factor", may: AccountRights.manage) { context, form in
            try await ManageAccounts(office, by: context.actor).dropFactor(context.id("person"), request: FormReading(form).requestID())
            return .seeOther(try here(context))
        }
        return table
    }

    private static func here(_ context: WebContext, _ ending: Ending = .written) throws -> Address {
        let id: ID<Person> = try context.id("person")
        return Address("accounts", id).with("done", ending == .waits ? "soon" : nil)
    }

    static func names(_ office: AccountOffice, on day: Day? = nil) async throws -> ManageAccountPages.Names {
        let places = office.places
        let day = day ?? office.store.clock.today
        let duties = office.duties
        return try await office.store.read { session in
            ManageAccountPages.Names(
                tree: try OrganisationStore.tree(session), places: try places(session), day: day, duties: duties,
                bindings: try DutyStore.bindings(session))
        }
    }

    private static func draft(_ reading: inout FormReading, account: String) -> PersonDraft? {
        let name = reading.text("name", atMost: 40)
        let role = reading.choice("role", of: Role.self)
        let organisation = reading.optionalNumber("organisation").map { ID<Organisation>(Int64($0)) }
        let town = reading.optionalNumber("town").map { Int64($0) }
        guard reading.isGood, let role else { return nil }
        return PersonDraft(account: account, name: name, organisation: organisation, role: role, region: town)
    }

    private static func create(_ office: AccountOffice, _ base: String, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        var reading = FormReading(form)
        let names = try await names(office)
        let account = reading.text("account", atMost: 40)
        func again(_ notices: [Notice]) -> Reply {
            .formAgain(
                ManageAccountPages.new(context.formSeal(), fields: reading.marked(ManageAccountPages.fields(names)), notices: notices))
        }
        guard let draft = draft(&reading, account: account) else { return again([]) }
        do {
            let (id, token) = try await ManageAccounts(office, by: context.actor).create(draft, request: reading.requestID())
            guard let token else { return .seeOther(Address("accounts", id)) }
            return .page(ManageAccountPages.link(id, "\(base)/link/\(token)", hours: office.rules.linkHours))
        } catch let failure as Failure where [.invalid, .conflict].contains(failure.kind) {
            return again([SignInPages.notice(failure)])
        }
    }

    private static func page(_ office: AccountOffice, _ context: WebContext, reading: FormReading? = nil, notices: [Notice] = [])
        async throws
        -> Page
    {
        let id: ID<Person> = try context.id("person")
        var names = try await names(office)
        let (now, rules) = (office.now, office.rules)
        let (person, locks, version, sessions, records) = try await office.store.read { session in
            let person = try PersonStore.person(id, session)
            return (
                person, try SignInStore.locks([person.account], at: now, session), try PersonStore.version(id, session),
                try WebSessionStore.all(of: id, session).filter { !$0.isOver(at: now, rules) },
                try SignInStore.records(of: id, limit: 20, session)
            )
        }
        names.locks = locks
        let seal =
            AccountRights.manage.isHeld(by: context.actor) ? context.formSeal(readVersion: reading?.form.readVersion ?? version) : nil
        let fields = ManageAccountPages.fields(names, of: person)
        return ManageAccountPages.person(
            person, names, sessions: sessions, records: records, seal: seal, fields: reading?.marked(fields) ?? fields, notices: notices)
    }

    private static func change(_ office: AccountOffice, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id: ID<Person> = try context.id("person")
        var reading = FormReading(form)
        let person = try await office.store.read { try PersonStore.person(id, $0) }
        guard let draft = draft(&reading, account: person.account) else {
            return .formAgain(try await page(office, context, reading: reading))
        }
        do {
            try await ManageAccounts(office, by: context.actor).change(
                id, to: draft, readVersion: form.readVersion, request: reading.requestID())
        } catch let failure as Failure where [.invalid, .conflict].contains(failure.kind) {
            return .formAgain(try await page(office, context, reading: reading, notices: [SignInPages.notice(failure)]))
        }
        return .seeOther(Address("accounts", id))
    }
}
