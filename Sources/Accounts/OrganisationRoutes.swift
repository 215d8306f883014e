import Hummingbird
import Storage
import Values
package import WebSupport

/// Addresses of the organisations: `/organisations?on=`, `/organisations/{organisation}`.
package enum OrganisationRoutes {
    package static func table(_ office: AccountOffice) -> RouteTable {
        var table = RouteTable()
        table.get("/organisations", may: AccountRights.read) { context in
            let day = try context.on()
            let names = try await ManageAccountRoutes.names(office, on: day)
            let people = try await office.store.read { try PersonStore.all($0) }
            return .page(OrganisationPages.list(names, people: people, on: day, seal: seal(context)))
        }
        table.get("/organisations/new", may: AccountRights.manage) { context in
            let fields = OrganisationPages.fields(try await ManageAccountRoutes.names(office))
            return .page(
                OrganisationPages.page(
                    AccountWords.newOrganisation, action: Address("organisations"), seal: context.formSeal(), fields: fields))
        }
        table.post("/organisations", may: AccountRights.manage) { context, form in
            try await save(office, nil, context, form) { draft, request in
                _ = try await ManageOrganisations(office, by: context.actor).found(draft, request: request)
            }
        }
        table.get("/organisations/{organisation}", may: AccountRights.read) { context in .page(try await page(office, context)) }
        table.post("/organisations/{organisation}", may: AccountRights.manage) { context, form in
            let one = try await one(office, context).0
            return try await save(office, one, context, form) { draft, request in
                try await ManageOrganisations(office, by: context.actor).change(one.id, to: draft, request: request)
            }
        }
        return table
    }

    /// One organisation, with what was wrong where its merger was to be taken back.
    static func page(
        _ office: AccountOffice, _ context: WebContext, takingBack fields: [FormField] = MergerPages.takingBack, notices: [Notice] = []
    ) async throws -> Page {
        let (one, names) = try await one(office, context)
        let seal = seal(context)
        return OrganisationPages.page(
            Word(name: one.name), action: Address("organisations", one.id), seal: seal, fields: OrganisationPages.fields(names, of: one),
            notices: notices, facts: { OrganisationPages.facts(one, names) },
            mergers: { MergerPages.history(one, names, seal: seal, fields: fields) })
    }

    private static func seal(_ context: WebContext) -> FormSeal? {
        AccountRights.manage.isHeld(by: context.actor) ? context.formSeal() : nil
    }

    private static func one(_ office: AccountOffice, _ context: WebContext) async throws -> (Organisation, ManageAccountPages.Names) {
        let id: ID<Organisation> = try context.id("organisation")
        let names = try await ManageAccountRoutes.names(office)
        guard let one = names.tree.organisation(id) else {
            throw Failure(.missing, "organisation.missing", "没有这个机构", cure: "从机构列表中打开")
        }
        return (one, names)
    }

    private static func save(
        _ office: AccountOffice, _ one: Organisation?, _ context: WebContext, _ form: FormBody,
        _ act: (ManageOrganisations.Draft, String) async throws -> Void
    ) async throws -> Reply {
        var reading = FormReading(form)
        let names = try await ManageAccountRoutes.names(office)
        let address = one.map { Address("organisations", $0.id) } ?? Address("organisations")
        func again(_ notices: [Notice]) -> Reply {
            let fields = reading.marked(OrganisationPages.fields(names, of: one))
            let title = one.map { Word(name: $0.name) } ?? AccountWords.newOrganisation
            return .formAgain(OrganisationPages.page(title, action: address, seal: context.formSeal(), fields: fields, notices: notices))
        }
        let kind = reading.choice("kind", of: OrganisationKind.self)
        let name = reading.text("name", atMost: 60)
        let parent = reading.optionalNumber("parent").map { ID<Organisation>(Int64($0)) }
        let region = reading.optionalNumber("town").map { Int64($0) }
        let duty = reading.optionalText("duty", atMost: 40)
        let (from, to) = (reading.day("from"), reading.optionalDay("to"))
        guard reading.isGood, let kind, let from else { return again([]) }
        do {
            try await act(
                ManageOrganisations.Draft(kind: kind, name: name, parent: parent, region: region, from: from, to: to, duty: duty),
                reading.requestID())
        } catch let failure as Failure where [.invalid, .conflict].contains(failure.kind) {
            return again([SignInPages.notice(failure)])
        }
        return .seeOther(Address("organisations"))
    }
}
