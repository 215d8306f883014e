package import Storage
package import Values

/// One act that touched a dossier: who, when, why, and what it changed, in words (沿革).
package struct HistoryEntry: Sendable {
    package let entry: JournalEntry
    package let changes: [String]
}

/// The history of a dossier, derived from the versions of its rows and the journal; nothing of it is stored twice.
package struct EnterpriseHistory {
    private let id: ID<Enterprise>
    /// Whose eyes it is read with: figures that they do not see are not told.
    private let actor: Actor
    private let regionName: (Int64) -> String?
    private var changes: [Int64: [String]] = [:]

    /// The latest act first.
    ///
    /// - Parameter position: nothing later is told; nil for everything.
    package static func of(
        _ id: ID<Enterprise>, for actor: Actor = .local, at position: Int64?, regions: RegionDirectory, _ session: any Session
    ) throws -> [HistoryEntry] {
        var history = EnterpriseHistory(id: id, actor: actor, regionName: { regions.name(of: $0) })
        try history.readFirm(session)
        try history.readNames(session)
        try history.readAccounts(session)
        try history.readProducts(session)
        try history.readHoldings(session)
        let positions = history.changes.keys.filter { position == nil || $0 <= position ?? 0 }.sorted(by: >)
        return try positions.compactMap { at in
            try JournalQuery.entry(session, at: at).map { HistoryEntry(entry: $0, changes: history.changes[at] ?? []) }
        }
    }

    private init(id: ID<Enterprise>, actor: Actor, regionName: @escaping (Int64) -> String?) {
        self.id = id
        self.actor = actor
        self.regionName = regionName
    }

    private mutating func tell(_ position: Int64, _ text: String) { changes[position, default: []].append(text) }

    private mutating func readFirm(_ session: any Session) throws {
        var before: Enterprise?
        let sql: SQL = "select \(Enterprise.columns), e.known_from from enterprise as e where e.id = \(id) order by e.known_from"
        for row in try session.rows(sql) {
            let after = Enterprise(row)
            let position = row.integer(Enterprise.width)
            if let before {
                for field in FirmField.differing(before, after, regionName) { tell(position, field.sentence) }
            } else {
                tell(position, "建档：\(after.name)")
            }
            before = after
        }
    }

    /// Versions of the rows of one table that belonged to the firm at some time, by record, in order.
    private func versions(_ table: RecordTable, _ columns: SQL, _ alias: Identifier, _ session: any Session) throws -> [(
        position: Int64, row: Row
    )] {
        let sql: SQL = """
            select \(columns), \(alias).known_from from \(table.name) as \(alias)
            where \(alias).id in (select x.id from \(table.name) as x where x.enterprise_id = \(id)) order by \(alias).id, \(alias).known_from
            """
        return try session.rows(sql).map { (Row(Array($0.values)).integer($0.values.count - 1), $0) }
    }

    private mutating func readNames(_ session: any Session) throws {
        for (position, row) in try versions(.enterpriseName, EnterpriseName.columns, "n", session) {
            let name = EnterpriseName(row)
            if name.kind == .former { tell(position, "曾用名：\(name.name)") }
        }
    }

    private mutating func readAccounts(_ session: any Session) throws {
        var before: [Int64: Account] = [:]
        for (position, row) in try versions(.account, Account.columns, "a", session) {
            let after = Account(row)
            let old = before.updateValue(after, forKey: after.id)
            guard !tellsMove(old?.enterprise, after.enterprise, position, "\(after.year)年度数据"), after.enterprise == id else { continue }
            for figure in AccountFigure.allCases where old?.figures[figure] != after.figures[figure] {
                let label = EnterpriseWords.figures[figure]?.chinese ?? figure.rawValue
                guard actor.sees(figure) else {
                    tell(position, "\(after.year)年\(label)：有变动，数值不对您开放")
                    continue
                }
                let (first, second) = (old?.figures[figure], after.figures[figure])
                tell(
                    position,
                    "\(after.year)年\(label)：\(first.map { $0.tenThousandYuan + "万元" } ?? "—") → \(second.map { $0.tenThousandYuan + "万元" } ?? "—")"
                )
            }
        }
    }

    private mutating func readProducts(_ session: any Session) throws {
        var before: [Int64: Product] = [:]
        for (position, row) in try versions(.product, Product.columns, "p", session) {
            let after = Product(row)
            let old = before.updateValue(after, forKey: after.id)
            guard !tellsMove(old?.enterprise, after.enterprise, position, "产品 \(after.name)"), after.enterprise == id else { continue }
            tell(position, (old == nil ? "新增产品：" : "更新产品：") + after.name)
        }
    }

    private mutating func readHoldings(_ session: any Session) throws {
        var before: [Int64: Holding] = [:]
        for (position, row) in try versions(.holding, Holding.columns, "h", session) {
            let after = Holding(row)
            let old = before.updateValue(after, forKey: after.id)
            guard !tellsMove(old?.enterprise, after.enterprise, position, after.kind), after.enterprise == id else { continue }
            tell(position, (old == nil ? "新增资质或称号：" : "更新资质或称号：") + after.kind)
        }
    }

    /// Tells that merging moved a row here or away.
    private mutating func tellsMove(_ old: ID<Enterprise>?, _ new: ID<Enterprise>, _ position: Int64, _ what: String) -> Bool {
        guard let old, old != new else { return false }
        tell(position, new == id ? "\(what) 由档案\(old)转入" : "\(what) 转入档案\(new)")
        return true
    }
}

/// A field of a dossier that differs between two versions, as text.
package struct FirmField: Sendable, Equatable {
    package let label: Word
    package let before: String?
    package let after: String?

    package var sentence: String { "\(label.chinese)：\(before ?? "—") → \(after ?? "—")" }

    /// The fields in which two versions differ, in the order of the form.
    package static func differing(_ before: Enterprise, _ after: Enterprise, _ regionName: (Int64) -> String?) -> [FirmField] {
        zip(texts(before, regionName), texts(after, regionName)).compactMap { first, second in
            first.1 == second.1 ? nil : FirmField(label: first.0, before: first.1, after: second.1)
        }
    }

    private static func texts(_ firm: Enterprise, _ regionName: (Int64) -> String?) -> [(Word, String?)] {
        [
            (EnterpriseWords.name, firm.name), (EnterpriseWords.code, firm.code), (EnterpriseWords.registration, firm.registrationNumber),
            (EnterpriseWords.region, firm.region.map { regionName($0) ?? String($0) }), (EnterpriseWords.address, firm.address),
            (EnterpriseWords.kind, firm.kind), (EnterpriseWords.industryCode, firm.industryCode),
            (EnterpriseWords.industryVersion, firm.industryVersion), (EnterpriseWords.industry, firm.industry),
            (EnterpriseWords.registeredDay, firm.registeredDay?.description),
            (EnterpriseWords.capital, firm.capital.map { $0.tenThousandYuan + "万元" }), (EnterpriseWords.capitalText, firm.capitalText),
            (EnterpriseWords.scope, firm.scope),
            (
                EnterpriseWords.status,
                (EnterpriseWords.statuses[firm.status.rawValue]?.chinese ?? firm.status.rawValue)
                    + (firm.mergedInto.map { "（档案\($0)）" } ?? "")
            ),
            (EnterpriseWords.note, firm.note),
        ]
    }
}
