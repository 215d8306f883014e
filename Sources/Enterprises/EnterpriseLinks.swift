package import Storage
package import Values

/// What a name on a list may be linked to.
package enum NameMatch: Sendable, Hashable {
    case one(ID<Enterprise>)
    /// Several dossiers bear or bore the name; nobody guesses.
    case several([ID<Enterprise>])
    case none
}

/// All dossiers by code and by folded name, loaded at once for linking a whole list.
package struct EnterpriseLinks: Sendable {
    /// Unified social credit code → dossier.
    package private(set) var byCode: [String: ID<Enterprise>] = [:]
    /// The old 15-digit number → dossiers.
    package private(set) var byRegistration: [String: [ID<Enterprise>]] = [:]
    /// Folded current and former names → dossiers, ascending.
    package private(set) var byFoldedName: [String: [ID<Enterprise>]] = [:]

    /// Loads them as they are now; merged dossiers stand for the one they were merged into.
    package static func load(_ session: any Session) throws -> EnterpriseLinks {
        var links = EnterpriseLinks()
        let survivors = try Survivors.load(session)
        try session.forEach("select e.id, e.code, e.registration_number from enterprise as e where \(RecordTable.current("e"))") { row in
            let id = survivors.of(row.id(0))
            if let code = row.optionalText(1) { links.byCode[code] = id }
            if let number = row.optionalText(2) { links.byRegistration[number, default: []].append(id) }
        }
        try session.forEach(
            "select n.folded, n.enterprise_id from enterprise_name as n where \(RecordTable.current("n")) order by n.enterprise_id"
        ) { links.byFoldedName[$0.text(0), default: []].append(survivors.of($0.id(1))) }
        links.byRegistration = links.byRegistration.mapValues { Array(Set($0)).sorted() }
        links.byFoldedName = links.byFoldedName.mapValues { $0.count == 1 ? $0 : Array(Set($0)).sorted() }
        return links
    }

    /// A code as a list writes it: 18 characters, or the old 15 digits where one dossier bears them.
    package func match(code: String) -> NameMatch {
        switch CodeReading(code) {
        case .creditCode(let read, _): return byCode[read.text].map(NameMatch.one) ?? .none
        case .registration(let read, _): return Self.match(byRegistration[read.text])
        case .blank, .organisation, .notUnderstood: return .none
        }
    }

    package func match(name: String) -> NameMatch { match(folded: NameFolding.key(name)) }

    package func match(folded: String) -> NameMatch { Self.match(byFoldedName[folded]) }

    private static func match(_ ids: [ID<Enterprise>]?) -> NameMatch {
        guard let ids, let first = ids.first else { return .none }
        return ids.count == 1 ? .one(first) : .several(ids)
    }
}

/// Which dossier a merged one stands for, followed to the end.
struct Survivors: Sendable {
    private var next: [ID<Enterprise>: ID<Enterprise>] = [:]

    static func load(_ session: any Session) throws -> Survivors {
        var survivors = Survivors()
        let sql: SQL = "select e.id, e.merged_into from enterprise as e where \(RecordTable.current("e")) and e.status = 'merged'"
        for row in try session.rows(sql) { survivors.next[row.id(0)] = row.optionalID(1) }
        return survivors
    }

    func of(_ id: ID<Enterprise>) -> ID<Enterprise> {
        var here = id
        var steps = 0
        while let further = next[here], steps < 100 {
            here = further
            steps += 1
        }
        return here
    }
}
