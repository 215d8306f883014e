package import Storage
package import Values

/// A table whose rows belong to a firm and move with it when dossiers are merged; `column` is the place of the firm's number.
package struct DossierTable: Sendable {
    package let table: RecordTable
    package let column: Int
    /// The columns of which a firm has each combination of values once: the year of its accounts.
    package let once: [Int]
    /// Of two rows that a firm may have once: a column in which they must agree, for then one of them ends; else both stay where they are.
    package let agreeing: Int?

    package init(_ table: RecordTable, column: Int = 0, once: [Int] = [], agreeing: Int? = nil) {
        self.table = table
        self.column = column
        self.once = once
        self.agreeing = agreeing
    }

    /// The registers' own tables. A year that both dossiers have stays where it is.
    package static let own: [DossierTable] = [DossierTable(.account, once: [1]), DossierTable(.product), DossierTable(.holding)]
}

/// Merges two dossiers of one firm (并档), and takes it back.
///
/// The merged dossier stays with its number and names, so that links to it go on; its rows move to the other. Taking it back returns
/// exactly the rows that the merging moved.
package struct MergeDossiers: Sendable {
    private let office: Office
    private let tables: [DossierTable]

    /// - Parameter tables: further slices' tables that name a firm.
    package init(_ office: Office, with tables: [DossierTable] = []) {
        self.office = office
        self.tables = DossierTable.own + tables
    }

    /// Merges `absorbed` into `kept`; with a form's request number it happens once.
    ///
    /// - Throws: `enterprise.merge-self`, `enterprise.merged-already`, `enterprise.merge-codes` where both have different codes,
    ///   `enterprise.reason-missing`.
    package func merge(
        _ absorbed: ID<Enterprise>, into kept: ID<Enterprise>, by actor: Actor, reason: String, request: String? = nil
    ) async throws {
        try EnterpriseRights.merge.require(actor)
        try Self.demand(reason)
        guard absorbed != kept else { throw Failure(.invalid, "enterprise.merge-self", "不能把档案并入它自己", cure: "选另一份档案") }
        try await act("enterprises.merge", actor, reason, request) { try write(absorbed, into: kept, $0) }
    }

    /// Takes a merging back.
    ///
    /// - Throws: `enterprise.not-merged`, `enterprise.moved-since` where a moved row was changed after the merging.
    package func undo(_ absorbed: ID<Enterprise>, by actor: Actor, reason: String, request: String? = nil) async throws {
        try EnterpriseRights.merge.require(actor)
        try Self.demand(reason)
        try await act("enterprises.unmerge", actor, reason, request) { try undo(absorbed, $0) }
    }

    private static func demand(_ reason: String) throws {
        guard !reason.isEmpty else { throw Failure(.invalid, "enterprise.reason-missing", "没有写理由", cure: "写明依据，如营业执照变更通知书的文号") }
    }

    private func act(
        _ name: String, _ actor: Actor, _ reason: String, _ request: String?, _ body: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        guard let request else {
            try await office.store.act(name, by: actor, reason: reason, body)
            return
        }
        _ = try await office.store.actOnce(request: request, name, by: actor, reason: reason) {
            try body($0)
            return "done"
        }
    }

    private func write(_ absorbed: ID<Enterprise>, into kept: ID<Enterprise>, _ transaction: Transaction) throws {
        let loser = try EnterpriseStore.current(absorbed, transaction.session)
        let winner = try EnterpriseStore.current(kept, transaction.session)
        for firm in [loser, winner] where firm.status == .merged {
            throw Failure(.conflict, "enterprise.merged-already", "“\(firm.name)”已经并入另一份档案", cure: "打开并入后的档案操作")
        }
        if let first = loser.code, let second = winner.code, first != second {
            throw Failure(.conflict, "enterprise.merge-codes", "两份档案的代码不同（\(first)、\(second)），不是同一家企业", cure: "先核对并更正其中一个代码")
        }
        var gone = loser
        gone.status = .merged
        gone.mergedInto = kept
        try WriteEnterprises.change(loser, to: gone, transaction)
        var grown = winner
        grown.code = winner.code ?? loser.code
        grown.registrationNumber = winner.registrationNumber ?? loser.registrationNumber
        grown.region = winner.region ?? loser.region
        grown.address = winner.address ?? loser.address
        if winner.status == .candidate { grown.status = loser.status }
        try WriteEnterprises.change(winner, to: grown, transaction)
        for table in tables { try move(table, from: absorbed, to: kept, transaction) }
        transaction.subject = "enterprise/\(kept)"
        transaction.detail = ["merged": "enterprise/\(absorbed)"]
    }

    /// Moves the rows. Of what a firm has once and both dossiers have, a row ends where the two agree, stays where the table lets both stand,
    /// and refuses the merging where a person has to make them agree first.
    private func move(_ table: DossierTable, from: ID<Enterprise>, to: ID<Enterprise>, _ transaction: Transaction) throws {
        var taken: [[Value]: [Value]] = [:]
        if !table.once.isEmpty {
            for row in try rows(table, of: to, "\(RecordTable.current("t"))", transaction) {
                let values = Array(row.values.dropFirst())
                taken[table.once.map { values[$0] }] = values
            }
        }
        for row in try rows(table, of: from, "\(RecordTable.current("t"))", transaction) {
            var values = Array(row.values.dropFirst())
            if let other = taken[table.once.map { values[$0] }] {
                guard let agreeing = table.agreeing else { continue }
                guard values[agreeing] == other[agreeing] else { throw Self.disagreement(values[agreeing], other[agreeing]) }
                try transaction.close(table.table, id: row.integer(0))
                continue
            }
            values[table.column] = Value(to)
            try transaction.replace(table.table, id: row.integer(0), values)
        }
    }

    private static func disagreement(_ first: Value, _ second: Value) -> Failure {
        Failure(
            .conflict, "enterprise.merge-classes", "两份档案已确认的类不同（\(first.text ?? "")、\(second.text ?? "")），不能并档",
            cure: "先在方案的分类名单里把其中一份人工调整为同一类，再并档")
    }

    private func rows(_ table: DossierTable, of firm: ID<Enterprise>, _ condition: SQL, _ transaction: Transaction) throws -> [Row] {
        let columns = table.table.columns.map(\.sql).joined(", ")
        let firmColumn = table.table.columns[table.column]
        return try transaction.session.rows(
            "select id, \(columns) from \(table.table.name) as t where \(firmColumn) = \(firm) and \(condition)")
    }

    private func undo(_ absorbed: ID<Enterprise>, _ transaction: Transaction) throws {
        let loser = try EnterpriseStore.current(absorbed, transaction.session)
        guard loser.status == .merged, let kept = loser.mergedInto else {
            throw Failure(.conflict, "enterprise.not-merged", "“\(loser.name)”没有并入别的档案", cure: "刷新后核对")
        }
        let merged = try transaction.session.integer(
            "select known_from from enterprise as e where id = \(absorbed) and \(RecordTable.current("e"))")
        guard let before = try EnterpriseStore.firm(absorbed, at: merged - 1, transaction.session) else {
            throw Failure(.conflict, "enterprise.not-merged", "“\(loser.name)”没有并档前的记录", cure: "刷新后核对")
        }
        try restoreKept(kept, before: before, merged: merged, transaction)
        try WriteEnterprises.change(loser, to: before, transaction)
        for table in tables { try moveBack(table, to: absorbed, from: kept, merged: merged, transaction) }
        transaction.subject = "enterprise/\(absorbed)"
        transaction.detail = ["unmerged-from": "enterprise/\(kept)"]
    }

    /// Takes from the kept dossier what it had only from the other.
    private func restoreKept(_ kept: ID<Enterprise>, before: Enterprise, merged: Int64, _ transaction: Transaction) throws {
        let now = try EnterpriseStore.current(kept, transaction.session)
        guard let then = try EnterpriseStore.firm(kept, at: merged - 1, transaction.session) else { return }
        var restored = now
        if then.code == nil, now.code == before.code { restored.code = nil }
        if then.registrationNumber == nil, now.registrationNumber == before.registrationNumber { restored.registrationNumber = nil }
        if then.region == nil, now.region == before.region { restored.region = nil }
        if then.address == nil, now.address == before.address { restored.address = nil }
        if then.status == .candidate, now.status == before.status { restored.status = .candidate }
        try WriteEnterprises.change(now, to: restored, transaction)
    }

    private func moveBack(
        _ table: DossierTable, to absorbed: ID<Enterprise>, from kept: ID<Enterprise>, merged: Int64, _ transaction: Transaction
    ) throws {
        for old in try rows(table, of: absorbed, "t.known_to = \(merged)", transaction) {
            let id = old.integer(0)
            let columns = table.table.columns.map(\.sql).joined(", ")
            let now: SQL = "select known_from, \(columns) from \(table.table.name) as t where id = \(id) and \(RecordTable.current("t"))"
            let moved = try transaction.session.integer(
                "select count(*) from \(table.table.name) where id = \(id) and known_from >= \(merged)")
            if moved == 0 {
                // The merging ended it, because the kept dossier had the same.
                try transaction.open(table.table, id: id, Array(old.values.dropFirst()))
                continue
            }
            guard let row = try transaction.session.row(now), row.integer(0) == merged else {
                throw Failure(.conflict, "enterprise.moved-since", "并档以后有记录被改过，不能整体撤回", cure: "先把改过的记录恢复，或逐条更正")
            }
            var values = Array(row.values.dropFirst())
            values[table.column] = Value(absorbed)
            try transaction.replace(table.table, id: id, values)
        }
    }
}
