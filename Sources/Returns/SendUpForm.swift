import Foundation
import Spreadsheets
import Storage
package import Values

/// Sends a filled form up: its workbook and values are kept, pinned to what was known, with who approved them.
package struct SendUpForm: Sendable {
    package let form: ID<ReportForm>
    package let period: String
    package let approver: String
    package let document: String
    /// A form with empty cells goes up only where that is said.
    package let acceptsGaps: Bool
    /// The position of the page on which it was approved.
    package let shown: Int64?

    package init(_ form: ID<ReportForm>, period: String, approver: String, document: String, acceptsGaps: Bool, shown: Int64? = nil) {
        self.form = form
        self.period = period
        self.approver = approver
        self.document = document
        self.acceptsGaps = acceptsGaps
        self.shown = shown
    }

    /// - Throws: `returns.role`, `returns.approver`, `returns.period`, `returns.gaps`, `returns.changed-meanwhile`, `returns.sent-up-unchanged`.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws -> ID<Submission> {
        try FormRules.admit(actor)
        guard !approver.isEmpty else {
            throw Failure(.invalid, "returns.approver", "没有写谁审签", cure: "填审签人姓名和职务")
        }
        let draft = self
        let blank = try await office.store.read { try FormStore.one(draft.form, $0).blank }
        let grid = try await office.grid(blank)
        let (filled, bytes, approved) = try await office.store.read { session in
            let form = try FormStore.one(draft.form, session)
            let period = try FormRules.period(draft.period, form)
            let filling = FillForm(office, as: actor)
            let approved = try draft.shown.map { try filling.fill(form, period, grid: grid, known: $0, session) }
            return (try filling.fill(form, period, grid: grid, session), try FormStore.original(form.blank, session).bytes, approved)
        }
        if let approved { try Self.same(filled, approved) }
        try draft.checkGaps(filled)
        let workbook = try Self.workbook(filled, grid, bytes)
        let answer = try await office.store.actOnce(request: request, "returns.send-up", by: actor, reason: document) { transaction in
            let form = try FormStore.one(draft.form, transaction.session)
            let now = try FillForm(office, as: actor).fill(form, filled.period, grid: grid, transaction.session)
            try Self.same(now, filled)
            return String(try draft.write(filled, workbook, transaction).number)
        }
        return ID(Int64(answer) ?? 0)
    }

    private func checkGaps(_ filled: FilledForm) throws {
        let gaps = filled.missing.map(\.binding) + filled.waiting
        guard !gaps.isEmpty, !acceptsGaps else { return }
        throw Failure(
            .conflict, "returns.gaps",
            "还有\(gaps.count)格没有填上：" + gaps.prefix(5).map { "\($0.place)（\($0.anchor.description)）" }.joined(separator: "、"),
            cure: "补齐数据或改绑定；确实要空着上报的，勾选“空格照报”")
    }

    /// - Throws: `returns.changed-meanwhile` where a value is another than the one approved.
    private static func same(_ now: FilledForm, _ approved: FilledForm) throws {
        for cell in now.cells {
            guard let before = approved.cells.first(where: { $0.binding.id == cell.binding.id }), before.plain != cell.plain else {
                continue
            }
            throw Failure(
                .conflict, "returns.changed-meanwhile",
                "审签以后数变了：\(cell.binding.place)「\(cell.binding.anchor.description)」审签时 \(before.shown)，现在 \(cell.shown)",
                cure: "刷新页面，看过新的数再上报")
        }
    }

    private static func workbook(_ filled: FilledForm, _ grid: FormGrid, _ blank: [UInt8]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("hallmark-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: path) }
        try FilledWorkbook(filled, grid: grid).write(blank, to: path.path)
        return [UInt8](try Data(contentsOf: path))
    }

    private func write(_ filled: FilledForm, _ workbook: [UInt8], _ transaction: Transaction) throws -> ID<Submission> {
        let sha = try transaction.keep(original: workbook, name: filled.fileName)
        let row: [Value] = [
            Value(filled.form.id), .text(filled.period.description), .text(filled.form.blank), .text(sha), .integer(filled.position),
            .text(approver), .text(document), Value(transaction.time.day),
        ]
        let id: ID<Submission>
        if let earlier = try SubmissionStore.current(filled.form.id, filled.period, transaction.session) {
            let cells = try SubmissionStore.cells(of: earlier, transaction.session)
            guard cells.map(\.value) != filled.cells.map(\.plain) || earlier.blank != filled.form.blank else {
                throw Failure(
                    .conflict, "returns.sent-up-unchanged", "\(filled.period.word.chinese)已在 \(earlier.sentDay) 上报，数没有变化", cure: "不必重复上报")
            }
            id = earlier.id
            try transaction.replace(.submission, id: id.number, row)
            let old = try transaction.session.rows(
                "select c.id from submitted_cell as c where c.submission_id = \(id) and \(RecordTable.current("c")) order by c.id")
            for cell in old { try transaction.close(.submittedCell, id: cell.integer(0)) }
        } else {
            id = try transaction.newID(.submission)
            try transaction.open(.submission, id: id.number, row)
        }
        for cell in filled.cells {
            let number: ID<SubmittedCell> = try transaction.newID(.submittedCell)
            let place = cell.binding.place
            try transaction.open(
                .submittedCell, id: number.number,
                [
                    Value(id), Value(cell.binding.id), .text(place.sheet), Value(place.cell.row), Value(place.cell.column),
                    .text(cell.binding.anchor.description), .text(cell.plain), .text(cell.unit), Value(cell.binding.question?.text),
                ])
        }
        transaction.subject = "form/\(filled.form.id)"
        transaction.detail = [
            "period": filled.period.description, "workbook": sha, "approver": approver, "cells": String(filled.cells.count),
        ]
        return id
    }
}
