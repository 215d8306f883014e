import DecisionTables
import Enterprises
import Policy
import Storage
package import Values

/// Confirms proposed classes: a whole list in one act with its document number, an exception singly with its own reason.
package struct ConfirmClasses: Sendable {
    package let desk: ProgrammeDesk

    package init(_ desk: ProgrammeDesk) { self.desk = desk }

    /// Which list is meant, and what it looked like when it was read.
    package struct List: Sendable {
        package let programme: String
        package let table: String
        /// The group's key: the rule's id.
        package let group: String
        package let on: Day
        /// `ConfirmClasses.seal(of:)` of the list that the person has seen; nil confirms what stands now.
        package let seal: String?

        package init(programme: String, table: String, group: String, on: Day, seal: String?) {
            self.programme = programme
            self.table = table
            self.group = group
            self.on = on
            self.seal = seal
        }
    }

    /// Changes when a firm joins or leaves the list.
    package static func seal(of run: ClassRun, group: String) -> String { run.seal(of: group) }

    /// Confirms every firm of a group. Answers how many classes were written; firms already confirmed so are left as they are.
    ///
    /// - Throws: `class.document` without a document number, `class.not-decided` for a group that needs a ruling or data, `class.stale-list`
    ///   where the list is no longer the one that was seen.
    @discardableResult
    package func list(_ list: List, documentNumber: String, by actor: Actor, request: String) async throws -> Int {
        try ProgrammeRights.confirm.require(actor)
        try needDocument(documentNumber)
        let answer = try await desk.office.store.actOnce(request: request, "programmes.confirm-classes", by: actor, reason: documentNumber)
        {
            transaction in
            let run = try run(list.programme, list.table, list.on, actor, transaction)
            guard let group = run.group(list.group), group.kind == .decided, let rule = run.table.asWritten.rule(list.group) else {
                throw Failure(
                    .invalid, "class.not-decided", "“\(run.group(list.group)?.label ?? list.group)”不是可以确认的类", cure: "重叠先作口径认定，缺数据先补数据")
            }
            if let seal = list.seal, seal != Self.seal(of: run, group: list.group) {
                throw Failure(
                    .conflict, "class.stale-list", "名单在您打开以后变了，现在是\(group.count)家，没有确认", cure: "重新打开名单，核对后再确认")
            }
            transaction.subject = "programme/\(list.programme)"
            transaction.detail["table"] = list.table
            transaction.detail["class"] = rule.label
            let members = run.members(of: list.group)
            return String(try write(members, rule, run, documentNumber, reason: nil, transaction))
        }
        return Int(answer) ?? 0
    }

    /// Confirms one firm into a class of its own choosing, with the reason why.
    ///
    /// - Throws: `class.document`, `class.exception-reason`, `class.no-rule`, `class.not-subject`.
    @discardableResult
    package func exception(
        enterprise: Int64, programme: String, table: String, rule id: String, on: Day, reason: String, documentNumber: String,
        by actor: Actor,
        request: String
    ) async throws -> String {
        try ProgrammeRights.confirm.require(actor)
        try needDocument(documentNumber)
        guard !reason.isEmpty else {
            throw Failure(.invalid, "class.exception-reason", "人工调整要写明理由", cure: "写明这家企业为什么不按系统建议归类")
        }
        return try await desk.office.store.actOnce(request: request, "programmes.overrule-class", by: actor, reason: reason) {
            transaction in
            let run = try run(programme, table, on, actor, transaction)
            guard let rule = run.table.asWritten.rule(id) else {
                throw Failure(
                    .invalid, "class.no-rule", "表里没有“\(id)”这一类", cure: "可用：" + run.table.asWritten.rules.map(\.id).joined(separator: "、"))
            }
            guard run.group(of: enterprise) != nil else {
                throw Failure(.missing, "class.not-subject", "这家企业不在分类的范围里", cure: "查企业是否在业、是否属于您的地区")
            }
            transaction.subject = "enterprise/\(enterprise)"
            transaction.detail["class"] = rule.label
            transaction.detail["document"] = documentNumber
            return String(try write([enterprise], rule, run, documentNumber, reason: reason, transaction))
        }
    }

    private func needDocument(_ number: String) throws {
        guard !number.isEmpty else { throw Failure(.invalid, "class.document", "确认要写文号", cure: "写认定文件的文号，如 温龙政办〔2006〕1号") }
    }

    private func run(_ programme: String, _ table: String, _ on: Day, _ actor: Actor, _ transaction: Transaction) throws -> ClassRun {
        let table = try desk.classTable(programme, table, transaction.session)
        return try desk.classify(table, on: on, known: nil, by: actor, transaction.session)
    }

    /// Writes classes in pieces of two thousand firms.
    private func write(
        _ members: [Int64], _ rule: DecisionTable.Rule, _ run: ClassRun, _ documentNumber: String, reason: String?,
        _ transaction: Transaction
    ) throws -> Int {
        let confirmedSo = (run.table.asWritten.rules.firstIndex { $0.id == rule.id } ?? -1) * 2 + 2
        let fixed: (head: [Value], tail: [Value]) = (
            [.text(run.table.programme.id), .text(run.table.asWritten.id), .text(rule.id), .text(rule.label)],
            [.text(documentNumber), Value(reason), Value(transaction.time.day)]
        )
        var bases = ClassBases(run)
        var written = 0
        var next = try (transaction.newID(.enterpriseClass) as ID<ConfirmedClass>).number
        for start in stride(from: 0, to: members.count, by: 2000) {
            let firms = members[start..<min(start + 2000, members.count)].compactMap(run.firms.firm)
                .filter { reason != nil || $0.confirmed != confirmedSo }
            let earlier = try ClassStore.confirmed(
                firms.filter { $0.confirmed != 0 }.map(\.id), programme: run.table.programme.id, table: run.table.asWritten.id,
                transaction.session, at: nil)
            let regions = try ClassStore.regions(firms.map(\.id), transaction.session)
            var rows: [(id: Int64, row: [Value])] = []
            rows.reserveCapacity(firms.count)
            for firm in firms {
                guard let region = regions[firm.id] else { continue }
                let known = earlier[firm.id]
                if let known { try transaction.close(.enterpriseClass, id: known.id) }
                let (proposed, basis) = bases.basis(of: firm)
                let row = [.integer(firm.id)] + fixed.head + [.text(proposed), .text(basis)] + fixed.tail + [region]
                rows.append((known?.id ?? next, row))
                if known == nil { next += 1 }
            }
            try transaction.open(.enterpriseClass, rows: rows)
            written += rows.count
        }
        return written
    }
}
