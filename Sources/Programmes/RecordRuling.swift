import DecisionTables
import Enterprises
import Storage
package import Values

/// Records a ruling (口径认定) on a table of an adopted programme.
package struct RecordRuling: Sendable {
    package let desk: ProgrammeDesk

    package init(_ desk: ProgrammeDesk) { self.desk = desk }

    /// Lets one rule keep a boundary value. `choice` is the alternative's key: `sales=5000→A`. An earlier ruling on the same value is replaced.
    ///
    /// - Throws: `ruling.choice` for an alternative that the table does not have, `ruling.reason`, `ruling.stale` where the file has changed.
    @discardableResult
    package func boundary(
        programme: String, table id: String, fileSha: String, choice: String, reason: String, documentNumber: String, by actor: Actor,
        request: String
    ) async throws -> String {
        try ProgrammeRights.rule.require(actor)
        return try await desk.office.store.actOnce(request: request, "programmes.rule-boundary", by: actor, reason: reason) { transaction in
            let table = try checked(programme, id, fileSha, reason, transaction)
            let readings = table.asWritten.readings()
            guard let reading = readings.first(where: { $0.alternatives.contains { $0.key == choice } }) else {
                throw Failure(.invalid, "ruling.choice", "表里没有“\(choice)”这种读法", cure: "从页面列出的读法里选一种")
            }
            let row: [Value] = [
                .text(programme), .text(id), .text(fileSha), .text(RecordedRuling.Kind.boundary.rawValue), .text(reading.input),
                .text(RecordedRuling.subject(of: reading)), .text(choice), .text(reason), .text(documentNumber),
            ]
            return try write(row, subject: RecordedRuling.subject(of: reading), programme, id, transaction)
        }
    }

    /// Fixes the year whose figures the table asks for, where the text leaves it open.
    ///
    /// - Throws: `ruling.year` for a year outside 1949…2200, `ruling.reason`, `ruling.stale`.
    @discardableResult
    package func year(
        programme: String, table id: String, fileSha: String, year: Int, reason: String, documentNumber: String, by actor: Actor,
        request: String
    ) async throws -> String {
        try ProgrammeRights.rule.require(actor)
        guard (1949...2200).contains(year) else {
            throw Failure(.invalid, "ruling.year", "年份“\(year)”不像是统计年份", cure: "写四位年份，如 2006")
        }
        return try await desk.office.store.actOnce(request: request, "programmes.rule-year", by: actor, reason: reason) { transaction in
            _ = try checked(programme, id, fileSha, reason, transaction)
            let row: [Value] = [
                .text(programme), .text(id), .text(fileSha), .text(RecordedRuling.Kind.year.rawValue), .text(""),
                .text(RecordedRuling.yearSubject), .text(String(year)), .text(reason), .text(documentNumber),
            ]
            return try write(row, subject: RecordedRuling.yearSubject, programme, id, transaction)
        }
    }

    /// Takes a ruling back, so that the boundary is held again.
    @discardableResult
    package func withdraw(_ ruling: Int64, reason: String, by actor: Actor, request: String) async throws -> String {
        try ProgrammeRights.rule.require(actor)
        try needReason(reason)
        return try await desk.office.store.actOnce(request: request, "programmes.withdraw-ruling", by: actor, reason: reason) {
            transaction in
            transaction.subject = "ruling/\(ruling)"
            try transaction.close(.ruling, id: ruling)
            return String(ruling)
        }
    }

    private func checked(
        _ programme: String, _ id: String, _ fileSha: String, _ reason: String, _ transaction: Transaction
    ) throws -> ClassTable {
        try needReason(reason)
        let table = try desk.classTable(programme, id, transaction.session)
        guard table.fileSha == fileSha else {
            throw Failure(.conflict, "ruling.stale", "您看到的表已被新采纳的文件代替，认定没有记下", cure: "重新打开决策表，看过现行条文再认定")
        }
        return table
    }

    private func needReason(_ reason: String) throws {
        guard !reason.isEmpty else { throw Failure(.invalid, "ruling.reason", "口径认定要写理由", cure: "写明依据的会议、复函或文件") }
    }

    private func write(
        _ row: [Value], subject: String, _ programme: String, _ table: String, _ transaction: Transaction
    ) throws -> String {
        transaction.subject = "programme/\(programme)"
        transaction.detail["table"] = table
        transaction.detail["choice"] = row[6].text
        transaction.detail["document"] = row[8].text
        let earlier = try transaction.session.row(
            """
            select id from ruling as r where programme = \(programme) and table_id = \(table) and kind = \(row[3]) and subject = \(subject)
                and \(RecordTable.current("r"))
            """)
        if let earlier {
            try transaction.replace(.ruling, id: earlier.integer(0), row)
            return String(earlier.integer(0))
        }
        let id: ID<RecordedRuling> = try transaction.newID(.ruling)
        try transaction.open(.ruling, id: id.number, row)
        return id.description
    }
}
