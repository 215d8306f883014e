import Hummingbird
import Storage
import Values
package import WebSupport

/// The addresses of the registers: list, dossier, correction, merging, requests to fill in.
package enum EnterpriseRoutes {
    /// - Parameters:
    ///   - sections: what other slices add to a dossier.
    ///   - isUser: whether an account of enterprise users has a name.
    ///   - tables: other slices' tables whose rows move when dossiers are merged.
    package static func table(
        _ office: Office, sections: [any DossierSection] = [], moving tables: [DossierTable] = [],
        isUser: @escaping BindUser.AccountCheck = { _, _ in false }
    ) -> RouteTable {
        var table = RouteTable()
        table.get("/enterprises", may: EnterpriseRights.read) { try await list(office, $0) }
        table.get("/enterprises/{enterprise}", may: EnterpriseRights.read) { try await dossier(office, sections, $0) }
        table.get("/enterprises/{enterprise}/edit", may: EnterpriseRights.correct) { try await edit(office, $0) }
        table.post("/enterprises/{enterprise}/edit", may: EnterpriseRights.correct) { try await correct(office, $0, $1) }
        let merging = MergeDossiers(office, with: tables)
        table.post("/enterprises/{enterprise}/merge", may: EnterpriseRights.merge) { context, form in
            let id: ID<Enterprise> = try context.id("enterprise")
            var reading = FormReading(form)
            let other = try await target(office, reading.text("into"))
            try await merging.merge(id, into: other, by: context.actor, reason: reading.text("reason"), request: try reading.requestID())
            return .seeOther(Address("enterprises", other))
        }
        table.post("/enterprises/{enterprise}/unmerge", may: EnterpriseRights.merge) { context, form in
            let id: ID<Enterprise> = try context.id("enterprise")
            var reading = FormReading(form)
            try await merging.undo(id, by: context.actor, reason: reading.text("reason"), request: try reading.requestID())
            return .seeOther(Address("enterprises", id))
        }
        table.add(FillInRoutes.table(office))
        table.add(OwnEnterpriseRoutes.table(office, sections: sections, isUser: isUser))
        return table
    }

    /// A dossier by its number or its firm's code.
    private static func target(_ office: Office, _ text: String) async throws -> ID<Enterprise> {
        try await office.store.read { session in
            if text.count < 12, let number = Int64(text) { return try EnterpriseStore.current(ID(number), session).id }
            return try EnterpriseStore.find(code: text, session).id
        }
    }

    /// The journal position that `?known=` means; nil for the latest.
    static func position(_ known: KnownAt?, _ session: any Storage.Session) throws -> Int64? {
        switch known {
        case nil: nil
        case .position(let position): position
        case .day(let day): try JournalQuery.position(session, endOf: day)
        }
    }

    private static func list(_ office: Office, _ context: WebContext) async throws -> Reply {
        let known = try context.known()
        let query = context.query
        let actor = context.actor
        let list = try await office.store.read { session in
            var filter = EnterpriseFilter()
            filter.known = try position(known, session)
            filter.text = query["q"]
            filter.status = query["status"].flatMap(EnterpriseStatus.init(rawValue:))
            filter.missingSales = query["missing"].flatMap { Int($0) }
            filter.isPlaceless = query["region"] == "none"
            filter.regions = try query["region"].flatMap { $0 == "none" ? nil : try office.regions.within($0) }
            filter.after = query["after"].flatMap { Int64($0) } ?? 0
            return try ReadEnterpriseList(office: office, actor: actor).list(filter, session)
        }
        return .page(EnterpriseListPage(list: list, regions: office.regions, context: context).page).revealing()
    }

    private static func dossier(_ office: Office, _ sections: [any DossierSection], _ context: WebContext) async throws -> Reply {
        let id: ID<Enterprise> = try context.id("enterprise")
        let known = try context.known()
        let day = try context.on()
        let tab = context.query["tab"].flatMap(DossierTab.init(rawValue:)) ?? .overview
        let actor = context.actor
        let page = try await office.store.read { session in
            let position = try position(known, session)
            let dossier = try EnterpriseStore.dossier(id, for: actor, at: position, office.regions, session)
            let reading = DossierReading(dossier: dossier, day: day, position: position, actor: actor)
            let parts = try sections.filter { $0.tab == tab || $0.tab == .overview }.compactMap { section in
                try section.contribution(reading, session).map { (section.tab, $0) }
            }
            let history = tab == .history ? try EnterpriseHistory.of(id, for: actor, at: position, regions: office.regions, session) : []
            return DossierPage(
                dossier: dossier, tab: tab, day: day, position: try position ?? JournalQuery.head(session).position, parts: parts,
                history: history, regions: office.regions,
                seal: EnterpriseRights.merge.isHeld(by: actor) ? context.formSeal(readVersion: dossier.version) : nil,
                mayCorrect: EnterpriseRights.correct.isHeld(by: actor) && CorrectionForm.isOpen(to: actor), actor: actor,
                address: context.address,
                users: EnterpriseRights.bindUsers.isHeld(by: actor) ? try EnterpriseUserStore.users(of: dossier, session) : nil)
        }
        return .page(page.page).revealing()
    }

    private static func edit(_ office: Office, _ context: WebContext) async throws -> Reply {
        let id: ID<Enterprise> = try context.id("enterprise")
        let actor = context.actor
        let dossier = try await office.store.read { try EnterpriseStore.dossier(id, for: actor, at: nil, office.regions, $0) }
        guard CorrectionForm.isOpen(to: actor) else { throw actor.refusal(.identity) }
        let form = CorrectionForm(firm: dossier.firm, regions: office.regions, actor: actor)
        return .page(form.page(form.filled, seal: context.formSeal(readVersion: dossier.version)))
    }

    private static func correct(_ office: Office, _ context: WebContext, _ body: FormBody) async throws -> Reply {
        let id: ID<Enterprise> = try context.id("enterprise")
        let actor = context.actor
        let stored = try await office.store.read { session in
            _ = try EnterpriseStore.dossier(id, for: actor, at: nil, office.regions, session)
            return try EnterpriseStore.current(id, session)
        }
        let form = CorrectionForm(firm: stored, regions: office.regions, actor: actor)
        var reading = FormReading(body)
        let after = form.read(&reading)
        let reason = reading.text("reason", atMost: 300)
        guard reading.isGood, let version = body.readVersion else {
            return .formAgain(form.page(reading.marked(form.fields), seal: context.formSeal(readVersion: body.readVersion)))
        }
        do {
            try await CorrectEnterprise.run(
                after, readVersion: version, request: try reading.requestID(), office: office, actor: context.actor, reason: reason)
        } catch let stale as StaleEnterprise {
            return .conflict(
                form.conflict(yours: after, stale, fields: reading.marked(form.fields), seal: context.formSeal(readVersion: stale.version)))
        }
        return .seeOther(Address("enterprises", id))
    }
}
