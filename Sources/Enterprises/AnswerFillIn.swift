import Storage
package import Values

/// A firm fills in what is asked of it: its own row, which the account names, and nobody else's.
package enum AnswerFillIn {
    /// What the form said, field by field; an answer that waits is replaced.
    ///
    /// - Throws: `correction-request.unbound`, `fill-in.unknown` where the request does not ask about this firm, `fill-in.value`, `fill-in.known`, `fill-in.nothing`.
    package static func run(
        _ id: ID<FillIn>, _ texts: [FillInField: String], request: String, office: Office, actor: Actor
    ) async throws {
        try EnterpriseRights.answerFillIns.require(actor)
        _ = try await office.store.actOnce(request: request, "enterprises.answer-fill-in", by: actor) { transaction in
            let (fillIn, dossier) = try find(id, for: actor, transaction.session)
            guard !texts.isEmpty else { throw Failure(.invalid, "fill-in.nothing", "一栏也没有填写", cure: "至少填写一栏") }
            let waiting = try FillInAnswerStore.all(of: dossier, transaction.session).filter { $0.fillIn == id && $0.state == .open }
            for field in fillIn.fields {
                guard let text = texts[field] else { continue }
                guard field.known(dossier, year: fillIn.year) == nil else { throw known(field) }
                let value = try field.read(text, for: dossier.firm)
                try write(field, value, fillIn, dossier.firm, waiting.first { $0.field == field }, actor, transaction)
            }
            transaction.subject = "enterprise/\(dossier.firm.id)"
            // Not the values: single firms' figures are confidential, the journal's readers may not see them.
            transaction.detail = [
                "title": fillIn.title, "field": fillIn.fields.filter { texts[$0] != nil }.map(\.label.chinese).joined(separator: "、"),
            ]
            return ""
        }
    }

    /// - Throws: `correction-request.unbound`, `fill-in.unknown`.
    static func find(_ id: ID<FillIn>, for actor: Actor, _ session: any Session) throws -> (FillIn, Dossier) {
        guard let own = try EnterpriseUserStore.enterprise(of: actor, session) else { throw RequestCorrection.unbound }
        let dossier = try EnterpriseStore.dossier(own, at: nil, session)
        guard let fillIn = try FillInStore.asking(dossier, session).first(where: { $0.id == id }) else {
            throw Failure(.missing, "fill-in.unknown", "没有编号为\(id)的补报", cure: "从补报一览打开")
        }
        return (fillIn, dossier)
    }

    private static func write(
        _ field: FillInField, _ value: String, _ fillIn: FillIn, _ firm: Enterprise, _ before: FillInAnswer?, _ actor: Actor,
        _ transaction: Transaction
    ) throws {
        guard before?.value != value else { return }
        if var before {
            before.value = value
            before.account = actor.name
            try transaction.replace(.fillInAnswer, id: before.id.number, before.row)
            return
        }
        let id: ID<FillInAnswer> = try transaction.newID(.fillInAnswer)
        let answer = FillInAnswer(
            id: id, fillIn: fillIn.id, enterprise: firm.id, account: actor.name, field: field, value: value, state: .open, remark: nil,
            changed: transaction.time.day)
        try transaction.open(.fillInAnswer, id: id.number, answer.row)
    }

    static func known(_ field: FillInField) -> Failure {
        Failure(.conflict, "fill-in.known", "档案里已经有「\(field.label.chinese)」了", cure: "刷新后核对；认为有误的，请另行更正")
    }
}

/// The town, the department that answers for the field or the office decides about what a firm filled in.
package enum DecideAnswer {
    /// Accepting writes the value into the dossier, in the same act; what is known by then is not written over.
    ///
    /// - Parameter version: of the answer that the person has seen; another one by now is not decided about.
    /// - Throws: `fill-in-answer.missing`, `fill-in-answer.decided`, `fill-in-answer.changed`, `fill-in.known`, `duty.not-yours`, and what a correction is refused for.
    package static func accept(_ id: ID<FillInAnswer>, shown version: Int64? = nil, request: String, office: Office, actor: Actor)
        async throws
    {
        try await decide(id, version, .accepted, nil, "enterprises.accept-answer", request, office, actor) { waiting, transaction in
            let (answer, dossier) = (waiting.answer, waiting.dossier)
            guard answer.field.known(dossier, year: waiting.fillIn.year) == nil else { throw AnswerFillIn.known(answer.field) }
            if let field = answer.field.request {
                try CorrectEnterprise.write(
                    field.laid(answer.value, over: dossier.firm), readVersion: dossier.version, actor, office.regions, transaction)
            } else if let figure = answer.field.figure, let number = Int64(answer.value) {
                try write(figure, Fen(number), waiting, transaction)
            }
        }
    }

    /// - Throws: the same; `correction-request.reason` without a reason.
    package static func decline(
        _ id: ID<FillInAnswer>, shown version: Int64? = nil, remark: String, request: String, office: Office, actor: Actor
    ) async throws {
        guard !remark.isEmpty else {
            throw Failure(.invalid, "correction-request.reason", "不采纳要写理由", cure: "写明理由，企业看得到")
        }
        try await decide(id, version, .declined, remark, "enterprises.decline-answer", request, office, actor) { _, _ in }
    }

    private static func decide(
        _ id: ID<FillInAnswer>, _ shown: Int64?, _ state: CorrectionRequest.State, _ remark: String?, _ action: String, _ request: String,
        _ office: Office,
        _ actor: Actor, _ write: @escaping @Sendable (FillInAnswerStore.Waiting, Transaction) throws -> Void
    ) async throws {
        try EnterpriseRights.decideRequests.require(actor)
        _ = try await office.store.actOnce(request: request, action, by: actor, reason: remark ?? "") { transaction in
            let waiting = try FillInAnswerStore.find(id, for: actor, office.regions, transaction.session)
            guard waiting.answer.state == .open else {
                throw Failure(.conflict, "fill-in-answer.decided", "第\(id)号企业补报已经答复过", cure: "刷新后核对")
            }
            guard shown == nil || shown == waiting.answer.version else {
                throw Failure(.conflict, "fill-in-answer.changed", "企业在您打开以后改了第\(id)号补报，没有采纳也没有退回", cure: "重新打开列表，看过新的内容再答复")
            }
            try write(waiting, transaction)
            var answer = waiting.answer
            answer.state = state
            answer.remark = remark
            try transaction.replace(.fillInAnswer, id: id.number, answer.row)
            transaction.subject = "enterprise/\(waiting.dossier.firm.id)"
            transaction.detail = ["title": waiting.fillIn.title, "field": answer.field.label.chinese, "account": answer.account]
            return ""
        }
    }

    /// The year's row with the figure in its place, or a new one, in the region where the firm lies now.
    private static func write(
        _ figure: AccountFigure, _ value: Fen, _ waiting: FillInAnswerStore.Waiting, _ transaction: Transaction
    ) throws {
        let firm = waiting.dossier.firm
        if var account = waiting.dossier.accounts.first(where: { $0.year == waiting.fillIn.year }) {
            account.figures[figure] = value
            try transaction.replace(.account, id: account.id, account.row)
        } else {
            let id: ID<Account> = try transaction.newID(.account)
            let account = Account(
                id: id.number, enterprise: firm.id, year: waiting.fillIn.year, figures: [figure: value], region: firm.region)
            try transaction.open(.account, id: id.number, account.row)
        }
    }
}
