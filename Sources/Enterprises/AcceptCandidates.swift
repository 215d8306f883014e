package import Storage
package import Values

/// A firm that a list places in the own region and that has no dossier yet (待建档).
package struct Candidate: Sendable, Hashable {
    package let name: String
    /// The deepest proven division.
    package let region: Int64?
    package let address: String?
    /// Why it is taken for ours, in a sentence; kept in the dossier's note.
    package let reason: String

    package init(name: String, region: Int64?, address: String? = nil, reason: String) {
        self.name = name
        self.region = region
        self.address = address
        self.reason = reason
    }
}

/// Begins dossiers for candidates, in bulk and as one act.
package enum AcceptCandidates {
    /// Accepts in one act of its own.
    ///
    /// - Returns: the numbers of the dossiers in the order of the candidates; a name that has one dossier by now gets that one.
    /// - Throws: `enterprise.several` where a name belongs to several dossiers.
    @discardableResult
    package static func run(_ candidates: [Candidate], office: Office, actor: Actor, reason: String) async throws -> [ID<Enterprise>] {
        try EnterpriseRights.correct.require(actor)
        return try await office.store.act("enterprises.accept-candidates", by: actor, reason: reason) { try write(candidates, $0) }.answer
    }

    /// The same inside another act's transaction.
    @discardableResult
    package static func write(_ candidates: [Candidate], _ transaction: Transaction) throws -> [ID<Enterprise>] {
        var known: [String: Set<ID<Enterprise>>] = [:]
        let keys = Set(candidates.map { NameFolding.key($0.name) })
        try transaction.session.each(
            keys.map(Value.text),
            {
                "select n.folded, coalesce(e.merged_into, e.id) from enterprise_name as n join enterprise as e on e.id = n.enterprise_id and \(RecordTable.current("e")) where \(RecordTable.current("n")) and n.folded in \($0)"
            }
        ) { known[$0.text(0), default: []].insert($0.id(1)) }
        var fresh: [String: Int] = [:]
        var firms: [(firm: Enterprise, former: [String])] = []
        for candidate in candidates {
            let key = NameFolding.key(candidate.name)
            guard !key.isEmpty else { throw Failure(.invalid, "enterprise.name-missing", "待建档的企业没有名称", cure: "补上企业名称") }
            if let found = known[key] {
                guard found.count == 1 else { throw several(candidate.name, found.count) }
            } else if fresh[key] == nil {
                fresh[key] = firms.count
                var firm = Enterprise(id: ID(0), name: candidate.name, status: .candidate)
                firm.region = candidate.region
                firm.address = candidate.address
                firm.note = candidate.reason
                firms.append((firm, []))
            }
        }
        let ids = try WriteEnterprises.open(firms, transaction)
        return candidates.compactMap { candidate in
            let key = NameFolding.key(candidate.name)
            return fresh[key].map { ids[$0] } ?? known[key]?.first
        }
    }

    private static func several(_ name: String, _ count: Int) -> Failure {
        Failure(.conflict, "enterprise.several", "“\(name)”对应\(count)家已有企业，不能确定是哪一家", cure: "在名单上写明统一社会信用代码，或先并档")
    }
}
