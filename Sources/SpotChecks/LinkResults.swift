package import Enterprises
import Storage
package import Values

/// Links rows that have no dossier to dossiers that have come in since (重新对应档案).
package enum LinkResults {
    /// - Returns: how many rows were linked; nothing is written where there are none. A repeated request gets the first answer.
    @discardableResult
    package static func run(publications: [Int64], office: Office, actor: Actor, request: String) async throws -> Int {
        try SpotCheckRights.workLists.require(actor)
        let regions = office.regions
        if let earlier = try await office.store.earlierAnswer(to: request, "spotchecks.link", by: actor) { return Int(earlier) ?? 0 }
        let found = try await office.store.read { try changes(publications, regions, $0).count }
        guard found > 0 else { return 0 }
        let answer = try await office.store.actOnce(request: request, "spotchecks.link", by: actor) { transaction in
            let rows = try changes(publications, regions, transaction.session)
            for (id, row) in rows { try transaction.replace(.result, id: id, row.values) }
            let dossiers = rows.compactMap { row in row.1.enterprise.map { (NameFolding.key(row.1.firm), $0) } }
            try FollowUpLinking.adopt(Dictionary(dossiers, uniquingKeysWith: { first, _ in first }), transaction)
            transaction.detail = ["rows": String(rows.count)]
            return String(rows.count)
        }
        return Int(answer) ?? 0
    }

    private static func changes(_ publications: [Int64], _ regions: RegionDirectory, _ session: any Session) throws -> [(
        Int64, SampleResult
    )] {
        let rows = try SpotCheckStore.results(of: publications, session).filter { $0.result.enterprise == nil && $0.result.doubt == nil }
        let links = try FirmLinks(
            codes: Set(rows.compactMap(\.result.producerCode)), names: Set(rows.map { NameFolding.key($0.result.firm) }), regions: regions,
            session)
        return rows.compactMap { id, result in
            var linked = result
            ResultDrafts.link(&linked, links)
            return linked.enterprise == nil ? nil : (id, linked)
        }
    }
}
