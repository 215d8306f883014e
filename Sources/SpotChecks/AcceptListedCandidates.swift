package import Enterprises
package import Places
import Storage
package import Values

/// Begins dossiers for the listed firms of the own region that have none, and links their rows, in one act (批量建档).
package enum AcceptListedCandidates {
    /// How many dossiers and rows.
    package struct Answer: Sendable, Equatable {
        package let firms: Int
        package let rows: Int
    }

    /// - Parameter rows: the rows whose firms are accepted; nil for all candidates.
    package static func run(
        publications: [Int64], region: Region, rows: Set<Int64>? = nil, office: Office, actor: Actor, reason: String, request: String? = nil
    ) async throws -> Answer {
        try SpotCheckRights.workLists.require(actor)
        let regions = office.regions
        let act: @Sendable (Transaction) throws -> String = { transaction in
            let listing = try LocalListing.load(publications: publications, region: region, regions: regions, transaction.session)
            let wanted = listing.entries(.candidate).filter { rows?.contains($0.id) ?? true }
            guard !wanted.isEmpty else {
                throw Failure(.conflict, "listing.no-candidates", "没有待建档的企业", cure: "可能已由别人建档，请刷新页面")
            }
            let answer = try write(wanted, regions, transaction)
            transaction.detail = ["firms": String(answer.firms), "rows": String(answer.rows), "region": region.name]
            transaction.subject = publications.count == 1 ? "publication/\(publications[0])" : ""
            return "\(answer.firms) \(answer.rows)"
        }
        let name = "spotchecks.accept-candidates"
        let text: String
        if let request {
            text = try await office.store.actOnce(request: request, name, by: actor, reason: reason, act)
        } else {
            text = try await office.store.act(name, by: actor, reason: reason, act).answer
        }
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        return Answer(firms: numbers.first ?? 0, rows: numbers.last ?? 0)
    }

    private static func write(_ wanted: [LocalListing.Entry], _ regions: RegionDirectory, _ transaction: Transaction) throws -> Answer {
        var firms: [String: LocalListing.Entry] = [:]
        for entry in wanted.reversed() { firms[NameFolding.key(entry.result.firm)] = entry }
        let entries = firms.sorted { $0.value.id < $1.value.id }
        let ids = try AcceptCandidates.write(
            entries.map {
                Candidate(name: $1.result.firm, region: $1.result.region, address: $1.result.address, reason: "上榜建档。" + $1.reason)
            },
            transaction)
        let dossiers = Dictionary(zip(entries.map(\.key), ids.map(\.number)), uniquingKeysWith: { first, _ in first })
        var count = 0
        for entry in wanted {
            guard let dossier = dossiers[NameFolding.key(entry.result.firm)] else { continue }
            var row = entry.result
            row.enterprise = dossier
            row.linkNote = "由本名单建档"
            try transaction.replace(.result, id: entry.id, row.values)
            count += 1
        }
        try FollowUpLinking.adopt(dossiers, transaction)
        return Answer(firms: entries.count, rows: count)
    }
}
