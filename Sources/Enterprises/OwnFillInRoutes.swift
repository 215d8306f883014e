import Storage
import Values
import WebSupport

/// A firm's own fill-ins: `/my-enterprise/fill-ins`; and the side of those who accept them.
enum OwnFillInRoutes {
    static func table(_ office: Office) -> RouteTable {
        var table = RouteTable()
        table.get("/my-enterprise/fill-ins", may: EnterpriseRights.answerFillIns) { context in
            let actor = context.actor
            let all = try await office.store.read { session -> [OwnFillIn] in
                guard let own = try EnterpriseUserStore.enterprise(of: actor, session) else { throw RequestCorrection.unbound }
                return try OwnFillIn.all(of: EnterpriseStore.dossier(own, at: nil, session), session)
            }
            return .page(OwnFillInPages.list(all)).revealing()
        }
        table.get("/my-enterprise/fill-ins/{fill-in}", may: EnterpriseRights.answerFillIns) { context in
            let own = try await one(office, context)
            return .page(OwnFillInPages.form(own, fields: OwnFillInPages.fields(own), seal: context.formSeal())).revealing()
        }
        table.post("/my-enterprise/fill-ins/{fill-in}", may: EnterpriseRights.answerFillIns) { try await answer(office, $0, $1) }
        table.post("/fill-in-answers/{answer}/accept", may: EnterpriseRights.decideRequests) { context, form in
            try await DecideAnswer.accept(
                context.id("answer"), shown: form.readVersion, request: FormReading(form).requestID(), office: office, actor: context.actor)
            return .seeOther(Address("correction-requests"))
        }
        table.post("/fill-in-answers/{answer}/decline", may: EnterpriseRights.decideRequests) { context, form in
            var reading = FormReading(form)
            try await DecideAnswer.decline(
                context.id("answer"), shown: form.readVersion, remark: reading.optionalText("answer", atMost: 300) ?? "",
                request: reading.requestID(),
                office: office,
                actor: context.actor)
            return .seeOther(Address("correction-requests"))
        }
        return table
    }

    private static func one(_ office: Office, _ context: WebContext) async throws -> OwnFillIn {
        let (id, actor): (ID<FillIn>, Actor) = (try context.id("fill-in"), context.actor)
        return try await office.store.read { session in
            let (fillIn, dossier) = try AnswerFillIn.find(id, for: actor, session)
            return OwnFillIn(
                fillIn: fillIn, dossier: dossier, answers: try FillInAnswerStore.all(of: dossier, session).filter { $0.fillIn == id })
        }
    }

    private static func answer(_ office: Office, _ context: WebContext, _ form: FormBody) async throws -> Reply {
        let own = try await one(office, context)
        var reading = FormReading(form)
        var texts: [FillInField: String] = [:]
        for field in own.unknown {
            guard let text = reading.optionalText(field.rawValue, atMost: 300) else { continue }
            do { _ = try field.read(text, for: own.dossier.firm) } catch let failure as Failure {
                reading.refuse(field.rawValue, Word(failure.message))
            }
            texts[field] = text
        }
        if texts.isEmpty, reading.isGood, let first = own.unknown.first { reading.refuse(first.rawValue, OwnFillInWords.nothing) }
        guard reading.isGood else {
            return .formAgain(OwnFillInPages.form(own, fields: reading.marked(OwnFillInPages.fields(own)), seal: context.formSeal()))
        }
        try await AnswerFillIn.run(
            context.id("fill-in"), texts, request: reading.requestID(), office: office, actor: context.actor)
        return .seeOther(Address("my-enterprise", "fill-ins"))
    }
}

/// One request as the firm that it asks sees it.
struct OwnFillIn: Sendable {
    let fillIn: FillIn
    let dossier: Dossier
    /// The firm's answers to it, the latest first.
    let answers: [FillInAnswer]

    static func all(of dossier: Dossier, _ session: any Storage.Session) throws -> [OwnFillIn] {
        let answers = try FillInAnswerStore.all(of: dossier, session)
        return try FillInStore.asking(dossier, session).map { fillIn in
            OwnFillIn(fillIn: fillIn, dossier: dossier, answers: answers.filter { $0.fillIn == fillIn.id })
        }
    }

    /// What the dossier does not say yet.
    var unknown: [FillInField] { fillIn.fields.filter { $0.known(dossier, year: fillIn.year) == nil } }
    /// What is neither known nor waits for a decision.
    var owed: [FillInField] { unknown.filter { waiting($0) == nil } }

    func waiting(_ field: FillInField) -> FillInAnswer? { answers.first { $0.field == field && $0.state == .open } }
    /// The latest answer, decided or not.
    func latest(_ field: FillInField) -> FillInAnswer? { answers.first { $0.field == field } }
}
