import Storage
import Values

/// Writes dossiers and their names in a transaction; every action that makes or changes a dossier goes through here.
enum WriteEnterprises {
    /// Opens new dossiers with their names; answers their numbers in order.
    static func open(_ firms: [(firm: Enterprise, former: [String])], _ transaction: Transaction) throws -> [ID<Enterprise>] {
        var ids: [ID<Enterprise>] = []
        var rows: [(id: Int64, row: [Value])] = []
        var names: [(id: Int64, row: [Value])] = []
        for (firm, former) in firms {
            let id: ID<Enterprise> = try transaction.newID(.enterprise)
            ids.append(id)
            rows.append((id.number, firm.row))
            names += try Self.names(of: id, firm, former: former, transaction)
        }
        try transaction.open(.enterprise, rows: rows)
        try open(names: names, transaction)
        return ids
    }

    /// The rows of a new firm's names: the current one, then the former ones, each once.
    static func names(
        of id: ID<Enterprise>, _ firm: Enterprise, former: [String], _ transaction: Transaction
    ) throws -> [(id: Int64, row: [Value])] {
        var rows = [try name(firm.name, .current, of: id, transaction)]
        var seen: Set<String> = former.isEmpty ? [] : [firm.folded]
        for other in former where seen.insert(NameFolding.key(other)).inserted {
            rows.append(try name(other, .former, of: id, transaction))
        }
        return rows
    }

    private static func name(
        _ name: String, _ kind: EnterpriseName.Kind, of firm: ID<Enterprise>, _ transaction: Transaction
    ) throws -> (id: Int64, row: [Value]) {
        let id: ID<EnterpriseName> = try transaction.newID(.enterpriseName)
        return (id.number, EnterpriseName(id: id.number, enterprise: firm, name: name, kind: kind).row)
    }

    /// Replaces a dossier's version where it differs.
    static func change(_ before: Enterprise, to after: Enterprise, _ transaction: Transaction) throws {
        guard before != after else { return }
        try transaction.replace(.enterprise, id: before.id.number, after.row)
    }

    /// Brings the names of a firm in line: the given one current, all others former. Answers the rows of those that are new, which are still to
    /// be opened.
    static func settleNames(
        of id: ID<Enterprise>, current: String, former: [String], stored: [EnterpriseName], _ transaction: Transaction
    ) throws -> [(id: Int64, row: [Value])] {
        var wanted: [String: (name: String, kind: EnterpriseName.Kind)] = [:]
        for name in stored.map(\.name) + former { wanted[NameFolding.key(name)] = (name, .former) }
        let key = NameFolding.key(current)
        wanted[key] = (current, .current)
        for name in stored {
            guard let want = wanted.removeValue(forKey: name.folded), want.name != name.name || want.kind != name.kind else { continue }
            let row = EnterpriseName(id: name.id, enterprise: id, name: want.name, kind: want.kind).row
            try transaction.replace(.enterpriseName, id: name.id, row)
        }
        return try wanted.sorted { $0.key < $1.key }.map { try name($0.value.name, $0.value.kind, of: id, transaction) }
    }

    /// Opens the rows of new names and makes them searchable.
    ///
    /// - Parameter words: beside each name the words under which it is searched, where they are known already.
    static func open(names rows: [(id: Int64, row: [Value])], words: [String?] = [], _ transaction: Transaction) throws {
        try transaction.open(.enterpriseName, rows: rows)
        let searched = rows.enumerated().map { place, name in
            let known = place < words.count ? words[place] : nil
            return (name.id, known ?? NameSearch.indexed(name.row[1].text ?? ""))
        }
        try NameSearch.add(searched, transaction.session)
    }
}
