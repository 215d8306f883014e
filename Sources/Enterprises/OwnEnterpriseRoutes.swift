import Storage
import Values
package import WebSupport

/// The addresses of enterprise users: `/my-enterprise` names no number, so that there is nothing of others to ask for. And the office's side.
package enum OwnEnterpriseRoutes {
    package static func table(_ office: Office, sections: [any DossierSection], isUser: @escaping BindUser.AccountCheck) -> RouteTable {
        var table = RouteTable()
        table.get("/my-enterprise", may: EnterpriseRights.readOwn) { try await own(office, sections, $0) }
        table.get("/my-enterprise/requests/new", may: EnterpriseRights.requestCorrection) { context in
            let dossier = try await dossier(office, context)
            return .page(OwnEnterprisePages.form(dossier, fields: OwnEnterprisePages.fields(), seal: context.formSeal()))
        }
        table.post("/my-enterprise/requests", may: EnterpriseRights.requestCorrection) { try await ask(office, $0, $1) }
        table.get("/correction-requests", may: EnterpriseRights.decideRequests) { context in
            let actor = context.actor
            let (open, answers) = try await office.store.read {
                (try CorrectionRequestStore.open(to: actor, office.regions, $0), try FillInAnswerStore.open(to: actor, office.regions, $0))
            }
            return .page(CorrectionRequestPages.list(open, answers, regions: office.regions, seal: context.formSeal()))
                .revealing(answers.contains { $0.answer.field.figure != nil })
        }
        table.post("/correction-requests/{request}/accept", may: EnterpriseRights.decideRequests) { context, form in
            var reading = FormReading(form)
            try await DecideRequest.accept(
                context.id("request"), answer: reading.optionalText("answer", atMost: 300), request: reading.requestID(), office: office,
                actor: context.actor)
            return .seeOther(Address("correction-requests"))
        }
        table.post("/correction-requests/{request}/decline", may: EnterpriseRights.decideRequests) { context, form in
            var reading = FormReading(form)
            try await DecideRequest.decline(
                context.id("request"), answer: reading.optionalText("answer", atMost: 300) ?? "", request: reading.requestID(),
                office: office,
                actor: context.actor)
            return .seeOther(Address("correction-requests"))
        }
        table.post("/enterprises/{enterprise}/users", may: EnterpriseRights.bindUsers) { context, form in
            let id: ID<Enterprise> = try context.id("enterprise")
            var reading = FormReading(form)
            try await BindUser.run(
                reading.text("account", atMost: 40), to: id, isUser: isUser, office: office, actor: context.actor,
                request: reading.requestID())
            return .seeOther(Address("enterprises", id))
        }
        table.post("/enterprises/{enterprise}/users/remove", may: EnterpriseRights.bindUsers) { context, form in
            let id: ID<Enterprise> = try context.id("enterprise")
            try await BindUser.remove(
                form.text("account"), from: id, office: office, actor: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("enterprises", id))
        }
        table.add(OwnFillInRoutes.table(office))
        return table
    }

    /// The reader's own dossier as the office holds it.
    private static func own(_ office: Office, _ sections: [any DossierSection], _ context: WebContext) async throws -> Reply {
        let (actor, day, address) = (context.actor, office.clock.today, context.address)
        let tab = context.query["tab"].flatMap(DossierTab.init(rawValue:)) ?? .overview
        let page = try await office.store.read { session -> Page? in
            guard let id = try EnterpriseUserStore.enterprise(of: actor, session) else { return nil }
            let dossier = try EnterpriseStore.dossier(id, at: nil, session)
            // Nothing of its own dossier is hidden from a firm; what is read with these eyes is this one dossier.
            let eyes = Actor(name: actor.name, role: .programmeOffice)
            let reading = DossierReading(dossier: dossier, day: day, position: nil, actor: eyes, isOwn: true)
            let parts = try sections.filter { $0.tab == tab || $0.tab == .overview }.compactMap { section in
                try section.contribution(reading, session).map { (section.tab, $0) }
            }
            let history = tab == .history ? try EnterpriseHistory.of(id, for: eyes, at: nil, regions: office.regions, session) : []
            return DossierPage(
                dossier: dossier, tab: tab, day: day, position: try JournalQuery.head(session).position, parts: parts, history: history,
                regions: office.regions, seal: nil, mayCorrect: false, actor: eyes, address: address,
                own: try CorrectionRequestStore.all(of: dossier, session),
                owedFillIns: try OwnFillIn.all(of: dossier, session).count { !$0.owed.isEmpty }
            ).page
        }
        guard let page else { return .page(OwnEnterprisePages.unbound) }
        return .page(page).revealing()
    }

    private static func dossier(_ office: Office, _ context: WebContext) async throws -> Dossier {
        let actor = context.actor
        return try await office.store.read { session in
            guard let id = try EnterpriseUserStore.enterprise(of: actor, session) else { throw RequestCorrection.unbound }
            return try EnterpriseStore.dossier(id, at: nil, session)
        }
    }

    private static func ask(_ office: Office, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let dossier = try await dossier(office, context)
        var reading = FormReading(form)
        let field = reading.choice("field", of: RequestField.self)
        let value = reading.text("value", atMost: field?.most ?? 300)
        let reason = reading.text("reason", atMost: 300)
        func again() -> Reply {
            .formAgain(OwnEnterprisePages.form(dossier, fields: reading.marked(OwnEnterprisePages.fields()), seal: context.formSeal()))
        }
        guard reading.isGood, let field else { return again() }
        do {
            try await RequestCorrection.run(
                field, to: value, reason: reason, request: reading.requestID(), office: office, actor: context.actor)
        } catch let failure as Failure where failure.kind == .invalid {
            reading.refuse("value", Word(failure.message))
            return again()
        }
        return .seeOther(Address("my-enterprise"))
    }
}
