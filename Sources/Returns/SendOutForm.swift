import Enterprises
import Places
import Storage
package import Values

/// Sends a form to the towns for a period: one file each, known again by its code. Until something has come back it can be sent anew, with
/// other cells, towns or another day.
package struct SendOutForm: Sendable {
    package let form: ID<ReportForm>
    package let period: String
    package let dueDay: Day
    package let towns: [Int64]
    package let note: String

    package init(_ form: ID<ReportForm>, period: String, dueDay: Day, towns: [Int64], note: String = "") {
        self.form = form
        self.period = period
        self.dueDay = dueDay
        self.towns = towns
        self.note = note
    }

    /// - Throws: `returns.role`, `returns.period`, `returns.no-towns`, `returns.nothing-for-towns`, `returns.due-day`, `returns.already-sent-out`.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws -> ID<SendOut> {
        try FormRules.admit(actor)
        let draft = self
        let answer = try await office.store.actOnce(request: request, "returns.send-out", by: actor, reason: note) { transaction in
            let form = try FormStore.one(draft.form, transaction.session)
            let period = try FormRules.period(draft.period, form)
            try draft.check(form, period, office, transaction)
            let row: [Value] = [
                Value(form.id), .text(period.description), .text(form.blank), Value(draft.dueDay), Value(transaction.time.day),
                .text(draft.note),
            ]
            let id: ID<SendOut>
            var known: [TownTask] = []
            if let earlier = try SendOutStore.sendOut(of: form.id, period, transaction.session) {
                id = earlier.id
                known = try SendOutStore.tasks(of: id, transaction.session)
                try Self.checkAgain(earlier, known)
                try transaction.replace(.sendOut, id: id.number, row)
                for task in known where !draft.towns.contains(task.region) { try transaction.close(.sendOutTown, id: task.id.number) }
            } else {
                id = try transaction.newID(.sendOut)
                try transaction.open(.sendOut, id: id.number, row)
            }
            for region in draft.towns where !known.contains(where: { $0.region == region }) {
                let task: ID<TownTask> = try transaction.newID(.sendOutTown)
                let code = Self.code(id, region: region, form: form, period: period, at: transaction.time)
                let row = TownTask(
                    id: task, sendOut: id, region: region, code: code, reminded: 0, remindedDay: nil, returned: nil, returnedName: nil,
                    returnedDay: nil, returnedTimes: 0
                ).row
                try transaction.open(.sendOutTown, id: task.number, row)
            }
            transaction.subject = "send-out/\(id)"
            transaction.detail = ["form": form.title, "period": period.description, "towns": String(draft.towns.count)]
            return String(id.number)
        }
        return ID(Int64(answer) ?? 0)
    }

    private func check(_ form: ReportForm, _ period: ReportPeriod, _ office: ReturnsOffice, _ transaction: Transaction) throws {
        let own = Set(try office.towns(transaction.session).map(\.id.number))
        guard !towns.isEmpty, towns.allSatisfy(own.contains) else {
            throw Failure(.invalid, "returns.no-towns", "没有选择要下发的镇街", cure: "至少选一个；名单取自本级地区的下级")
        }
        let bindings = try FormStore.bindings(of: form.id, transaction.session).filter { $0.kind == .town && $0.placement == .placed }
        guard !bindings.isEmpty else {
            throw Failure(.invalid, "returns.nothing-for-towns", "这张表没有标给镇街填的格", cure: "先在表样里把要镇街填的格标为“镇街填”")
        }
        guard dueDay >= transaction.time.day else {
            throw Failure(.invalid, "returns.due-day", "报回期限 \(dueDay) 已经过了", cure: "选今天或以后的日子")
        }
    }

    /// What came back answers what was asked: after that the form is not sent again for the period.
    private static func checkAgain(_ earlier: SendOut, _ tasks: [TownTask]) throws {
        let returned = tasks.count(where: \.isReturned)
        guard returned > 0 else { return }
        throw Failure(
            .conflict, "returns.already-sent-out", "\(earlier.period.word.chinese)已经在 \(earlier.sentDay) 下发，\(returned)个镇街已报回，不能重新下发",
            cure: "打开那次下发，催报或收表；漏标的格另行补报")
    }

    /// `X7-330303001-4f1c09a2b7`: the send-out, the town, and a part that nobody hits by mistake.
    private static func code(_ id: ID<SendOut>, region: Int64, form: ReportForm, period: ReportPeriod, at time: Moment) -> String {
        let text = "\(id)|\(region)|\(form.id)|\(form.blank)|\(period)|\(time.milliseconds)"
        return "X\(id)-\(region)-\(sha256(Array(text.utf8)).prefix(10))"
    }
}
