import Enterprises
import Storage
import Values
import WebSupport

/// Answers the forms of this slice.
struct ProgrammeActions: Sendable {
    let desk: ProgrammeDesk

    private var questions: ProgrammeQuestions { ProgrammeQuestions(desk: desk) }

    func adopt(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id = try context.parameter("programme")
        var reading = FormReading(form)
        let (digest, reason) = (reading.text("digest"), reading.optionalText("reason") ?? "")
        try await AdoptProgramme(desk).adopt(id, digest: digest, reason: reason, by: context.actor, request: try reading.requestID())
        return .seeOther(ProgrammeAddress.programme(id))
    }

    func rule(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let (id, table) = (try context.parameter("programme"), try context.parameter("table"))
        var reading = FormReading(form)
        let number = form.text("number")
        let (sha, choice, reason) = (reading.text("sha"), reading.text("choice-" + number), reading.text("reason-" + number))
        let document = reading.optionalText("document-" + number, atMost: 100) ?? ""
        guard reading.isGood else { return try await again(reading, context) }
        try await RecordRuling(desk).boundary(
            programme: id, table: table, fileSha: sha, choice: choice, reason: reason, documentNumber: document, by: context.actor,
            request: try reading.requestID())
        return .seeOther(ProgrammeAddress.table(id, table))
    }

    func year(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let (id, table) = (try context.parameter("programme"), try context.parameter("table"))
        var reading = FormReading(form)
        let (sha, year, reason) = (reading.text("sha"), reading.number("year", in: 1949...2200), reading.text("year-reason"))
        let document = reading.optionalText("year-document", atMost: 100) ?? ""
        guard reading.isGood, let year else { return try await again(reading, context) }
        try await RecordRuling(desk).year(
            programme: id, table: table, fileSha: sha, year: year, reason: reason, documentNumber: document, by: context.actor,
            request: try reading.requestID())
        return .seeOther(ProgrammeAddress.table(id, table))
    }

    func withdraw(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let (id, table) = (try context.parameter("programme"), try context.parameter("table"))
        var reading = FormReading(form)
        let (ruling, why) = (reading.number("ruling"), reading.text("why-" + form.text("number")))
        guard reading.isGood, let ruling else { return try await again(reading, context) }
        try await RecordRuling(desk).withdraw(Int64(ruling), reason: why, by: context.actor, request: try reading.requestID())
        return .seeOther(ProgrammeAddress.table(id, table))
    }

    func confirm(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id = try context.parameter("programme")
        var reading = FormReading(form)
        let (table, group, on) = (reading.text("table"), reading.text("group"), reading.day("on"))
        let (seal, document) = (reading.text("seal"), reading.text("document", atMost: 100))
        guard reading.isGood, let on else { return try await listAgain(reading, context) }
        let list = ConfirmClasses.List(programme: id, table: table, group: group, on: on, seal: seal)
        try await ConfirmClasses(desk).list(list, documentNumber: document, by: context.actor, request: try reading.requestID())
        return .seeOther(ProgrammeAddress.classes(id).with("table", table).with("group", group).with("on", on))
    }

    func exception(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let id = try context.parameter("programme")
        var reading = FormReading(form)
        let (table, who, on) = (reading.text("table"), reading.text("enterprise"), reading.day("on"))
        let (rule, reason, document) = (reading.text("rule"), reading.text("reason"), reading.text("exception-document", atMost: 100))
        guard reading.isGood, let on else { return try await listAgain(reading, context) }
        let subject = try await desk.office.store.read { try ClassStore.find(who, $0, at: nil) }
        try await ConfirmClasses(desk).exception(
            enterprise: subject.id, programme: id, table: table, rule: rule, on: on, reason: reason, documentNumber: document,
            by: context.actor, request: try reading.requestID())
        return .seeOther(ProgrammeAddress.classes(id).with("table", table).with("group", form.text("group")).with("on", on))
    }

    /// The table's page with what was typed and what is wrong (422).
    private func again(_ reading: FormReading, _ context: WebContext) async throws -> Reply {
        .formAgain(try await questions.tablePage(context) { reading.marked($0) })
    }

    /// The list's page with what was typed and what is wrong (422).
    private func listAgain(_ reading: FormReading, _ context: WebContext) async throws -> Reply {
        let form = reading.form
        return .formAgain(
            try await questions.classPage(context, table: form.text("table"), group: form.text("group"), on: Day(form.text("on"))) {
                reading.marked($0)
            })
    }
}
