import Policy
package import Programmes
package import Storage
import Values
package import WebSupport

/// The addresses of assessors and their panels: `/assessor` names nobody, so that there is nothing of others to ask for.
package enum PanelRoutes {
    package static func table(_ store: Store, programmes: ProgrammeDesk) -> RouteTable {
        var table = RouteTable()
        table.get("/assessor", may: PanelRights.own) { context in .page(try await own(store, programmes, context).page) }
        table.post("/assessor/interests", may: PanelRights.own) { context, form in
            var reading = FormReading(form)
            let enterprise = reading.text("enterprise", atMost: 100)
            let ground = reading.choice("ground", of: Interest.Ground.self)
            let reason = reading.text("reason", atMost: 300)
            guard reading.isGood, let ground else {
                var again = try await own(store, programmes, context)
                again.fields = reading.marked(PanelPages.fields)
                return .formAgain(again.page)
            }
            try await DeclareInterest.run(
                enterprise, ground: ground, reason: reason, on: store, by: context.actor, request: try reading.requestID())
            return .seeOther(Address("assessor"))
        }
        table.post("/assessor/interests/{interest}/withdraw", may: PanelRights.own) { context, form in
            let id: ID<Interest> = try context.id("interest")
            var reading = FormReading(form)
            try await DeclareInterest.withdraw(
                id, reason: reading.optionalText("why-\(id)", atMost: 300) ?? "", on: store, by: context.actor,
                request: try reading.requestID())
            return .seeOther(Address("assessor"))
        }
        table.get("/panels", may: PanelRights.read) { context in
            let day = try context.on()
            return .page(PanelPages.all(try await store.read { try PanelStore.panels(on: day, $0) }))
        }
        return table
    }

    private static func own(_ store: Store, _ desk: ProgrammeDesk, _ context: WebContext) async throws -> PanelPages.Own {
        let (account, day) = (context.actor.name, context.clock.today)
        return try await store.read { session in
            PanelPages.Own(
                panels: try PanelStore.panels(of: account, on: day, session), interests: try PanelStore.interests(of: account, session),
                programmes: try desk.adopted(session).map(\.programme), context: context)
        }
    }
}
