import Storage
import Values

/// Writes dossiers and their names in a transaction; every action that makes or changes a dossier goes through here.
enum WriteEnterprises {
    /// Opens new dossiers with their names; answers their numbers in order.
    static func open(_ firms: [(firm: Enterprise, former: [String])], _ transaction: Transaction) throws -> [ID<Enterprise>] {
        var ids: [ID<Enterprise>] = []
        var rows: [(id: Int64, row: [Value])] = []
        var names: [(ID<Enterprise>, String, EnterpriseName.Kind)] = []
        for (firm, former) in firms {
            let id: ID<Enterprise> = try transaction.newID(.enterprise)
            ids.append(id)
            rows.append((id.number, firm.row))
            names.append((id, firm.name, .current))
            var seen: Set<String> = [firm.folded]
            for name in former where seen.insert(NameFolding.key(name)).inserted { names.append((id, name, .former)) }
        }
        try transaction.open(.enterprise, rows: rows)
        try open(names, transaction)
        return ids
    }

    /// Replaces a dossier's version where it differs.
    static func change(_ before: Enterprise, to after: Enterprise, _ transaction: Transaction) throws {
        guard before != after else { return }
        try transaction.replace(.enterprise, id: before.id.number, after.row)
    }

    /// Brings the names of a firm in line: the given one current, all others former.
    static func settleNames(
        of id: ID<Enterprise>, current: String, former: [String], stored: [EnterpriseName], _ transaction: Transaction
    ) throws {
        var wanted: [String: (name: String, kind: EnterpriseName.Kind)] = [:]
        for name in stored.map(\.name) + former { wanted[NameFolding.key(name)] = (name, .former) }
        let key = NameFolding.key(current)
        wanted[key] = (current, .current)
        for name in stored {
            guard let want = wanted.removeValue(forKey: name.folded), want.name != name.name || want.kind != name.kind else { continue }
            let row = EnterpriseName(id: name.id, enterprise: id, name: want.name, kind: want.kind).row
            try transaction.replace(.enterpriseName, id: name.id, row)
        }
        try open(wanted.sorted { $0.key < $1.key }.map { (id, $0.value.name, $0.value.kind) }, transaction)
    }

    private static func open(_ names: [(ID<Enterprise>, String, EnterpriseName.Kind)], _ transaction: Transaction) throws {
        var rows: [(id: Int64, row: [Value])] = []
        for (firm, name, kind) in names {
            let id: ID<EnterpriseName> = try transaction.newID(.enterpriseName)
            rows.append((id.number, EnterpriseName(id: id.number, enterprise: firm, name: name, kind: kind).row))
        }
        try transaction.open(.enterpriseName, rows: rows)
        try NameSearch.add(rows.map { ($0.id, $0.row[1].text ?? "") }, transaction.session)
    }
}
